// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/engine/crc32c.h"

#include <array>

namespace pilothouse::engine {
namespace {

constexpr std::uint32_t polynomial = 0x82F63B78; // reflected

constexpr std::array<std::uint32_t, 256> makeTable() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t byte = 0; byte < table.size(); ++byte) {
        std::uint32_t rest = byte;
        for (int bit = 0; bit < 8; ++bit) {
            rest = (rest >> 1U) ^ ((rest & 1U) != 0 ? polynomial : 0U);
        }
        table[byte] = rest;
    }
    return table;
}

constexpr auto table = makeTable();

} // namespace

// Boost's takes no checksum to go on from: its constructor wants the inner remainder.
std::uint32_t crc32c(std::uint32_t before, std::string_view bytes) {
    std::uint32_t rest = ~before;
    for (const char c : bytes) {
        rest = table[(rest ^ static_cast<unsigned char>(c)) & 0xFFU] ^ (rest >> 8U);
    }
    return ~rest;
}

} // namespace pilothouse::engine
