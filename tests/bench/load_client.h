// SPDX-License-Identifier: GPL-3.0-or-later
// Asks a server again and again over kept-alive TLS connections, one request at a time on each, from one
// thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace pilothouse::bench {

struct Answer {
    int status = 0;
    std::string_view head; // with the status line
    std::string_view body;

    // A header's value, "" where there is none.
    [[nodiscard]] std::string_view field(std::string_view name) const;
};

// One request, as it is sent.
struct Question {
    std::string bytes; // empty: there is nothing more to ask
    int status = 200;  // that the answer must have
    bool isHead = false;
    bool isLast = true; // its answer completes one of what is counted
};

// What one connection asks. `before` is the answer to its last question, null for the first.
class Asker {
public:
    Asker() = default;
    virtual ~Asker() = default;
    Asker(const Asker&) = delete;
    Asker& operator=(const Asker&) = delete;
    [[nodiscard]] virtual Question next(const Answer* before) = 0;
};

struct Load {
    std::uint16_t port = 0; // on 127.0.0.1
    std::string authority;  // PEM; the server's certificate must chain to it
    std::function<std::unique_ptr<Asker>()> asker = {};
    int connections = 16;
    std::chrono::milliseconds warmUp{500};
    std::chrono::milliseconds time{2000}; // or until the askers have nothing more to ask
};

struct LoadResult {
    double perSecond = 0;
    double medianMicroseconds = 0; // from sending the first request of one to the last byte of its answer
    double p99Microseconds = 0;
    std::size_t answers = 0; // in all, the warm-up's too
};

// Throws std::runtime_error when a connection fails or an answer is not what was expected.
[[nodiscard]] LoadResult applyLoad(const Load& load);

// The body of the answer to one question on a connection of its own.
[[nodiscard]] std::string askOnce(std::uint16_t port, const std::string& authority, const Question& question);

// "GET target" and nothing else, each time.
[[nodiscard]] std::function<std::unique_ptr<Asker>()> sameQuestion(std::string target);

} // namespace pilothouse::bench
