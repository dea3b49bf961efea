// SPDX-License-Identifier: GPL-3.0-or-later
// Records what happened to the cluster, once for the cluster, also what happened without quorum.
#pragma once

#include "base/log.h"
#include "replica/engine/engine.h"
#include "replica/state/pending_events.h"
#include "replica/state/worker.h"

#include <filesystem>
#include <functional>
#include <string>

namespace pilothouse::state {

// Thread-safe. An event is recorded under its name (event_keys.h) unless there is one of that name: several
// replicas may report the same fact. When the engine does not take it, it is kept on disk until flush().
class EventRecorder {
public:
    EventRecorder(engine::Engine& engine, std::filesystem::path folder, Logger logger);
    EventRecorder(const EventRecorder&) = delete;
    EventRecorder& operator=(const EventRecorder&) = delete;

    // Records `event` within `deadline`, or keeps it on disk within another. Fails only when neither is
    // possible; with ErrorCode::timeout when the disk hangs: it is kept once that answers. What is kept
    // already is older: flush() first where the order matters.
    [[nodiscard]] engine::Awaitable<Status> record(std::string name, EventRecord event,
                                                   Milliseconds deadline);
    // Keeps it on disk: for what is known to happen without quorum.
    [[nodiscard]] engine::Awaitable<Status> hold(std::string name, EventRecord event, Milliseconds deadline);
    // Records what is kept, oldest first, and forgets it. To be called when there is quorum (again). Gives
    // how many are still kept; stops at the first that the engine does not take.
    [[nodiscard]] engine::Awaitable<Result<std::size_t>> flush(Milliseconds deadline);

    // Waits for what is being written. Nothing may be called afterwards.
    void stop() { m_disk.stop(); }

private:
    using DiskWork = std::function<Status(PendingEvents&)>;
    [[nodiscard]] engine::Awaitable<Status> put(const PendingEvent& event, Milliseconds deadline);
    [[nodiscard]] engine::Awaitable<Status> onDisk(DiskWork work);

    engine::Engine& m_engine;
    Logger m_logger;
    PendingEvents m_pending; // on m_disk only
    Worker m_disk;           // last: it ends before the rest goes
};

} // namespace pilothouse::state
