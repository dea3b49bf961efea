// SPDX-License-Identifier: GPL-3.0-or-later
// What a relay passes on, in both directions.
#include "relay_fixture.h"
#include "scripted_server.h"

namespace pilothouse::http {
namespace {

using namespace std::chrono_literals;
using test::eventually;
using test::isPattern;
using test::pattern;
using test::patternSource;
using test::putting;
using test::RawClient;
using test::Taken;

constexpr std::uint64_t endless = 1ULL << 60U;

// Answers with what it was asked, fields and all.
Awaitable<void> describe(Exchange& exchange) {
    const auto& request = exchange.request();
    const auto body = co_await exchange.readAll(1024 * 1024);
    Response response;
    response.body = request.method + " " + request.target + "\n";
    for (const auto& [name, value] : request.headers) {
        response.body += name + ": " + value + "\n";
    }
    response.body += "\n" + body.value_or("(no body)");
    static_cast<void>(co_await exchange.respond(std::move(response)));
}

// Sends the body back, with its length if `announced`.
Handler mirror(bool announced) {
    return [announced](Exchange& exchange) -> Awaitable<void> {
        const auto body = co_await exchange.readAll(2 * 1024 * 1024);
        if (!body) {
            co_return;
        }
        ResponseHead head;
        if (announced) {
            head.headers.set("Content-Length", std::to_string(body->size()));
        }
        co_await exchange.start(std::move(head));
        co_await exchange.write(*body);
        co_await exchange.finish();
    };
}

// Takes any body of the pattern, then sends one of the same length.
Awaitable<void> swallowAndRepeat(Exchange& exchange) {
    exchange.limitBody(endless);
    std::vector<char> buffer(256 * 1024);
    std::uint64_t total = 0;
    bool same = true;
    for (bool goesOn = true; goesOn;) {
        const auto count = co_await exchange.readBody(buffer);
        const std::string_view piece(buffer.data(), count.value_or(0));
        goesOn = !piece.empty();
        same = same && count && isPattern(piece, total);
        total += piece.size();
    }
    ResponseHead head;
    head.headers.set("Content-Length", std::to_string(same ? total : 0));
    co_await exchange.start(std::move(head));
    for (std::uint64_t sent = 0; same && sent < total;) {
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), total - sent));
        test::fillPattern(std::span(buffer).first(count), sent);
        const std::string_view piece(buffer.data(), count);
        same = (co_await exchange.write(piece)).has_value();
        sent += count;
    }
    co_await exchange.finish();
}

// Reads the answer's body; its length when it is the pattern.
Awaitable<std::uint64_t> receivedPattern(Client& from, ClientRequest request) {
    auto answer = co_await from.stream(std::move(request), within(10s));
    std::uint64_t total = 0;
    std::vector<char> buffer(256 * 1024);
    for (bool goesOn = answer.has_value(); goesOn;) {
        const auto count = co_await answer->read(buffer, within(10s));
        const std::string_view piece(buffer.data(), count.value_or(0));
        goesOn = !piece.empty() && isPattern(piece, total);
        total += piece.size();
    }
    co_return total;
}

class HttpRelay : public test::RelayTest {};

TEST_F(HttpRelay, PassesOnMethodTargetFieldsAndBody) {
    startBack(describe);
    RawClient client(port());
    const auto answer =
        client.ask("PATCH /v2/a%2Fb/?digest=sha256:1&x=%20 HTTP/1.1\r\nHost: registry.example\r\n"
                   "X-Twice: 1\r\nX-Twice: 2\r\nContent-Length: 5\r\n\r\nhello");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "PATCH /v2/a%2Fb/?digest=sha256:1&x=%20\nHost: registry.example\nX-Twice: 1\n"
                           "X-Twice: 2\nContent-Length: 5\n\nhello");
    EXPECT_EQ(kindOfOutcome(), "answered");
}

TEST_F(HttpRelay, KeepsFieldsOfOneConnectionToIt) {
    startBack(describe);
    RawClient client(port());
    const auto answer = client.ask(
        "GET / HTTP/1.1\r\nHost: x\r\nConnection: keep-alive, X-Mine\r\nX-Mine: 1\r\nKeep-Alive: 5\r\n"
        "TE: trailers\r\nTrailer: X\r\nUpgrade: h2c\r\nProxy-Connection: x\r\n"
        "Proxy-Authorization: Basic eDp5\r\nAccept: */*\r\n\r\n");
    EXPECT_EQ(answer.body, "GET /\nHost: x\nAccept: */*\n\n");
}

TEST_F(HttpRelay, SetsAndDropsFields) {
    relayOptions.headers = {
        {"Pilothouse-Actor", "ann"}, {"Pilothouse-Scope", "a"}, {"Pilothouse-Scope", "b"}};
    relayOptions.dropped = {"authorization"};
    startBack(describe);
    RawClient client(port());
    const auto answer =
        client.ask("GET / HTTP/1.1\r\nHost: x\r\nAuthorization: Basic eDp5\r\nConnection: "
                   "Pilothouse-Actor\r\npilothouse-actor: root\r\nPilothouse-Scope: c\r\n\r\n");
    EXPECT_EQ(answer.body,
              "GET /\nHost: x\nPilothouse-Actor: ann\nPilothouse-Scope: a\nPilothouse-Scope: b\n\n");
}

