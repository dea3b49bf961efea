// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/log.h"

#include "base/escape.h"

#include <array>
#include <cstddef>

namespace pilothouse {

namespace {

void appendMember(std::string& out, std::string_view name, std::string_view value) {
    out += out.size() == 1 ? "" : ",";
    appendQuoted(out, name);
    out += ':';
    appendQuoted(out, value);
}

bool isReserved(std::string_view name) {
    static constexpr std::array<std::string_view, 4> reserved{"time", "level", "component", "message"};
    for (const auto each : reserved) {
        if (name == each) {
            return true;
        }
    }
    return false;
}

} // namespace

std::string_view toString(LogLevel level) {
    switch (level) {
    case LogLevel::debug:
        return "debug";
    case LogLevel::info:
        return "info";
    case LogLevel::warning:
        return "warning";
    case LogLevel::error:
        return "error";
    }
    return "error";
}

std::string formatText(const LogRecord& record, std::string_view timestamp) {
    std::string line(timestamp);
    line += ' ';
    line += toString(record.level);
    line += ' ';
    appendEscaped(line, record.component);
    line += ": ";
    appendEscaped(line, record.message);
    for (const auto& [name, value] : record.fields) {
        line += ' ';
        appendEscaped(line, name);
        line += '=';
        if (value.empty() || value.find_first_of(" \"\\=") != std::string::npos) {
            appendQuoted(line, value);
        } else {
            appendEscaped(line, value);
        }
    }
    return line;
}

std::string formatJson(const LogRecord& record, std::string_view timestamp) {
    std::string line = "{";
    appendMember(line, "time", timestamp);
    appendMember(line, "level", toString(record.level));
    appendMember(line, "component", record.component);
    appendMember(line, "message", record.message);
    for (const auto& [name, value] : record.fields) {
        // A field may not pass for one of the line's own members.
        appendMember(line, isReserved(name) ? name + "_" : name, value);
    }
    line += '}';
    return line;
}

} // namespace pilothouse
