// SPDX-License-Identifier: GPL-3.0-or-later
// The gateway's JSON: base64, numbers as strings, fields that are left out, and answers that make no sense.
#include "replica/engine/gateway_json.h"
#include "replica/engine/gateway_value.h"
#include "replica/engine/line_splitter.h"

#include <gtest/gtest.h>

namespace pilothouse::engine::gateway {
namespace {

TEST(GatewayRequests, EncodeKeysValuesAndNumbers) {
    Transaction transaction;
    transaction.compares = {
        Compare::absent("a"),
        {"b", Compare::Field::createRevision, Compare::Relation::less, 9007199254740993, {}},
        Compare::holds("c", std::string("\0\xff", 2))};
    transaction.then = {Put{"k", "v", 7}, Delete{"a", "b"}, Get{"g", {}, 5}};
    EXPECT_EQ(txnRequest(transaction),
              R"({"compare":[{"key":"YQ==","result":"EQUAL","target":"VERSION","version":"0"},)"
              R"({"key":"Yg==","result":"LESS","target":"CREATE","create_revision":"9007199254740993"},)"
              R"({"key":"Yw==","result":"EQUAL","target":"VALUE","value":"AP8="}],)"
              R"("success":[{"request_put":{"key":"aw==","value":"dg==","lease":"7"}},)"
              R"({"request_delete_range":{"key":"YQ==","range_end":"Yg=="}},)"
              R"({"request_range":{"key":"Zw==","limit":"5"}}],"failure":[]})");
    EXPECT_EQ(rangeRequest({"a", std::string(1, '\0'), 10, Revision(3), true}),
              R"({"key":"YQ==","range_end":"AA==","limit":"10","revision":"3","serializable":true})");
    EXPECT_EQ(
        watchRequest(Revision(8)),
        R"({"create_request":{"key":"AA==","range_end":"AA==","start_revision":"8","progress_notify":true}})");
    EXPECT_EQ(memberRequest(18446744073709551615ULL), R"({"ID":"18446744073709551615"})");
    EXPECT_EQ(memberAddRequest("https://[::1]:7443"),
              R"({"peerURLs":["https://[::1]:7443"],"isLearner":true})");
    EXPECT_EQ(leaseGrantRequest(std::chrono::seconds(60)), R"({"TTL":"60"})");
    EXPECT_EQ(compactRequest(Revision(12)), R"({"revision":"12"})");
}

TEST(GatewayRequests, NestTransactions) {
    const Transaction one{.compares = {Compare::absent("a")}, .then = {Put{"a", "1", 0}}, .otherwise = {}};
    EXPECT_EQ(nestedTxnRequest({one, {}}),
              R"({"success":[{"request_txn":{"compare":[{"key":"YQ==","result":"EQUAL","target":"VERSION",)"
              R"("version":"0"}],"success":[{"request_put":{"key":"YQ==","value":"MQ=="}}],"failure":[]}},)"
              R"({"request_txn":{"compare":[],"success":[],"failure":[]}}]})");
}

TEST(GatewayAnswers, TellNestedTransactionsApart) {
    constexpr const char* text =
        R"({"header":{"revision":"7"},"succeeded":true,"responses":[)"
        R"({"response_txn":{"header":{},"succeeded":true,"responses":[{"response_range":{}}]}},)"
        R"({"response_txn":{"header":{}}}]})";
    const auto both = nestedTxnAnswer(text, 2);
    ASSERT_TRUE(both) << both.error().text();
    EXPECT_TRUE((*both)[0].succeeded);
    EXPECT_EQ((*both)[0].gets.size(), 1U);
    EXPECT_FALSE((*both)[1].succeeded);
    EXPECT_EQ((*both)[1].revision, Revision(7));
    const auto missing = nestedTxnAnswer(text, 3);
    ASSERT_FALSE(missing) << "one has no answer";
    EXPECT_EQ(missing.error().code, ErrorCode::corrupt);
    EXPECT_FALSE(nestedTxnAnswer("{}", 0)) << "no revision";
}

TEST(GatewayAnswers, ReadNumbersFromStringsAndFromNumbers) {
    const auto range = rangeAnswer(
        R"({"header":{"revision":"9007199254740993"},"kvs":[{"key":"YQ==","create_revision":"2",)"
        R"("mod_revision":3,"version":"4","value":"AP8=","lease":"-5"}],"more":true,"count":"17"})");
    ASSERT_TRUE(range) << range.error().text();
    EXPECT_EQ(range->revision.value(), 9007199254740993) << "more than a double holds";
    EXPECT_TRUE(range->more);
    EXPECT_EQ(range->count, 17);
    ASSERT_EQ(range->entries.size(), 1U);
    const Entry& entry = range->entries.front();
    EXPECT_EQ(entry.key, "a");
    EXPECT_EQ(entry.value, std::string("\0\xff", 2));
    EXPECT_EQ(entry.created.value(), 2);
    EXPECT_EQ(entry.modified.value(), 3);
    EXPECT_EQ(entry.version, 4);
    EXPECT_EQ(entry.lease, -5);
}

TEST(GatewayAnswers, TakeFieldsThatAreLeftOutForZero) {
    const auto range = rangeAnswer(R"({"header":{"revision":"5"}})");
    ASSERT_TRUE(range) << range.error().text();
    EXPECT_TRUE(range->entries.empty());
    EXPECT_FALSE(range->more);
    const auto transaction =
        txnAnswer(R"({"header":{"revision":"5"},"responses":[{"response_put":{}},)"
                  R"({"response_range":{}},{"response_range":{"kvs":[{"key":"YQ=="}]}}]})");
    ASSERT_TRUE(transaction) << transaction.error().text();
    EXPECT_FALSE(transaction->succeeded);
    ASSERT_EQ(transaction->gets.size(), 2U) << "a Get that found nothing has its place";
    EXPECT_TRUE(transaction->gets[0].empty());
    EXPECT_EQ(transaction->gets[1].front().value, "");
    const auto status = statusAnswer(R"({"header":{"member_id":"13803658152347727308"},"version":"3.4.23",)"
                                     R"("raftTerm":"2","errors":["etcdserver: no leader"]})");
    ASSERT_TRUE(status) << status.error().text();
    EXPECT_EQ(status->memberId, 13803658152347727308ULL);
    EXPECT_EQ(status->leaderId, 0U) << "no leader is left out";
    EXPECT_EQ(status->errors, std::vector<std::string>{"etcdserver: no leader"});
}

TEST(GatewayAnswers, AreCorruptWhenTheyMakeNoSense) {
    for (const char* text :
         {"", "{", "[]", "null", "\"x\"", "{}", R"({"header":{}})", R"({"header":{"revision":"x"}})",
          R"({"header":{"revision":"0"}})", R"({"header":{"revision":"-1"}})",
          R"({"header":{"revision":"99999999999999999999"}})", R"({"header":[]})", "<html>"}) {
        const auto range = rangeAnswer(text);
        ASSERT_FALSE(range) << text;
        EXPECT_EQ(range.error().code, ErrorCode::corrupt) << text;
        EXPECT_FALSE(txnAnswer(text)) << text;
        EXPECT_FALSE(statusAnswer(text)) << text;
        EXPECT_FALSE(membersAnswer(text)) << text;
        EXPECT_FALSE(memberAddAnswer(text)) << text;
        EXPECT_FALSE(leaseAnswer(text)) << text;
    }
}

TEST(GatewayAnswers, ReadMembersLeasesAndAlarms) {
    const auto members =
        membersAnswer(R"({"members":[{"ID":"1","name":"aaaa","peerURLs":["https://a:7443"]},)"
                      R"({"ID":"18446744073709551615","peerURLs":["https://b:7443"],"isLearner":true}]})");
    ASSERT_TRUE(members) << members.error().text();
    ASSERT_EQ(members->size(), 2U);
    EXPECT_EQ((*members)[1].id, 18446744073709551615ULL);
    EXPECT_EQ((*members)[1].name, "") << "it has not started yet";
    EXPECT_TRUE((*members)[1].learner);
    EXPECT_EQ(leaseAnswer(R"({"ID":"7587","TTL":"60"})").value(), 7587);
    EXPECT_TRUE(keepAliveAnswer(R"({"result":{"ID":"7","TTL":"60"}})"));
    EXPECT_EQ(keepAliveAnswer(R"({"result":{"ID":"7"}})").error().code, ErrorCode::notFound);
    const auto alarms = alarmsAnswer(R"({"alarms":[{"memberID":"5","alarm":"NOSPACE"}]})");
    ASSERT_TRUE(alarms) << alarms.error().text();
    EXPECT_EQ(alarms->front().kind, "NOSPACE");
    EXPECT_EQ(alarms->front().memberId, 5U);
    EXPECT_TRUE(alarmsAnswer("{}")->empty());
    EXPECT_EQ(disarmRequest({5, "NOSPACE"}), R"({"action":"DEACTIVATE","memberID":"5","alarm":"NOSPACE"})");
}

// What is unavailable was certainly not done; what is not known is a time-out.
TEST(GatewayErrors, TellWhatBecameOfTheRequest) {
    const auto codeOf = [](int status, const std::string& message, int grpc) {
        return errorAnswer(status, R"({"error":")" + message + R"(","message":")" + message + R"(","code":)" +
                                       std::to_string(grpc) + "}")
            .code;
    };
    EXPECT_EQ(codeOf(503, "etcdserver: request timed out", 14), ErrorCode::timeout);
    EXPECT_EQ(codeOf(503, "etcdserver: request timed out, possibly due to previous leader failure", 14),
              ErrorCode::timeout);
    EXPECT_EQ(codeOf(503, "etcdserver: leader changed", 14), ErrorCode::timeout);
    EXPECT_EQ(codeOf(504, "context deadline exceeded", 4), ErrorCode::timeout);
    EXPECT_EQ(codeOf(503, "etcdserver: server stopped", 14), ErrorCode::timeout);
    EXPECT_EQ(codeOf(503, "transport is closing", 14), ErrorCode::timeout);
    EXPECT_EQ(codeOf(500, "something new", 2), ErrorCode::timeout);
    EXPECT_EQ(codeOf(503, "etcdserver: no leader", 14), ErrorCode::unavailable);
    EXPECT_EQ(codeOf(503, "all SubConns are in TransientFailure", 14), ErrorCode::unavailable);
    EXPECT_EQ(codeOf(503, "etcdserver: unhealthy cluster", 14), ErrorCode::unavailable);
    EXPECT_EQ(codeOf(404, "etcdserver: requested lease not found", 5), ErrorCode::notFound);
    EXPECT_EQ(codeOf(404, "etcdserver: member not found", 5), ErrorCode::notFound);
    EXPECT_EQ(codeOf(400, "etcdserver: duplicate key given in txn request", 3), ErrorCode::invalid);
    EXPECT_EQ(codeOf(400, "etcdserver: mvcc: required revision has been compacted", 11), ErrorCode::conflict);
    EXPECT_EQ(codeOf(429, "etcdserver: mvcc: database space exceeded", 8), ErrorCode::exhausted);
    EXPECT_EQ(codeOf(400, "etcdserver: request is too large", 3), ErrorCode::invalid);
    EXPECT_EQ(codeOf(429, "grpc: received message larger than max (3102499 vs. 2097152)", 8),
              ErrorCode::invalid)
        << "it does not become smaller by waiting";
    EXPECT_EQ(codeOf(412, "etcdserver: can only promote a learner member which is in sync with leader", 9),
              ErrorCode::conflict);
    EXPECT_EQ(errorAnswer(502, "<html>Bad Gateway</html>").code, ErrorCode::timeout);
    EXPECT_EQ(errorAnswer(404, "404 page not found").code, ErrorCode::invalid);
    // grpc-gateway 2 (etcd 3.6) has no "error".
    EXPECT_EQ(
        errorAnswer(404, R"({"code":5,"message":"etcdserver: requested lease not found","details":[]})").code,
        ErrorCode::notFound);
}

const std::string stream =
    R"({"result":{"header":{"revision":"4"},"created":true}})"
    "\n"
    R"({"result":{"header":{"revision":"6"},"events":[{"kv":{"key":"YQ==","mod_revision":"5","version":"1"}},)"
    R"({"type":"DELETE","kv":{"key":"Yg==","mod_revision":"6"}}]}})"
    "\r\n\n"
    R"({"result":{"header":{"revision":"9"},"canceled":true,"compact_revision":"7","cancel_reason":"mvcc"}})"
    "\n";

TEST(WatchMessages, AreReadWhereverTheStreamIsSplit) {
    for (std::size_t first = 0; first <= stream.size(); ++first) {
        LineSplitter lines(1024);
        std::vector<WatchMessage> messages;
        for (const auto& part : {stream.substr(0, first), stream.substr(first)}) {
            ASSERT_TRUE(lines.add(part));
            while (const auto line = lines.next()) {
                if (line->find_first_not_of('\r') == std::string::npos) {
                    continue;
                }
                auto message = watchMessage(*line);
                ASSERT_TRUE(message) << *line << ": " << message.error().text();
                messages.push_back(std::move(*message));
            }
        }
        ASSERT_EQ(messages.size(), 3U) << "split after " << first;
        EXPECT_TRUE(messages[0].created);
        ASSERT_EQ(messages[1].changes.size(), 2U);
        EXPECT_FALSE(messages[1].changes[0].deleted);
        EXPECT_TRUE(messages[1].changes[1].deleted);
        EXPECT_EQ(messages[1].changes[1].entry.modified.value(), 6);
        EXPECT_TRUE(messages[2].cancelled);
        EXPECT_EQ(messages[2].compactedTo.value(), 7);
    }
}

TEST(WatchMessages, TellWhyTheyEnd) {
    const auto ended = watchMessage(R"({"error":{"grpc_code":14,"message":"etcdserver: no leader"}})");
    ASSERT_FALSE(ended);
    EXPECT_NE(ended.error().message.find("no leader"), std::string::npos);
    EXPECT_FALSE(watchMessage("{\"result\":"));
}

TEST(LineSplitter, GivesUpLinesWithoutEnd) {
    LineSplitter lines(10);
    EXPECT_TRUE(lines.add("0123456789"));
    EXPECT_FALSE(lines.add("x"));
    LineSplitter many(10);
    EXPECT_TRUE(many.add("a\n\nb\n0123456789"));
    EXPECT_EQ(many.next(), "a");
    EXPECT_EQ(many.next(), "b");
    EXPECT_EQ(many.next(), std::nullopt);
    EXPECT_TRUE(many.add("\n"));
    EXPECT_EQ(many.next(), "0123456789");
}

} // namespace
} // namespace pilothouse::engine::gateway
