// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/engine/etcd_messages.h"

#include <algorithm>
#include <utility>

namespace pilothouse::engine::etcd {
namespace {

wire::Compare::CompareResult relationOf(Compare::Relation relation) {
    switch (relation) {
    case Compare::Relation::equal:
        return wire::Compare::EQUAL;
    case Compare::Relation::notEqual:
        return wire::Compare::NOT_EQUAL;
    case Compare::Relation::less:
        return wire::Compare::LESS;
    case Compare::Relation::greater:
        break;
    }
    return wire::Compare::GREATER;
}

void write(const Compare& compare, wire::Compare& to) {
    to.set_result(relationOf(compare.relation));
    to.set_key(compare.key);
    to.set_range_end(compare.rangeEnd);
    switch (compare.field) {
    case Compare::Field::version:
        to.set_target(wire::Compare::VERSION);
        to.set_version(compare.number);
        break;
    case Compare::Field::createRevision:
        to.set_target(wire::Compare::CREATE);
        to.set_create_revision(compare.number);
        break;
    case Compare::Field::modRevision:
        to.set_target(wire::Compare::MOD);
        to.set_mod_revision(compare.number);
        break;
    case Compare::Field::value:
        to.set_target(wire::Compare::VALUE);
        to.set_value(compare.value);
        break;
    }
}

void write(const Operation& operation, wire::RequestOp& to) {
    if (const auto* put = std::get_if<Put>(&operation)) {
        auto& request = *to.mutable_request_put();
        request.set_key(put->key);
        request.set_value(put->value);
        request.set_lease(put->lease);
    } else if (const auto* gone = std::get_if<Delete>(&operation)) {
        auto& request = *to.mutable_request_delete_range();
        request.set_key(gone->key);
        request.set_range_end(gone->rangeEnd);
    } else {
        const auto& get = std::get<Get>(operation);
        auto& request = *to.mutable_request_range();
        request.set_key(get.key);
        request.set_range_end(get.rangeEnd);
        request.set_limit(get.limit);
    }
}

void write(const Transaction& transaction, wire::TxnRequest& to) {
    for (const Compare& compare : transaction.compares) {
        write(compare, *to.add_compare());
    }
    for (const Operation& operation : transaction.then) {
        write(operation, *to.add_success());
    }
    for (const Operation& operation : transaction.otherwise) {
        write(operation, *to.add_failure());
    }
}

Entry entryOf(const wire::KeyValue& kv) {
    return {.key = kv.key(),
            .value = kv.value(),
            .created = Revision(kv.create_revision()),
            .modified = Revision(kv.mod_revision()),
            .version = kv.version(),
            .lease = kv.lease()};
}

std::vector<Entry> entriesOf(const wire::RangeResponse& range) {
    std::vector<Entry> entries;
    entries.reserve(static_cast<std::size_t>(range.kvs_size()));
    for (const wire::KeyValue& kv : range.kvs()) {
        entries.push_back(entryOf(kv));
    }
    return entries;
}

// Every answer of the store carries its revision; without it the answer is not what it should be.
Result<Revision> revisionOf(const wire::ResponseHeader& header) {
    if (header.revision() <= 0) {
        return fail(ErrorCode::corrupt, "the engine's answer names no revision");
    }
    return Revision(header.revision());
}

TransactionResult resultOf(const wire::TxnResponse& answer, Revision revision) {
    TransactionResult result{.succeeded = answer.succeeded(), .revision = revision, .gets = {}};
    for (const wire::ResponseOp& response : answer.responses()) {
        if (response.has_response_range()) {
            result.gets.push_back(entriesOf(response.response_range()));
        }
    }
    return result;
}

EngineMember memberOf(const wire::Member& member) {
    return {.id = member.id(),
            .name = member.name(),
            .peerUrls = {member.peer_urls().begin(), member.peer_urls().end()},
            .learner = member.is_learner()};
}

bool putsIn(const std::vector<Operation>& operations) {
    return std::any_of(operations.begin(), operations.end(),
                       [](const Operation& operation) { return std::holds_alternative<Put>(operation); });
}

constexpr std::pair<const char*, wire::AlarmType> alarmNames[] = {{"NOSPACE", wire::NOSPACE},
                                                                  {"CORRUPT", wire::CORRUPT}};

} // namespace

wire::TxnRequest txnRequest(const Transaction& transaction) {
    wire::TxnRequest request;
    write(transaction, request);
    return request;
}

Result<TransactionResult> txnAnswer(const wire::TxnResponse& answer) {
    const auto revision = revisionOf(answer.header());
    return revision ? Result<TransactionResult>(resultOf(answer, *revision)) : fail(revision.error());
}

wire::TxnRequest nestedTxnRequest(const std::vector<Transaction>& transactions) {
    wire::TxnRequest request;
    bool puts = false;
    for (const Transaction& transaction : transactions) {
        write(transaction, *request.add_success()->mutable_request_txn());
        puts = puts || putsIn(transaction.then) || putsIn(transaction.otherwise);
    }
    // The engine keeps to its quota by what a transaction puts, and does not look into nested ones: a put
    // beside them makes it look. That branch never runs, as there is no compare that could fail.
    if (puts) {
        request.add_failure()->mutable_request_put()->set_key("never");
    }
    return request;
}

Result<std::vector<TransactionResult>> nestedTxnAnswer(const wire::TxnResponse& answer, std::size_t count) {
    const auto revision = revisionOf(answer.header());
    if (!revision) {
        return fail(revision.error());
    }
    std::vector<TransactionResult> results;
    for (const wire::ResponseOp& response : answer.responses()) {
        if (response.has_response_txn()) {
            results.push_back(resultOf(response.response_txn(), *revision));
        }
    }
    if (results.size() != count) {
        return fail(ErrorCode::corrupt, "the engine answered " + std::to_string(results.size()) + " of " +
                                            std::to_string(count) + " transactions");
    }
    return results;
}

wire::RangeRequest rangeRequest(const Range& range) {
    wire::RangeRequest request;
    request.set_key(range.key);
    request.set_range_end(range.rangeEnd);
    request.set_limit(range.limit);
    request.set_revision(range.atRevision.value());
    request.set_serializable(range.serializable);
    return request;
}

Result<RangeResult> rangeAnswer(const wire::RangeResponse& answer) {
    const auto revision = revisionOf(answer.header());
    if (!revision) {
        return fail(revision.error());
    }
    return RangeResult{
        .entries = entriesOf(answer), .more = answer.more(), .count = answer.count(), .revision = *revision};
}

wire::RangeRequest barrierRequest() {
    wire::RangeRequest request;
    request.set_key("cluster");
    request.set_keys_only(true);
    return request;
}

wire::WatchRequest watchRequest(Revision from) {
    wire::WatchRequest request;
    auto& create = *request.mutable_create_request();
    create.set_key(std::string(1, '\0')); // every key
    create.set_range_end(std::string(1, '\0'));
    create.set_start_revision(from.value());
    create.set_progress_notify(true);
    return request;
}

void takeChanges(wire::WatchResponse& message, std::vector<Change>& changes) {
    changes.reserve(changes.size() + static_cast<std::size_t>(message.events_size()));
    for (wire::Event& event : *message.mutable_events()) {
        Change& change = changes.emplace_back();
        change.deleted = event.type() == wire::Event::DELETE;
        wire::KeyValue& kv = *event.mutable_kv();
        change.entry.key = std::move(*kv.mutable_key());
        change.entry.value = std::move(*kv.mutable_value());
        change.entry.created = Revision(kv.create_revision());
        change.entry.modified = Revision(kv.mod_revision());
        change.entry.version = kv.version();
        change.entry.lease = kv.lease();
    }
}

Result<std::vector<EngineMember>> membersAnswer(const wire::MemberListResponse& answer) {
    std::vector<EngineMember> members;
    for (const wire::Member& member : answer.members()) {
        members.push_back(memberOf(member));
    }
    if (members.empty()) {
        return fail(ErrorCode::corrupt, "the engine's member list is empty");
    }
    return members;
}

Result<EngineMember> memberAddAnswer(const wire::MemberAddResponse& answer) {
    EngineMember member = memberOf(answer.member());
    if (member.id == 0) {
        return fail(ErrorCode::corrupt, "the engine added a member without an id");
    }
    return member;
}

Result<EngineStatus> statusAnswer(const wire::StatusResponse& answer) {
    EngineStatus status{.memberId = answer.header().member_id(),
                        .leaderId = answer.leader(),
                        .term = Term(static_cast<std::int64_t>(answer.raft_term())),
                        .held = LogIndex(static_cast<std::int64_t>(answer.raft_index())),
                        .applied = LogIndex(static_cast<std::int64_t>(answer.raft_applied_index())),
                        .version = answer.version(),
                        .databaseBytes = answer.db_size(),
                        .learner = answer.is_learner(),
                        .errors = {answer.errors().begin(), answer.errors().end()}};
    if (status.memberId == 0) {
        return fail(ErrorCode::corrupt, "the engine's status names no member");
    }
    return status;
}

std::vector<EngineAlarm> alarmsAnswer(const wire::AlarmResponse& answer) {
    std::vector<EngineAlarm> alarms;
    for (const wire::AlarmMember& alarm : answer.alarms()) {
        for (const auto& [name, type] : alarmNames) {
            if (alarm.alarm() == type) {
                alarms.push_back({.memberId = alarm.member_id(), .kind = name});
            }
        }
    }
    return alarms;
}

Result<wire::AlarmRequest> disarmRequest(const EngineAlarm& alarm) {
    for (const auto& [name, type] : alarmNames) {
        if (alarm.kind == name) {
            wire::AlarmRequest request;
            request.set_action(wire::AlarmRequest::DEACTIVATE);
            request.set_member_id(alarm.memberId);
            request.set_alarm(type);
            return request;
        }
    }
    return fail(ErrorCode::invalid, "the engine has no alarm " + alarm.kind);
}

} // namespace pilothouse::engine::etcd
