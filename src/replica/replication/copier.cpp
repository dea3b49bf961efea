// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/replication/copier.h"

#include "replica/replication/majorities.h"
#include "replica/state/waiter.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>

#include <mutex>
#include <vector>

namespace pilothouse::replication {

using http::Awaitable;

namespace {

// Between pieces there are deadlines of their own; this is for all of it.
constexpr Milliseconds longestCopy = std::chrono::hours(1);
constexpr Milliseconds longestTurn{10'000}; // of a small copy
// To each peer. With a sync of 5 ms each these are 6,400 small copies a second. A large one is mostly a
// connection, of which a peer takes so many from one address, heartbeats among them.
constexpr std::size_t smallAtOnce = 32;
constexpr std::size_t largeAtOnce = 256;
constexpr std::size_t growingAtOnce = 256; // which last as long as their clients take

// Whose copies count, but for this replica.
std::vector<api::Member> othersIn(const std::vector<std::string>& replicas, const state::Snapshot& state,
                                  const ReplicaId& self) {
    std::vector<api::Member> others;
    for (const std::string& replica : replicas) {
        const auto* member = state.members.find(replica);
        if (replica != self.str() && member != nullptr) {
            others.push_back(peerOf(member->record));
        }
    }
    return others;
}

} // namespace

struct Copier::Windows {
    std::shared_ptr<CopyWindow> small = std::make_shared<CopyWindow>(smallAtOnce);
    std::shared_ptr<CopyWindow> large = std::make_shared<CopyWindow>(largeAtOnce);
    std::shared_ptr<CopyWindow> growing = std::make_shared<CopyWindow>(growingAtOnce);
};

struct Copier::Round {
    Round(blobs::BlobId blobId, Majorities majorities, std::size_t others)
        : id(std::move(blobId)), have(std::move(majorities)), running(others) {}

    const blobs::BlobId id;
    SharedBytes bytes; // of a small blob
    EarlyCopiesPtr early;
    std::shared_ptr<state::Waiter> waiter;
    std::mutex mutex; // guards what follows
    Majorities have;
    std::size_t running;
    std::string failures;                                // one sentence each
    std::vector<std::shared_ptr<state::Waiter>> waiting; // of copies that have no turn yet

