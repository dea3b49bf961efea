// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/replication/fetcher.h"

#include "replica/node/sleep.h"
#include "replica/replication/copier.h"
#include "replica/state/keys.h"
#include "replica/state/registry_keys.h"
#include "replica/state/subscription.h"

#include <boost/asio/post.hpp>

#include <algorithm>

namespace pilothouse::replication {

using boost::asio::awaitable;

namespace {

constexpr std::int64_t pageSize = 500;
constexpr Milliseconds barrierDeadline{2'000};
constexpr Milliseconds whenIdle{60'000};
constexpr Milliseconds whenMissing{500};
constexpr Milliseconds betweenLooks{200}; // for what is expected
constexpr std::chrono::seconds rateSpan{10};
constexpr std::size_t mostNamed = 100;
constexpr std::int64_t mostInFlight = 500; // revisions

// nullopt: it is no digest's record, or not to be read by this version.
std::optional<blobs::BlobId> idIn(const std::string& key, const state::BlobRecord& record) {
    const auto digest = blobs::Digest::parse(state::keys::nameBelow(state::keys::blobs, key));
    const auto incarnation = blobs::Incarnation::parse(record.incarnation);
    return digest && incarnation ? std::optional(blobs::BlobId{*digest, *incarnation}) : std::nullopt;
}

} // namespace

Fetcher::Fetcher(boost::asio::any_io_executor strand, Spawn spawn, OnChange onChange, const Clock& clock,
                 LocalBlobs& local, PeerBlobs& peers, state::ReadModel& model, state::StateFollower& follower,
                 ReplicaId self, FetcherOptions options, Logger log)
    : m_strand(std::move(strand)), m_spawn(std::move(spawn)), m_onChange(std::move(onChange)), m_clock(clock),
      m_local(local), m_peers(peers), m_model(model), m_follower(follower), m_self(std::move(self)),
      m_options(options), m_log(std::move(log)), m_missing(options.shortestPause, options.longestPause) {}

awaitable<void> Fetcher::run() {
    const auto subscription = m_follower.subscribe();
    // What was recorded while this replica was away is no news: it is known before the first look.
    for (Status barrier = fail(ErrorCode::unavailable, {}); !barrier;) {
        if (m_options.learns && m_options.learns()) {
            break; // all that it hears of was there before
        }
        barrier = co_await m_follower.readBarrier(barrierDeadline);
        if (!barrier) {
            co_await node::sleepFor(whenMissing);
        }
    }
    for (;;) {
        if (!m_lookedAtAll) {
            const Revision known = m_follower.applied();
            m_lookedAtAll = co_await lookAtAll();
            m_lookedUpTo = m_lookedAtAll ? std::max(m_lookedUpTo, known) : m_lookedUpTo;
        }
        co_await lookAtExpected();
        startWhatIsDue();
        publish();
        const auto applied = co_await subscription->next(untilNext());
        if (!applied) {
            continue; // nothing new, but something may be due
        }
        if (!applied->batch) {
            m_lookedAtAll = false;
            continue;
        }
        const bool news = isNews(applied->revision);
        for (const engine::Change& change : applied->batch->changes) {
            co_await lookAt(change, news);
        }
        if (m_lookedAtAll) {
            m_lookedUpTo = std::max(m_lookedUpTo, applied->revision);
        }
    }
}

// A replica that catches up is told of old things; their copies are not on their way.
bool Fetcher::isNews(Revision revision) const {
    const std::int64_t known = m_follower.applied().value() + m_follower.lag().revisions;
    return known - revision.value() <= mostInFlight;
}

Milliseconds Fetcher::untilNext() const {
    const bool idle = m_lookedAtAll && m_missing.count() == 0 && m_expected.empty() && m_fetched.empty();
    return idle ? whenIdle : whenMissing;
}

// One stays among them until it is here, or known to be missing: what is told meanwhile counts it.
awaitable<void> Fetcher::lookAtExpected() {
    while (!m_expected.empty() && m_expected.front().nextLook <= m_clock.monotonic()) {
        const Expected blob = m_expected.front();
        const auto here = co_await m_local.has(blob.id);
        if (here && *here) {
            m_expected.pop_front();
            continue;
        }
        if (m_clock.monotonic() < blob.until) {
            m_expected.front().nextLook = m_clock.monotonic() + betweenLooks;
            co_return;
        }
        const bool looked = co_await lookAgain(blob.id.digest.str()); // its record may have gone meanwhile
        if (!looked) {
            const MonotonicTime later = m_clock.monotonic() + m_options.patience;
            m_expected.front().until = m_expected.front().nextLook = later;
            co_return;
        }
        m_expected.pop_front();
    }
}

// Page by page; false when the read model cannot be asked now.
awaitable<bool> Fetcher::lookAtAll() {
    std::string after;
    for (;;) {
        const std::function<Result<std::vector<engine::Entry>>(state::Projection&)> query =
            [after](state::Projection& projection) {
                return projection.records(std::string(state::keys::blobs), after, pageSize);
            };
        const auto page = co_await m_model.read<std::vector<engine::Entry>>(query);
        if (!page) {
            co_return false;
        }
        for (const engine::Entry& entry : *page) {
            const engine::Change change{false, entry};
            co_await lookAt(change, false);
        }
        if (page->empty()) {
            co_return true;
        }
        after = page->back().key;
    }
}

awaitable<void> Fetcher::lookAt(const engine::Change& change, bool news) {
    const std::string& key = change.entry.key;
    if (!key.starts_with(state::keys::blobs)) {
        co_return;
    }
    const auto record = change.deleted ? Result<state::BlobRecord>(fail(ErrorCode::notFound, {}))
                                       : state::decode<state::BlobRecord>(change.entry.value);
    const auto id = record ? idIn(key, *record) : std::nullopt;
    if (!id) {
        m_missing.remove(std::string(state::keys::nameBelow(state::keys::blobs, key)));
        co_return;
    }
    // As of its first record: later ones touch it, and say nothing of copies.
    co_await lookAt(*id, *record, change.entry.created, news);
}

awaitable<void> Fetcher::lookAt(blobs::BlobId id, state::BlobRecord record, Revision recorded, bool news) {
    const std::string digest = id.digest.str();
    if (record.phase != state::BlobPhase::live) {
        m_missing.remove(digest);
        if (record.phase == state::BlobPhase::dead) {
            const Status removed = co_await m_local.remove(id);
            if (!removed) {
                m_log.warning("a dead blob's file cannot be removed",
                              {{"blob", digest}, {"reason", removed.error().message}});
            }
        }
        co_return;
    }
    const auto here = co_await m_local.has(id);
    if (here && *here) {
        m_missing.remove(digest);
        co_return;
    }
    if (news) {
        const MonotonicTime now = m_clock.monotonic();
        const Milliseconds soon = std::min(m_options.patience, betweenLooks);
        m_expected.push_back({now + m_options.patience, now + soon, id, record.size, recorded});
    } else {
        m_missing.add(id, record.size, recorded, m_clock.monotonic());
    }
}

void Fetcher::want(const blobs::BlobId& id) {
    boost::asio::post(m_strand, [this, id] {
        if (!m_missing.want(id) && !isExpected(id)) {
            m_spawn(lookOnce(id.digest.str()));
        }
        startWhatIsDue();
    });
}

bool Fetcher::isExpected(const blobs::BlobId& id) const {
    return std::any_of(m_expected.begin(), m_expected.end(),
                       [&id](const Expected& expected) { return expected.id == id; });
}

void Fetcher::lost(const blobs::BlobId& id) {
    boost::asio::post(m_strand, [this, id] { m_spawn(lookUntilItIsKnown(id.digest.str())); });
}

awaitable<void> Fetcher::lookOnce(std::string digest) {
    (void)co_await lookAgain(std::move(digest));
}

awaitable<void> Fetcher::lookUntilItIsKnown(std::string digest) {
    for (;;) {
        const bool looked = co_await lookAgain(digest);
        if (looked) {
            co_return;
        }
        co_await node::sleepFor(m_options.shortestPause);
    }
}

awaitable<bool> Fetcher::lookAgain(std::string digest) {
    const std::function<Result<std::optional<engine::Entry>>(state::Projection&)> query =
        [key = state::keys::blob(digest)](state::Projection& projection) { return projection.record(key); };
    const auto entry = co_await m_model.read<std::optional<engine::Entry>>(query);
    if (entry && *entry) {
        const engine::Change change{false, **entry};
        co_await lookAt(change, false);
    }
    startWhatIsDue();
    publish();
    co_return entry.has_value();
}

void Fetcher::startWhatIsDue() {
    while (m_running < m_options.atOnce) {
        const auto next = m_missing.take(m_clock.monotonic());
        if (!next) {
            return;
        }
        ++m_running;
        m_spawn(fetch(*next));
    }
}

awaitable<void> Fetcher::fetch(blobs::BlobId id) {
    const auto here = co_await m_local.has(id);
    const bool there = here && *here;
    if (!there && m_local.isArriving(id.incarnation)) { // from the one that took the push, more slowly
        m_missing.postpone(id, m_clock.monotonic() + m_options.patience);
        co_return goOn();
    }
    Status outcome;
    if (!there) {
        outcome = co_await fetchFromAny(id);
    }
    ended(id, outcome);
}

awaitable<Status> Fetcher::fetchFromAny(blobs::BlobId id) {
    const auto state = m_model.snapshot();
    std::string why = "there is no other member";
    const std::uint64_t share = m_options.bytesPerSecond / static_cast<std::uint64_t>(m_options.atOnce);
    const std::vector<api::Member> peers = m_peers.inOrder(sourcesFor(m_self, *state));
    for (const api::Member& peer : peers) {
        const Status fetched = co_await m_peers.fetch(peer, id, share);
        if (fetched) {
            co_return fetched;
        }
        why = peer.name + ": " + fetched.error().message;
    }
    co_return fail(ErrorCode::unavailable, why);
}

void Fetcher::ended(const blobs::BlobId& id, const Status& outcome) {
    if (outcome) {
        m_fetched.push_back({m_clock.monotonic(), m_missing.sizeOf(id)});
        m_missing.came(id);
    } else {
        m_missing.failed(id, m_clock.monotonic());
        m_log.debug("a blob could not be fetched",
                    {{"blob", id.digest.str()}, {"reason", outcome.error().message}});
    }
    goOn();
}

void Fetcher::goOn() {
    --m_running;
    startWhatIsDue();
    publish();
}

std::int64_t Fetcher::fetchedLately() {
    const MonotonicTime from = m_clock.monotonic() - rateSpan;
    while (!m_fetched.empty() && m_fetched.front().at < from) {
        m_fetched.pop_front();
    }
    std::int64_t bytes = 0;
    for (const Fetched& one : m_fetched) {
        bytes += one.bytes;
    }
    return bytes / rateSpan.count();
}

void Fetcher::tellHowFar() {
    Revision upTo = m_lookedUpTo;
    if (const auto oldest = m_missing.oldest()) {
        upTo = std::min(upTo, Revision(oldest->value() - 1));
    }
    for (const Expected& expected : m_expected) {
        upTo = std::min(upTo, Revision(expected.recorded.value() - 1));
    }
    m_completeUpTo = upTo.value();
}

void Fetcher::publish() {
    tellHowFar();
    Completeness now = m_completeness;
    now.known = now.known || m_lookedAtAll;
    now.missingBlobs = static_cast<std::int64_t>(m_missing.count());
    now.missingBytes = m_missing.bytes();
    now.missingDigests = m_missing.digests(mostNamed);
    now.fetchedBytesPerSecond = fetchedLately();
    if (now == m_completeness) {
        return;
    }
    m_completeness = now;
    if (m_onChange) {
        m_onChange(now);
    }
}

} // namespace pilothouse::replication
