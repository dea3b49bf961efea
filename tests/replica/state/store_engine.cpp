// SPDX-License-Identifier: GPL-3.0-or-later
#include "store_engine.h"

#include <algorithm>

namespace pilothouse::state::test {

using engine::Awaitable;

void StoreEngine::replay(const engine::WatchBatch& batch, Store& store) {
    for (const engine::Change& change : batch.changes) {
        if (change.deleted) {
            store.erase(change.entry.key);
        } else {
            store[change.entry.key] = change.entry;
        }
    }
}

void StoreEngine::commit(engine::WatchBatch batch) {
    if (batch.changes.empty()) {
        return;
    }
    m_revision = batch.revision;
    replay(batch, m_store);
    m_log.push_back(std::move(batch));
}

void StoreEngine::reset() {
    m_revision = Revision(1);
    m_compacted = Revision(0);
    m_store.clear();
    m_log.clear();
    breakWatches();
}

void StoreEngine::expire(std::int64_t lease) {
    m_leases.erase(lease);
    engine::WatchBatch batch;
    batch.revision = Revision(m_revision.value() + 1);
    for (const auto& [key, entry] : m_store) {
        if (entry.lease == lease) {
            engine::Change& change = batch.changes.emplace_back();
            change.deleted = true;
            change.entry.key = key;
            change.entry.modified = batch.revision;
        }
    }
    commit(std::move(batch));
}

bool StoreEngine::holds(const engine::Compare& compare) const {
    const auto entries = entriesIn(m_store, compare.key, compare.rangeEnd, noLimit);
    if (entries.empty()) {
        return compare.field != engine::Compare::Field::value && holds(compare, engine::Entry());
    }
    return std::all_of(entries.begin(), entries.end(),
                       [&](const engine::Entry& entry) { return holds(compare, entry); });
}

bool StoreEngine::holds(const engine::Compare& compare, const engine::Entry& entry) {
    using Field = engine::Compare::Field;
    const auto decide = [&](const auto& a, const auto& b) {
        switch (compare.relation) {
        case engine::Compare::Relation::equal:
            return a == b;
        case engine::Compare::Relation::notEqual:
            return a != b;
        case engine::Compare::Relation::less:
            return a < b;
        case engine::Compare::Relation::greater:
            return a > b;
        }
        return false;
    };
    switch (compare.field) {
    case Field::version:
        return decide(entry.version, compare.number);
    case Field::createRevision:
        return decide(entry.created.value(), compare.number);
    case Field::modRevision:
        return decide(entry.modified.value(), compare.number);
    case Field::value:
        return decide(entry.value, compare.value);
    }
    return false;
}

std::vector<engine::Entry> StoreEngine::entriesIn(const Store& store, const std::string& key,
                                                  const std::string& rangeEnd, std::size_t limit) {
    std::vector<engine::Entry> entries;
    for (auto it = store.lower_bound(key); it != store.end(); ++it) {
        const bool inside =
            rangeEnd.empty() ? it->first == key : rangeEnd == std::string(1, '\0') || it->first < rangeEnd;
        if (!inside || entries.size() == limit) {
            break;
        }
        entries.push_back(it->second);
    }
    return entries;
}

// What etcd refuses before it does anything (etcdserver/api/v3rpc/key.go).
Status StoreEngine::check(const std::vector<engine::Transaction>& transactions) const {
    std::set<std::string> written;
    for (const engine::Transaction& transaction : transactions) {
        std::set<std::string> own; // either branch may write what the other one does
        for (const auto* branch : {&transaction.then, &transaction.otherwise}) {
            if (branch->size() > engine::mostOperations) {
                return fail(ErrorCode::invalid, "too many operations in txn request");
            }
            std::set<std::string> here;
            for (const engine::Operation& operation : *branch) {
                const auto* put = std::get_if<engine::Put>(&operation);
                if (put != nullptr && (written.contains(put->key) || !here.insert(put->key).second)) {
                    return fail(ErrorCode::invalid, "duplicate key given in txn request");
                }
                if (put != nullptr && put->lease != 0 && !m_leases.contains(put->lease)) {
                    return fail(ErrorCode::notFound, "requested lease not found");
                }
            }
            own.merge(here);
        }
        written.merge(own);
    }
    return {};
}

void StoreEngine::apply(const std::vector<engine::Operation>& operations, engine::TransactionResult& result,
                        engine::WatchBatch& batch) {
    for (const engine::Operation& operation : operations) {
        if (const auto* get = std::get_if<engine::Get>(&operation)) {
            const auto limit = get->limit > 0 ? static_cast<std::size_t>(get->limit) : noLimit;
            result.gets.push_back(entriesIn(m_store, get->key, get->rangeEnd, limit));
        } else if (const auto* put = std::get_if<engine::Put>(&operation)) {
            const auto before = m_store.find(put->key);
            engine::Entry entry;
            entry.key = put->key;
            entry.value = put->value;
            entry.lease = put->lease;
            entry.modified = batch.revision;
            entry.created = before != m_store.end() ? before->second.created : batch.revision;
            entry.version = before != m_store.end() ? before->second.version + 1 : 1;
            m_store[put->key] = entry; // later operations see it
            batch.changes.push_back({false, std::move(entry)});
        } else if (const auto* removed = std::get_if<engine::Delete>(&operation)) {
            for (const engine::Entry& entry : entriesIn(m_store, removed->key, removed->rangeEnd)) {
                engine::Change& change = batch.changes.emplace_back();
                change.deleted = true;
                change.entry.key = entry.key;
                change.entry.modified = batch.revision;
                m_store.erase(entry.key);
            }
        }
    }
}

Awaitable<Result<std::vector<engine::TransactionResult>>>
StoreEngine::transactAll(std::vector<engine::Transaction> independent, Milliseconds) {
    if (const Status valid = check(independent); !valid) {
        co_return fail(valid.error());
    }
    std::vector<engine::TransactionResult> results;
    for (const engine::Transaction& transaction : independent) { // all compares before the first write
        const bool succeeded = std::all_of(transaction.compares.begin(), transaction.compares.end(),
                                           [&](const engine::Compare& compare) { return holds(compare); });
        results.push_back({.succeeded = succeeded, .revision = {}, .gets = {}});
    }
    engine::WatchBatch batch;
    batch.revision = Revision(m_revision.value() + 1);
    for (std::size_t i = 0; i < results.size(); ++i) {
        apply(results[i].succeeded ? independent[i].then : independent[i].otherwise, results[i], batch);
    }
    commit(std::move(batch));
    for (engine::TransactionResult& result : results) {
        result.revision = m_revision;
    }
    co_return results;
}

Awaitable<Result<engine::TransactionResult>> StoreEngine::transact(engine::Transaction transaction,
                                                                   Milliseconds deadline) {
    std::vector<engine::Transaction> one;
    one.push_back(std::move(transaction));
    auto results = co_await transactAll(std::move(one), deadline);
    co_return results ? Result<engine::TransactionResult>(std::move(results->front()))
                      : Result<engine::TransactionResult>(fail(results.error()));
}

Awaitable<Result<engine::RangeResult>> StoreEngine::range(engine::Range range, Milliseconds) {
    if (range.atRevision != Revision() && range.atRevision < m_compacted) {
        co_return fail(ErrorCode::conflict, "required revision has been compacted");
    }
    if (range.atRevision > m_revision) {
        co_return fail(ErrorCode::invalid, "required revision is a future revision");
    }
    Store past;
    const bool old = range.atRevision != Revision() && range.atRevision < m_revision;
    for (const engine::WatchBatch& batch : m_log) {
        if (old && batch.revision <= range.atRevision) {
            replay(batch, past);
        }
    }
    engine::RangeResult result;
    result.entries = entriesIn(old ? past : m_store, range.key, range.rangeEnd);
    result.count = static_cast<std::int64_t>(result.entries.size()); // of all, whatever the limit
    if (range.limit > 0 && result.count > range.limit) {
        result.entries.resize(static_cast<std::size_t>(range.limit));
        result.more = true;
    }
    result.revision = m_revision;
    co_return result;
}

Awaitable<engine::WatchEnd> StoreEngine::watch(Revision from,
                                               std::function<Awaitable<void>(engine::WatchBatch)> onBatch) {
    const int generation = m_watchGeneration;
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
    for (std::int64_t next = std::max<std::int64_t>(from.value(), 2);;) {
        if (Revision(next) < m_compacted) {
            co_return engine::WatchEnd{Error{ErrorCode::conflict, "compacted", {}}, m_compacted};
        }
        if (generation != m_watchGeneration) {
            co_return engine::WatchEnd{Error{ErrorCode::unavailable, "the watch ended", {}}, {}};
        }
        if (next > m_revision.value()) {
            timer.expires_after(std::chrono::milliseconds(1));
            co_await timer.async_wait(boost::asio::use_awaitable);
            continue;
        }
        engine::WatchBatch batch = m_log.at(static_cast<std::size_t>(next - 2));
        ++next;
        co_await onBatch(std::move(batch));
    }
}

Awaitable<Result<std::int64_t>> StoreEngine::grantLease(std::chrono::seconds, Milliseconds) {
    m_leases.insert(++m_nextLease);
    co_return m_nextLease;
}

Awaitable<Result<engine::EngineMember>> StoreEngine::addLearner(std::string peerUrl, Milliseconds) {
    engine::EngineMember member;
    member.id = ++m_nextMember;
    member.peerUrls = {std::move(peerUrl)};
    member.learner = true;
    list.push_back(member);
    co_return member;
}

Awaitable<Status> StoreEngine::promote(std::uint64_t id, Milliseconds) {
    const auto found = std::find_if(list.begin(), list.end(),
                                    [&](const engine::EngineMember& member) { return member.id == id; });
    if (found == list.end()) {
        co_return fail(ErrorCode::notFound, "member not found");
    }
    if (!inSync) {
        co_return fail(ErrorCode::conflict, "can only promote a learner member which is in sync with leader");
    }
    found->learner = false;
    co_return Status();
}

Awaitable<Status> StoreEngine::removeMember(std::uint64_t id, Milliseconds) {
    const auto gone =
        std::erase_if(list, [&](const engine::EngineMember& member) { return member.id == id; });
    if (gone == 0) {
        co_return fail(ErrorCode::notFound, "member not found");
    }
    co_return Status();
}

Awaitable<Status> StoreEngine::keepLease(std::int64_t lease, Milliseconds) {
    co_return m_leases.contains(lease) ? Status() : fail(ErrorCode::notFound, "requested lease not found");
}

Awaitable<Status> StoreEngine::revokeLease(std::int64_t lease, Milliseconds) {
    if (!m_leases.contains(lease)) {
        co_return fail(ErrorCode::notFound, "requested lease not found");
    }
    expire(lease);
    co_return Status();
}

Awaitable<Result<engine::EngineStatus>> StoreEngine::status(Milliseconds) {
    engine::EngineStatus now = ownStatus;
    for (const auto& alarm : raised) { // as etcd writes it
        now.errors.push_back("memberID:" + std::to_string(alarm.memberId) + " alarm:" + alarm.kind + " ");
    }
    co_return now;
}

Awaitable<Status> StoreEngine::disarm(engine::EngineAlarm alarm, Milliseconds) {
    std::erase(raised, alarm);
    co_return Status();
}

Awaitable<Status> StoreEngine::compact(Revision upTo, Milliseconds) {
    if (upTo <= m_compacted) {
        co_return fail(ErrorCode::conflict, "required revision has been compacted");
    }
    if (upTo > m_revision) {
        co_return fail(ErrorCode::invalid, "required revision is a future revision");
    }
    m_compacted = upTo;
    co_return Status();
}

} // namespace pilothouse::state::test
