// SPDX-License-Identifier: GPL-3.0-or-later
// Identifiers and numbers that must not be mixed up.
#pragma once

#include "base/result.h"

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace pilothouse {

// A string that is only comparable with its own kind.
template <typename Tag>
class StrongString {
public:
    StrongString() = default;
    explicit StrongString(std::string value) : m_value(std::move(value)) {}
    [[nodiscard]] const std::string& str() const noexcept { return m_value; }
    [[nodiscard]] bool empty() const noexcept { return m_value.empty(); }
    friend auto operator<=>(const StrongString&, const StrongString&) = default;

private:
    std::string m_value;
};

// A whole number that is only comparable with its own kind.
template <typename Tag>
class StrongNumber {
public:
    constexpr StrongNumber() = default;
    constexpr explicit StrongNumber(std::int64_t value) : m_value(value) {}
    [[nodiscard]] constexpr std::int64_t value() const noexcept { return m_value; }
    friend constexpr auto operator<=>(const StrongNumber&, const StrongNumber&) = default;

private:
    std::int64_t m_value = 0;
};

using ReplicaId = StrongString<struct ReplicaIdTag>;   // 12 lower-case hexadecimal digits, as DTR's
using ClusterId = StrongString<struct ClusterIdTag>;   // 32 lower-case hexadecimal digits
using Term = StrongNumber<struct TermTag>;             // Raft term, as the engine counts it
using LogIndex = StrongNumber<struct LogIndexTag>;     // Raft log index
using Revision = StrongNumber<struct RevisionTag>;     // revision of the state (etcd's store revision)
using Generation = StrongNumber<struct GenerationTag>; // of the membership record
using Epoch = StrongNumber<struct EpochTag>; // counts repairs from a lost majority; 1 in a new cluster

// Takes `text` for a replica id, or says why it is none.
[[nodiscard]] Result<ReplicaId> parseReplicaId(std::string_view text);

} // namespace pilothouse

template <typename Tag>
struct std::hash<pilothouse::StrongString<Tag>> {
    std::size_t operator()(const pilothouse::StrongString<Tag>& id) const noexcept {
        return std::hash<std::string>{}(id.str());
    }
};
