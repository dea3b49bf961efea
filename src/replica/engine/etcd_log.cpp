// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/engine/etcd_log.h"

#include <boost/json.hpp>

namespace pilothouse::engine {
namespace {

// Of the line; empty when it has no such field, or another than text.
std::string text(const boost::json::object& line, std::string_view name) {
    const auto* value = line.if_contains(name);
    const auto* string = value != nullptr ? value->if_string() : nullptr;
    return string != nullptr ? std::string(string->data(), string->size()) : std::string();
}

LogLevel levelOf(std::string_view name) {
    return name == "debug"  ? LogLevel::debug
           : name == "info" ? LogLevel::info
           : name == "warn" ? LogLevel::warning
                            : LogLevel::error;
}

} // namespace

EtcdLogLine parseEtcdLogLine(std::string_view line) {
    boost::json::error_code failure;
    const auto value = boost::json::parse(boost::json::string_view(line.data(), line.size()), failure);
    if (failure || !value.is_object()) {
        // Only what goes wrong is not JSON: Go's panics and the flag parser's complaints.
        return {LogLevel::warning, std::string(line.substr(0, 1000))};
    }
    const auto& object = value.get_object();
    EtcdLogLine result{levelOf(text(object, "level")), text(object, "msg")};
    for (const char* field : {"error", "remote-peer-id", "address"}) {
        if (const auto detail = text(object, field); !detail.empty()) {
            result.text += std::string(" (") + field + ": " + detail + ")";
        }
    }
    return result;
}

std::vector<EtcdLogLine> EtcdLogReader::add(std::string_view bytes) {
    std::vector<EtcdLogLine> lines;
    if (!m_lines.add(bytes)) {
        m_lines = LineSplitter(std::size_t{256} * 1024); // nothing that long is a log line
    }
    while (const auto line = m_lines.next()) {
        lines.push_back(parseEtcdLogLine(*line));
    }
    return lines;
}

} // namespace pilothouse::engine
