// SPDX-License-Identifier: GPL-3.0-or-later
// Values as etcd's messages, answers that make no sense, and what errors mean.
#include "replica/engine/etcd_errors.h"
#include "replica/engine/etcd_messages.h"

#include <gtest/gtest.h>

#include <grpcpp/support/status.h>

namespace pilothouse::engine::etcd {
namespace {

constexpr const char* bytes = "\0\xff";

TEST(EtcdRequests, CarryComparesAndOperations) {
    const std::string value(bytes, 2);
    Transaction transaction;
    transaction.compares = {
        Compare::absent("a"),
        {"b", Compare::Field::createRevision, Compare::Relation::less, 9007199254740993, {}},
        Compare::holds("c", value),
        Compare::noneBelow("d/"),
        {"e", Compare::Field::modRevision, Compare::Relation::notEqual, 3, {}}};
    transaction.then = {Put{"k", value, 7}, Delete{"a", "b"}, Get{"g", {}, 5}};
    transaction.otherwise = {Get{"x", "y", 0}};
    const auto request = txnRequest(transaction);
    ASSERT_EQ(request.compare_size(), 5);
    EXPECT_EQ(request.compare(0).key(), "a");
    EXPECT_EQ(request.compare(0).result(), wire::Compare::EQUAL);
    EXPECT_EQ(request.compare(0).target(), wire::Compare::VERSION);
    EXPECT_EQ(request.compare(0).target_union_case(), wire::Compare::kVersion) << "a zero is sent, too";
    EXPECT_EQ(request.compare(1).create_revision(), 9007199254740993) << "more than a double holds";
    EXPECT_EQ(request.compare(1).result(), wire::Compare::LESS);
    EXPECT_EQ(request.compare(2).value(), value);
    EXPECT_EQ(request.compare(3).range_end(), "d0");
    EXPECT_EQ(request.compare(4).result(), wire::Compare::NOT_EQUAL);
    ASSERT_EQ(request.success_size(), 3);
    EXPECT_EQ(request.success(0).request_put().value(), value);
    EXPECT_EQ(request.success(0).request_put().lease(), 7);
    EXPECT_EQ(request.success(1).request_delete_range().range_end(), "b");
    EXPECT_EQ(request.success(2).request_range().limit(), 5);
    ASSERT_EQ(request.failure_size(), 1);
    const auto nested = nestedTxnRequest({transaction, {}});
    ASSERT_EQ(nested.success_size(), 2);
    EXPECT_EQ(nested.compare_size(), 0);
    EXPECT_EQ(nested.success(0).request_txn().SerializeAsString(), request.SerializeAsString());
    EXPECT_TRUE(nested.success(1).has_request_txn());
    ASSERT_EQ(nested.failure_size(), 1) << "the engine's quota counts a put beside the nested ones";
    EXPECT_TRUE(nested.failure(0).has_request_put());
    Transaction deletion;
    deletion.then.emplace_back(Delete{"a", {}});
    EXPECT_EQ(nestedTxnRequest({deletion, {}}).failure_size(), 0) << "what makes room is always taken";
}

// The numbers of fields are what etcd and this must agree on (rpc.proto of etcd 3.4).
TEST(EtcdRequests, LookOnTheWireAsEtcdReadsThem) {
    EXPECT_EQ(rangeRequest({"a", std::string(1, '\0'), 10, Revision(3), true}).SerializeAsString(),
              std::string("\x0a\x01\x61\x12\x01\x00\x18\x0a\x20\x03\x38\x01", 12));
    EXPECT_EQ(watchRequest(Revision(8)).SerializeAsString(),
              std::string("\x0a\x0a\x0a\x01\x00\x12\x01\x00\x18\x08\x20\x01", 12));
    EXPECT_EQ(disarmRequest({5, "NOSPACE"})->SerializeAsString(), "\x08\x02\x10\x05\x18\x01");
    EXPECT_EQ(disarmRequest({5, "NEW"}).error().code, ErrorCode::invalid);
}

TEST(EtcdAnswers, GiveEntriesAndNestedResults) {
    wire::RangeResponse range;
    range.mutable_header()->set_revision(9007199254740993);
    range.set_more(true);
    range.set_count(17);
    auto& kv = *range.add_kvs();
    kv.set_key("a");
    kv.set_value(std::string(bytes, 2));
    kv.set_create_revision(2);
    kv.set_mod_revision(3);
    kv.set_version(4);
    kv.set_lease(-5);
    const auto read = rangeAnswer(range);
    ASSERT_TRUE(read) << read.error().text();
    EXPECT_EQ(read->revision.value(), 9007199254740993);
    EXPECT_TRUE(read->more);
    EXPECT_EQ(read->count, 17);
    ASSERT_EQ(read->entries.size(), 1U);
    EXPECT_EQ(read->entries[0].value, std::string(bytes, 2));
    EXPECT_EQ(read->entries[0].created.value(), 2);
    EXPECT_EQ(read->entries[0].lease, -5);

    wire::TxnResponse txn;
    txn.mutable_header()->set_revision(7);
    auto& first = *txn.add_responses()->mutable_response_txn();
    first.set_succeeded(true);
    first.add_responses()->mutable_response_put();
    *first.add_responses()->mutable_response_range() = range;
    first.add_responses()->mutable_response_range();
    txn.add_responses()->mutable_response_txn();
    const auto both = nestedTxnAnswer(txn, 2);
    ASSERT_TRUE(both) << both.error().text();
    EXPECT_TRUE((*both)[0].succeeded);
    ASSERT_EQ((*both)[0].gets.size(), 2U) << "a Get that found nothing has its place";
    EXPECT_TRUE((*both)[0].gets[1].empty());
    EXPECT_FALSE((*both)[1].succeeded);
    EXPECT_EQ((*both)[1].revision, Revision(7));
    EXPECT_EQ(nestedTxnAnswer(txn, 3).error().code, ErrorCode::corrupt) << "one has no answer";
}

TEST(EtcdAnswers, AreCorruptWithoutWhatTheyMustHave) {
    EXPECT_EQ(rangeAnswer({}).error().code, ErrorCode::corrupt);
    EXPECT_EQ(txnAnswer({}).error().code, ErrorCode::corrupt);
    EXPECT_EQ(nestedTxnAnswer({}, 0).error().code, ErrorCode::corrupt);
    EXPECT_EQ(statusAnswer({}).error().code, ErrorCode::corrupt);
    EXPECT_EQ(membersAnswer({}).error().code, ErrorCode::corrupt);
    EXPECT_EQ(memberAddAnswer({}).error().code, ErrorCode::corrupt);
}

TEST(EtcdAnswers, GiveChangesAlarmsAndMembers) {
    wire::WatchResponse message;
    auto& put = *message.add_events();
    put.mutable_kv()->set_key("a");
    put.mutable_kv()->set_mod_revision(5);
    auto& gone = *message.add_events();
    gone.set_type(wire::Event::DELETE);
    gone.mutable_kv()->set_key("b");
    std::vector<Change> changes(1);
    takeChanges(message, changes);
    ASSERT_EQ(changes.size(), 3U) << "added to what is there";
    EXPECT_EQ(changes[1].entry.key, "a");
    EXPECT_EQ(changes[1].entry.modified, Revision(5));
    EXPECT_TRUE(changes[2].deleted);

    wire::AlarmResponse alarms;
    auto& alarm = *alarms.add_alarms();
    alarm.set_member_id(5);
    alarm.set_alarm(wire::NOSPACE);
    EXPECT_EQ(alarmsAnswer(alarms), (std::vector<EngineAlarm>{{5, "NOSPACE"}}));
    EXPECT_TRUE(alarmsAnswer({}).empty());

    wire::MemberListResponse list;
    auto& member = *list.add_members();
    member.set_id(18446744073709551615ULL);
    member.add_peer_urls("https://b:7443");
    member.set_is_learner(true);
    const auto members = membersAnswer(list);
    ASSERT_TRUE(members);
    EXPECT_EQ(members->front().id, 18446744073709551615ULL);
    EXPECT_EQ(members->front().name, "") << "it has not started yet";
    EXPECT_TRUE(members->front().learner);
}

// What is unavailable was certainly not done; what is not known is a time-out.
TEST(EtcdErrors, TellWhatBecameOfTheRequest) {
    const auto codeOf = [](grpc::StatusCode code, const std::string& message) {
        return errorOf(grpc::Status(code, message)).code;
    };
    using grpc::StatusCode;
    EXPECT_EQ(codeOf(StatusCode::UNAVAILABLE, "etcdserver: request timed out"), ErrorCode::timeout);
    EXPECT_EQ(codeOf(StatusCode::UNAVAILABLE,
                     "etcdserver: request timed out, possibly due to previous leader failure"),
              ErrorCode::timeout);
    EXPECT_EQ(codeOf(StatusCode::UNAVAILABLE, "etcdserver: leader changed"), ErrorCode::timeout);
    EXPECT_EQ(codeOf(StatusCode::DEADLINE_EXCEEDED, "Deadline Exceeded"), ErrorCode::timeout);
    EXPECT_EQ(codeOf(StatusCode::CANCELLED, "context canceled"), ErrorCode::timeout);
    EXPECT_EQ(codeOf(StatusCode::UNAVAILABLE, "etcdserver: server stopped"), ErrorCode::timeout);
    EXPECT_EQ(codeOf(StatusCode::UNAVAILABLE, "Socket closed"), ErrorCode::timeout)
        << "the call was on its way";
    EXPECT_EQ(codeOf(StatusCode::UNKNOWN, "something new"), ErrorCode::timeout);
    EXPECT_EQ(codeOf(StatusCode::INTERNAL, "something new"), ErrorCode::timeout);
    EXPECT_EQ(codeOf(StatusCode::UNAVAILABLE, "failed to connect to all addresses; last error: UNKNOWN: "
                                              "ipv4:127.0.0.1:1: Failed to connect to remote host"),
              ErrorCode::unavailable);
    EXPECT_EQ(codeOf(StatusCode::UNAVAILABLE, "etcdserver: no leader"), ErrorCode::unavailable);
    EXPECT_EQ(codeOf(StatusCode::UNAVAILABLE, "etcdserver: unhealthy cluster"), ErrorCode::unavailable);
    EXPECT_EQ(codeOf(StatusCode::NOT_FOUND, "etcdserver: requested lease not found"), ErrorCode::notFound);
    EXPECT_EQ(codeOf(StatusCode::NOT_FOUND, "etcdserver: member not found"), ErrorCode::notFound);
    EXPECT_EQ(codeOf(StatusCode::INVALID_ARGUMENT, "etcdserver: duplicate key given in txn request"),
              ErrorCode::invalid);
    EXPECT_EQ(codeOf(StatusCode::OUT_OF_RANGE, "etcdserver: mvcc: required revision has been compacted"),
              ErrorCode::conflict);
    EXPECT_EQ(codeOf(StatusCode::RESOURCE_EXHAUSTED, "etcdserver: mvcc: database space exceeded"),
              ErrorCode::exhausted);
    EXPECT_EQ(codeOf(StatusCode::INVALID_ARGUMENT, "etcdserver: request is too large"), ErrorCode::invalid);
    EXPECT_EQ(codeOf(StatusCode::RESOURCE_EXHAUSTED,
                     "grpc: received message larger than max (3102499 vs. 2097152)"),
              ErrorCode::invalid)
        << "it does not become smaller by waiting";
    EXPECT_EQ(codeOf(StatusCode::FAILED_PRECONDITION,
                     "etcdserver: can only promote a learner member which is in sync with leader"),
              ErrorCode::conflict);
}

} // namespace
} // namespace pilothouse::engine::etcd
