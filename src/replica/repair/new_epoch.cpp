// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/repair/new_epoch.h"

#include "api/events.h"
#include "domain/operation.h"
#include "replica/provision/bootstrap.h"
#include "replica/state/event_keys.h"
#include "replica/state/keys.h"
#include "replica/state/records.h"

#include <algorithm>
#include <optional>

namespace pilothouse::repair {
namespace {

using engine::Awaitable;
using engine::Compare;
using engine::Delete;
using engine::Get;
using engine::Put;
namespace keys = state::keys;

// What the transaction is made from, in the order of its reads.
struct Before {
    engine::Entry clusterEntry;
    state::ClusterRecord cluster;
    state::MembershipRecord membership;
    std::vector<state::MemberRecord> members;
    std::optional<state::OperationRecord> operation;
};

Get below(std::string_view prefix) {
    return {std::string(prefix), engine::prefixEnd(std::string(prefix))};
}

engine::Transaction reads() {
    engine::Transaction transaction;
    transaction.then = {Get{std::string(keys::cluster), {}}, Get{std::string(keys::membership), {}},
                        below(keys::members), Get{std::string(keys::operation), {}}};
    return transaction;
}

template <typename Record>
Result<Record> only(const std::vector<engine::Entry>& entries, std::string_view key) {
    if (entries.empty()) {
        return fail(ErrorCode::corrupt,
                    "the state of this replica has no record \"" + std::string(key) + "\"");
    }
    auto record = state::decode<Record>(entries.front().value);
    return record ? std::move(record) : failIn(std::string(key), record.error());
}

Result<Before> beforeOf(const engine::TransactionResult& answer) {
    if (answer.gets.size() != 4) {
        return fail(ErrorCode::corrupt, "the engine did not answer what it was asked");
    }
    auto cluster = only<state::ClusterRecord>(answer.gets[0], keys::cluster);
    auto membership = only<state::MembershipRecord>(answer.gets[1], keys::membership);
    if (!cluster || !membership) {
        return fail(cluster ? membership.error() : cluster.error());
    }
    Before before{answer.gets[0].front(), std::move(*cluster), std::move(*membership), {}, {}};
    for (const engine::Entry& entry : answer.gets[2]) {
        auto member = state::decode<state::MemberRecord>(entry.value);
        if (!member) {
            return failIn(entry.key, member.error());
        }
        before.members.push_back(std::move(*member));
    }
    if (!answer.gets[3].empty()) {
        // One that cannot be read leaves no record: nobody can carry it out any more.
        if (auto operation = state::decode<state::OperationRecord>(answer.gets[3].front().value)) {
            before.operation = std::move(*operation);
        }
    }
    return before;
}

std::string statementOn(const Journal& journal, const std::string& replica) {
    const auto& silent = journal.repair.silent;
    const auto found = std::find_if(silent.begin(), silent.end(),
                                    [&](const api::SilentMember& each) { return each.replica == replica; });
    return found != silent.end() ? found->statement : std::string();
}

template <typename Record>
void put(engine::Transaction& transaction, std::string key, const Record& record) {
    transaction.then.emplace_back(Put{std::move(key), state::encode(record)});
}

void dropBelow(engine::Transaction& transaction, std::string_view prefix) {
    transaction.then.emplace_back(Delete{std::string(prefix), engine::prefixEnd(std::string(prefix))});
}

void leaveBehind(engine::Transaction& transaction, const Before& before, const Journal& journal) {
    for (const auto& member : before.members) {
        if (member.id == journal.repair.replica) {
            continue;
        }
        transaction.then.emplace_back(Delete{keys::of(keys::members, member.id), {}});
        put(transaction, keys::of(keys::former, member.id),
            state::FormerMemberRecord{member.id, member.name, member.url, member.http_url,
                                      before.cluster.epoch, statementOn(journal, member.id)});
    }
}

// Its hosts, tokens and members are of the epoch that is over.
void endOperation(engine::Transaction& transaction, const Before& before, const Journal& journal,
                  const std::string& now) {
    transaction.then.emplace_back(Delete{std::string(keys::operation), {}});
    if (!before.operation) {
        return;
    }
    auto record = *before.operation;
    record.operation.phase = domain::nameOf(domain::OperationPhase::cancelled);
    record.operation.ended_at = now;
    record.operation.waiting.reset();
    record.operation.journal.push_back(
        {now,
         journal.repair.replica,
         "ended",
         {},
         "The cluster was repaired from " + journal.repair.name + ", which ended this where it was"});
    put(transaction, keys::of(keys::operations, record.operation.id), record);
}

state::EventRecord eventOf(const Before& before, const Journal& journal, const std::string& now) {
    return {.kind = std::string(api::event::clusterRepaired),
            .at = now,
            .observer = journal.repair.replica,
            .subject = before.cluster.id,
            .subject_name = before.cluster.name,
            .term = 0,
            .message = "Cluster " + before.cluster.name + " was repaired from " + journal.repair.name +
                       " by " + journal.repair.started_by + ", and is in epoch " +
                       std::to_string(journal.repair.to_epoch)};
}

engine::Transaction compose(const Before& before, const Journal& journal, const std::string& now) {
    engine::Transaction transaction;
    transaction.compares = {Compare::unchanged(std::string(keys::cluster), before.clusterEntry.modified)};
    state::ClusterRecord cluster = before.cluster;
    cluster.epoch = journal.repair.to_epoch;
    put(transaction, std::string(keys::cluster), cluster);
    state::MembershipRecord membership;
    membership.generation = before.membership.generation + 1;
    membership.voters = {journal.repair.replica};
    membership.owner = journal.repair.replica;
    put(transaction, std::string(keys::membership), membership);
    leaveBehind(transaction, before, journal);
    endOperation(transaction, before, journal, now);
    dropBelow(transaction, keys::joinTokens);
    dropBelow(transaction, keys::joinTokensLive);
    dropBelow(transaction, "locks/"); // of whoever held them
    put(transaction, std::string(keys::peerCa), state::CertificateRecord{journal.peer_ca});
    const std::string secret(keys::nameBelow(keys::secrets, provision::peerCaKeySecret));
    put(transaction, provision::peerCaKeySecret,
        state::SealedSecretRecord{secret, journal.sealed_peer_ca_key, now});
    const std::string event = state::event_keys::ofReplica(api::event::clusterRepaired,
                                                           Epoch(journal.repair.to_epoch), before.cluster.id);
    put(transaction, keys::of(keys::events, event), eventOf(before, journal, now));
    return transaction;
}

} // namespace

Awaitable<Result<Revision>> recordNewEpoch(engine::Engine& engine, const Journal& journal, WallTime now,
                                           Milliseconds deadline) {
    const engine::Transaction reading = reads();
    const auto answer = co_await engine.transact(reading, deadline);
    if (!answer) {
        co_return fail(answer.error());
    }
    const auto before = beforeOf(*answer);
    if (!before) {
        co_return fail(before.error());
    }
    if (before->cluster.epoch == journal.repair.to_epoch) {
        co_return answer->revision; // before a crash
    }
    if (before->cluster.epoch != journal.repair.from_epoch) {
        co_return fail(ErrorCode::conflict, "the state is in epoch " + std::to_string(before->cluster.epoch) +
                                                ", not in " + std::to_string(journal.repair.from_epoch));
    }
    const auto& members = before->members;
    if (std::none_of(members.begin(), members.end(),
                     [&](const auto& each) { return each.id == journal.repair.replica; })) {
        co_return fail(ErrorCode::conflict,
                       "the state has no member \"" + journal.repair.replica + "\" to go on from");
    }
    const engine::Transaction transaction = compose(*before, journal, toRfc3339(now));
    const auto done = co_await engine.transact(transaction, deadline);
    if (!done) {
        co_return fail(done.error());
    }
    if (!done->succeeded) {
        co_return fail(ErrorCode::conflict, "somebody else changed the cluster's record meanwhile");
    }
    co_return done->revision;
}

} // namespace pilothouse::repair
