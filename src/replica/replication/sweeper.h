// SPDX-License-Identifier: GPL-3.0-or-later
// Removes files of blobs that were never recorded, or whose record went while this replica was away.
#pragma once

#include "base/log.h"
#include "replica/replication/local_blobs.h"
#include "replica/state/follower.h"
#include "replica/state/read_model.h"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <map>
#include <vector>

namespace pilothouse::replication {

struct SweeperOptions {
    std::chrono::minutes between{10};
    // A push that takes longer between its first copy and its record would lose its files.
    std::chrono::minutes keptUnrecorded{180};
};

class Sweeper {
public:
    Sweeper(const Clock& clock, LocalBlobs& local, state::ReadModel& model, state::StateFollower& follower,
            Logger log, SweeperOptions options = {})
        : m_clock(clock), m_local(local), m_model(model), m_follower(follower), m_log(std::move(log)),
          m_options(options) {}

    // Until it is cancelled.
    [[nodiscard]] boost::asio::awaitable<void> run();
    // One round over all files. Gives how many were removed.
    [[nodiscard]] boost::asio::awaitable<Result<int>> sweep();

private:
    [[nodiscard]] boost::asio::awaitable<Result<std::vector<blobs::BlobId>>>
    unrecorded(std::vector<blobs::BlobId> ids);

    const Clock& m_clock;
    LocalBlobs& m_local;
    state::ReadModel& m_model;
    state::StateFollower& m_follower;
    Logger m_log;
    const SweeperOptions m_options;
    std::map<blobs::BlobId, MonotonicTime> m_seen; // unrecorded since
};

} // namespace pilothouse::replication
