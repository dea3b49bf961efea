// SPDX-License-Identifier: GPL-3.0-or-later
// What a request is called in its answer, in logs and at other servers, so that one can be found by the
// other.
#pragma once

#include "replica/http/message.h"

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

namespace pilothouse::http {

// The field of requests and answers.
inline constexpr std::string_view requestIdField = "X-Request-Id";

// 1 to 128 letters and digits of ASCII, dots, underscores and hyphens: nothing that could be taken for
// anything else in a log or on a command line.
[[nodiscard]] bool isRequestId(std::string_view text);

// Gives ids that no other process makes. Thread-safe.
class RequestIds {
public:
    RequestIds();

    [[nodiscard]] std::string next();
    // The client's own id where it sent one that is sound, else the next.
    [[nodiscard]] std::string of(const Headers& request);

private:
    const std::string m_prefix; // random
    std::atomic<std::uint64_t> m_count{0};
};

} // namespace pilothouse::http
