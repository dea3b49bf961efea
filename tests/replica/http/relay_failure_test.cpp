// SPDX-License-Identifier: GPL-3.0-or-later
// A relay when one of the two sides, or the network, does not do its part.
#include "relay_fixture.h"
#include "scripted_server.h"

namespace pilothouse::http {
namespace {

using namespace std::chrono_literals;
using test::eventually;
using test::patternSource;
using test::putting;
using test::RawClient;
using test::ScriptedServer;
using test::stuckSource;
using test::Taken;

constexpr std::uint64_t endless = 1ULL << 60U;
// More than all sockets on the way hold, and far less than what is sent when nobody minds.
constexpr std::uint64_t bounded = 64 * 1024 * 1024;

class HttpRelayFailure : public test::RelayTest {
protected:
    // Reads the body to its end or failure, and remembers which.
    void startReader() {
        startBack([this](Exchange& exchange) -> Awaitable<void> {
            exchange.limitBody(endless);
            ++begun;
            std::vector<char> buffer(64 * 1024);
            auto count = co_await exchange.readBody(buffer);
            while (count && *count > 0) {
                count = co_await exchange.readBody(buffer);
            }
            failed += count ? 0 : 1;
            ++ended;
        });
    }
    // Sends without end.
    void startWriter() {
        startBack([this](Exchange& exchange) -> Awaitable<void> {
            ResponseHead head;
            co_await exchange.start(std::move(head));
            const std::string piece(100'000, 'x');
            while (co_await exchange.write(piece)) {
                written += piece.size();
            }
            ++ended;
        });
    }
    std::atomic<int> begun{0};
    std::atomic<int> ended{0};
    std::atomic<int> failed{0};
    std::atomic<std::uint64_t> written{0};
    std::shared_ptr<Taken> taken = std::make_shared<Taken>();
};

TEST_F(HttpRelayFailure, TouchesNothingWithoutAConnection) {
    startReader();
    const auto good = toBack;
    loop.run(stopped(0ms));
    toBack = clientOf(ScriptedServer::portThatRefuses());
    start([&](Exchange& exchange) -> Awaitable<void> {
        const auto first = co_await relay(exchange, *toBack, relayOptions);
        EXPECT_EQ(first.kind, RelayOutcome::Kind::unavailable);
        EXPECT_EQ(first.error->how, ConnectFailure::refused);
        EXPECT_EQ(exchange.status(), 0);
        EXPECT_EQ(exchange.bodyLeft(), 5U);
        const auto second = co_await relay(exchange, *good, relayOptions);
        EXPECT_EQ(second.kind, RelayOutcome::Kind::answered) << "another server can still have it";
    });
    RawClient client(port());
    EXPECT_EQ(client.ask(test::post("/", "hello")).status, 500) << "the reader's";
    EXPECT_EQ(failed, 0);
}

TEST_F(HttpRelayFailure, GivesUpConnectingSoon) {
    ScriptedServer full(ScriptedServer::neverAccepts);
    relayOptions.connect = 100ms;
    relayTo(full.port());
    RawClient client(port());
    EXPECT_EQ(client.ask(test::get("/")).status, 404);
    EXPECT_EQ(kindOfOutcome(), "unavailable");
}

TEST_F(HttpRelayFailure, LeavesTheAnswerToTheHandlerWhenNoneCame) {
    for (const auto then : {ScriptedServer::Then::close, ScriptedServer::Then::reset}) {
        ScriptedServer dying({{.answer = "", .then = then},
                              {.answer = "HTTP/1.1 20", .then = then},
                              {.answer = "HTTP/1.1 100 Continue\r\n\r\n", .then = then}});
        relayTo(dying.port());
        for (const auto& request : {test::get("/"), test::post("/", "hello"), test::get("/")}) {
            RawClient client(port());
            EXPECT_EQ(client.ask(request).status, 404);
            EXPECT_EQ(kindOfOutcome(), "unknown");
        }
        loop.run(stopped(0ms));
    }
}

TEST_F(HttpRelayFailure, GivesUpAnAnswerThatDoesNotCome) {
    ScriptedServer silent({{.answer = "", .then = ScriptedServer::Then::hold},
                           {.answer = "", .then = ScriptedServer::Then::hold}});
    relayOptions.answer = 100ms;
    relayTo(silent.port());
    for (const auto& request : {test::get("/"), test::post("/", "hello")}) {
        RawClient client(port());
        EXPECT_EQ(client.ask(request).status, 404);
        const auto last = outcome();
        ASSERT_TRUE(last && last->error);
        EXPECT_EQ(last->kind, RelayOutcome::Kind::unknown);
        EXPECT_EQ(last->error->code, ErrorCode::timeout);
        EXPECT_TRUE(silent.sawTheEnd());
    }
}

TEST_F(HttpRelayFailure, SaysUnknownWhenTheServerDiesWithinTheBody) {
    ScriptedServer dying({{.answer = "", .then = ScriptedServer::Then::reset},
                          {.answer = "", .then = ScriptedServer::Then::reset}});
    relayTo(dying.port());
    const auto client = clientOf(port());
    // Chunked: such a body the scripted server does not wait for.
    auto response = loop.run(client->request(putting(patternSource(endless, 100'000, false)), within(10s)));
    ASSERT_TRUE(response) << response.error().text();
    EXPECT_EQ(response->status, 404);
    EXPECT_EQ(kindOfOutcome(), "unknown");
    response = loop.run(client->request(putting(stuckSource("begun", taken)), within(10s)));
    ASSERT_TRUE(response) << response.error().text();
    EXPECT_EQ(response->status, 404) << "while the client sends nothing";
    EXPECT_EQ(kindOfOutcome(), "unknown");
}

TEST_F(HttpRelayFailure, CutsAnAnswerThatCannotBeFinished) {
    const std::string beginnings[] = {
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nnonsense\r\n",
    };
    for (const auto& beginning : beginnings) {
        for (const std::string version : {"1.0", "1.1"}) {
            ScriptedServer dying({{.answer = beginning, .then = ScriptedServer::Then::close}});
            relayTo(dying.port());
            RawClient client(port());
            client.send("GET / HTTP/" + version + "\r\nHost: x\r\n\r\n");
            EXPECT_EQ(client.receiveAll().find("\r\n0\r\n"), std::string::npos);
            EXPECT_TRUE(client.sawReset()) << beginning << version;
            EXPECT_EQ(kindOfOutcome(), "cut");
            loop.run(stopped(0ms));
        }
    }
}

TEST_F(HttpRelayFailure, CutsAnAnswerThatDoesNotGoOn) {
    ScriptedServer silent({{.answer = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello",
                            .then = ScriptedServer::Then::hold}});
    relayOptions.progress = 100ms;
    relayTo(silent.port());
    RawClient client(port());
    client.send(test::get("/"));
    EXPECT_NE(client.receiveAll(), "");
    EXPECT_TRUE(client.sawReset());
    const auto last = outcome();
    ASSERT_TRUE(last);
    EXPECT_EQ(last->kind, RelayOutcome::Kind::cut);
    EXPECT_EQ(last->status, 200);
    EXPECT_TRUE(silent.sawTheEnd());
}

TEST_F(HttpRelayFailure, DropsTheRequestOfAClientThatLeavesWithinItsBody) {
    startReader();
    for (const auto* framing :
         {"Content-Length: 1000\r\n\r\nhello", "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"}) {
        RawClient client(port());
        client.send(std::string("PUT / HTTP/1.1\r\nHost: x\r\n") + framing);
        const int before = ended;
        ASSERT_TRUE(eventually([&] { return begun == before + 1; }));
        client.reset();
        EXPECT_TRUE(eventually([&] { return ended == before + 1; }));
        EXPECT_EQ(failed, ended) << "the server behind must not take it for the whole";
        EXPECT_EQ(kindOfOutcome(), "client failed");
    }
}

TEST_F(HttpRelayFailure, LeavesABodyThatIsNotSoundToTheServer) {
    options.limits.body = 100ms;
    startReader();
    RawClient malformed(port());
    EXPECT_EQ(
        malformed.ask("PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n").status,
        400);
    EXPECT_EQ(kindOfOutcome(), "client failed");
    RawClient slow(port());
    EXPECT_EQ(slow.ask("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nslow").status, 408);
    EXPECT_EQ(kindOfOutcome(), "client failed");
    loop.run(stopped(0ms));
    relayOptions.bodyBytes = 4;
    relayTo(back->port());
    RawClient large(port());
    EXPECT_EQ(large.ask(test::post("/", "large")).status, 413);
    EXPECT_EQ(kindOfOutcome(), "client failed");
}

TEST_F(HttpRelayFailure, DropsTheRequestOfAClientThatLeavesWithinTheAnswer) {
    startWriter();
    RawClient client(port());
    client.send(test::get("/"));
    EXPECT_NE(client.receive(), "");
    client.reset();
    EXPECT_TRUE(eventually([&] { return ended == 1; }));
    EXPECT_EQ(kindOfOutcome(), "client failed");
}

TEST_F(HttpRelayFailure, HoldsLittleOfABodyThatNobodyReads) {
    ScriptedServer deaf({{.answer = "", .then = ScriptedServer::Then::hold}});
    relayTo(deaf.port());
    auto source = patternSource(endless, 1'000'000, false, taken);
    source.progress = 300ms;
    const auto client = clientOf(port());
    const auto response = loop.run(client->request(putting(std::move(source)), within(10s)));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().how, ConnectFailure::timeout) << response.error().text();
    EXPECT_LT(taken->bytes, bounded) << "held somewhere on the way";
}

TEST_F(HttpRelayFailure, HoldsLittleOfAnAnswerThatNobodyReads) {
    backOptions.limits.write = 300ms;
    startWriter();
    RawClient client(port());
    client.send(test::get("/"));
    EXPECT_TRUE(eventually([&] { return ended == 1; })) << "the server behind gave up";
    EXPECT_LT(written, bounded) << "held somewhere on the way";
}

TEST_F(HttpRelayFailure, EndsWithItsServer) {
    ScriptedServer silent({{.answer = "", .then = ScriptedServer::Then::hold}});
    relayTo(silent.port());
    RawClient client(port());
    client.send(test::get("/"));
    ASSERT_TRUE(eventually([&] { return silent.requests() == 1; }));
    loop.run(stopped(0ms));
    EXPECT_TRUE(silent.sawTheEnd());
    EXPECT_TRUE(client.atEnd());
}

} // namespace
} // namespace pilothouse::http
