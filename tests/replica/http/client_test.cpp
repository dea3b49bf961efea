// SPDX-License-Identifier: GPL-3.0-or-later
// Our client against servers that answer, do not answer, and answer nonsense.
#include "http_fixture.h"
#include "parties.h"
#include "replica/http/client.h"
#include "scripted_server.h"

#include <boost/asio/bind_cancellation_slot.hpp>

#include <array>

namespace pilothouse::http {
namespace {

using namespace std::chrono_literals;
using test::eventually;
using test::ScriptedServer;

ClientRequest getting(const std::string& target) {
    ClientRequest request;
    request.target = target;
    return request;
}
ClientRequest posting(const std::string& target, std::string body = {}) {
    ClientRequest request;
    request.method = "POST";
    request.target = target;
    request.body = std::move(body);
    return request;
}

class HttpClient : public test::ServerTest {
protected:
    Client clientOf(std::uint16_t port, ClientOptions clientOptions = {}) {
        return {loop.executor(), Origin{"127.0.0.1", port, nullptr, true, {}}, clientOptions};
    }
    NetResult<Response> ask(Client& client, ClientRequest request, Milliseconds deadline = 10s) {
        return loop.run(client.request(std::move(request), within(deadline)));
    }
};

// Null when there is no answer.
Awaitable<std::shared_ptr<AnswerStream>> opened(Client& client, ClientRequest request) {
    auto stream = co_await client.stream(std::move(request), within(10s));
    co_return stream ? std::make_shared<AnswerStream>(std::move(*stream)) : nullptr;
}

const std::string ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

TEST_F(HttpClient, KeepsItsConnection) {
    startEcho();
    auto client = clientOf(port());
    for (int i = 0; i < 10; ++i) {
        const auto response = ask(client, posting("/x", "body"));
        ASSERT_TRUE(response) << response.error().text();
        EXPECT_EQ(response->body, "POST /x body");
    }
    EXPECT_EQ(server->connections(), 1U);
    client.dropIdle();
    EXPECT_TRUE(eventually([&] { return server->connections() == 0; }));
}

TEST_F(HttpClient, UsesAsManyConnectionsAsThereAreRequestsAtOnce) {
    startEcho();
    ClientOptions few;
    few.idleConnections = 2;
    auto client = clientOf(port(), few);
    std::vector<std::future<NetResult<Response>>> answers;
    for (int i = 0; i < 20; ++i) {
        answers.push_back(loop.spawn(client.request(getting("/" + std::to_string(i)), within(10s))));
    }
    for (int i = 0; i < 20; ++i) {
        const auto response = answers[static_cast<std::size_t>(i)].get();
        ASSERT_TRUE(response) << response.error().text();
        EXPECT_EQ(response->body, "GET /" + std::to_string(i) + " ");
    }
    EXPECT_TRUE(eventually([&] { return server->connections() <= 2; }))
        << server->connections() << " are kept";
}

TEST_F(HttpClient, TellsHowTheOtherSideWasNotReached) {
    const auto closedPort = ScriptedServer::portThatRefuses();
    auto refused = clientOf(closedPort);
    auto response = ask(refused, getting("/"));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::unavailable) << "certainly not carried out";
    EXPECT_EQ(response.error().how, ConnectFailure::refused);
    EXPECT_EQ(response.error().message, "nobody listens at 127.0.0.1:" + std::to_string(closedPort));
    Client unknown(loop.executor(), Origin{"no-such-host.invalid", 443, nullptr, true, {}}, {});
    response = ask(unknown, getting("/"));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::unavailable);
    EXPECT_NE(response.error().message.find("no-such-host.invalid"), std::string::npos)
        << response.error().text();
}

TEST_F(HttpClient, GivesUpConnectingAtTheDeadline) {
    ScriptedServer full(ScriptedServer::neverAccepts);
    ClientOptions quick;
    quick.connect = 200ms;
    auto client = clientOf(full.port(), quick);
    const auto response = ask(client, getting("/"));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().how, ConnectFailure::timeout) << response.error().text();
    EXPECT_EQ(response.error().code, ErrorCode::unavailable);
}

