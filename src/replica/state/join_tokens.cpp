// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/join_tokens.h"

#include "api/events.h"
#include "replica/security/join_token.h"
#include "replica/security/secret_token.h"
#include "replica/state/keys.h"
#include "replica/state/names.h"

#include <utility>

namespace pilothouse::state {

using engine::Awaitable;
using engine::Compare;

namespace {

constexpr std::chrono::seconds shortestLifetime{60};
constexpr std::chrono::seconds longestLifetime{std::chrono::hours(24 * 7)};
// How long the record outlives the token, to say "expired" or "used up" instead of "unknown".
constexpr std::chrono::hours rememberedFor{24};

std::string sealContext(const std::string& replicaId) {
    return "outcome of " + keys::of(keys::joinTokens, replicaId);
}

Status checkWanted(const api::CreateJoinToken& wanted) {
    if (Status fine = checkReplicaName(wanted.name); !fine) {
        return fine;
    }
    if (!wanted.url.starts_with("https://") || !wanted.peer_url.starts_with("https://") ||
        !wanted.http_url.starts_with("http://")) {
        return fail(ErrorCode::invalid, "the addresses of the new replica are not complete",
                    "Give url and peer_url as https://HOST:PORT and http_url as http://HOST:PORT");
    }
    const std::chrono::seconds lifetime(wanted.lifetime_s);
    if (lifetime < shortestLifetime || lifetime > longestLifetime) {
        return fail(ErrorCode::invalid, "a join token lives for 60 seconds to 7 days");
    }
    return {};
}

Status checkFree(const api::CreateJoinToken& wanted, const MemberRecord& member) {
    if (member.name == wanted.name) {
        return fail(ErrorCode::conflict, "there is a replica " + wanted.name + " already",
                    "Choose another name");
    }
    if (member.url == wanted.url || member.peer_url == wanted.peer_url) {
        return fail(ErrorCode::conflict,
                    "replica " + member.name + " has the address " +
                        (member.url == wanted.url ? wanted.url : wanted.peer_url),
                    "Give the address of the new host, or remove that replica first");
    }
    return {};
}

// The engine renews leases to their whole length whenever its leader changes, so a lease alone would let a
// token live on: its time must not have passed either.
bool hasExpired(const JoinTokenRecord& record, bool leaseGone, WallTime now) {
    const Result<WallTime> end = parseRfc3339(record.expires_at);
    return leaseGone || !end || *end <= now;
}

tl::unexpected<Error> unknownToken() {
    return fail(ErrorCode::unauthorized, "this cluster does not know this join token",
                "It may belong to another cluster or have expired more than a day ago; make a new one");
}

} // namespace

// A token on its way into the state.
struct JoinTokenService::Draft {
    api::CreateJoinToken wanted;
    JoinContact contact;
    std::string replicaId;
    security::NewSecret secret;
    std::string expiresAt;
    std::int64_t lease = 0;       // of the token
    std::int64_t recordLease = 0; // of its record
};

Awaitable<Result<Written<api::CreatedJoinToken>>>
JoinTokenService::create(Request request, api::CreateJoinToken wanted, JoinContact contact) {
    if (const Status fine = checkWanted(wanted); !fine) {
        co_return fail(fine.error());
    }
    const Deadline deadline(m_writer.clock(), request.deadline);
    const std::chrono::seconds lifetime(wanted.lifetime_s);
    const Result<std::int64_t> lease = co_await m_writer.engine().grantLease(lifetime, deadline.remaining());
    if (!lease) {
        co_return fail(lease.error());
    }
    const Result<std::int64_t> recordLease =
        co_await m_writer.engine().grantLease(lifetime + rememberedFor, deadline.remaining());
    if (!recordLease) {
        co_return fail(recordLease.error());
    }
    std::string replicaId = contact.replica_id.empty() ? m_writer.random().hex(6) : contact.replica_id;
    Draft draft{wanted,
                std::move(contact),
                std::move(replicaId),
                security::newJoinSecret(m_writer.random()),
                toRfc3339(m_writer.clock().wall() + lifetime),
                *lease,
                *recordLease};
    const std::string words = wanted.name + " at " + wanted.url + ", " + wanted.http_url + ", " +
                              wanted.peer_url + " for " + std::to_string(wanted.lifetime_s) + " s";
    const std::string actor = request.actor;
    StateWriter::Prepare prepare = [&](const Deadline& until) { return prepareCreate(draft, actor, until); };
    request.deadline = deadline.remaining();
    const Result<Committed> committed =
        co_await m_writer.write(std::move(request), "join-token-create", words, std::move(prepare));
    co_return created(committed);
}

Awaitable<Result<Change>> JoinTokenService::prepareCreate(const Draft& draft, const std::string& actor,
                                                          const Deadline& deadline) {
    const Result<engine::Entry> clusterEntry =
        co_await readEntry(m_writer.engine(), std::string(keys::cluster), deadline);
    const Result<ClusterRecord> cluster =
        clusterEntry ? decode<ClusterRecord>(clusterEntry->value) : fail(clusterEntry.error());
    if (!cluster) {
        co_return failIn("cluster record", cluster.error());
    }
    const auto members = co_await readBelow(m_writer.engine(), keys::members, deadline);
    if (!members) {
        co_return fail(members.error());
    }
    for (const engine::Entry& entry : *members) {
        const Result<MemberRecord> member = decode<MemberRecord>(entry.value);
        const Status freeToUse = member ? checkFree(draft.wanted, *member) : fail(member.error());
        if (!freeToUse) {
            co_return fail(freeToUse.error());
        }
    }
    const JoinTokenRecord record{cluster->id,
                                 cluster->epoch,
                                 draft.replicaId,
                                 draft.wanted.name,
                                 draft.wanted.url,
                                 draft.wanted.http_url,
                                 draft.wanted.peer_url,
                                 draft.secret.hash,
                                 m_writer.now(),
                                 draft.expiresAt,
                                 {}};
    const security::JoinToken token{cluster->id,       cluster->epoch,          draft.replicaId,
                                    draft.secret.text, draft.contact.ca_sha256, draft.contact.seeds,
                                    draft.expiresAt};
    const std::string key = keys::of(keys::joinTokens, draft.replicaId);
    Change change;
    change.compares = {Compare::unchanged(clusterEntry->key, clusterEntry->modified), Compare::absent(key)};
    if (draft.contact.guard) {
        change.compares.push_back(*draft.contact.guard);
    }
    change.operations.emplace_back(engine::Put{key, encode(record), draft.recordLease});
    change.operations.emplace_back(
        engine::Put{keys::of(keys::joinTokensLive, draft.replicaId), "{}", draft.lease});
    EventRecord event;
    event.kind = api::event::joinTokenCreated;
    event.subject = draft.replicaId;
    event.subject_name = draft.wanted.name;
    event.message =
        "A join token for replica " + draft.wanted.name + " was made" + (actor.empty() ? "" : " by " + actor);
    change.event = std::move(event);
    JoinTokenRecord outcome = record;
    outcome.secret_hash.clear();
    change.outcome = encode(outcome);
    change.sealed =
        m_box.seal(security::formatJoinToken(token), sealContext(draft.replicaId), m_writer.random());
    co_return change;
}

Result<Written<api::CreatedJoinToken>> JoinTokenService::created(const Result<Committed>& committed) const {
    if (!committed) {
        return fail(committed.error());
    }
    const Result<JoinTokenRecord> record = decode<JoinTokenRecord>(committed->outcome);
    if (!record) {
        return failIn("outcome", record.error());
    }
    Result<std::string> token = m_box.open(committed->sealed, sealContext(record->replica_id));
    if (!token) {
        return failIn("outcome", token.error());
    }
    api::CreatedJoinToken answer{record->replica_id, std::move(*token), record->expires_at};
    return Written<api::CreatedJoinToken>{std::move(answer), committed->revision, committed->repeated};
}

Awaitable<Result<JoinTokenRecord>> JoinTokenService::consume(JoinAttempt attempt, Milliseconds deadline) {
    if (!parseReplicaId(attempt.replica_id)) {
        co_return unknownToken();
    }
    Request request;
    request.deadline = deadline;
    StateWriter::Prepare prepare = [&](const Deadline& until) { return prepareConsume(attempt, until); };
    const Result<Committed> committed =
        co_await m_writer.write(std::move(request), "join-token-use", attempt.replica_id, std::move(prepare));
    if (!committed) {
        co_return fail(committed.error());
    }
    co_return decode<JoinTokenRecord>(committed->outcome);
}

Awaitable<Result<Change>> JoinTokenService::prepareConsume(const JoinAttempt& attempt,
                                                           const Deadline& deadline) {
    engine::Transaction reads; // one transaction: all at one revision
    const std::string key = keys::of(keys::joinTokens, attempt.replica_id);
    const std::string liveKey = keys::of(keys::joinTokensLive, attempt.replica_id);
    reads.then = {engine::Get{key, {}}, engine::Get{liveKey, {}},
                  engine::Get{std::string(keys::cluster), {}}};
    const Result<engine::TransactionResult> read =
        co_await m_writer.engine().transact(reads, deadline.remaining());
    if (!read) {
        co_return fail(read.error());
    }
    const std::vector<std::vector<engine::Entry>>& found = read->gets;
    if (found.size() != 3 || found[0].empty() || found[2].empty()) {
        co_return unknownToken();
    }
    const Result<JoinTokenRecord> record = decode<JoinTokenRecord>(found[0].front().value);
    const Result<ClusterRecord> cluster = decode<ClusterRecord>(found[2].front().value);
    if (!record || !cluster) {
        co_return failIn("join token", record ? cluster.error() : record.error());
    }
    if (!security::secretMatches(attempt.secret, record->secret_hash)) {
        co_return unknownToken();
    }
    if (record->cluster_id != cluster->id || record->epoch != cluster->epoch) {
        co_return fail(ErrorCode::forbidden, "this join token was made before the cluster was repaired",
                       "Make a new join token");
    }
    const bool again = record->used_by == attempt.key_hash;
    if (!again && !record->used_by.empty()) {
        co_return fail(ErrorCode::forbidden, "this join token is used up: another host has joined with it",
                       "Make a new join token for every new replica");
    }
    if (!again && hasExpired(*record, found[1].empty(), m_writer.clock().wall())) {
        co_return fail(ErrorCode::forbidden, "this join token expired at " + record->expires_at,
                       "Make a new join token");
    }
    JoinTokenRecord used = *record;
    used.used_by = attempt.key_hash;
    Change change;
    change.compares = {Compare::unchanged(key, found[0].front().modified),
                       Compare::unchanged(found[2].front().key, found[2].front().modified)};
    if (!again) {
        change.compares.push_back(Compare::present(liveKey));
        change.operations.emplace_back(engine::Put{key, encode(used), found[0].front().lease});
    }
    used.secret_hash.clear();
    change.outcome = encode(used);
    co_return change;
}

Awaitable<Status> JoinTokenService::revoke(std::string replicaId, Milliseconds deadline) {
    engine::Transaction transaction;
    transaction.then = {engine::Delete{keys::of(keys::joinTokens, replicaId), {}},
                        engine::Delete{keys::of(keys::joinTokensLive, replicaId), {}}};
    const auto done = co_await m_writer.engine().transact(std::move(transaction), deadline);
    co_return done ? Status() : Status(fail(done.error()));
}

} // namespace pilothouse::state
