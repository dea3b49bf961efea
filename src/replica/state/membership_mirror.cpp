// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/membership_mirror.h"

#include <algorithm>
#include <set>

namespace pilothouse::state {

namespace {

const MemberRecord* recordOf(const engine::EngineMember& member, const std::vector<MemberRecord>& records) {
    const std::string id = std::to_string(member.id);
    auto found = std::find_if(records.begin(), records.end(),
                              [&](const MemberRecord& record) { return record.engine_member == id; });
    if (found == records.end()) {
        // A record with another engine id belongs to an earlier member of that name or address.
        found = std::find_if(records.begin(), records.end(), [&](const MemberRecord& record) {
            const bool sameAddress = std::find(member.peerUrls.begin(), member.peerUrls.end(),
                                               record.peer_url) != member.peerUrls.end();
            return record.engine_member.empty() &&
                   (member.name.empty() ? sameAddress : record.id == member.name);
        });
    }
    return found != records.end() ? &*found : nullptr;
}

} // namespace

MembershipMirror mirrorMembership(const std::vector<engine::EngineMember>& engineMembers,
                                  const std::vector<MemberRecord>& records) {
    MembershipMirror mirror;
    std::set<std::string> seen;
    for (const engine::EngineMember& member : engineMembers) {
        const MemberRecord* record = recordOf(member, records);
        if (record == nullptr) {
            mirror.strangers.push_back(member);
            continue;
        }
        seen.insert(record->id);
        (member.learner ? mirror.learners : mirror.voters).push_back(record->id);
        if (record->engine_member.empty()) {
            MemberRecord corrected = *record;
            corrected.engine_member = std::to_string(member.id);
            mirror.corrected.push_back(std::move(corrected));
        }
    }
    for (const MemberRecord& record : records) {
        if (!seen.contains(record.id)) {
            mirror.gone.push_back(record.id);
        }
    }
    std::sort(mirror.voters.begin(), mirror.voters.end());
    std::sort(mirror.learners.begin(), mirror.learners.end());
    return mirror;
}

} // namespace pilothouse::state