TEST_F(HttpClient, GivesUpAnAnswerAtTheDeadline) {
    const std::string beginnings[] = {"", "HTTP/1.1 200 O", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe",
                                      "HTTP/1.1 100 Continue\r\n\r\n",
                                      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhe"};
    for (const auto& beginning : beginnings) {
        ScriptedServer silent({{.answer = beginning, .then = ScriptedServer::Then::hold}});
        auto client = clientOf(silent.port());
        const auto response = ask(client, getting("/"), 200ms);
        ASSERT_FALSE(response) << beginning;
        EXPECT_EQ(response.error().code, ErrorCode::timeout) << beginning << response.error().text();
        EXPECT_EQ(response.error().how, ConnectFailure::timeout) << beginning;
    }
}

TEST_F(HttpClient, SaysUnknownWhenTheConnectionBreaksBeforeTheAnswer) {
    for (const auto then : {ScriptedServer::Then::close, ScriptedServer::Then::reset}) {
        ScriptedServer breaking({{.answer = "", .then = then}});
        auto client = clientOf(breaking.port());
        const auto response = ask(client, posting("/order"));
        ASSERT_FALSE(response);
        EXPECT_EQ(response.error().code, ErrorCode::timeout) << "it may have been carried out";
        EXPECT_EQ(response.error().how, ConnectFailure::broken);
        EXPECT_EQ(breaking.requests(), 1) << "a fresh connection is no reason to try again";
    }
}

TEST_F(HttpClient, RepeatsAReadWhoseKeptConnectionWasStale) {
    ScriptedServer scripted({{.answer = ok, .then = ScriptedServer::Then::next},
                             {.answer = "", .then = ScriptedServer::Then::close},
                             {.answer = ok, .then = ScriptedServer::Then::hold}});
    auto client = clientOf(scripted.port());
    ASSERT_TRUE(ask(client, getting("/1")));
    const auto response = ask(client, getting("/2"));
    ASSERT_TRUE(response) << response.error().text();
    EXPECT_EQ(scripted.requests(), 3);
}

TEST_F(HttpClient, NeverRepeatsAWrite) {
    ScriptedServer scripted({{.answer = ok, .then = ScriptedServer::Then::next},
                             {.answer = "", .then = ScriptedServer::Then::close},
                             {.answer = ok, .then = ScriptedServer::Then::hold}});
    auto client = clientOf(scripted.port());
    ASSERT_TRUE(ask(client, posting("/1")));
    const auto response = ask(client, posting("/2"));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::timeout);
    EXPECT_EQ(scripted.requests(), 2);
    auto safe = posting("/3");
    safe.safe = true;
    EXPECT_TRUE(ask(client, std::move(safe))) << "over a new connection";
}

TEST_F(HttpClient, DoesNotRepeatOnceAByteOfTheAnswerCame) {
    ScriptedServer scripted({{.answer = ok, .then = ScriptedServer::Then::next},
                             {.answer = "HTTP/1.1 2", .then = ScriptedServer::Then::close},
                             {.answer = ok, .then = ScriptedServer::Then::hold}});
    auto client = clientOf(scripted.port());
    ASSERT_TRUE(ask(client, getting("/1")));
    EXPECT_FALSE(ask(client, getting("/2")));
    EXPECT_EQ(scripted.requests(), 2);
}

TEST_F(HttpClient, RefusesAnswersThatMakeNoSense) {
    const std::string answers[] = {
        "SSH-2.0-OpenSSH\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n",
    };
    for (const auto& answer : answers) {
        ScriptedServer scripted({{.answer = answer, .then = ScriptedServer::Then::close}});
        auto client = clientOf(scripted.port());
        const auto response = ask(client, getting("/"));
        ASSERT_FALSE(response) << answer;
        EXPECT_EQ(response.error().code, ErrorCode::corrupt) << answer << response.error().text();
    }
}

