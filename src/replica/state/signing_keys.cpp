// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/signing_keys.h"

#include "replica/state/keys.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace pilothouse::state {

using engine::Awaitable;
using engine::Compare;

namespace {

// The name of the secret with the key of this id.
std::string nameOf(std::string_view id) {
    std::string name(keys::nameBelow(keys::secrets, keys::signingKeys));
    name += id;
    return name;
}

bool isSigningKey(std::string_view name) {
    return name.starts_with(keys::nameBelow(keys::secrets, keys::signingKeys));
}

// Among all secrets, which are few; nullptr when there is none.
const Stored<SealedSecretRecord>* newestIn(const Snapshot& snapshot) {
    const Stored<SealedSecretRecord>* newest = nullptr;
    for (const auto& [name, stored] : snapshot.secrets.all()) {
        if (isSigningKey(name) && (newest == nullptr || stored.created > newest->created)) {
            newest = &stored;
        }
    }
    return newest;
}

// The mark, and all keys, newest first.
struct Found {
    std::vector<engine::Entry> mark;
    std::vector<engine::Entry> keys;
};

Found foundIn(const engine::TransactionResult& result) {
    Found found;
    if (result.gets.size() == 2) {
        found = {result.gets[0], result.gets[1]};
    }
    std::sort(found.keys.begin(), found.keys.end(),
              [](const engine::Entry& a, const engine::Entry& b) { return a.created > b.created; });
    return found;
}

} // namespace

Awaitable<Status> SigningKeyService::rotate(Milliseconds deadline) {
    const auto found = co_await look(deadline);
    if (!found) {
        co_return fail(found.error());
    }
    const Found now = foundIn(*found);
    if (!now.mark.empty() && !now.keys.empty()) {
        co_return Status();
    }
    const auto lease = co_await m_engine.grantLease(signsFor, deadline);
    if (!lease) {
        co_return fail(lease.error());
    }
    auto transaction = compose(*found, *lease);
    if (!transaction) {
        (void)co_await m_engine.revokeLease(*lease, deadline);
        co_return fail(transaction.error());
    }
    const auto done = co_await m_engine.transact(std::move(*transaction), deadline);
    if (!done) {
        if (done.error().code != ErrorCode::timeout) { // else it may have been written: the next time shows
            (void)co_await m_engine.revokeLease(*lease, deadline);
        }
        co_return fail(done.error());
    }
    if (!done->succeeded) {
        // Another replica was first. The lease holds nothing.
        co_return co_await m_engine.revokeLease(*lease, deadline);
    }
    m_logger.info("registry tokens are signed with a new key");
    co_return Status();
}

// In one transaction, so that both are of one moment.
Awaitable<Result<engine::TransactionResult>> SigningKeyService::look(Milliseconds deadline) {
    engine::Transaction transaction;
    transaction.then.emplace_back(engine::Get{std::string(keys::signingKeyFresh), {}});
    transaction.then.emplace_back(
        engine::Get{std::string(keys::signingKeys), engine::prefixEnd(std::string(keys::signingKeys))});
    co_return co_await m_engine.transact(std::move(transaction), deadline);
}

Result<engine::Transaction> SigningKeyService::compose(const engine::TransactionResult& result,
                                                       std::int64_t lease) const {
    const auto key = security::SigningKey::generate();
    if (!key) {
        return fail(key.error());
    }
    const Found found = foundIn(result);
    const std::string name = keys::of(keys::signingKeys, key->id());
    const std::string mark(keys::signingKeyFresh);
    const SealedSecretRecord record{nameOf(key->id()), m_box.seal(key->pem(), name, m_random),
                                    toRfc3339(m_clock.wall())};
    engine::Transaction transaction;
    // Whoever makes a key writes the mark: one of two at once finds it changed.
    transaction.compares = {found.mark.empty() ? Compare::absent(mark)
                                               : Compare::unchanged(mark, found.mark.front().modified),
                            Compare::absent(name)};
    transaction.then.emplace_back(engine::Put{name, encode(record)});
    transaction.then.emplace_back(engine::Put{mark, key->id(), lease});
    for (std::size_t i = keptKeys - 1; i < found.keys.size(); ++i) {
        transaction.then.emplace_back(engine::Delete{found.keys[i].key, {}});
    }
    return transaction;
}

bool SigningKeyService::isMissing(const Snapshot& snapshot) {
    return newestIn(snapshot) == nullptr;
}

Result<security::SigningKey> KeyRing::newest(const Snapshot& snapshot) {
    const auto* newest = newestIn(snapshot);
    if (newest == nullptr) {
        return fail(ErrorCode::unavailable, "The cluster has no key for tokens yet", "Try again in a moment");
    }
    return open(snapshot, *newest);
}

Result<security::SigningKey> KeyRing::find(const Snapshot& snapshot, std::string_view id) {
    const auto* stored = snapshot.secrets.find(nameOf(id));
    if (stored == nullptr) {
        return fail(ErrorCode::notFound, "there is no key for tokens of this id");
    }
    return open(snapshot, *stored);
}

bool KeyRing::has(const Snapshot& snapshot, std::string_view id) {
    return snapshot.secrets.find(nameOf(id)) != nullptr;
}

Result<security::SigningKey> KeyRing::open(const Snapshot& snapshot,
                                           const Stored<SealedSecretRecord>& stored) {
    const std::lock_guard lock(m_mutex);
    const SealedSecretRecord& record = stored.record;
    if (const auto opened = m_opened.find(record.sealed); opened != m_opened.end()) {
        return opened->second;
    }
    const auto pem = m_box.open(record.sealed, keys::of(keys::secrets, record.name));
    if (!pem) {
        return fail(pem.error());
    }
    auto key = security::SigningKey::fromPem(*pem);
    if (!key) {
        return fail(ErrorCode::corrupt, "the key for tokens cannot be read: " + key.error().message);
    }
    // What the snapshot does not have any more goes.
    std::erase_if(m_opened, [&](const auto& entry) {
        const auto* there = snapshot.secrets.find(nameOf(entry.second.id()));
        return there == nullptr || there->record.sealed != entry.first;
    });
    return m_opened.emplace(record.sealed, std::move(*key)).first->second;
}

} // namespace pilothouse::state
