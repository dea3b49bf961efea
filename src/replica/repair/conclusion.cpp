// SPDX-License-Identifier: GPL-3.0-or-later
// What is left to do of a repair once the replica runs again.
#include "domain/operation.h"
#include "replica/node/sleep.h"
#include "replica/repair/repair_desk.h"
#include "replica/state/keys.h"

namespace pilothouse::repair {
namespace {

using boost::asio::awaitable;
using domain::RepairPhase;

constexpr Milliseconds lookEvery{100};
constexpr Milliseconds pause{5000}; // after a failure

std::string operationPhaseOf(RepairPhase phase) {
    return std::string(nameOf(phase == RepairPhase::done ? domain::OperationPhase::done
                                                         : domain::OperationPhase::cancelled));
}

// As the record of other changes.
state::OperationRecord recordOf(const api::Repair& repair, RepairPhase phase) {
    state::OperationRecord record;
    auto& operation = record.operation;
    operation.id = repair.id;
    operation.kind = "repair";
    operation.replica = repair.replica;
    operation.name = repair.name;
    operation.phase = operationPhaseOf(phase);
    operation.committed = phase == RepairPhase::done;
    operation.steps = repair.steps;
    operation.findings = repair.findings;
    operation.reason = repair.reason;
    operation.started_by = repair.started_by;
    operation.started_at = repair.started_at;
    operation.ended_at = repair.ended_at;
    operation.owner = repair.replica;
    operation.journal = repair.journal;
    return record;
}

} // namespace

awaitable<void> RepairDesk::concluding() {
    for (;;) {
        const auto journal = this->journal();
        if (!journal || journal->merged || isPending(*journal)) {
            co_return;
        }
        if (phaseOf(*journal) == RepairPhase::running && !isBegun(*journal, domain::RepairStep::serve)) {
            auto begun = *journal;
            beginStep(begun, domain::RepairStep::serve, m_clock.wall());
            const Status saved = co_await save(std::move(begun), *journal);
            if (!saved) {
                m_log.warning(saved.error().text());
                co_await node::sleepFor(pause);
            }
            continue;
        }
        while (!m_board.snapshot()->status.self.health.healthy) {
            co_await node::sleepFor(lookEvery);
        }
        const Status concluded = co_await conclude(*journal);
        if (!concluded) {
            m_log.warning("the record of the repair is not complete yet: " + concluded.error().text());
            co_await node::sleepFor(pause);
        }
    }
}

awaitable<Status> RepairDesk::conclude(Journal journal) {
    Journal known = journal;
    if (phaseOf(journal) == RepairPhase::running) {
        const auto now = m_clock.wall();
        endStep(journal, domain::RepairStep::serve, now);
        setPhase(journal, RepairPhase::done);
        journal.repair.ended_at = toRfc3339(now);
        note(journal, "ended", {}, now);
        const Status saved = co_await save(journal, std::move(known));
        if (!saved) {
            co_return saved;
        }
        known = journal;
    }
    const Status merged = co_await merge(journal);
    if (!merged) {
        co_return merged;
    }
    journal.merged = true;
    co_return co_await save(std::move(journal), std::move(known));
}

awaitable<Status> RepairDesk::merge(const Journal& journal) {
    state::StateWriter::Prepare prepare = [&](const state::Deadline&) -> awaitable<Result<state::Change>> {
        state::Change change;
        change.operations = {engine::Put{state::keys::of(state::keys::operations, journal.repair.id),
                                         state::encode(recordOf(journal.repair, phaseOf(journal)))}};
        co_return change;
    };
    state::Request request;
    const auto written =
        co_await m_writer.write(std::move(request), "repair-record", journal.repair.id, std::move(prepare));
    co_return written ? Status() : fail(written.error());
}

} // namespace pilothouse::repair
