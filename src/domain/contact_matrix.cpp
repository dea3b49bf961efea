// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/contact_matrix.h"

#include "domain/situation.h"

#include <algorithm>

namespace pilothouse::domain {
namespace {

Contact contactOf(const Sighted& observer, const Sighted& peer) {
    if (&observer == &peer) {
        return {Contact::Kind::self, std::nullopt};
    }
    if (observer.own == nullptr) {
        return {};
    }
    const auto& words = observer.own->peers;
    const auto word = std::find_if(words.begin(), words.end(),
                                   [&](const PeerReport& r) { return r.peer == peer.seen->id; });
    if (word == words.end() || word->reach == Reach::unknown) {
        return {};
    }
    return word->reach == Reach::ok ? Contact{Contact::Kind::heard, word->roundTripMs}
                                    : Contact{Contact::Kind::notHeard, std::nullopt};
}

} // namespace

ContactMatrix contactMatrix(const ClusterObservation& observation, const Limits& limits) {
    const Situation situation = sortOut(observation, limits);
    ContactMatrix matrix;
    for (const auto& observer : situation.replicas) {
        matrix.replicas.push_back(observer.seen->id);
        std::vector<Contact> row;
        for (const auto& peer : situation.replicas) {
            row.push_back(contactOf(observer, peer));
        }
        matrix.rows.push_back(std::move(row));
    }
    return matrix;
}

} // namespace pilothouse::domain
