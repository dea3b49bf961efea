// SPDX-License-Identifier: GPL-3.0-or-later
// Where the copies of blobs are, by what the voters say of themselves. Pure.
#pragma once

#include "api/repositories.h"
#include "api/status.h"
#include "base/ids.h"

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace pilothouse::registry {

// What one voter said last.
class Holder {
public:
    // `blobs`: nullopt as long as it does not know itself. `revision`: up to which it knows the state.
    Holder(std::string id, bool inContact, Revision revision, const std::optional<api::Blobs>& blobs);

    [[nodiscard]] const std::string& id() const { return m_id; }
    // Whether what it says counts: it is in contact, and knows what it has.
    [[nodiscard]] bool isSure() const { return m_inContact && m_known; }
    // Whether it has all of them. `recorded`: the revision by which all of them were. A voter that lacks too
    // many to name them has for sure only what it was complete up to.
    [[nodiscard]] bool hasAll(const std::vector<std::string>& digests, Revision recorded) const;

private:
    std::string m_id;
    bool m_inContact = false;
    bool m_known = false;
    bool m_named = false; // m_missing is all that it lacks
    Revision m_revision;
    Revision m_completeUpTo;
    std::set<std::string> m_missing;
};

// The voters as the observer of `status` sees them, in the order of the members.
[[nodiscard]] std::vector<Holder> holdersIn(const api::ClusterStatus& status);

[[nodiscard]] api::Copies copiesOf(const std::vector<Holder>& holders,
                                   const std::vector<std::string>& digests, Revision recorded);

} // namespace pilothouse::registry
