// SPDX-License-Identifier: GPL-3.0-or-later
// What the tests of the state share: running coroutines, folders, records.
#pragma once

#include "base/clock.h"
#include "replica/engine/engine.h"
#include "replica/state/records.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>

namespace pilothouse::state::test {

// A folder of its own, deleted at the end.
class TempFolder {
public:
    TempFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "pilothouse-state-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) {
            throw std::runtime_error("no temporary folder");
        }
        m_path = name;
    }
    ~TempFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;
    [[nodiscard]] std::filesystem::path operator/(const std::string& name) const { return m_path / name; }

private:
    std::filesystem::path m_path;
};

// Runs `coroutine` on `context` until it ends, at most 20 s; other coroutines of the context run meanwhile.
template <typename T>
T run(boost::asio::io_context& context, engine::Awaitable<T> coroutine) {
    auto future = boost::asio::co_spawn(context, std::move(coroutine), boost::asio::use_future);
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    context.restart();
    while (future.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
        if (std::chrono::steady_clock::now() > end) {
            throw std::runtime_error("the coroutine did not end within 20 s");
        }
        context.run_one_for(std::chrono::milliseconds(20));
    }
    return future.get();
}

// Runs the context until `condition` holds, at most `within`.
inline bool runUntil(boost::asio::io_context& context, const std::function<bool()>& condition,
                     std::chrono::milliseconds within = std::chrono::seconds(10)) {
    const auto end = std::chrono::steady_clock::now() + within;
    context.restart();
    while (!condition()) {
        if (std::chrono::steady_clock::now() > end) {
            return false;
        }
        context.run_one_for(std::chrono::milliseconds(5));
        context.restart();
    }
    return true;
}

inline engine::Entry entry(std::string key, std::string value, std::int64_t modified,
                           std::int64_t created = 0) {
    engine::Entry made;
    made.key = std::move(key);
    made.value = std::move(value);
    made.created = Revision(created == 0 ? modified : created);
    made.modified = Revision(modified);
    made.version = 1;
    return made;
}

inline engine::Change put(std::string key, std::string value, std::int64_t revision) {
    return {false, entry(std::move(key), std::move(value), revision)};
}

inline engine::Change removed(std::string key, std::int64_t revision) {
    return {true, entry(std::move(key), {}, revision)};
}

inline EventRecord event(std::string kind, std::string message = "Something happened") {
    EventRecord record;
    record.kind = std::move(kind);
    record.at = "2026-03-02T10:00:00.000Z";
    record.observer = "0123456789ab";
    record.message = std::move(message);
    return record;
}

inline UserRecord user(std::string name, api::UserRole role = api::UserRole::reader) {
    return {std::move(name), role, "$scrypt$verifier", "2026-03-02T10:00:00.000Z"};
}

// Shows the error of a failed Result in a test's output.
template <typename T>
std::string why(const Result<T>& result) {
    return result ? "no error" : result.error().text();
}

} // namespace pilothouse::state::test
