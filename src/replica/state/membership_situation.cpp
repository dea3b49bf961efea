// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/membership_situation.h"

#include "api/events.h"
#include "replica/state/event_keys.h"
#include "replica/state/keys.h"

#include <algorithm>
#include <utility>

namespace pilothouse::state {

using engine::Compare;

namespace {

bool contains(const std::vector<std::string>& ids, const std::string& id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

bool isMember(const MembershipRecord& record, const std::string& id) {
    return contains(record.voters, id) || contains(record.learners, id);
}

// A replica joins and leaves once: the name of its event keeps it to one record.
engine::Put eventOf(const MembershipSituation& situation, std::string_view kind, const std::string& id,
                    const std::string& what, const ReplicaId& observer, const std::string& now) {
    const MemberRecord* member = situation.member(id);
    EventRecord event;
    event.kind = kind;
    event.at = now;
    event.observer = observer.str();
    event.subject = id;
    event.subject_name = member != nullptr ? member->name : id;
    event.message = "Replica " + event.subject_name + what;
    const std::string name = event_keys::ofReplica(kind, Epoch(situation.cluster.epoch), id);
    return {keys::of(keys::events, name), encode(event)};
}

std::vector<engine::Put> eventsBetween(const MembershipSituation& situation, const MembershipRecord& next,
                                       const ReplicaId& observer, const std::string& now) {
    const MembershipRecord& before = situation.record;
    std::vector<engine::Put> events;
    for (const std::string& id : next.learners) {
        if (!isMember(before, id)) {
            events.push_back(eventOf(situation, api::event::replicaJoining, id,
                                     " is joining: it copies the state and does not vote yet", observer,
                                     now));
        }
    }
    for (const std::string& id : next.voters) {
        if (!contains(before.voters, id)) {
            events.push_back(
                eventOf(situation, api::event::replicaJoined, id, " joined and votes", observer, now));
        }
    }
    for (const std::vector<std::string>& ids : {before.voters, before.learners}) {
        for (const std::string& id : ids) {
            if (!isMember(next, id)) {
                events.push_back(
                    eventOf(situation, api::event::replicaLeft, id, " left the cluster", observer, now));
            }
        }
    }
    return events;
}

} // namespace

engine::Transaction MembershipSituation::reads() {
    engine::Transaction reads; // one transaction: all at one revision
    reads.then = {engine::Get{std::string(keys::cluster), {}}, engine::Get{std::string(keys::membership), {}},
                  engine::Get{std::string(keys::membershipLock), {}},
                  engine::Get{std::string(keys::members), engine::prefixEnd(std::string(keys::members))}};
    return reads;
}

Result<MembershipSituation> MembershipSituation::from(const engine::TransactionResult& answer) {
    if (answer.gets.size() != 4 || answer.gets[0].empty() || answer.gets[1].empty()) {
        return fail(ErrorCode::notFound, "the state holds no cluster yet");
    }
    MembershipSituation situation;
    Result<ClusterRecord> cluster = decode<ClusterRecord>(answer.gets[0].front().value);
    Result<MembershipRecord> record = decode<MembershipRecord>(answer.gets[1].front().value);
    if (!cluster || !record) {
        return failIn("membership", cluster ? record.error() : cluster.error());
    }
    situation.cluster = std::move(*cluster);
    situation.record = std::move(*record);
    situation.modified = answer.gets[1].front().modified;
    if (!answer.gets[2].empty()) {
        situation.lock = answer.gets[2].front().value;
        situation.lockModified = answer.gets[2].front().modified;
    }
    for (const engine::Entry& entry : answer.gets[3]) {
        Result<MemberRecord> member = decode<MemberRecord>(entry.value);
        if (!member) {
            return failIn(entry.key, member.error());
        }
        situation.members.push_back(std::move(*member));
    }
    return situation;
}

const MemberRecord* MembershipSituation::member(const std::string& id) const {
    const auto found =
        std::find_if(members.begin(), members.end(), [&](const MemberRecord& m) { return m.id == id; });
    return found != members.end() ? &*found : nullptr;
}

bool MembershipSituation::isMember(const std::string& id) const {
    return state::isMember(record, id);
}

bool MembershipSituation::votes(const std::string& id) const {
    return contains(record.voters, id);
}

std::vector<Compare> MembershipSituation::compares() const {
    return {Compare::unchanged(std::string(keys::membership), modified),
            lock.empty() ? Compare::absent(std::string(keys::membershipLock))
                         : Compare::unchanged(std::string(keys::membershipLock), lockModified)};
}

bool MembershipSituation::agreesWith(const MembershipMirror& mirror) const {
    return record.phase == Phase::stable && mirror.corrected.empty() && mirror.gone.empty() &&
           mirror.voters == record.voters && mirror.learners == record.learners;
}

Change settleMembership(const MembershipSituation& situation, const MembershipMirror& mirror,
                        const ReplicaId& owner, const std::string& now) {
    MembershipRecord next = situation.record;
    next.phase = Phase::stable;
    next.change.reset();
    next.owner = owner.str();
    if (mirror.voters != next.voters || mirror.learners != next.learners) {
        ++next.generation;
        next.voters = mirror.voters;
        next.learners = mirror.learners;
        if (next.next == next.voters) {
            next.next.reset(); // what was prepared is done
        }
    }
    Change change;
    change.compares = situation.compares();
    change.outcome = encode(next);
    change.operations.emplace_back(engine::Put{std::string(keys::membership), change.outcome});
    change.operations.emplace_back(engine::Delete{std::string(keys::membershipLock), {}});
    for (const MemberRecord& member : mirror.corrected) {
        change.operations.emplace_back(engine::Put{keys::of(keys::members, member.id), encode(member)});
    }
    for (const std::string& id : mirror.gone) {
        change.operations.emplace_back(engine::Delete{keys::of(keys::members, id), {}});
    }
    for (engine::Put& event : eventsBetween(situation, next, owner, now)) {
        change.operations.emplace_back(std::move(event));
    }
    return change;
}

} // namespace pilothouse::state
