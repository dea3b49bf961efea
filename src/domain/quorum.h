// SPDX-License-Identifier: GPL-3.0-or-later
// Majority arithmetic.
#pragma once

namespace pilothouse::domain {

// Votes needed among `voters` (0 and more): more than half. 0 voters need 1, which nobody can give.
[[nodiscard]] constexpr int quorumOf(int voters) {
    return voters / 2 + 1;
}

// Voters that may fail when all are well: 1→0, 2→0, 3→1, 4→1, 5→2, 7→3.
[[nodiscard]] constexpr int toleranceOf(int voters) {
    return voters > 0 ? voters - quorumOf(voters) : 0;
}

// Voters that may still fail when `healthy` of `voters` are well. A failed voter counts until it is removed.
[[nodiscard]] constexpr int toleratesNow(int voters, int healthy) {
    const int spare = healthy - quorumOf(voters);
    return spare > 0 ? spare : 0;
}

} // namespace pilothouse::domain
