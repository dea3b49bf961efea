// SPDX-License-Identifier: GPL-3.0-or-later
// The cluster's keys for registry tokens: sealed in the state, so that every replica accepts what any of them
// signed.
#pragma once

#include "base/clock.h"
#include "base/log.h"
#include "replica/engine/engine.h"
#include "replica/security/random.h"
#include "replica/security/sealed_box.h"
#include "replica/security/signing_key.h"
#include "replica/state/snapshot.h"

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace pilothouse::state {

// Replaces the key that signs once a week. The age is told by a mark under a lease, not by a clock: the
// engine lets a mark live longer when its leader changes, never shorter, so a key may sign for more than a
// week, and what it signed lasts at least as long as promised.
class SigningKeyService {
public:
    static constexpr std::chrono::seconds signsFor{std::chrono::hours(7 * 24)};
    // The newest so many stay, so that what a key signed can be checked for five weeks after its last day.
    static constexpr std::size_t keptKeys = 6;

    // All of them must outlive it.
    SigningKeyService(engine::Engine& engine, const security::SealedBox& box, const security::Random& random,
                      const Clock& clock, Logger logger)
        : m_engine(engine), m_box(box), m_random(random), m_clock(clock), m_logger(std::move(logger)) {}

    // Makes a key if one is due, and forgets those beyond keptKeys. To be called now and then by the leader's
    // replica; when two call at once, one makes it.
    [[nodiscard]] engine::Awaitable<Status> rotate(Milliseconds deadline);
    // Whether there is none at all, as in a new cluster: no time to wait for the next round.
    [[nodiscard]] static bool isMissing(const Snapshot& snapshot);

private:
    [[nodiscard]] engine::Awaitable<Result<engine::TransactionResult>> look(Milliseconds deadline);
    [[nodiscard]] Result<engine::Transaction> compose(const engine::TransactionResult& found,
                                                      std::int64_t lease) const;

    engine::Engine& m_engine;
    const security::SealedBox& m_box;
    const security::Random& m_random;
    const Clock& m_clock;
    Logger m_logger;
};

// Opens the keys of a snapshot, each once. Thread-safe.
class KeyRing {
public:
    // `box` must outlive it.
    explicit KeyRing(const security::SealedBox& box) : m_box(box) {}

    // The newest, which signs. ErrorCode::unavailable while there is none, ErrorCode::corrupt when it cannot
    // be opened.
    [[nodiscard]] Result<security::SigningKey> newest(const Snapshot& snapshot);
    // The one of that id. ErrorCode::notFound when there is none (any more).
    [[nodiscard]] Result<security::SigningKey> find(const Snapshot& snapshot, std::string_view id);
    // Whether there is one, without opening it.
    [[nodiscard]] static bool has(const Snapshot& snapshot, std::string_view id);

private:
    [[nodiscard]] Result<security::SigningKey> open(const Snapshot& snapshot,
                                                    const Stored<SealedSecretRecord>& stored);

    const security::SealedBox& m_box;
    std::mutex m_mutex;                                   // guards m_opened
    std::map<std::string, security::SigningKey> m_opened; // by what was sealed
};

} // namespace pilothouse::state
