// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/repair/repair_desk.h"

#include "domain/operation.h"
#include "replica/engine/write_ahead_log.h"
#include "replica/operations/ask_each.h"
#include "replica/operations/conversion.h"
#include "replica/operations/course.h"
#include "replica/operations/member_views.h"
#include "replica/repair/folder_copy.h"
#include "replica/state/turn.h"

#include <algorithm>
#include <charconv>
#include <memory>
#include <string_view>
#include <system_error>
#include <utility>

namespace pilothouse::repair {
namespace {

using boost::asio::awaitable;
using domain::RepairPhase;

constexpr Milliseconds askDeadline{3000};
constexpr Milliseconds diskDeadline{10'000};

// What was found on the disk, by a thread of its own: it may outlast who asked.
struct Found {
    std::optional<engine::LogFacts> log;
    std::string logError;
    Measured measured;
};

// A folder of that name would be taken for the copy that a new repair makes.
std::int64_t lastEpochIn(const provision::Layout& layout) {
    std::int64_t last = 0;
    std::error_code error;
    for (std::filesystem::directory_iterator each(layout.root(), error), end; !error && each != end;
         each.increment(error)) {
        const std::string name = each->path().filename().string();
        for (const std::string_view prefix : {"before-epoch-", "after-epoch-"}) {
            std::int64_t epoch = 0;
            if (name.starts_with(prefix) &&
                std::from_chars(name.data() + prefix.size(), name.data() + name.size(), epoch).ec ==
                    std::errc()) {
                last = std::max(last, epoch);
            }
        }
    }
    return last;
}

Status lookAtDisk(const provision::Layout& layout, Found& found) {
    auto log = engine::readLog(layout.engineData());
    if (log) {
        found.log = *log;
    } else {
        found.logError = log.error().message;
    }
    const auto bytes = bytesBelow(layout.engine());
    if (!bytes) {
        return fail(bytes.error());
    }
    std::error_code error;
    const auto space = std::filesystem::space(layout.root(), error);
    if (error) {
        return fail(ErrorCode::internal, "cannot ask for the space on the disk of " + layout.root().string() +
                                             ": " + error.message());
    }
    found.measured = {*bytes, static_cast<std::int64_t>(space.available), lastEpochIn(layout)};
    return {};
}

awaitable<std::optional<api::SurvivorReport>> askOne(node::PeerClient& peers, api::Member member) {
    const std::string id = member.id;
    auto report = co_await operations::askMember<api::SurvivorReport>(
        peers, std::move(member), "/api/v0/replica/survivor", askDeadline);
    if (report && report->id != id) {
        report.reset();
    }
    co_return report;
}

} // namespace

RepairDesk::RepairDesk(provision::Layout layout, const Clock& clock, const security::Random& random,
                       node::StatusBoard& board, node::EngineMonitor& monitor, node::PeerClient& peers,
                       const state::ReadModel& model, state::StateWriter& writer,
                       std::function<void()> onOrdered, Logger log)
    : m_layout(std::move(layout)), m_clock(clock), m_random(random), m_board(board), m_monitor(monitor),
      m_peers(peers), m_model(model), m_writer(writer), m_onOrdered(std::move(onOrdered)),
      m_log(std::move(log)) {
    auto journal = loadJournal(m_layout);
    if (journal) {
        m_journal = std::move(*journal);
    } else {
        m_log.error(journal.error().text());
        m_unreadable = journal.error();
    }
}

awaitable<Result<Known>> RepairDesk::look() {
    const auto found = std::make_shared<Found>();
    std::function<Status()> looking = [found, layout = m_layout] { return lookAtDisk(layout, *found); };
    const Status looked = co_await m_disk.runWithin(diskDeadline, std::move(looking));
    if (!looked) {
        co_return fail(looked.error());
    }
    Known known;
    known.status = m_board.snapshot()->status;
    known.measured = found->measured;
    const auto& self = known.status.self;
    known.own.id = self.id;
    known.own.quorum = self.consensus.quorum;
    known.own.engine_running = m_monitor.answers();
    known.own.log_error = found->logError;
    known.own.blobs = self.blobs;
    if (found->log) {
        known.own.log = api::EngineLog{found->log->lastTerm.value(), found->log->last.value(),
                                       found->log->commit.value()};
    }
    if (const auto since = m_monitor.sinceLinearizableRead()) {
        known.own.quorum_at = toRfc3339(m_clock.wall() - *since);
    }
    co_return known;
}

awaitable<Result<api::SurvivorReport>> RepairDesk::report() {
    auto known = co_await look();
    co_return known ? Result<api::SurvivorReport>(std::move(known->own)) : fail(known.error());
}

awaitable<Result<RepairDesk::Planned>> RepairDesk::planNow(std::vector<api::SilentMember> silent,
                                                           std::vector<api::SeenMember> seen) {
    auto known = co_await look();
    if (!known) {
        co_return fail(known.error());
    }
    if (known->status.members.empty()) {
        co_return fail(ErrorCode::unavailable, "this replica has not read its state yet", "Try again");
    }
    if (operations::otherMembers(known->status).size() == known->status.members.size()) {
        co_return fail(ErrorCode::conflict, "this replica is not a member of the cluster any more",
                       "Repair the cluster from one that is");
    }
    operations::Asker<api::SurvivorReport> ask =
        [&peers = m_peers](api::Member member) -> awaitable<std::optional<api::SurvivorReport>> {
        return askOne(peers, std::move(member));
    };
    known->reports = co_await operations::askEach<api::SurvivorReport>(
        operations::otherMembers(known->status), std::move(ask), askDeadline);
    known->silent = std::move(silent);
    known->seen = std::move(seen);
    const auto journal = this->journal();
    // A number is never given out twice.
    std::int64_t epoch = std::max(known->status.cluster.epoch, known->measured.lastEpoch);
    if (journal) {
        known->running = phaseOf(*journal);
        epoch = std::max(epoch, journal->repair.to_epoch);
    }
    known->copyFolder = m_layout.beforeEpoch(epoch + 1).string();
    auto plan = domain::planRepair(factsOf(*known));
    auto told = toApi(plan, *known, epoch + 1);
    co_return Planned{std::move(plan), std::move(told)};
}

awaitable<Result<api::RepairPlan>> RepairDesk::plan(api::AskRepair wanted) {
    auto planned = co_await planNow(std::move(wanted.silent), std::move(wanted.seen));
    co_return planned ? Result<api::RepairPlan>(std::move(planned->told)) : fail(planned.error());
}

awaitable<Result<api::Repair>> RepairDesk::start(std::string by, api::StartRepair wanted) {
    if (m_unreadable) {
        co_return fail(*m_unreadable);
    }
    const state::Turn turn(m_ordering);
    if (const auto last = journal();
        last && !wanted.operation_id.empty() && last->order_id == wanted.operation_id) {
        co_return told(*last);
    }
    if (!turn.mine()) {
        co_return fail(ErrorCode::conflict, "another repair from this replica is being ordered");
    }
    auto planned = co_await planNow(std::move(wanted.silent), std::move(wanted.seen));
    if (!planned) {
        co_return fail(planned.error());
    }
    const domain::Consent consent{wanted.reason.value_or(""), {}};
    if (const auto standing = objections(planned->plan.findings, planned->told.name, consent);
        !standing.empty()) {
        co_return fail(operations::objection(standing));
    }
    const std::string now = toRfc3339(m_clock.wall());
    Journal journal;
    journal.order_id = wanted.operation_id;
    auto& repair = journal.repair;
    repair.id = operations::newOperationId(now, m_random);
    repair.replica = planned->told.replica;
    repair.name = planned->told.name;
    setPhase(journal, RepairPhase::running);
    repair.from_epoch = planned->told.from_epoch;
    repair.to_epoch = planned->told.to_epoch;
    for (const auto step : planned->plan.steps) {
        repair.steps.push_back(
            {std::string(nameOf(step)), std::string(nameOf(domain::StepState::pending)), {}, {}});
    }
    repair.silent = planned->told.silent;
    repair.findings = planned->told.findings;
    repair.reason = wanted.reason;
    repair.started_by = by;
    repair.started_at = now;
    repair.copy_path = planned->told.copy_path;
    repair.copy_bytes = planned->told.copy_bytes;
    repair.journal.push_back({now, by, "started", {}, wanted.reason.value_or("")});
    m_log.warning("a repair of the cluster from this replica was ordered by " + by);
    auto ordered = co_await order(std::move(journal));
    co_return ordered ? Result<api::Repair>(told(*ordered)) : fail(ordered.error());
}

awaitable<Result<api::Repair>> RepairDesk::putBack(std::string by, api::PutBack wanted) {
    auto last = journal();
    if (!last) {
        co_return fail(ErrorCode::notFound, "no repair was made from this replica");
    }
    if (!wanted.operation_id.empty() && last->order_id == wanted.operation_id) {
        co_return told(*last);
    }
    const state::Turn turn(m_ordering);
    if (const auto why = whyNotPutBack(*last); !turn.mine() || !why.empty()) {
        co_return fail(ErrorCode::conflict, why.empty() ? "it is being ordered already" : why);
    }
    const auto now = told(*last);
    if (now.changes_since.value_or(0) > 0 && wanted.reason.value_or("").empty()) {
        co_return fail(ErrorCode::conflict,
                       std::to_string(*now.changes_since) + " changes since the repair would be lost",
                       "Give a reason");
    }
    last->order_id = wanted.operation_id;
    last->merged = false;
    last->repair.ended_at.reset();
    setPhase(*last, RepairPhase::puttingBack);
    last->repair.journal.push_back(
        {toRfc3339(m_clock.wall()), by, "put_back", {}, wanted.reason.value_or("")});
    m_log.warning("the repair of the cluster from this replica is put back by order of " + by);
    auto ordered = co_await order(std::move(*last));
    co_return ordered ? Result<api::Repair>(told(*ordered)) : fail(ordered.error());
}

awaitable<Status> RepairDesk::save(Journal journal, std::optional<Journal> known) {
    std::function<Status()> saving = [this, journal = std::move(journal), known = std::move(known)] {
        if (const auto last = this->journal(); known && (!last || last->repair != known->repair)) {
            return Status(fail(ErrorCode::conflict, "something else was ordered meanwhile"));
        }
        Status saved = saveJournal(m_layout, journal);
        if (saved) {
            const std::lock_guard lock(m_mutex);
            m_journal = journal;
        }
        return saved;
    };
    co_return co_await m_disk.run(std::move(saving)); // to the end: whether it is there must be known
}

awaitable<Result<Journal>> RepairDesk::order(Journal journal) {
    Status saved = co_await save(journal, std::nullopt);
    if (!saved) {
        co_return fail(saved.error());
    }
    m_onOrdered();
    co_return journal;
}

Result<api::Repair> RepairDesk::last() const {
    if (m_unreadable) {
        return fail(*m_unreadable);
    }
    const auto journal = this->journal();
    return journal ? Result<api::Repair>(told(*journal))
                   : fail(ErrorCode::notFound, "no repair was made from this replica");
}

std::optional<Journal> RepairDesk::journal() const {
    const std::lock_guard lock(m_mutex);
    return m_journal;
}

std::string RepairDesk::whyNotPutBack(const Journal& journal) const {
    if (phaseOf(journal) != RepairPhase::done) {
        return "the last repair is not done: its phase is " + journal.repair.phase;
    }
    const auto state = m_model.snapshot();
    if (!state->membership) {
        return "this replica has not read its state yet";
    }
    const auto& membership = state->membership->record;
    if (membership.voters.size() > 1 || !membership.learners.empty()) {
        return "a second replica has joined since";
    }
    if (state->operation) {
        return "the operation \"" + state->operation->record.operation.kind + " " +
               state->operation->record.operation.name + "\" is running";
    }
    std::error_code unreadable;
    return std::filesystem::exists(journal.repair.copy_path, unreadable)
               ? std::string()
               : "the copy in " + journal.repair.copy_path + " is gone";
}

api::Repair RepairDesk::told(const Journal& journal) const {
    api::Repair repair = journal.repair;
    repair.why_not_put_back = whyNotPutBack(journal);
    repair.can_put_back = repair.why_not_put_back.empty();
    if (phaseOf(journal) == RepairPhase::done && journal.revision > 0) {
        repair.changes_since =
            std::max<std::int64_t>(m_model.snapshot()->revision.value() - journal.revision, 0);
    }
    return repair;
}

} // namespace pilothouse::repair
