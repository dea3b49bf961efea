// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/http/answer_head.h"

#include "replica/http/request_id.h"

#include <array>

namespace pilothouse::http {

namespace {

void appendClean(std::string& to, std::string_view text) {
    if (text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos) {
        to += text;
        return;
    }
    for (const char c : text) {
        to += c == '\r' || c == '\n' || c == '\0' ? ' ' : c;
    }
}

void appendField(std::string& to, std::string_view name, std::string_view value) {
    appendClean(to, name);
    to += ": ";
    appendClean(to, value);
    to += "\r\n";
}

} // namespace

const std::string& DateText::now() {
    const auto second = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    if (second != m_second) {
        // Not strftime's %a and %b: those follow the locale.
        static constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
        static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
        std::tm utc{};
        gmtime_r(&second, &utc);
        std::array<char, 40> rest{};
        const auto length = std::strftime(rest.data(), rest.size(), " %Y %H:%M:%S GMT", &utc);
        m_text = std::string(days.at(static_cast<std::size_t>(utc.tm_wday))) +
                 (utc.tm_mday < 10 ? ", 0" : ", ") + std::to_string(utc.tm_mday) + ' ' +
                 months.at(static_cast<std::size_t>(utc.tm_mon)) + std::string(rest.data(), length);
        m_second = second;
    }
    return m_text;
}

std::string answerHead(const ResponseHead& head, const Headers& common, const AnswerFraming& framing,
                       DateText& date) {
    std::string bytes;
    bytes.reserve(512);
    bytes += "HTTP/1.1 ";
    bytes += std::to_string(head.status);
    bytes += ' ';
    bytes += reasonPhrase(head.status);
    bytes += "\r\n";
    appendField(bytes, "Date", date.now());
    for (const auto& [name, value] : common) {
        if (!head.headers.find(name)) {
            appendField(bytes, name, value);
        }
    }
    if (!framing.requestId.empty() && !head.headers.find(requestIdField)) {
        appendField(bytes, requestIdField, framing.requestId);
    }
    for (const auto& [name, value] : head.headers) {
        appendField(bytes, name, value);
    }
    if (framing.length && !head.headers.find("Content-Length")) {
        appendField(bytes, "Content-Length", std::to_string(*framing.length));
    }
    if (framing.chunked) {
        appendField(bytes, "Transfer-Encoding", "chunked");
    }
    if (framing.close || framing.keepAlive) {
        appendField(bytes, "Connection", framing.close ? "close" : "keep-alive");
    }
    bytes += "\r\n";
    return bytes;
}

} // namespace pilothouse::http
