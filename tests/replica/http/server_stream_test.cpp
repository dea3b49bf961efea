// SPDX-License-Identifier: GPL-3.0-or-later
// Answers that come piece by piece, and stopping the server under them.
#include "http_fixture.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <atomic>

namespace pilothouse::http {
namespace {

using namespace std::chrono_literals;
using test::eventually;
using test::get;
using test::RawClient;

// Suspends a handler until the test opens the gate; cancellation ends the wait by an exception.
class Gate {
public:
    Awaitable<void> pass(Executor executor) {
        ++m_waiting;
        boost::asio::steady_timer timer(executor);
        while (!m_open) {
            timer.expires_after(1ms);
            co_await timer.async_wait(boost::asio::use_awaitable);
        }
    }
    void open() { m_open = true; }
    [[nodiscard]] int waiting() const { return m_waiting; }

private:
    std::atomic<bool> m_open{false};
    std::atomic<int> m_waiting{0};
};

class HttpStream : public test::ServerTest {
protected:
    // A stream as the console's: says something, then waits until the client is gone or the server stops.
    void startEndless() {
        start([this](Exchange& exchange) -> Awaitable<void> {
            ResponseHead head;
            static_cast<void>(co_await exchange.start(std::move(head)));
            static_cast<void>(co_await exchange.write("hello\n"));
            boost::asio::steady_timer timer(exchange.executor(),
                                            std::chrono::steady_clock::time_point::max());
            exchange.onAbandoned([&timer] { timer.cancel(); });
            boost::system::error_code woken;
            if (!exchange.isAbandoned()) {
                co_await timer.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, woken));
            }
            ++ended;
            static_cast<void>(co_await exchange.finish());
        });
    }
    std::atomic<int> ended{0};
    Gate gate;
};

TEST_F(HttpStream, EachPieceLeavesAtOnce) {
    start([this](Exchange& exchange) -> Awaitable<void> {
        ResponseHead head;
        static_cast<void>(co_await exchange.start(std::move(head)));
        static_cast<void>(co_await exchange.write("first"));
        static_cast<void>(co_await exchange.write("")); // an empty chunk would end the body
        co_await gate.pass(exchange.executor());
        static_cast<void>(co_await exchange.write("second"));
        static_cast<void>(co_await exchange.finish());
    });
    RawClient client(port());
    client.send(get("/"));
    EXPECT_NE(client.receiveUntil("\r\n\r\n").find("Transfer-Encoding: chunked\r\n"), std::string::npos);
    EXPECT_EQ(client.receiveUntil("first\r\n"), "5\r\nfirst\r\n");
    gate.open();
    EXPECT_EQ(client.receiveUntil("0\r\n\r\n"), "6\r\nsecond\r\n0\r\n\r\n");
    client.send(get("/again"));
    EXPECT_EQ(client.answer().body, "firstsecond") << "the connection can be used again";
}

TEST_F(HttpStream, ToHttp10EndsWithTheConnection) {
    start([](Exchange& exchange) -> Awaitable<void> {
        ResponseHead head;
        static_cast<void>(co_await exchange.start(std::move(head)));
        static_cast<void>(co_await exchange.write("one "));
        static_cast<void>(co_await exchange.write("two"));
        static_cast<void>(co_await exchange.finish());
    });
    RawClient client(port());
    client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    const auto answer = client.answer();
    EXPECT_EQ(answer.body, "one two");
    EXPECT_EQ(answer.field("transfer-encoding"), "");
    EXPECT_EQ(answer.field("connection"), "close");
    RawClient head(port());
    head.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(head.answer("HEAD").status, 200);
    head.halfClose();
    EXPECT_TRUE(head.atEnd()) << "no body to HEAD";
}

TEST_F(HttpStream, AHandlerThatFailsInTheMiddleLeavesNoWholeAnswer) {
    start([](Exchange& exchange) -> Awaitable<void> {
        ResponseHead head;
        static_cast<void>(co_await exchange.start(std::move(head)));
        static_cast<void>(co_await exchange.write("half"));
        throw std::runtime_error("a fault");
    });
    RawClient client(port());
    client.send(get("/"));
    const auto all = client.receiveAll();
    EXPECT_TRUE(all.ends_with("4\r\nhalf\r\n")) << "no last chunk: " << all;
    EXPECT_FALSE(client.timedOut());
}

// The server holds what it writes, not what it could write: a slow reader slows the handler.
TEST_F(HttpStream, ASlowReaderHoldsTheHandlerUp) {
    std::atomic<std::size_t> written{0};
    constexpr std::size_t pieces = 400;
    const std::string piece(64 * 1024, 'x');
    start([&](Exchange& exchange) -> Awaitable<void> {
        ResponseHead head;
        static_cast<void>(co_await exchange.start(std::move(head)));
        for (std::size_t i = 0; i < pieces; ++i) {
            static_cast<void>(co_await exchange.write(piece));
            ++written;
        }
        static_cast<void>(co_await exchange.finish());
    });
    RawClient client(port(), 4096);
    client.send(get("/"));
    ASSERT_TRUE(eventually([&] { return written > 0; }));
    // Until it has come to rest: the same count twice in a row.
    std::size_t before = 0;
    ASSERT_TRUE(eventually([&] {
        const std::size_t now = written;
        std::this_thread::sleep_for(50ms);
        return now == written && std::exchange(before, now) == now;
    }));
    EXPECT_LT(written, pieces / 2) << "25 MB went into the system's buffers?";
    EXPECT_EQ(client.answer().body.size(), pieces * piece.size()) << "and nothing is lost";
}

