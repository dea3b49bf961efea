// SPDX-License-Identifier: GPL-3.0-or-later
// The head of an answer as bytes.
#pragma once

#include "replica/http/message.h"

#include <chrono>
#include <cstdint>
#include <ctime>
#include <string>
#include <string_view>

namespace pilothouse::http {

// The present time as RFC 9110 §5.6.7 writes it, made anew once a second.
class DateText {
public:
    [[nodiscard]] const std::string& now();

private:
    std::time_t m_second = -1;
    std::string m_text;
};

// What an answer's framing and connection fields say, and which request it is to.
struct AnswerFraming {
    std::optional<std::uint64_t> length; // Content-Length, unless the head has it
    bool chunked = false;
    bool close = false;              // "Connection: close"
    bool keepAlive = false;          // "Connection: keep-alive", for HTTP/1.0
    std::string_view requestId = {}; // X-Request-Id; empty: none
};

// Bytes that would end a field early are replaced by spaces.
[[nodiscard]] std::string answerHead(const ResponseHead& head, const Headers& common,
                                     const AnswerFraming& framing, DateText& date);

} // namespace pilothouse::http
