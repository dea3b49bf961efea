// SPDX-License-Identifier: GPL-3.0-or-later
// CRC-32C (Castagnoli, RFC 3720 appendix B.4), as etcd's log has it.
#pragma once

#include <cstdint>
#include <string_view>

namespace pilothouse::engine {

// Of everything that has the checksum `before`, followed by `bytes`; 0 is that of nothing.
[[nodiscard]] std::uint32_t crc32c(std::uint32_t before, std::string_view bytes);

} // namespace pilothouse::engine