TEST_F(HttpStream, IsToldWhenTheClientGoes) {
    startEndless();
    for (int i = 0; i < 3; ++i) {
        RawClient client(port());
        client.send(get("/"));
        ASSERT_NE(client.receiveUntil("hello\n").find("hello"), std::string::npos);
        if (i == 0) {
            client.close();
        } else if (i == 1) {
            client.reset();
        } else {
            client.halfClose();
        }
        EXPECT_TRUE(eventually([&] { return ended == i + 1; })) << i;
    }
    EXPECT_TRUE(eventually([&] { return server->connections() == 0; }));
}

TEST_F(HttpStream, ClientsThatTalkIntoAStreamAreNotWaitedForForever) {
    startEndless();
    RawClient client(port());
    client.send(get("/") + get("/pipelined"));
    ASSERT_NE(client.receiveUntil("hello\n").find("hello"), std::string::npos);
    client.send(std::string(200'000, 'x')); // more than the server keeps
    auto stopping = loop.spawn(stopped(5s));
    EXPECT_NE(client.receiveUntil("0\r\n\r\n").find("0\r\n\r\n"), std::string::npos);
    // It goes on sending a byte now and then, and never closes.
    EXPECT_TRUE(eventually([&] {
        client.send("x");
        return server->connections() == 0;
    }));
    EXPECT_EQ(stopping.wait_for(10s), std::future_status::ready);
}

TEST_F(HttpStream, AStreamThatHasEndedIsNotHeldOpenByAClientThatTalks) {
    start([](Exchange& exchange) -> Awaitable<void> {
        ResponseHead head;
        static_cast<void>(co_await exchange.start(std::move(head)));
        exchange.onAbandoned([] {});
        static_cast<void>(co_await exchange.write("all"));
        static_cast<void>(co_await exchange.finish());
    });
    RawClient client(port());
    client.send(get("/") + "more");
    EXPECT_TRUE(eventually([&] {
        client.send("x");
        return reports().size() == 1 && server->connections() == 0;
    }));
}

TEST_F(HttpStream, StoppingEndsStreamsInOrder) {
    startEndless();
    RawClient client(port());
    client.send(get("/"));
    ASSERT_NE(client.receiveUntil("hello\n").find("hello"), std::string::npos);
    loop.run(stopped(5s));
    EXPECT_NE(client.receiveAll().find("0\r\n\r\n"), std::string::npos) << "the stream was finished";
    EXPECT_EQ(server->connections(), 0U);
}

TEST_F(HttpStream, StoppingLetsRunningRequestsFinish) {
    start([this](Exchange& exchange) -> Awaitable<void> {
        co_await gate.pass(exchange.executor());
        static_cast<void>(co_await exchange.respond(textResponse(200, "done")));
    });
    RawClient idle(port());
    RawClient half(port());
    half.send("GET / HTT");
    RawClient busy(port());
    busy.send(get("/") + get("/second"));
    ASSERT_TRUE(eventually([&] { return gate.waiting() == 1 && server->connections() == 3; }));
    const auto port = this->port();
    auto stopping = loop.spawn(stopped(10s));
    EXPECT_TRUE(idle.atEnd()) << "an idle connection ends at once";
    EXPECT_TRUE(half.atEnd()) << "so does one whose request has not come whole";
    EXPECT_THROW(RawClient late(port), std::runtime_error) << "nobody new is let in";
    EXPECT_EQ(stopping.wait_for(0s), std::future_status::timeout);
    gate.open();
    const auto answer = busy.answer();
    EXPECT_EQ(answer.body, "done\n");
    EXPECT_EQ(answer.field("connection"), "close");
    EXPECT_TRUE(busy.atEnd()) << "the second request is not begun";
    EXPECT_EQ(stopping.wait_for(10s), std::future_status::ready);
}

TEST_F(HttpStream, StoppingCancelsWhatDoesNotFinish) {
    start([this](Exchange& exchange) -> Awaitable<void> {
        co_await gate.pass(exchange.executor());
        static_cast<void>(co_await exchange.respond(textResponse(200, "done")));
    });
    RawClient busy(port());
    busy.send(get("/"));
    RawClient reader(port()); // waits for a body that never comes
    reader.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n");
    ASSERT_TRUE(eventually([&] { return gate.waiting() == 2; }));
    const auto began = std::chrono::steady_clock::now();
    loop.run(stopped(100ms));
    EXPECT_GE(std::chrono::steady_clock::now() - began, 100ms);
    EXPECT_EQ(server->connections(), 0U);
    EXPECT_TRUE(busy.atEnd());
}

TEST_F(HttpStream, TheServerMayGoWhileRequestsRun) {
    start([this](Exchange& exchange) -> Awaitable<void> {
        co_await gate.pass(exchange.executor());
        static_cast<void>(co_await exchange.respond(textResponse(200, "done")));
    });
    RawClient busy(port());
    busy.send(get("/"));
    ASSERT_TRUE(eventually([&] { return gate.waiting() == 1; }));
    server.reset();
    EXPECT_TRUE(busy.atEnd());
}

} // namespace
} // namespace pilothouse::http
