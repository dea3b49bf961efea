// SPDX-License-Identifier: GPL-3.0-or-later
// Structured logging to whoever listens; nothing is written unless a sink is given.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pilothouse {

enum class LogLevel { debug, info, warning, error };

// One thing that happened. Never holds a secret.
struct LogRecord {
    LogLevel level = LogLevel::info;
    std::string component; // "engine", "http", …
    std::string message;   // one English sentence without a full stop
    std::vector<std::pair<std::string, std::string>> fields;
};

// Called on any thread, one call at a time per Logger chain is not guaranteed: sinks synchronise themselves.
using LogSink = std::function<void(const LogRecord&)>;

// A component's way to its sink. Cheap to copy.
class Logger {
public:
    using Fields = std::vector<std::pair<std::string, std::string>>;

    Logger() = default; // drops everything
    Logger(LogSink sink, std::string component, LogLevel lowest = LogLevel::info)
        : m_sink(std::move(sink)), m_component(std::move(component)), m_lowest(lowest) {}

    // The same sink under another component's name.
    [[nodiscard]] Logger named(std::string component) const {
        return {m_sink, std::move(component), m_lowest};
    }

    void debug(std::string message, Fields fields = {}) const {
        write(LogLevel::debug, std::move(message), std::move(fields));
    }
    void info(std::string message, Fields fields = {}) const {
        write(LogLevel::info, std::move(message), std::move(fields));
    }
    void warning(std::string message, Fields fields = {}) const {
        write(LogLevel::warning, std::move(message), std::move(fields));
    }
    void error(std::string message, Fields fields = {}) const {
        write(LogLevel::error, std::move(message), std::move(fields));
    }

private:
    void write(LogLevel level, std::string message, Fields fields) const {
        if (m_sink && level >= m_lowest) {
            m_sink({level, m_component, std::move(message), std::move(fields)});
        }
    }

    LogSink m_sink;
    std::string m_component;
    LogLevel m_lowest = LogLevel::info;
};

[[nodiscard]] std::string_view toString(LogLevel level);
// One line for people: "2026-03-02T10:00:00.123Z warning engine: message key=value".
[[nodiscard]] std::string formatText(const LogRecord& record, std::string_view timestamp);
// One JSON object a line: {"time":…,"level":…,"component":…,"message":…, fields…}.
[[nodiscard]] std::string formatJson(const LogRecord& record, std::string_view timestamp);

} // namespace pilothouse
