// SPDX-License-Identifier: GPL-3.0-or-later
// Decides whether what several clients saw of one register could have come from a single copy that does one
// thing at a time, each between its invocation and its answer. Exact; a register is checked by itself,
// because a history is linearizable if and only if that of each register is.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace pilothouse::test {

struct RegisterOperation {
    enum class Kind { read, write };
    static constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

    Kind kind = Kind::read;
    std::string value;        // what was read or written; empty: nothing is there, a delete writes that
    std::int64_t invoked = 0; // both of one monotonic clock
    std::int64_t answered =
        0;               // never: the outcome of a write is not known, it may happen at any moment or never
    std::string through; // for people

    friend bool operator==(const RegisterOperation&, const RegisterOperation&) = default;
};

// In any order. A read without an answer says nothing and does not belong here; it is left out.
using RegisterHistory = std::vector<RegisterOperation>;

// The register is empty at first.
[[nodiscard]] bool isLinearizable(const RegisterHistory& history);

// Nothing if the history is linearizable. Otherwise operations of it that are wrong by themselves, as few as
// leaving out one after the other gives, by their invocation. An answer after the first wrong moment is
// `never`.
[[nodiscard]] std::optional<RegisterHistory> wrongWindow(const RegisterHistory& history);

// A line for each, with times in microseconds since the first.
[[nodiscard]] std::string printed(const RegisterHistory& history);

} // namespace pilothouse::test
