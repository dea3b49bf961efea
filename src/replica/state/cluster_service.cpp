// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/cluster_service.h"

#include "replica/state/feature_level.h"
#include "replica/state/keys.h"
#include "replica/state/names.h"

#include <utility>
#include <vector>

namespace pilothouse::state {

using engine::Awaitable;
using engine::Compare;

namespace {

// A record with the revision that a transaction compares.
template <typename Record>
struct Read {
    Record record;
    Revision modified;
};

template <typename Record>
Awaitable<Result<Read<Record>>> readRecord(engine::Engine& engine, std::string key,
                                           const Deadline& deadline) {
    const Result<engine::Entry> entry = co_await readEntry(engine, key, deadline);
    if (!entry) {
        co_return fail(entry.error());
    }
    Result<Record> record = decode<Record>(entry->value);
    if (!record) {
        co_return failIn(key, record.error());
    }
    co_return Read<Record>{std::move(*record), entry->modified};
}

Awaitable<Result<Read<ClusterRecord>>> readCluster(engine::Engine& engine, const Deadline& deadline) {
    return readRecord<ClusterRecord>(engine, std::string(keys::cluster), deadline);
}

} // namespace

Awaitable<Status> ClusterService::announce(Announcement announcement, Milliseconds deadline) {
    const Deadline until(m_writer.clock(), deadline);
    const std::string key = keys::of(keys::members, m_writer.self().str());
    const Result<Read<ClusterRecord>> cluster = co_await readCluster(m_writer.engine(), until);
    if (!cluster) {
        co_return fail(cluster.error());
    }
    if (const Status admitted = admitFeatureLevel(announcement.feature_level, cluster->record.feature_level);
        !admitted) {
        co_return admitted;
    }
    const Result<Read<MemberRecord>> before =
        co_await readRecord<MemberRecord>(m_writer.engine(), key, until);
    if (!before) {
        co_return fail(before.error());
    }
    const auto updated = [&announcement](MemberRecord member) {
        member.url = announcement.url;
        member.http_url = announcement.http_url;
        member.version = announcement.version;
        member.feature_level = announcement.feature_level;
        return member;
    };
    if (updated(before->record) == before->record) {
        co_return Status();
    }
    StateWriter::Prepare prepare = [&](const Deadline& left) -> Awaitable<Result<Change>> {
        const Result<Read<MemberRecord>> member =
            co_await readRecord<MemberRecord>(m_writer.engine(), key, left);
        const Result<Read<ClusterRecord>> now = co_await readCluster(m_writer.engine(), left);
        if (!member || !now) {
            co_return fail(member ? now.error() : member.error());
        }
        Change change;
        // The level must not rise between our check and our word.
        change.compares = {Compare::unchanged(key, member->modified),
                           Compare::unchanged(std::string(keys::cluster), now->modified)};
        change.operations.emplace_back(engine::Put{key, encode(updated(member->record))});
        if (const Status fine = admitFeatureLevel(announcement.feature_level, now->record.feature_level);
            !fine) {
            co_return fail(fine.error());
        }
        co_return change;
    };
    Request request;
    request.deadline = until.remaining();
    const Result<Committed> committed =
        co_await m_writer.write(std::move(request), "announce", m_writer.self().str(), std::move(prepare));
    if (!committed) {
        co_return fail(committed.error());
    }
    co_return Status();
}

Awaitable<Status> ClusterService::rename(ReplicaId member, std::string name,
                                         MembershipService::Guard operation, Milliseconds deadline) {
    if (const Status named = checkReplicaName(name); !named) {
        co_return named;
    }
    StateWriter::Prepare prepare = [&](const Deadline& left) {
        return prepareRename(member.str(), name, operation, left);
    };
    Request request;
    request.deadline = deadline;
    const Result<Committed> committed =
        co_await m_writer.write(std::move(request), "rename", member.str() + " " + name, std::move(prepare));
    if (!committed) {
        co_return fail(committed.error());
    }
    co_return Status();
}

Awaitable<Result<Change>> ClusterService::prepareRename(std::string member, std::string name,
                                                        MembershipService::Guard operation,
                                                        Deadline deadline) {
    const Result<engine::Entry> running = co_await readEntry(m_writer.engine(), operation.key, deadline);
    const Result<engine::Entry> membership =
        co_await readEntry(m_writer.engine(), std::string(keys::membership), deadline);
    const auto entries = co_await readBelow(m_writer.engine(), keys::members, deadline);
    if (!running || !membership || !entries) {
        co_return fail(!running ? running.error() : !membership ? membership.error() : entries.error());
    }
    if (running->modified != operation.modified) {
        co_return fail(ErrorCode::conflict, "the operation has changed since");
    }
    Change change;
    // A member that joins changes the membership record; nobody else changes names.
    change.compares = {Compare::unchanged(operation.key, operation.modified),
                       Compare::unchanged(std::string(keys::membership), membership->modified)};
    bool found = false;
    for (const engine::Entry& entry : *entries) {
        Result<MemberRecord> record = decode<MemberRecord>(entry.value);
        if (!record) {
            co_return failIn(entry.key, record.error());
        }
        if (record->id == member) {
            found = true;
            record->name = name;
            change.compares.push_back(Compare::unchanged(entry.key, entry.modified));
            change.operations.emplace_back(engine::Put{entry.key, encode(*record)});
        } else if (record->name == name) {
            co_return fail(ErrorCode::conflict, "another replica is called " + name + " already",
                           "Choose another name");
        }
    }
    if (!found) {
        co_return fail(ErrorCode::notFound, "there is no replica " + member + " in this cluster");
    }
    co_return change;
}

Awaitable<Result<std::int64_t>> ClusterService::raiseFeatureLevel(Milliseconds deadline) {
    const Deadline until(m_writer.clock(), deadline);
    // Most of the time there is nothing to write.
    const Result<Change> needed = co_await prepareRaise(until);
    if (!needed) {
        co_return fail(needed.error());
    }
    std::string outcome = needed->outcome;
    if (!needed->operations.empty()) {
        Request request;
        request.deadline = until.remaining();
        StateWriter::Prepare prepare = [&](const Deadline& left) { return prepareRaise(left); };
        const Result<Committed> committed =
            co_await m_writer.write(std::move(request), "raise-feature-level", "", std::move(prepare));
        if (!committed) {
            co_return fail(committed.error());
        }
        outcome = committed->outcome;
    }
    const Result<ClusterRecord> cluster = decode<ClusterRecord>(outcome);
    if (!cluster) {
        co_return failIn("outcome", cluster.error());
    }
    co_return cluster->feature_level;
}

Awaitable<Result<Change>> ClusterService::prepareRaise(const Deadline& deadline) {
    Result<Read<ClusterRecord>> cluster = co_await readCluster(m_writer.engine(), deadline);
    const Result<engine::Entry> membership =
        co_await readEntry(m_writer.engine(), std::string(keys::membership), deadline);
    const auto entries = co_await readBelow(m_writer.engine(), keys::members, deadline);
    if (!cluster || !membership || !entries) {
        co_return fail(!cluster ? cluster.error() : !membership ? membership.error() : entries.error());
    }
    Change change;
    // A member that joins changes the membership record.
    change.compares = {Compare::unchanged(std::string(keys::cluster), cluster->modified),
                       Compare::unchanged(std::string(keys::membership), membership->modified)};
    std::vector<MemberRecord> members;
    for (const engine::Entry& entry : *entries) {
        Result<MemberRecord> member = decode<MemberRecord>(entry.value);
        if (!member) {
            co_return failIn(entry.key, member.error());
        }
        members.push_back(std::move(*member));
        change.compares.push_back(Compare::unchanged(entry.key, entry.modified));
    }
    if (const auto raised = raisedFeatureLevel(cluster->record.feature_level, members)) {
        cluster->record.feature_level = *raised;
        change.operations.emplace_back(engine::Put{std::string(keys::cluster), encode(cluster->record)});
    }
    change.outcome = encode(cluster->record);
    co_return change;
}

Awaitable<Result<Written<ClusterRecord>>> ClusterService::setExternalUrl(Request request,
                                                                         std::optional<std::string> url) {
    if (url && !url->starts_with("https://")) {
        co_return fail(ErrorCode::invalid, "the external address is not an https address",
                       "Give it as https://HOST or https://HOST:PORT");
    }
    StateWriter::Prepare prepare = [&](const Deadline& deadline) -> Awaitable<Result<Change>> {
        Result<Read<ClusterRecord>> cluster = co_await readCluster(m_writer.engine(), deadline);
        if (!cluster) {
            co_return fail(cluster.error());
        }
        cluster->record.external_url = url;
        Change change;
        change.compares = {Compare::unchanged(std::string(keys::cluster), cluster->modified)};
        change.outcome = encode(cluster->record);
        change.operations.emplace_back(engine::Put{std::string(keys::cluster), change.outcome});
        co_return change;
    };
    const Result<Committed> committed =
        co_await m_writer.write(std::move(request), "external-url", url.value_or("none"), std::move(prepare));
    co_return writtenRecord<ClusterRecord>(committed);
}

} // namespace pilothouse::state
