// SPDX-License-Identifier: GPL-3.0-or-later
// The read model as the rest of the replica uses it: a snapshot in memory, and queries on a thread of its
// own.
#pragma once

#include "base/clock.h"
#include "base/log.h"
#include "replica/state/projection.h"
#include "replica/state/registry_cache.h"
#include "replica/state/snapshot.h"

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace pilothouse::state {

// Thread-safe. SQLite runs on one worker thread, in the order of the calls; awaiting resumes on the caller's
// executor, which must outlive this object. The file is replaced whenever it cannot be used: that costs one
// list from the engine and is never an error.
class ReadModel {
public:
    // At most this many queries wait for the worker; more are refused with ErrorCode::unavailable.
    static constexpr int maxWaiting = 1024;
    // A query that takes longer, on a disk that hangs, ends with ErrorCode::timeout.
    static constexpr Milliseconds longestQuery{3000};

    ReadModel(std::filesystem::path file, ProjectionKey key, Logger logger);
    // Waits for the query that runs.
    ~ReadModel();
    ReadModel(const ReadModel&) = delete;
    ReadModel& operator=(const ReadModel&) = delete;

    // Opens the file and fills the snapshot from it, so that a replica without quorum knows what it knew. To
    // be called once, before anything else. Fails when no file can be made there.
    [[nodiscard]] engine::Awaitable<Status> open();

    // Everything hot, at one revision; never null. Any thread, no wait.
    [[nodiscard]] std::shared_ptr<const Snapshot> snapshot() const;

    // What queries found lately, as it still is. Any thread, no wait; to be filled by queries alone.
    [[nodiscard]] RegistryCache& lately() const;

    // Runs `query` on the worker, for at most `longest`. ErrorCode::unavailable while there is nothing to
    // ask. Give the query a name before awaiting: g++ 12 destroys a closure twice that is made inside an
    // awaiting expression.
    template <typename T>
    [[nodiscard]] engine::Awaitable<Result<T>> read(std::function<Result<T>(Projection&)> query,
                                                    Milliseconds longest = longestQuery) {
        // Shared: the caller may be gone before the worker is done.
        auto answer = std::make_shared<Result<T>>(fail(ErrorCode::cancelled, "the read model is closed"));
        Query asked = [answer, query = std::move(query)](Projection& projection) -> Status {
            *answer = query(projection);
            return *answer ? Status() : fail(answer->error());
        };
        const Status ran = co_await ask(std::move(asked), longest);
        if (!ran) {
            co_return fail(ran.error());
        }
        co_return std::move(*answer);
    }

    // Events above `after` (oldest first), and below `before` (newest first, 0: from the newest on).
    [[nodiscard]] engine::Awaitable<Result<api::EventPage>> eventsAfter(Revision after, std::int64_t limit,
                                                                        Milliseconds longest = longestQuery);
    [[nodiscard]] engine::Awaitable<Result<api::EventPage>> eventsBefore(Revision before, std::int64_t limit);

    // Asks for everything to be listed anew, as if the file were damaged; the old one answers meanwhile.
    void requestRebuild();
    // Whether that, or a damaged file, waits for a list.
    [[nodiscard]] bool isDamaged() const;
    // How often it was built anew by this process.
    [[nodiscard]] std::uint64_t rebuilds() const;

    // Ends when the file turned out to be damaged and everything must be listed anew; at once when that is
    // so.
    [[nodiscard]] engine::Awaitable<void> damaged();

    // Waits for the query that runs, and drops the others. Nothing but snapshot() may be called afterwards.
    void stop();

    // For StateFollower: the one writer.
    [[nodiscard]] engine::Awaitable<Status> apply(std::shared_ptr<const engine::WatchBatch> batch);
    // Building anew beside the old one, which answers until finishRebuild().
    [[nodiscard]] engine::Awaitable<Status> beginRebuild();
    [[nodiscard]] engine::Awaitable<Status> addToRebuild(std::vector<engine::Entry> entries);
    [[nodiscard]] engine::Awaitable<Status> finishRebuild(Revision revision);

private:
    struct Inner;
    using Query = std::function<Status(Projection&)>;
    [[nodiscard]] engine::Awaitable<Status> ask(Query query, Milliseconds longest);
    [[nodiscard]] std::function<Status()> onProjection(Query query);
    [[nodiscard]] engine::Awaitable<Status> onWorker(std::function<Status()> work);

    std::unique_ptr<Inner> m_inner;
};

} // namespace pilothouse::state