TEST_F(HttpClient, LimitsHeadAndBody) {
    ClientOptions small;
    small.headBytes = 1000;
    small.answerBytes = 10;
    const std::string answers[] = {
        "HTTP/1.1 200 OK\r\nX: " + std::string(100'000, 'x'),
        "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nhello world",
        "HTTP/1.1 200 OK\r\n\r\nhello world, and no end",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nb\r\nhello world\r\n0\r\n\r\n",
    };
    for (const auto& answer : answers) {
        ScriptedServer scripted({{.answer = answer, .then = ScriptedServer::Then::hold}});
        auto client = clientOf(scripted.port(), small);
        const auto response = ask(client, getting("/"));
        ASSERT_FALSE(response) << answer.substr(0, 60);
        EXPECT_EQ(response.error().code, ErrorCode::exhausted) << response.error().text();
    }
}

TEST_F(HttpClient, DoesNotKeepAConnectionThatIsNotClean) {
    const std::string answers[] = {
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
        ok + "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil", // an answer to nothing
    };
    for (const auto& answer : answers) {
        ScriptedServer scripted({{.answer = answer, .then = ScriptedServer::Then::hold},
                                 {.answer = ok, .then = ScriptedServer::Then::hold}});
        auto client = clientOf(scripted.port());
        ASSERT_TRUE(ask(client, getting("/1"))) << answer;
        const auto second = ask(client, getting("/2"));
        ASSERT_TRUE(second) << answer << second.error().text();
        EXPECT_EQ(second->body, "ok") << answer;
        EXPECT_EQ(scripted.connections(), 2) << answer;
    }
}

TEST_F(HttpClient, SkipsInterimAnswers) {
    ScriptedServer scripted(
        {{.answer = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + ok,
          .then = ScriptedServer::Then::hold}});
    auto client = clientOf(scripted.port());
    const auto response = ask(client, getting("/"));
    ASSERT_TRUE(response) << response.error().text();
    EXPECT_EQ(response->body, "ok");
}

TEST_F(HttpClient, ReadsAStreamAsItComes) {
    ScriptedServer scripted({{.answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
                              .then = ScriptedServer::Then::hold}});
    auto client = clientOf(scripted.port());
    const auto stream = loop.run(opened(client, getting("/")));
    ASSERT_NE(stream, nullptr);
    std::array<char, 100> buffer{};
    const auto some = loop.run(stream->read(buffer, within(10s)));
    ASSERT_TRUE(some) << some.error().text();
    EXPECT_EQ(std::string(buffer.data(), *some), "hello");
    const auto late = loop.run(stream->read(buffer, within(50ms)));
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, ErrorCode::timeout);
    scripted.send("5\r\nagain\r\n");
    const auto more = loop.run(stream->read(buffer, within(10s)));
    ASSERT_TRUE(more) << "a passed deadline leaves the stream usable: " << more.error().text();
    EXPECT_EQ(std::string(buffer.data(), *more), "again");
    auto waiting = loop.spawn(stream->read(buffer, within(10s)));
    stream->cancel();
    const auto ended = waiting.get();
    ASSERT_FALSE(ended);
    EXPECT_EQ(ended.error().code, ErrorCode::cancelled);
}

TEST_F(HttpClient, ACancelledCallerDropsItsConnection) {
    ScriptedServer silent({{.answer = "", .then = ScriptedServer::Then::hold}});
    auto client = clientOf(silent.port());
    boost::asio::cancellation_signal signal;
    std::promise<bool> cancelled;
    const auto strand = loop.executor();
    boost::asio::co_spawn(
        strand, client.request(getting("/"), within(60s)),
        boost::asio::bind_cancellation_slot(
            signal.slot(), [&](const std::exception_ptr& thrown, const NetResult<Response>&) {
                cancelled.set_value(thrown != nullptr);
            }));
    ASSERT_TRUE(eventually([&] { return silent.requests() == 1; }));
    signal.emit(boost::asio::cancellation_type::terminal);
    EXPECT_TRUE(cancelled.get_future().get());
    EXPECT_TRUE(silent.sawTheEnd()) << "the connection is closed";
}

} // namespace
} // namespace pilothouse::http
