// SPDX-License-Identifier: GPL-3.0-or-later
#include "http_fixture.h"
#include "replica/http/request_id.h"

#include <set>
#include <stdexcept>

namespace pilothouse::http {
namespace {

using test::get;
using test::RawClient;

TEST(RequestId, IsShortAndPlain) {
    const std::string longest(128, 'x');
    for (const std::string& good : {std::string("a"), std::string("7f3a-01.B_c"), longest}) {
        EXPECT_TRUE(isRequestId(good)) << good;
    }
    for (const std::string& bad :
         {std::string(), longest + "x", std::string("a b"), std::string("a,b"), std::string("a\nb"),
          std::string("a=b"), std::string("\"a\""), std::string("\xc3\xa4"), std::string(1, '\0')}) {
        EXPECT_FALSE(isRequestId(bad)) << bad;
    }
}

TEST(RequestId, IsMadeOnce) {
    RequestIds ids;
    RequestIds other;
    std::set<std::string> made;
    for (int i = 0; i < 1000; ++i) {
        for (const std::string& id : {ids.next(), other.next()}) {
            EXPECT_TRUE(isRequestId(id)) << id;
            EXPECT_TRUE(made.insert(id).second) << id;
        }
    }
}

TEST(RequestId, IsTheClientsWhereItIsSound) {
    RequestIds ids;
    EXPECT_EQ(ids.of({{"x-request-id", "build-42"}}), "build-42");
    EXPECT_NE(ids.of({}), "");
    EXPECT_NE(ids.of({{"X-Request-Id", "two words"}}), "two words");
    const auto one = ids.of({{"X-Request-Id", "a"}, {"X-Request-Id", "b"}});
    EXPECT_TRUE(one != "a" && one != "b") << "which of the two cannot be told";
}

class RequestIdOfAnswers : public test::ServerTest {
protected:
    RequestIdOfAnswers() { options.namesRequests = true; }
    static std::string getAs(const std::string& id) {
        return "GET /x HTTP/1.1\r\nHost: reg-1\r\nX-Request-Id: " + id + "\r\n\r\n";
    }
};

TEST_F(RequestIdOfAnswers, IsTheClientsOrANewOne) {
    startEcho();
    RawClient client(port());
    EXPECT_EQ(client.ask(getAs("build-42")).field("x-request-id"), "build-42");
    std::set<std::string> made;
    for (const std::string& request :
         {get("/"), get("/"), getAs("two words"), getAs(std::string(129, 'x'))}) {
        const auto answer = client.ask(request);
        EXPECT_EQ(answer.status, 200);
        EXPECT_TRUE(isRequestId(answer.field("x-request-id"))) << answer.head;
        EXPECT_TRUE(made.insert(answer.field("x-request-id")).second) << answer.head;
    }
    EXPECT_FALSE(made.contains(std::string(129, 'x')));
}

TEST_F(RequestIdOfAnswers, IsWhatTheHandlerSees) {
    start([](Exchange& exchange) -> Awaitable<void> {
        ResponseHead head;
        (void)co_await exchange.start(std::move(head));
        (void)co_await exchange.write(exchange.request().id);
        (void)co_await exchange.finish();
    });
    RawClient client(port());
    EXPECT_EQ(client.ask(getAs("build-42")).body, "build-42");
    const auto made = client.ask(get("/"));
    EXPECT_EQ(made.body, made.field("x-request-id"));
}

TEST_F(RequestIdOfAnswers, IsOnRefusalsToo) {
    startEcho();
    const std::string fields[] = {"Content-Length: x\r\n", "no field\r\n", "X: " + std::string(40'000, 'x')};
    for (const auto& field : fields) {
        RawClient client(port());
        const auto answer = client.ask("GET / HTTP/1.1\r\nHost: a\r\n" + field + "\r\n");
        EXPECT_GE(answer.status, 400) << field.substr(0, 20);
        EXPECT_TRUE(isRequestId(answer.field("x-request-id"))) << answer.head;
    }
    RawClient client(port());
    const auto answer =
        client.ask("GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\nX-Request-Id: build-42\r\n\r\n");
    EXPECT_EQ(answer.field("x-request-id"), "build-42") << answer.head;
}

TEST_F(RequestIdOfAnswers, IsInTheLogWhenAHandlerFails) {
    start([](Exchange&) -> Awaitable<void> {
        throw std::runtime_error("no luck");
        co_return;
    });
    RawClient client(port());
    const auto answer = client.ask(getAs("build-42"));
    EXPECT_EQ(answer.status, 500);
    EXPECT_EQ(answer.field("x-request-id"), "build-42");
    EXPECT_TRUE(logged("request_id=build-42"));
}

TEST_F(RequestIdOfAnswers, OnlyWhereTheServerNamesRequests) {
    options.namesRequests = false;
    startEcho();
    RawClient client(port());
    EXPECT_EQ(client.ask(getAs("build-42")).field("x-request-id"), "");
}

} // namespace
} // namespace pilothouse::http
