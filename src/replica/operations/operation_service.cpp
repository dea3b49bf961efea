// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/operations/operation_service.h"

#include "api/events.h"
#include "replica/operations/conversion.h"
#include "replica/operations/course.h"
#include "replica/operations/join_steps.h"
#include "replica/security/secret_token.h"
#include "replica/state/keys.h"
#include "replica/state/names.h"

#include <algorithm>

namespace pilothouse::operations {

using boost::asio::awaitable;
using state::Deadline;
using state::OperationRecord;

namespace {

constexpr Milliseconds askDeadline{1000};
constexpr Milliseconds freshDeadline{500};
constexpr std::size_t longestReason = 500; // bytes

// "20261128T053012-4f2a": sorts by time, and can be read out on the telephone.
std::string sentenceOf(const OperationRecord& running) {
    const api::Operation& operation = running.operation;
    return "the operation \"" + operation.kind + " " + operation.name + "\" is running, started by " +
           operation.started_by;
}

Result<state::Written<api::Operation>> written(const Result<state::Committed>& committed) {
    return state::writtenRecord<OperationRecord>(
        committed, [](OperationRecord record) { return std::move(record.operation); });
}

state::EventRecord startedEvent(const api::Operation& operation) {
    state::EventRecord event;
    event.kind = api::event::operationStarted;
    event.subject = operation.replica;
    event.subject_name = operation.name;
    event.message = "The operation \"" + operation.kind + " " + operation.name + "\" was started by " +
                    operation.started_by;
    return event;
}

// The running operation's record; ErrorCode::notFound when it is another one, or none.
awaitable<Result<std::pair<OperationRecord, Revision>>> readRunning(engine::Engine& engine, std::string id,
                                                                    const Deadline& deadline) {
    const auto entry = co_await state::readEntry(engine, std::string(state::keys::operation), deadline);
    if (!entry && entry.error().code != ErrorCode::notFound) {
        co_return fail(entry.error());
    }
    auto record =
        entry ? state::decode<OperationRecord>(entry->value) : Result<OperationRecord>(OperationRecord());
    if (!record) {
        co_return fail(record.error());
    }
    if (record->operation.id != id) {
        co_return fail(ErrorCode::notFound, "the operation " + id + " is not running");
    }
    co_return std::pair{std::move(*record), entry->modified};
}

} // namespace

awaitable<Result<OperationService::Planned>> OperationService::planNow(Wanted wanted) {
    const auto known = domain::operationKindOf(wanted.kind);
    if (!known) {
        co_return fail(ErrorCode::invalid,
                       "kind: \"remove\", \"forget\", \"join\", \"replace\", \"rolling_restart\", "
                       "\"make_leader\", \"drain\", \"undrain\" or \"rename\" can be planned");
    }
    if (*known == domain::OperationKind::rename) {
        const Status named = state::checkReplicaName(wanted.newName.value_or(""));
        if (!named) {
            co_return fail(named.error());
        }
    }
    (void)co_await m_follower.readBarrier(freshDeadline); // without quorum by what is known
    const MemberViews views = co_await askMembers(m_board, m_peers, askDeadline);
    const auto state = m_model.snapshot();
    std::optional<domain::RunningOperation> running;
    if (state->operation) {
        running = {state->operation->record.operation.kind, state->operation->record.operation.name};
    }
    const bool mayBeAll = *known == domain::OperationKind::rollingRestart && wanted.replica.empty();
    if (*known != domain::OperationKind::join && !mayBeAll && views.member(wanted.replica) == nullptr) {
        co_return fail(ErrorCode::notFound, "there is no replica " + wanted.replica + " in this cluster");
    }
    if (hasHost(*known)) {
        co_return co_await planHost(*known, views, std::move(wanted), std::move(running));
    }
    const domain::ChangeRequest request{*known, ReplicaId(wanted.replica), wanted.newName.value_or("")};
    co_return Planned{domain::planChange(request, factsOf(views, std::move(running))), {}};
}

awaitable<Result<OperationService::Planned>>
OperationService::planHost(domain::OperationKind kind, const MemberViews& views, Wanted wanted,
                           std::optional<domain::RunningOperation> running) {
    auto code = security::parseSetupCode(wanted.setupCode.value_or(""));
    if (!code) {
        co_return fail(code.error());
    }
    InquiredHost host = co_await m_inquiry.ask(views, std::move(*code));
    const domain::ChangeFacts facts = factsOf(views, std::move(running));
    auto plan = kind == domain::OperationKind::join
                    ? domain::planJoin(facts, host.facts, {})
                    : domain::planReplacement(facts, host.facts, ReplicaId(wanted.replica), {});
    co_return Planned{std::move(plan), std::move(host.report)};
}

awaitable<Result<api::OperationPlan>> OperationService::plan(api::AskPlan wanted) {
    Wanted asked{std::move(wanted.kind), std::move(wanted.replica), std::move(wanted.setup_code),
                 std::move(wanted.new_name)};
    const auto planned = co_await planNow(std::move(asked));
    co_return planned ? Result<api::OperationPlan>(toApi(planned->plan)) : fail(planned.error());
}

// The change that puts the operation's record into the state.
Result<state::Change> OperationService::begin(Planned planned, const api::StartOperation& wanted,
                                              const std::string& by) {
    const domain::Consent consent{wanted.reason.value_or(""), wanted.typed_name.value_or("")};
    const auto state = m_model.snapshot();
    if (state->operation) {
        return fail(ErrorCode::conflict, sentenceOf(state->operation->record),
                    "Follow it, or cancel it first");
    }
    if (const auto standing = objections(planned.plan.findings, planned.plan.name, consent);
        !standing.empty()) {
        return fail(objection(standing));
    }
    const std::string hostId = m_writer.random().hex(6); // the new replica's, if there is one
    if (planned.plan.kind == domain::OperationKind::join) {
        planned.plan.replica = ReplicaId(hostId);
    }
    const std::string now = m_writer.now();
    OperationRecord record =
        newOperation(planned.plan, newOperationId(now, m_writer.random()), consent, by, now);
    state::Change change;
    change.compares = {engine::Compare::absent(std::string(state::keys::operation))};
    if (planned.host) {
        record.host = {hostId,
                       planned.host->name,
                       planned.host->url,
                       planned.host->http_url,
                       planned.host->peer_url,
                       m_box.seal(*wanted.setup_code, sealContextOf(record.operation.id), m_writer.random())};
        change.compares.push_back(engine::Compare::absent(state::keys::of(state::keys::members, hostId)));
    }
    if (const auto* member = state->members.find(wanted.replica)) {
        record.url = member->record.url;
        change.compares.push_back(
            engine::Compare::present(state::keys::of(state::keys::members, wanted.replica)));
    }
    change.operations = {engine::Put{std::string(state::keys::operation), state::encode(record)}};
    change.event = startedEvent(record.operation);
    change.outcome = state::encode(record);
    return change;
}

awaitable<Result<state::Written<api::Operation>>> OperationService::start(state::Request request,
                                                                          api::StartOperation wanted) {
    if (wanted.reason && wanted.reason->size() > longestReason) {
        co_return fail(ErrorCode::invalid, "reason: at most 500 bytes");
    }
    const std::string words =
        wanted.kind + " " + wanted.replica + (wanted.new_name ? " " + *wanted.new_name : std::string()) +
        (wanted.setup_code ? " " + security::hashSecret(*wanted.setup_code) : std::string());
    const std::string by = request.actor;
    // Within the write: a retry of what was started already must not be told that something is running.
    state::StateWriter::Prepare prepare = [&](const Deadline&) -> awaitable<Result<state::Change>> {
        Wanted asked{wanted.kind, wanted.replica, wanted.setup_code, wanted.new_name};
        auto planned = co_await planNow(std::move(asked));
        co_return planned ? begin(std::move(*planned), wanted, by) : fail(planned.error());
    };
    const auto committed =
        co_await m_writer.write(std::move(request), "operation-start", words, std::move(prepare));
    co_return written(committed);
}

awaitable<Result<state::Written<api::Operation>>>
OperationService::decide(state::Request request, std::string id, api::DecideOperation wanted) {
    const std::string words = id + " " + wanted.decision + " " + wanted.step;
    const std::string by = request.actor;
    state::StateWriter::Prepare prepare = [&](const Deadline& deadline) -> awaitable<Result<state::Change>> {
        auto running = co_await readRunning(m_writer.engine(), id, deadline);
        if (!running) {
            co_return fail(running.error());
        }
        auto& [record, modified] = *running;
        if (const Status decided = operations::decide(record, wanted, by, m_writer.now()); !decided) {
            co_return fail(decided.error());
        }
        state::Change change;
        const std::string key(state::keys::operation);
        change.compares = {engine::Compare::unchanged(key, modified)};
        change.outcome = state::encode(record);
        change.operations = {engine::Put{key, change.outcome}};
        co_return change;
    };
    const auto committed =
        co_await m_writer.write(std::move(request), "operation-decide", words, std::move(prepare));
    co_return written(committed);
}

awaitable<Result<api::OperationList>> OperationService::list() {
    (void)co_await m_follower.readBarrier(freshDeadline);
    // Before the past ones: what ends in between is then listed twice rather than not at all.
    const auto running = m_model.snapshot()->operation;
    std::function<Result<std::vector<engine::Entry>>(state::Projection&)> query =
        [](state::Projection& projection) {
            return projection.records(std::string(state::keys::operations), {}, 2 * keptOperations);
        };
    const auto entries = co_await m_model.read(std::move(query));
    if (!entries) {
        co_return fail(entries.error());
    }
    api::OperationList list;
    if (running) {
        list.running = running->record.operation;
    }
    for (auto entry = entries->rbegin(); entry != entries->rend(); ++entry) { // their ids begin with the time
        auto record = state::decode<OperationRecord>(entry->value);
        if (!record) {
            continue;
        }
        if (list.running && list.running->id == record->operation.id) {
            list.running.reset();
        }
        list.past.push_back(std::move(record->operation));
    }
    // Their ids order them by the second only.
    std::stable_sort(list.past.begin(), list.past.end(),
                     [](const auto& a, const auto& b) { return a.started_at > b.started_at; });
    co_return list;
}

awaitable<Result<api::Operation>> OperationService::find(std::string id) {
    (void)co_await m_follower.readBarrier(freshDeadline);
    // Asked for several times a second by whoever follows it.
    const auto state = m_model.snapshot();
    if (state->operation && state->operation->record.operation.id == id) {
        co_return state->operation->record.operation;
    }
    const std::string key = state::keys::of(state::keys::operations, id);
    std::function<Result<std::optional<engine::Entry>>(state::Projection&)> query =
        [key](state::Projection& projection) { return projection.record(key); };
    const auto entry = co_await m_model.read(std::move(query));
    if (!entry) {
        co_return fail(entry.error());
    }
    auto record = *entry ? state::decode<OperationRecord>((*entry)->value)
                         : Result<OperationRecord>(fail(ErrorCode::notFound, {}));
    if (!record) {
        co_return fail(ErrorCode::notFound, "there is no operation " + id + " among the newest 100");
    }
    co_return std::move(record->operation);
}

} // namespace pilothouse::operations
