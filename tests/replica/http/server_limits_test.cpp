// SPDX-License-Identifier: GPL-3.0-or-later
// Limits and deadlines: nobody can hold the server up, or fill it.
#include "http_fixture.h"

#include <array>
#include <thread>

namespace pilothouse::http {
namespace {

using namespace std::chrono_literals;
using test::eventually;
using test::get;
using test::post;
using test::RawClient;

class HttpLimits : public test::ServerTest {
protected:
    // Tells how long `what` took.
    template <typename Action>
    static std::chrono::steady_clock::duration timed(Action what) {
        const auto began = std::chrono::steady_clock::now();
        what();
        return std::chrono::steady_clock::now() - began;
    }
};

TEST_F(HttpLimits, HeadsThatAreTooLongAre431) {
    options.limits.headBytes = 4096;
    startEcho();
    for (const std::string& head : {"GET /" + std::string(5000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n",
                                    "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(5000, 'a') + "\r\n\r\n",
                                    "GET / HTTP/1.1\r\nHost: a\r\n" + std::string(20'000, 'a')}) {
        RawClient client(port());
        const auto answer = client.ask(head);
        EXPECT_EQ(answer.status, 431) << answer.head;
        EXPECT_EQ(answer.field("connection"), "close");
        client.halfClose();
        EXPECT_TRUE(client.atEnd());
    }
    RawClient client(port());
    const std::string most = "GET / HTTP/1.1\r\nHost: a\r\nX: ";
    EXPECT_EQ(client.ask(most + std::string(4096 - most.size() - 4, 'a') + "\r\n\r\n").status, 200)
        << "exactly the limit is allowed";
}

TEST_F(HttpLimits, BodiesThatAreTooLongAre413) {
    options.limits.bodyBytes = 1000;
    start([](Exchange& exchange) -> Awaitable<void> {
        std::array<char, 100> buffer{};
        std::size_t total = 0;
        for (;;) {
            const auto count = co_await exchange.readBody(buffer);
            if (!count) {
                co_return;
            }
            total += *count;
            if (*count == 0) {
                break;
            }
        }
        static_cast<void>(co_await exchange.respond(textResponse(200, std::to_string(total))));
    });
    RawClient fits(port());
    EXPECT_EQ(fits.ask(post("/", std::string(1000, 'x'))).body, "1000\n");
    RawClient declared(port());
    EXPECT_EQ(declared.ask(post("/", std::string(1001, 'x'))).status, 413);
    RawClient huge(port());
    EXPECT_EQ(huge.ask("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4611686018427387903\r\n\r\nx").status,
              413);
    RawClient expecting(port());
    const auto refused =
        expecting.ask("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1001\r\n\r\n");
    EXPECT_EQ(refused.status, 413) << "instead of 100: " << refused.head;
    RawClient chunked(port());
    std::string body = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (int i = 0; i < 11; ++i) {
        body += "64\r\n" + std::string(100, 'x') + "\r\n";
    }
    EXPECT_EQ(chunked.ask(body + "0\r\n\r\n").status, 413);
    EXPECT_TRUE(chunked.atEnd());
}

// As curl does: it looks for an answer only when it has sent everything.
TEST_F(HttpLimits, AnAnswerReachesWhoSendsOn) {
    start([](Exchange& exchange) -> Awaitable<void> {
        exchange.limitBody(64 * 1024 * 1024);
        static_cast<void>(co_await exchange.respond(textResponse(507, "the disk is full")));
    });
    RawClient client(port());
    EXPECT_TRUE(client.send(post("/", std::string(32 * 1024 * 1024, 'x'))));
    const auto answer = client.answer();
    EXPECT_EQ(answer.status, 507) << answer.head;
    EXPECT_EQ(answer.body, "the disk is full\n");
    EXPECT_TRUE(client.atEnd());
}

TEST_F(HttpLimits, AHandlerCanRaiseAndLowerTheLimit) {
    options.limits.bodyBytes = 10;
    start([](Exchange& exchange) -> Awaitable<void> {
        const auto body = co_await exchange.readAll(exchange.request().path == "/more" ? 2'000'000 : 5);
        if (body) {
            static_cast<void>(co_await exchange.respond(textResponse(200, std::to_string(body->size()))));
        }
    });
    RawClient client(port());
    EXPECT_EQ(client.ask(post("/more", std::string(2'000'000, 'x'))).body, "2000000\n");
    EXPECT_EQ(client.ask(post("/less", "12345")).body, "5\n");
    EXPECT_EQ(client.ask(post("/less", "123456")).status, 413);
}

TEST_F(HttpLimits, BrokenBodiesAre400) {
    startEcho();
    for (const char* body : {"5\r\nhello", "5\r\nhelloX\r\n", "zz\r\n", "5\nhello\r\n", "-1\r\n"}) {
        RawClient client(port());
        client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + std::string(body));
        client.halfClose();
        const auto answer = client.answer();
        EXPECT_EQ(answer.status, 400) << body;
        EXPECT_EQ(answer.field("connection"), "close") << body;
    }
    RawClient cut(port());
    cut.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhello");
    cut.halfClose();
    EXPECT_EQ(cut.answer().status, 400);
}

TEST_F(HttpLimits, ASlowHeadEndsWith408) {
    options.limits.head = 200ms;
    startEcho();
    RawClient client(port());
    int status = 0;
    const auto took = timed([&] {
        // A byte at a time never moves the deadline.
        std::size_t sent = 0;
        const std::string head = "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(100'000, 'a');
        std::thread dripping([&] {
            while (sent < head.size() && client.send({&head[sent], 1})) {
                ++sent;
                std::this_thread::sleep_for(5ms); // the pace of the attack
            }
        });
        status = client.answer().status;
        client.halfClose();
        dripping.join();
    });
    EXPECT_EQ(status, 408);
    EXPECT_GE(took, 200ms);
    EXPECT_TRUE(eventually([&] { return server->connections() == 0; }));
}

TEST_F(HttpLimits, SilenceEndsAConnection) {
    options.limits.head = 150ms;
    options.limits.idle = 300ms;
    startEcho();
    RawClient silent(port());
    EXPECT_TRUE(silent.atEnd()) << "nothing was asked, so nothing is answered";
    RawClient idle(port());
    const auto began = std::chrono::steady_clock::now();
    ASSERT_EQ(idle.ask(get("/")).status, 200);
    EXPECT_TRUE(idle.atEnd());
    EXPECT_GE(std::chrono::steady_clock::now() - began, 300ms) << "between requests there is more time";
}

TEST_F(HttpLimits, ASlowBodyEndsWith408) {
    options.limits.body = 200ms;
    startEcho();
    RawClient client(port());
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhello");
    const auto answer = client.answer();
    EXPECT_EQ(answer.status, 408);
    EXPECT_EQ(answer.field("connection"), "close");
    client.halfClose();
    EXPECT_TRUE(client.atEnd());
}

// A byte now and then keeps each wait short, but not the sum of them.
TEST_F(HttpLimits, ADrippingBodyEndsWith408) {
    options.limits.body = 300ms;
    options.limits.bodyBytesPerSecond = 1000;
    startEcho();
    RawClient client(port());
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n");
    std::thread dripping([&] {
        for (int i = 0; i < 2000 && client.send("x"); ++i) {
            std::this_thread::sleep_for(5ms); // 200 bytes a second
        }
    });
    const auto answer = client.answer();
    client.halfClose();
    dripping.join();
    EXPECT_EQ(answer.status, 408);
}

TEST_F(HttpLimits, AClientThatReadsNothingIsGivenUp) {
    options.limits.write = 200ms;
    start([](Exchange& exchange) -> Awaitable<void> {
        Response response;
        response.body.assign(64 * 1024 * 1024, 'x');
        static_cast<void>(co_await exchange.respond(std::move(response)));
    });
    RawClient client(port(), 4096);
    client.send(get("/"));
    ASSERT_TRUE(eventually([&] { return reports().size() == 1; }));
    EXPECT_EQ(reports()[0].status, 0) << "the client was gone before the answer was out";
    EXPECT_TRUE(eventually([&] { return server->connections() == 0; }));
}

// 127.0.0.2 and so on are this computer too.
TEST_F(HttpLimits, OneAddressCannotTakeAllConnections) {
    options.limits.connections = 4;
    options.limits.connectionsOfOneSource = 2;
    startEcho();
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 2; ++i) {
        clients.push_back(std::make_unique<RawClient>(port()));
        ASSERT_EQ(clients.back()->ask(get("/")).status, 200);
    }
    RawClient third(port());
    third.send(get("/"));
    EXPECT_EQ(third.answer().status, 0);
    EXPECT_FALSE(third.timedOut());
    EXPECT_TRUE(logged("from one address"));
    RawClient neighbour(port(), "127.0.0.2");
    EXPECT_EQ(neighbour.ask(get("/")).status, 200) << "somebody else";
    clients.pop_back();
    ASSERT_TRUE(eventually([&] { return server->connections() == 2; }));
    RawClient fourth(port());
    EXPECT_EQ(fourth.ask(get("/")).status, 200) << "room again";
}

TEST(HttpLimitsFit, LeaveFilesForTheRest) {
    const ServerLimits wanted;
    const ServerLimits many = fittedTo(wanted, 1'000'000);
    EXPECT_EQ(many.connections, 4096U);
    EXPECT_EQ(many.connectionsOfOneSource, 1024U);
    const ServerLimits few = fittedTo(wanted, 1200);
    EXPECT_EQ(few.connections, 400U);
    EXPECT_EQ(few.connectionsOfOneSource, 100U);
    const ServerLimits none = fittedTo(wanted, 0);
    EXPECT_EQ(none.connections, 1U);
    EXPECT_EQ(none.connectionsOfOneSource, 1U);
}

TEST_F(HttpLimits, ConnectionsBeyondTheLimitAreTurnedAway) {
    options.limits.connections = 3;
    startEcho();
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 3; ++i) {
        clients.push_back(std::make_unique<RawClient>(port()));
        ASSERT_EQ(clients.back()->ask(get("/")).status, 200);
    }
    RawClient fourth(port());
    fourth.send(get("/"));
    EXPECT_EQ(fourth.answer().status, 0);
    EXPECT_FALSE(fourth.timedOut());
    EXPECT_TRUE(logged("too many connections"));
    clients.pop_back();
    ASSERT_TRUE(eventually([&] { return server->connections() == 2; }));
    RawClient fifth(port());
    EXPECT_EQ(fifth.ask(get("/")).status, 200) << "room again";
}

} // namespace
} // namespace pilothouse::http
