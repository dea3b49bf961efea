// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/copies.h"

#include <algorithm>
#include <utility>

namespace pilothouse::registry {

Holder::Holder(std::string id, bool inContact, Revision revision, const std::optional<api::Blobs>& blobs)
    : m_id(std::move(id)), m_inContact(inContact), m_known(blobs.has_value()), m_revision(revision) {
    if (blobs) {
        m_named = static_cast<std::int64_t>(blobs->missing_digests.size()) == blobs->missing;
        m_completeUpTo = Revision(blobs->complete_up_to);
        m_missing.insert(blobs->missing_digests.begin(), blobs->missing_digests.end());
    }
}

bool Holder::hasAll(const std::vector<std::string>& digests, Revision recorded) const {
    if (recorded <= m_completeUpTo) {
        return true;
    }
    return m_named && recorded <= m_revision &&
           std::none_of(digests.begin(), digests.end(),
                        [this](const std::string& digest) { return m_missing.contains(digest); });
}

std::vector<Holder> holdersIn(const api::ClusterStatus& status) {
    std::vector<Holder> holders;
    for (const api::Member& member : status.members) {
        if (!member.voting) {
            continue;
        }
        if (member.id == status.self.id) {
            holders.emplace_back(member.id, true, Revision(status.self.consensus.revision),
                                 status.self.blobs);
            continue;
        }
        const auto peer = std::find_if(status.peers.begin(), status.peers.end(),
                                       [&](const api::PeerView& each) { return each.id == member.id; });
        const bool heard = peer != status.peers.end() && peer->heartbeat.has_value();
        holders.emplace_back(member.id, heard && peer->reach == api::Reach::ok,
                             Revision(heard ? peer->heartbeat->consensus.revision : 0),
                             heard ? peer->heartbeat->blobs : std::nullopt);
    }
    return holders;
}

api::Copies copiesOf(const std::vector<Holder>& holders, const std::vector<std::string>& digests,
                     Revision recorded) {
    api::Copies copies;
    for (const Holder& holder : holders) {
        auto& list = !holder.isSure()                   ? copies.silent
                     : holder.hasAll(digests, recorded) ? copies.on
                                                        : copies.copying_to;
        list.push_back(holder.id());
    }
    return copies;
}

} // namespace pilothouse::registry
