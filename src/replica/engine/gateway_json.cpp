// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/engine/gateway_json.h"

#include "base/encoding.h"
#include "replica/engine/gateway_value.h"

namespace pilothouse::engine::gateway {
namespace {

namespace json = boost::json;

json::object keyOf(const std::string& key, const std::string& rangeEnd) {
    json::object object{{"key", toBase64(key)}};
    if (!rangeEnd.empty()) {
        object["range_end"] = toBase64(rangeEnd);
    }
    return object;
}

const char* relationName(Compare::Relation relation) {
    switch (relation) {
    case Compare::Relation::equal:
        return "EQUAL";
    case Compare::Relation::notEqual:
        return "NOT_EQUAL";
    case Compare::Relation::less:
        return "LESS";
    case Compare::Relation::greater:
        break;
    }
    return "GREATER";
}

json::object compareJson(const Compare& compare) {
    json::object object = keyOf(compare.key, compare.rangeEnd);
    object["result"] = relationName(compare.relation);
    switch (compare.field) {
    case Compare::Field::version:
        object["target"] = "VERSION";
        object["version"] = std::to_string(compare.number);
        break;
    case Compare::Field::createRevision:
        object["target"] = "CREATE";
        object["create_revision"] = std::to_string(compare.number);
        break;
    case Compare::Field::modRevision:
        object["target"] = "MOD";
        object["mod_revision"] = std::to_string(compare.number);
        break;
    case Compare::Field::value:
        object["target"] = "VALUE";
        object["value"] = toBase64(compare.value);
        break;
    }
    return object;
}

json::object operationJson(const Operation& operation) {
    if (const auto* put = std::get_if<Put>(&operation)) {
        json::object object{{"key", toBase64(put->key)}, {"value", toBase64(put->value)}};
        if (put->lease != 0) {
            object["lease"] = std::to_string(put->lease);
        }
        return {{"request_put", std::move(object)}};
    }
    if (const auto* gone = std::get_if<Delete>(&operation)) {
        return {{"request_delete_range", keyOf(gone->key, gone->rangeEnd)}};
    }
    const auto& get = std::get<Get>(operation);
    auto object = keyOf(get.key, get.rangeEnd);
    if (get.limit != 0) {
        object["limit"] = std::to_string(get.limit);
    }
    return {{"request_range", std::move(object)}};
}

json::array operationsJson(const std::vector<Operation>& operations) {
    json::array array;
    for (const auto& operation : operations) {
        array.push_back(operationJson(operation));
    }
    return array;
}

Entry entryOf(const json::object& kv) {
    return {.key = bytes(kv, "key"),
            .value = bytes(kv, "value"),
            .created = Revision(number(kv, "create_revision")),
            .modified = Revision(number(kv, "mod_revision")),
            .version = number(kv, "version"),
            .lease = number(kv, "lease")};
}

std::vector<Entry> entriesOf(const json::object& range) {
    std::vector<Entry> entries;
    for (const auto& kv : array(range, "kvs")) {
        if (kv.is_object()) {
            entries.push_back(entryOf(kv.as_object()));
        }
    }
    return entries;
}

json::object txnJson(const Transaction& transaction) {
    json::array compares;
    for (const auto& compare : transaction.compares) {
        compares.push_back(compareJson(compare));
    }
    return {{"compare", std::move(compares)},
            {"success", operationsJson(transaction.then)},
            {"failure", operationsJson(transaction.otherwise)}};
}

TransactionResult resultOf(const json::object& answer, Revision revision) {
    TransactionResult result{.succeeded = flag(answer, "succeeded"), .revision = revision, .gets = {}};
    for (const auto& response : array(answer, "responses")) {
        const auto* range =
            response.is_object() ? response.as_object().if_contains("response_range") : nullptr;
        if (range != nullptr && range->is_object()) {
            result.gets.push_back(entriesOf(range->as_object()));
        }
    }
    return result;
}

// Every answer of the store carries its revision; without it the answer is not what it should be.
Result<Revision> revisionOf(const json::object& answer) {
    const auto revision = number(object(answer, "header"), "revision");
    if (revision <= 0) {
        return fail(ErrorCode::corrupt, "the engine's answer names no revision");
    }
    return Revision(revision);
}

} // namespace

std::string txnRequest(const Transaction& transaction) {
    return json::serialize(txnJson(transaction));
}

Result<TransactionResult> txnAnswer(std::string_view text) {
    const auto answer = parseObject(text);
    if (!answer) {
        return fail(answer.error());
    }
    const auto revision = revisionOf(*answer);
    return revision ? Result<TransactionResult>(resultOf(*answer, *revision)) : fail(revision.error());
}

std::string nestedTxnRequest(const std::vector<Transaction>& transactions) {
    json::array nested;
    for (const auto& transaction : transactions) {
        nested.push_back(json::object{{"request_txn", txnJson(transaction)}});
    }
    return json::serialize(json::object{{"success", std::move(nested)}});
}

Result<std::vector<TransactionResult>> nestedTxnAnswer(std::string_view text, std::size_t count) {
    const auto answer = parseObject(text);
    if (!answer) {
        return fail(answer.error());
    }
    const auto revision = revisionOf(*answer);
    if (!revision) {
        return fail(revision.error());
    }
    std::vector<TransactionResult> results;
    for (const auto& response : array(*answer, "responses")) {
        const auto* nested =
            response.is_object() ? response.as_object().if_contains("response_txn") : nullptr;
        if (nested != nullptr && nested->is_object()) {
            results.push_back(resultOf(nested->as_object(), *revision));
        }
    }
    if (results.size() != count) {
        return fail(ErrorCode::corrupt, "the engine answered " + std::to_string(results.size()) + " of " +
                                            std::to_string(count) + " transactions");
    }
    return results;
}

std::string rangeRequest(const Range& range) {
    auto object = keyOf(range.key, range.rangeEnd);
    if (range.limit != 0) {
        object["limit"] = std::to_string(range.limit);
    }
    if (range.atRevision.value() != 0) {
        object["revision"] = std::to_string(range.atRevision.value());
    }
    if (range.serializable) {
        object["serializable"] = true;
    }
    return json::serialize(object);
}

Result<RangeResult> rangeAnswer(std::string_view text) {
    const auto answer = parseObject(text);
    if (!answer) {
        return fail(answer.error());
    }
    const auto revision = revisionOf(*answer);
    if (!revision) {
        return fail(revision.error());
    }
    return RangeResult{.entries = entriesOf(*answer),
                       .more = flag(*answer, "more"),
                       .count = number(*answer, "count"),
                       .revision = *revision};
}

std::string barrierRequest() {
    return json::serialize(json::object{{"key", toBase64("cluster")}, {"keys_only", true}});
}

std::string watchRequest(Revision from) {
    json::object create = keyOf(std::string(1, '\0'), std::string(1, '\0')); // every key
    create["start_revision"] = std::to_string(from.value());
    create["progress_notify"] = true;
    return json::serialize(json::object{{"create_request", std::move(create)}});
}

Result<WatchMessage> watchMessage(std::string_view text) {
    const auto outer = parseObject(text);
    if (!outer) {
        return fail(outer.error());
    }
    if (const auto& problem = object(*outer, "error"); !problem.empty()) {
        return fail(ErrorCode::unavailable,
                    "the engine ended the watch: " + gateway::text(problem, "message"));
    }
    const auto& result = object(*outer, "result");
    WatchMessage message;
    message.revision = Revision(number(object(result, "header"), "revision"));
    message.created = flag(result, "created");
    message.cancelled = flag(result, "canceled");
    message.compactedTo = Revision(number(result, "compact_revision"));
    message.reason = gateway::text(result, "cancel_reason");
    message.fragment = flag(result, "fragment");
    for (const auto& item : array(result, "events")) {
        if (item.is_object()) {
            const auto& event = item.as_object();
            message.changes.push_back(
                {.deleted = gateway::text(event, "type") == "DELETE", .entry = entryOf(object(event, "kv"))});
        }
    }
    return message;
}

std::string leaseGrantRequest(std::chrono::seconds timeToLive) {
    return json::serialize(json::object{{"TTL", std::to_string(timeToLive.count())}});
}

std::string leaseRequest(std::int64_t lease) {
    return json::serialize(json::object{{"ID", std::to_string(lease)}});
}

Result<std::int64_t> leaseAnswer(std::string_view text) {
    const auto answer = parseObject(text);
    if (!answer) {
        return fail(answer.error());
    }
    const auto id = number(*answer, "ID");
    if (id == 0) {
        return fail(ErrorCode::corrupt, "the engine granted a lease without an id");
    }
    return id;
}

Status keepAliveAnswer(std::string_view text) {
    const auto answer = parseObject(text);
    if (!answer) {
        return fail(answer.error());
    }
    if (number(object(*answer, "result"), "TTL") <= 0) {
        return fail(ErrorCode::notFound, "the lease has expired");
    }
    return {};
}

namespace {

EngineMember memberOf(const json::object& object) {
    EngineMember member{.id = unsignedNumber(object, "ID"),
                        .name = text(object, "name"),
                        .peerUrls = {},
                        .learner = flag(object, "isLearner")};
    for (const auto& url : array(object, "peerURLs")) {
        if (const auto* string = url.if_string()) {
            member.peerUrls.emplace_back(string->data(), string->size());
        }
    }
    return member;
}

} // namespace

Result<std::vector<EngineMember>> membersAnswer(std::string_view text) {
    const auto answer = parseObject(text);
    if (!answer) {
        return fail(answer.error());
    }
    std::vector<EngineMember> members;
    for (const auto& item : array(*answer, "members")) {
        if (item.is_object()) {
            members.push_back(memberOf(item.as_object()));
        }
    }
    if (members.empty()) {
        return fail(ErrorCode::corrupt, "the engine's member list is empty");
    }
    return members;
}

std::string memberAddRequest(const std::string& peerUrl) {
    return json::serialize(json::object{{"peerURLs", json::array{peerUrl}}, {"isLearner", true}});
}

Result<EngineMember> memberAddAnswer(std::string_view text) {
    const auto answer = parseObject(text);
    if (!answer) {
        return fail(answer.error());
    }
    auto member = memberOf(object(*answer, "member"));
    if (member.id == 0) {
        return fail(ErrorCode::corrupt, "the engine added a member without an id");
    }
    return member;
}

std::string memberRequest(std::uint64_t member) {
    return json::serialize(json::object{{"ID", std::to_string(member)}});
}

std::string transferRequest(std::uint64_t toMember) {
    return json::serialize(json::object{{"targetID", std::to_string(toMember)}});
}

Result<EngineStatus> statusAnswer(std::string_view text) {
    const auto answer = parseObject(text);
    if (!answer) {
        return fail(answer.error());
    }
    const auto& header = object(*answer, "header");
    EngineStatus status{.memberId = unsignedNumber(header, "member_id"),
                        .leaderId = unsignedNumber(*answer, "leader"),
                        .term = Term(number(*answer, "raftTerm")),
                        .held = LogIndex(number(*answer, "raftIndex")),
                        .applied = LogIndex(number(*answer, "raftAppliedIndex")),
                        .version = gateway::text(*answer, "version"),
                        .databaseBytes = number(*answer, "dbSize"),
                        .learner = flag(*answer, "isLearner"),
                        .errors = {}};
    for (const auto& item : array(*answer, "errors")) {
        if (const auto* string = item.if_string()) {
            status.errors.emplace_back(string->data(), string->size());
        }
    }
    if (status.memberId == 0) {
        return fail(ErrorCode::corrupt, "the engine's status names no member");
    }
    return status;
}

std::string alarmsRequest() {
    return R"({"action":"GET"})";
}

std::string disarmRequest(const EngineAlarm& alarm) {
    return json::serialize(json::object{
        {"action", "DEACTIVATE"}, {"memberID", std::to_string(alarm.memberId)}, {"alarm", alarm.kind}});
}

Result<std::vector<EngineAlarm>> alarmsAnswer(std::string_view text) {
    const auto answer = parseObject(text);
    if (!answer) {
        return fail(answer.error());
    }
    std::vector<EngineAlarm> alarms;
    for (const auto& item : array(*answer, "alarms")) {
        if (item.is_object()) {
            alarms.push_back({.memberId = unsignedNumber(item.as_object(), "memberID"),
                              .kind = gateway::text(item.as_object(), "alarm")});
        }
    }
    return alarms;
}

std::string compactRequest(Revision upTo) {
    return json::serialize(json::object{{"revision", std::to_string(upTo.value())}});
}

} // namespace pilothouse::engine::gateway
