// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/http/request_id.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <random>

namespace pilothouse::http {

namespace {

constexpr std::size_t longest = 128;

template <typename Number>
void appendHex(std::string& to, Number number) {
    std::array<char, 16> digits{};
    const auto* const end = std::to_chars(digits.data(), digits.data() + digits.size(), number, 16).ptr;
    to.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
}

// 64 bits: nobody guards anything by them, they keep processes apart.
std::string randomPrefix() {
    std::random_device device;
    std::string prefix;
    for (int i = 0; i < 2; ++i) {
        appendHex(prefix, std::uint32_t{device()});
    }
    return prefix + '-';
}

} // namespace

bool isRequestId(std::string_view text) {
    return !text.empty() && text.size() <= longest && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
               c == '_' || c == '-';
    });
}

RequestIds::RequestIds() : m_prefix(randomPrefix()) {}

std::string RequestIds::next() {
    std::string id;
    id.reserve(m_prefix.size() + 16);
    id += m_prefix;
    appendHex(id, m_count.fetch_add(1, std::memory_order_relaxed) + 1);
    return id;
}

std::string RequestIds::of(const Headers& request) {
    const auto sent = request.find(requestIdField);
    return sent && isRequestId(*sent) && request.count(requestIdField) == 1 ? std::string(*sent) : next();
}

} // namespace pilothouse::http