TEST_F(HttpRelay, PassesOnTheAnswersFields) {
    test::ScriptedServer scripted(
        {{.answer = "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
                    "HTTP/1.1 202 Accepted\r\nLocation: /v2/u\r\nX: 1\r\nX: 2\r\n"
                    "Connection: X-Mine\r\nX-Mine: 1\r\nKeep-Alive: 5\r\nSecret: s\r\n"
                    "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\nContent-Length: 2\r\n\r\nok",
          .then = test::ScriptedServer::Then::hold}});
    relayOptions.droppedFromAnswer = {"secret"};
    relayTo(scripted.port());
    RawClient client(port());
    const auto answer = client.ask(test::get("/"));
    EXPECT_EQ(answer.status, 202);
    EXPECT_EQ(answer.body, "ok");
    EXPECT_EQ(answer.field("location"), "/v2/u");
    EXPECT_EQ(answer.field("content-length"), "2");
    EXPECT_NE(answer.head.find("X: 1\r\nX: 2\r\n"), std::string::npos) << answer.head;
    for (const auto* gone : {"x-mine", "keep-alive", "secret", "connection", "link"}) {
        EXPECT_EQ(answer.field(gone), "") << gone;
    }
    EXPECT_EQ(answer.head.find("Date: "), answer.head.rfind("Date: ")) << "our own date only";
}

TEST_F(HttpRelay, PassesOnAnswersWithoutBody) {
    startBack([](Exchange& exchange) -> Awaitable<void> {
        Response response;
        const auto& path = exchange.request().path;
        response.status = path == "/204" ? 204 : path == "/304" ? 304 : 200;
        response.body = response.status == 200 ? "twelve bytes" : "";
        static_cast<void>(co_await exchange.respond(std::move(response)));
    });
    RawClient client(port());
    auto answer = client.ask("HEAD /blob HTTP/1.1\r\nHost: x\r\n\r\n", "HEAD");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.field("content-length"), "12");
    answer = client.ask(test::get("/204"));
    EXPECT_EQ(answer.status, 204);
    EXPECT_EQ(answer.field("content-length") + answer.field("transfer-encoding"), "");
    EXPECT_EQ(client.ask(test::get("/304")).status, 304);
    EXPECT_EQ(client.ask(test::get("/")).body, "twelve bytes") << "on the same connection";
    EXPECT_EQ(back->connections(), 1U);
}

TEST_F(HttpRelay, PassesOnBodiesOfOddSizes) {
    for (const bool announced : {true, false}) {
        startBack(mirror(announced));
        const auto client = clientOf(port());
        for (const std::uint64_t size : {0, 1, 255, 65'537, 262'144, 262'145, 1'000'003}) {
            auto request = putting(patternSource(size, size > 1000 ? 99'991 : 3, announced));
            const auto response = loop.run(client->request(std::move(request), within(10s)));
            ASSERT_TRUE(response) << size << response.error().text();
            EXPECT_TRUE(response->body == pattern(size)) << size << announced;
        }
        EXPECT_EQ(server->connections(), 1U);
        EXPECT_EQ(back->connections(), 1U) << "the connection behind is kept too";
        loop.run(stopped(0ms));
        loop.run(stoppedBack());
    }
}

TEST_F(HttpRelay, AnswersExpectOnceTheBodyIsWanted) {
    startBack(describe);
    RawClient client(port());
    client.send("PUT / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    EXPECT_EQ(client.receiveUntil("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("ok");
    EXPECT_EQ(client.answer().body, "PUT /\nHost: x\nContent-Length: 2\n\nok");
}

TEST_F(HttpRelay, PassesOnAnAnswerThatComesBeforeTheBodysEnd) {
    startBack([](Exchange& exchange) -> Awaitable<void> {
        auto answer = textResponse(413, "too long");
        static_cast<void>(co_await exchange.respond(std::move(answer)));
    });
    const auto client = clientOf(port());
    const auto response =
        loop.run(client->request(putting(patternSource(endless, 100'000, true)), within(10s)));
    ASSERT_TRUE(response) << response.error().text();
    EXPECT_EQ(response->status, 413);
    EXPECT_EQ(response->body, "too long\n");
    EXPECT_EQ(kindOfOutcome(), "answered");
    EXPECT_TRUE(eventually([&] { return back->connections() == 0 && server->connections() == 0; }));

    RawClient waiting(port());
    waiting.send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nbegun");
    EXPECT_EQ(waiting.answer().status, 413) << "while the rest of the body does not come";
    EXPECT_TRUE(waiting.atEnd());
}

TEST_F(HttpRelay, PassesOnAHundredMegabytes) {
    constexpr std::uint64_t size = 100'000'000;
    startBack(swallowAndRepeat);
    const auto client = clientOf(port());
    for (const bool announced : {true, false}) {
        auto request = putting(patternSource(size, 1'000'000, announced));
        EXPECT_EQ(loop.run(receivedPattern(*client, std::move(request))), size);
        EXPECT_EQ(kindOfOutcome(), "answered");
    }
    EXPECT_EQ(back->connections(), 1U);
}

TEST_F(HttpRelay, ManyRunAtTheSameTime) {
    startBack(mirror(false));
    const auto client = clientOf(port());
    std::vector<std::future<NetResult<Response>>> answers;
    for (std::size_t i = 0; i < 20; ++i) {
        auto request = putting(patternSource(i * 10'007, 1 + i * 1009, i % 2 == 0));
        answers.push_back(loop.spawn(client->request(std::move(request), within(10s))));
    }
    for (std::size_t i = 0; i < 20; ++i) {
        const auto response = answers[i].get();
        ASSERT_TRUE(response) << response.error().text();
        EXPECT_TRUE(response->body == pattern(i * 10'007)) << i;
    }
}

} // namespace
} // namespace pilothouse::http