    [[nodiscard]] bool decided() const { return have.reached() || running == 0; }
    void ended(const api::Member& peer, const Status& outcome) {
        const std::lock_guard lock(mutex);
        --running;
        if (outcome) {
            have.add(peer.id);
        } else {
            failures += (failures.empty() ? "" : "; ") + peer.name + ": " + outcome.error().message;
        }
        if (decided()) {
            waiter->wake();
            wakeAll();
        }
    }
    // Until the turn has come, or the copy is not needed any more.
    [[nodiscard]] Awaitable<void> waitFor(const CopyWindow::Turn& turn, Milliseconds longest) {
        {
            const std::lock_guard lock(mutex);
            if (decided()) {
                co_return;
            }
            waiting.push_back(turn.waiter());
        }
        (void)co_await turn.waiter()->wait(longest);
    }

private:
    void wakeAll() {
        for (const auto& one : waiting) {
            one->wake();
        }
        waiting.clear();
    }
};

api::Member peerOf(const state::MemberRecord& member) {
    api::Member peer;
    peer.id = member.id;
    peer.name = member.name;
    peer.url = member.url;
    return peer;
}

std::vector<api::Member> othersThan(const ReplicaId& self, const state::Snapshot& state) {
    std::vector<api::Member> others;
    for (const auto& [name, member] : state.members.all()) {
        if (name != self.str()) {
            others.push_back(peerOf(member.record));
        }
    }
    return others;
}

std::vector<api::Member> sourcesFor(const ReplicaId& self, const state::Snapshot& state) {
    auto sources = othersThan(self, state);
    for (const auto& [id, former] : state.former.all()) {
        sources.push_back(state::asPeer(former.record));
    }
    return sources;
}

Awaitable<Status> Copier::sendGrowing(api::Member peer, blobs::Incarnation incarnation,
                                      blobs::Algorithm algorithm, http::BodySource source) {
    const std::string name = peer.name;
    const Status sent =
        co_await m_peers.sendGrowing(std::move(peer), std::move(incarnation), algorithm, std::move(source));
    if (!sent) {
        m_log.debug("a copy did not go along with its push",
                    {{"replica", name}, {"reason", sent.error().message}});
    }
    co_return sent;
}

EarlyCopiesPtr Copier::begin(WriterPtr writer, const blobs::Incarnation& incarnation) {
    const auto algorithm = writer->algorithm();
    auto early = std::make_shared<EarlyCopies>(m_local, std::move(writer), incarnation);
    const auto state = m_model.snapshot();
    if (!state->membership) {
        return early;
    }
    const Majorities majorities(state->membership->record);
    for (api::Member& peer : othersIn(majorities.replicas(), *state, m_self)) {
        const std::shared_ptr<CopyWindow::Turn> turn = windowsOf(peer.id)->growing->enter(m_executor);
        if (!turn->hasPlace()) {
            continue;
        }
        EarlyCopies::Send send = [this, incarnation, algorithm, turn](api::Member to, // until the copy ends
                                                                      http::BodySource source) {
            return sendGrowing(std::move(to), incarnation, algorithm, std::move(source));
        };
        early->begin(m_executor, std::move(peer), std::move(send));
    }
    return early;
}

std::shared_ptr<const Copier::Windows> Copier::windowsOf(const std::string& peer) {
    const std::lock_guard lock(m_mutex);
    auto& windows = m_windows[peer];
    if (!windows) {
        windows = std::make_shared<const Windows>();
    }
    return windows;
}

// In its turn: once a majority has the blob, a peer that is slower than the others fetches it at its own
// pace. A large one holds little in memory, and would let small ones wait long.
Awaitable<Status> Copier::sendTo(std::shared_ptr<Round> round, api::Member peer) {
    const auto executor = co_await boost::asio::this_coro::executor;
    const auto windows = windowsOf(peer.id);
    const auto turn = (round->bytes ? windows->small : windows->large)->enter(executor);
    if (!turn->hasPlace()) {
        co_await round->waitFor(*turn, round->bytes ? longestTurn : longestCopy);
    }
    if (!turn->hasPlace()) {
        co_return fail(ErrorCode::unavailable, "it is still taking other copies");
    }
    co_return co_await m_peers.send(std::move(peer), round->id, round->bytes);
}

Awaitable<void> Copier::copyTo(std::shared_ptr<Round> round, api::Member peer) {
    if (round->early) {
        const Status arrived = co_await round->early->arrived(peer.id, longestCopy);
        if (arrived) {
            round->ended(peer, arrived);
            co_return;
        }
    }
    const Status done = co_await sendTo(round, peer);
    if (!done) {
        m_log.debug(
            "a copy was not taken",
            {{"replica", peer.name}, {"blob", round->id.digest.str()}, {"reason", done.error().message}});
    }
    round->ended(peer, done);
}

Awaitable<Result<state::DurableBlob>> Copier::copyToMajority(blobs::BlobId id, std::uint64_t size,
                                                             SharedBytes bytes, EarlyCopiesPtr early) {
    const auto state = m_model.snapshot();
    if (!state->membership) {
        co_return fail(ErrorCode::unavailable, "this replica does not know the cluster's members yet",
                       "Try again in a moment");
    }
    const state::MembershipRecord& membership = state->membership->record;
    Majorities majorities(membership);
    majorities.add(m_self.str());
    auto others = othersIn(majorities.replicas(), *state, m_self);
    const bool enough = majorities.reached(); // of one replica
    const auto round = std::make_shared<Round>(id, std::move(majorities), others.size());
    if (!bytes && size <= pieceBytes && !others.empty()) {
        auto read = co_await m_local.readPart(id, 0, size);
        if (!read) {
            co_return fail(read.error());
        }
        bytes = std::make_shared<const std::string>(std::move(*read));
    }
    round->bytes = std::move(bytes);
    round->early = std::move(early);
    round->waiter = std::make_shared<state::Waiter>(co_await boost::asio::this_coro::executor);
    for (api::Member& peer : others) {
        boost::asio::co_spawn(m_executor, copyTo(round, std::move(peer)), boost::asio::detached);
    }
    if (!others.empty() && !enough) {
        (void)co_await round->waiter->wait(longestCopy);
    }
    const std::lock_guard lock(round->mutex);
    if (!round->have.reached()) {
        co_return fail(ErrorCode::unavailable,
                       "only " + std::to_string(round->have.count()) + " of " +
                           std::to_string(round->have.replicas().size()) + " replicas could take the blob (" +
                           round->failures + ")",
                       "Try again; a push needs a majority of the replicas");
    }
    co_return state::DurableBlob{id.digest.str(), static_cast<std::int64_t>(size), id.incarnation.str(),
                                 membership.generation, state->membership->modified};
}

} // namespace pilothouse::replication
