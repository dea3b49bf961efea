// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps this replica complete: fetches from peers what is recorded and not here, and lets go what is dead.
#pragma once

#include "base/log.h"
#include "replica/replication/missing_blobs.h"
#include "replica/replication/peer_blobs.h"
#include "replica/state/follower.h"
#include "replica/state/read_model.h"
#include "replica/state/registry_records.h"

#include <boost/asio/any_io_executor.hpp>

#include <atomic>
#include <deque>
#include <functional>
#include <string>

namespace pilothouse::replication {

// How much of the cluster's blobs this replica has.
struct Completeness {
    bool known = false; // false until everything was looked at once
    std::int64_t missingBlobs = 0;
    std::int64_t missingBytes = 0;
    std::vector<std::string> missingDigests; // of all, unless they are more than 100
    std::int64_t fetchedBytesPerSecond = 0;  // mean of the last 10 s
    friend bool operator==(const Completeness&, const Completeness&) = default;
};

struct FetcherOptions {
    // A blob that was just recorded may be on its way here from whoever took it: it is not missing before.
    Milliseconds patience{2000};
    Milliseconds shortestPause{1000}; // after a failure; doubled for each further one
    Milliseconds longestPause{30'000};
    int atOnce = 2;
    std::uint64_t bytesPerSecond = std::uint64_t{100} * 1024 * 1024; // all together: clients come first
    std::function<bool()> learns = {}; // this replica has no vote yet, and so no barrier to begin with
};

class Fetcher {
public:
    using Spawn = std::function<void(boost::asio::awaitable<void>)>;
    using OnChange = std::function<void(const Completeness&)>;

    // Everything runs on `strand`; `spawn` starts coroutines there. `onChange` is called there, too.
    Fetcher(boost::asio::any_io_executor strand, Spawn spawn, OnChange onChange, const Clock& clock,
            LocalBlobs& local, PeerBlobs& peers, state::ReadModel& model, state::StateFollower& follower,
            ReplicaId self, FetcherOptions options, Logger log);

    // Until it is cancelled.
    [[nodiscard]] boost::asio::awaitable<void> run();

    // Every blob that was recorded up to it is here; what is on its way is not. Thread-safe.
    [[nodiscard]] Revision completeUpTo() const { return Revision(m_completeUpTo); }

    // Somebody asks for a blob that is not here: it is fetched next. Thread-safe.
    void want(const blobs::BlobId& id);
    // A copy that was here is not any more. Thread-safe.
    void lost(const blobs::BlobId& id);

private:
    [[nodiscard]] boost::asio::awaitable<bool> lookAtAll();
    // False when the read model cannot be asked now.
    [[nodiscard]] boost::asio::awaitable<bool> lookAgain(std::string digest);
    // Who asks for a blob in vain asks again.
    [[nodiscard]] boost::asio::awaitable<void> lookOnce(std::string digest);
    [[nodiscard]] boost::asio::awaitable<void> lookUntilItIsKnown(std::string digest);
    // `news`: it was written just now, and the copy may be on its way.
    [[nodiscard]] boost::asio::awaitable<void> lookAt(const engine::Change& change, bool news);
    [[nodiscard]] boost::asio::awaitable<void> lookAt(blobs::BlobId id, state::BlobRecord record,
                                                      Revision recorded, bool news);
    [[nodiscard]] bool isExpected(const blobs::BlobId& id) const;
    // What has not come in time is missing.
    [[nodiscard]] boost::asio::awaitable<void> lookAtExpected();
    [[nodiscard]] bool isNews(Revision revision) const;
    [[nodiscard]] Milliseconds untilNext() const;
    void startWhatIsDue();
    [[nodiscard]] boost::asio::awaitable<void> fetch(blobs::BlobId id);
    [[nodiscard]] boost::asio::awaitable<Status> fetchFromAny(blobs::BlobId id);
    void ended(const blobs::BlobId& id, const Status& outcome);
    void goOn(); // after one of those that run
    void tellHowFar();
    void publish();
    [[nodiscard]] std::int64_t fetchedLately();

    const boost::asio::any_io_executor m_strand;
    const Spawn m_spawn;
    const OnChange m_onChange;
    const Clock& m_clock;
    LocalBlobs& m_local;
    PeerBlobs& m_peers;
    state::ReadModel& m_model;
    state::StateFollower& m_follower;
    const ReplicaId m_self;
    const FetcherOptions m_options;
    Logger m_log;
    struct Expected {
        MonotonicTime until;
        MonotonicTime nextLook;
        blobs::BlobId id;
        std::int64_t size = 0;
        Revision recorded;
    };
    std::deque<Expected> m_expected; // what follows is the strand's
    MissingBlobs m_missing;
    int m_running = 0;
    bool m_lookedAtAll = false;
    Revision m_lookedUpTo;       // at every change
    Completeness m_completeness; // as told last
    std::atomic<std::int64_t> m_completeUpTo = 0;
    struct Fetched {
        MonotonicTime at;
        std::int64_t bytes = 0;
    };
    std::deque<Fetched> m_fetched; // of the last 10 s
};

} // namespace pilothouse::replication
