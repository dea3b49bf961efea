// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/housekeeping.h"

#include "replica/state/deadline.h"
#include "replica/state/settings.h"

#include <algorithm>
#include <string>
#include <utility>

namespace pilothouse::state {

using engine::Awaitable;

namespace {

// How many events go with one transaction.
constexpr std::int64_t eventsAtOnce = 100;

} // namespace

Awaitable<Status> Housekeeping::compact(Milliseconds deadline) {
    const std::shared_ptr<const Snapshot> snapshot = m_model.snapshot();
    const std::chrono::minutes kept(settingNumber(*snapshot, setting::historyMinutes));
    const std::optional<Revision> due = m_schedule.next(snapshot->revision, m_clock.monotonic(), kept);
    if (!due) {
        co_return Status();
    }
    m_logger.debug("the engine's history is compacted", {{"revision", std::to_string(due->value())}});
    co_return co_await m_engine.compact(*due, deadline);
}

Awaitable<Status> Housekeeping::trimEvents(Milliseconds deadline) {
    const std::int64_t kept = settingNumber(*m_model.snapshot(), setting::keptEvents);
    std::function<Result<std::vector<std::string>>(Projection&)> query = [kept](Projection& projection) {
        return projection.eventsBeyond(kept, eventsAtOnce);
    };
    const Result<std::vector<std::string>> old =
        co_await m_model.read<std::vector<std::string>>(std::move(query));
    if (!old) {
        co_return fail(old.error());
    }
    if (static_cast<std::int64_t>(old->size()) < eventsAtOnce) {
        co_return Status();
    }
    engine::Transaction transaction;
    for (const std::string& key : *old) {
        transaction.then.emplace_back(engine::Delete{key, {}});
    }
    const Result<engine::TransactionResult> done = co_await m_engine.transact(transaction, deadline);
    if (!done) {
        co_return fail(done.error());
    }
    co_return Status();
}

Awaitable<Result<std::vector<api::Alarm>>> Housekeeping::alarms(engine::EngineStatus status,
                                                                Milliseconds deadline) {
    std::vector<std::string> told = engine::alarmErrors(status);
    if (told != m_alarmErrors) {
        std::vector<engine::EngineAlarm> raised;
        if (!told.empty()) {
            Result<std::vector<engine::EngineAlarm>> asked = co_await m_engine.alarms(deadline);
            if (!asked) {
                co_return fail(asked.error());
            }
            raised = std::move(*asked);
        }
        m_alarms = std::move(raised);
        m_alarmErrors = std::move(told);
    }
    const std::shared_ptr<const Snapshot> snapshot = m_model.snapshot();
    std::vector<api::Alarm> described;
    for (const engine::EngineAlarm& alarm : m_alarms) {
        described.push_back(describeAlarm(alarm, *snapshot));
    }
    co_return described;
}

Awaitable<Result<Housekeeping::Defragmented>> Housekeeping::defragment(std::int64_t quotaBytes,
                                                                       Milliseconds deadline) {
    const Deadline until(m_clock, deadline);
    const Result<engine::EngineStatus> before = co_await m_engine.status(until.remaining());
    if (!before) {
        co_return fail(before.error());
    }
    const Status done = co_await m_engine.defragment(until.remaining());
    if (!done) {
        co_return fail(done.error());
    }
    const Result<engine::EngineStatus> after = co_await m_engine.status(until.remaining());
    if (!after) {
        co_return fail(after.error());
    }
    Defragmented result{
        .bytesBefore = before->databaseBytes, .bytesAfter = after->databaseBytes, .disarmed = false};
    if (result.bytesAfter < quotaBytes && !engine::alarmErrors(*after).empty()) {
        const Result<bool> disarmed = co_await disarmNoSpace(after->memberId, until.remaining());
        if (!disarmed) {
            co_return fail(disarmed.error());
        }
        result.disarmed = *disarmed;
    }
    co_return result;
}

Awaitable<Result<bool>> Housekeeping::disarmNoSpace(std::uint64_t member, Milliseconds deadline) {
    const Deadline until(m_clock, deadline);
    const Result<std::vector<engine::EngineAlarm>> raised = co_await m_engine.alarms(until.remaining());
    if (!raised) {
        co_return fail(raised.error());
    }
    const engine::EngineAlarm own{member, "NOSPACE"};
    if (std::find(raised->begin(), raised->end(), own) == raised->end()) {
        co_return false;
    }
    const Status disarmed = co_await m_engine.disarm(own, until.remaining());
    if (!disarmed) {
        co_return fail(disarmed.error());
    }
    co_return true;
}

api::Alarm describeAlarm(const engine::EngineAlarm& alarm, const Snapshot& snapshot) {
    const MemberRecord* member = snapshot.memberByEngineId(alarm.memberId);
    const std::string who = member != nullptr ? "replica " + member->name : "a replica";
    api::Alarm described;
    described.kind = alarm.kind;
    described.replica = member != nullptr ? member->id : "";
    if (alarm.kind == "NOSPACE") {
        described.message = "The database of " + who + " has reached its quota: the cluster takes no writes";
        described.hint =
            "On the host of each replica, one after the other, run: pilothouse-replica local defragment. If "
            "that frees too little, raise engine-quota and restart the replica first";
    } else if (alarm.kind == "CORRUPT") {
        described.message = "The data of " + who + " differs from the other replicas'";
        described.hint =
            "Remove this replica and let a new one join in its place; don't copy its data folder";
    } else {
        described.message = "The engine of " + who + " raised the alarm " + alarm.kind;
        described.hint = "Look at the log of that replica";
    }
    return described;
}

} // namespace pilothouse::state
