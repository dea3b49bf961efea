// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/engine/etcd_log.h"

#include "replica/engine/gateway_value.h"

namespace pilothouse::engine {
namespace {

LogLevel levelOf(std::string_view name) {
    return name == "debug"  ? LogLevel::debug
           : name == "info" ? LogLevel::info
           : name == "warn" ? LogLevel::warning
                            : LogLevel::error;
}

} // namespace

EtcdLogLine parseEtcdLogLine(std::string_view line) {
    const auto object = gateway::parseObject(line);
    if (!object) {
        // Only what goes wrong is not JSON: Go's panics and the flag parser's complaints.
        return {LogLevel::warning, std::string(line.substr(0, 1000))};
    }
    EtcdLogLine result{levelOf(gateway::text(*object, "level")), gateway::text(*object, "msg")};
    for (const char* field : {"error", "remote-peer-id", "address"}) {
        if (const auto value = gateway::text(*object, field); !value.empty()) {
            result.text += std::string(" (") + field + ": " + value + ")";
        }
    }
    return result;
}

std::vector<EtcdLogLine> EtcdLogReader::add(std::string_view bytes) {
    std::vector<EtcdLogLine> lines;
    if (!m_lines.add(bytes)) {
        m_lines = LineSplitter(256 * 1024); // nothing that long is a log line
    }
    while (const auto line = m_lines.next()) {
        lines.push_back(parseEtcdLogLine(*line));
    }
    return lines;
}

} // namespace pilothouse::engine
