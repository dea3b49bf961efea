// SPDX-License-Identifier: GPL-3.0-or-later
// What somebody must do now and then for the state: forget old revisions and old events, look for alarms,
// make room.
#pragma once

#include "api/status.h"
#include "base/log.h"
#include "replica/engine/engine.h"
#include "replica/state/compaction.h"
#include "replica/state/read_model.h"

#include <cstdint>
#include <string>
#include <vector>

namespace pilothouse::state {

// Its calls are made one after another, every half minute or so, by the leader's replica. (Two at once do no
// harm.)
class Housekeeping {
public:
    Housekeeping(engine::Engine& engine, ReadModel& model, const Clock& clock, Logger logger)
        : m_engine(engine), m_model(model), m_clock(clock), m_logger(std::move(logger)) {}

    // Compacts the engine's history to what settings keep. Nothing is due most of the time.
    [[nodiscard]] engine::Awaitable<Status> compact(Milliseconds deadline);
    // Forgets the oldest events beyond those to be kept, at most 100 a call, once there are 100 too many.
    [[nodiscard]] engine::Awaitable<Status> trimEvents(Milliseconds deadline);
    // The alarms of all engines, with what to do about each; to be asked by every replica for its own
    // answers. `status`: the own engine's latest word. The engine is asked only when that tells of other
    // alarms than before: each question costs an entry of the log.
    [[nodiscard]] engine::Awaitable<Result<std::vector<api::Alarm>>> alarms(engine::EngineStatus status,
                                                                            Milliseconds deadline);
    // Defragments this replica's engine, which answers nothing meanwhile; then ends its NOSPACE alarm if its
    // database is below `quotaBytes`.
    struct Defragmented {
        std::int64_t bytesBefore = 0; // of the database
        std::int64_t bytesAfter = 0;
        bool disarmed = false; // there was an alarm, and it is over
    };
    [[nodiscard]] engine::Awaitable<Result<Defragmented>> defragment(std::int64_t quotaBytes,
                                                                     Milliseconds deadline);

private:
    // Whether there was one.
    [[nodiscard]] engine::Awaitable<Result<bool>> disarmNoSpace(std::uint64_t member, Milliseconds deadline);

    engine::Engine& m_engine;
    ReadModel& m_model;
    const Clock& m_clock;
    Logger m_logger;
    CompactionSchedule m_schedule;
    std::vector<std::string> m_alarmErrors; // for which m_alarms was asked
    std::vector<engine::EngineAlarm> m_alarms;
};

// An engine's alarm for people; `replica` may be empty when no member record names the engine's member.
[[nodiscard]] api::Alarm describeAlarm(const engine::EngineAlarm& alarm, const Snapshot& snapshot);

} // namespace pilothouse::state
