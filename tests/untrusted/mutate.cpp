// SPDX-License-Identifier: GPL-3.0-or-later
#include "mutate.h"

#include "base/encoding.h"

#include <cstdlib>

namespace pilothouse::test {

std::size_t Mutator::below(std::size_t end) {
    return std::uniform_int_distribution<std::size_t>(0, end - 1)(m_random);
}

void Mutator::change(std::string& text) {
    const std::size_t at = below(text.size() + 1);
    switch (below(6)) {
    case 0:
        text.insert(at, m_pieces[below(m_pieces.size())]);
        break;
    case 1:
        text.erase(at, 1 + below(8));
        break;
    case 2:
        text.replace(at, 1, std::string(1, static_cast<char>(below(256))));
        break;
    case 3:
        text.replace(at, 1, m_pieces[below(m_pieces.size())]);
        break;
    case 4:
        text.insert(at, text.substr(below(text.size() + 1), below(30)));
        break;
    default:
        text.resize(at);
    }
}

std::uint64_t Mutator::seed() {
    const char* wanted = std::getenv("PILOTHOUSE_TEST_SEED");
    return wanted == nullptr ? 20260302 : std::strtoull(wanted, nullptr, 10);
}

std::string Mutator::next() {
    if (below(20) == 0) {
        std::string bytes(below(60), '\0');
        for (char& c : bytes) {
            c = static_cast<char>(below(256));
        }
        return bytes;
    }
    std::string text = m_seeds[below(m_seeds.size())];
    for (std::size_t changes = 1 + below(4); changes > 0; --changes) {
        change(text);
    }
    return text;
}

std::string shown(std::string_view text) {
    std::string out;
    for (const char c : text) {
        out += c >= ' ' && c <= '~' ? std::string(1, c) : "\\x" + toHex(std::string_view(&c, 1));
    }
    return out;
}

} // namespace pilothouse::test
