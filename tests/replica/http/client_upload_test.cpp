// SPDX-License-Identifier: GPL-3.0-or-later
// Requests whose body comes piece by piece.
#include "http_fixture.h"
#include "replica/http/client.h"
#include "replica/support/ports.h"
#include "scripted_server.h"
#include "sources.h"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/strand.hpp>

#include <array>

namespace pilothouse::http {
namespace {

using namespace std::chrono_literals;
using test::eventually;
using test::pattern;
using test::patternSource;
using test::ScriptedServer;
using test::stuckSource;
using test::Taken;

constexpr std::uint64_t endless = 1ULL << 60U;
const std::string ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

class HttpUpload : public test::ServerTest {
protected:
    Client clientOf(std::uint16_t port, ClientOptions clientOptions = {}) {
        return {loop.executor(), Origin{"127.0.0.1", port, nullptr, true, {}}, clientOptions};
    }
    NetResult<Response> put(Client& client, BodySource source, Milliseconds deadline = 10s) {
        return loop.run(client.request(putting(std::move(source)), within(deadline)));
    }
    static ClientRequest putting(BodySource source) {
        ClientRequest request;
        request.method = "PUT";
        request.target = "/x";
        request.source = std::move(source);
        return request;
    }
    // Runs the request on a strand and cancels it once `ready`; whether it ended by that.
    bool cancelledWhen(Client& client, BodySource source, const std::function<bool()>& ready) {
        boost::asio::cancellation_signal signal;
        std::promise<bool> cancelled;
        const auto strand = boost::asio::make_strand(loop.executor());
        boost::asio::co_spawn(
            strand, client.request(putting(std::move(source)), within(60s)),
            boost::asio::bind_cancellation_slot(
                signal.slot(), [&](const std::exception_ptr& thrown, const NetResult<Response>&) {
                    cancelled.set_value(thrown != nullptr);
                }));
        EXPECT_TRUE(eventually(ready));
        boost::asio::post(strand, [&] { signal.emit(boost::asio::cancellation_type::terminal); });
        return cancelled.get_future().get();
    }
    std::shared_ptr<Taken> taken = std::make_shared<Taken>();
};

TEST_F(HttpUpload, SendsBodiesOfOddSizes) {
    startEcho();
    auto client = clientOf(port());
    const std::uint64_t sizes[] = {0, 1, 2, 255, 65'537, 262'143, 262'144, 262'145, 1'000'003};
    for (const bool announced : {true, false}) {
        for (const auto size : sizes) {
            const auto response = put(client, patternSource(size, size > 1000 ? 99'991 : 3, announced));
            ASSERT_TRUE(response) << size << response.error().text();
            EXPECT_TRUE(response->body == "PUT /x " + pattern(size)) << size << announced;
        }
    }
    EXPECT_EQ(server->connections(), 1U) << "the connection is kept from one to the next";
}

TEST_F(HttpUpload, AsksTheSourceForNoMoreThanItAnnounced) {
    startEcho();
    auto client = clientOf(port());
    auto source = patternSource(endless, 1000, true, taken);
    source.length = 2500;
    const auto response = put(client, std::move(source));
    ASSERT_TRUE(response) << response.error().text();
    EXPECT_EQ(taken->bytes, 2500U);
    EXPECT_EQ(taken->reads, 3);
}

TEST_F(HttpUpload, StreamsTheAnswerToo) {
    startEcho();
    auto client = clientOf(port());
    const auto opened = [](Client& from, ClientRequest request) -> Awaitable<std::string> {
        auto stream = co_await from.stream(std::move(request), within(10s));
        std::string body;
        std::array<char, 1000> buffer{};
        for (std::size_t count = 1; stream && count > 0;) {
            count = (co_await stream->read(buffer, within(10s))).value_or(0);
            body.append(buffer.data(), count);
        }
        co_return body;
    };
    EXPECT_EQ(loop.run(opened(client, putting(patternSource(5000, 777, false)))), "PUT /x " + pattern(5000));
}

TEST_F(HttpUpload, StopsWhenTheServerAnswersEarly) {
    start([](Exchange& exchange) -> Awaitable<void> {
        static_cast<void>(co_await exchange.respond(textResponse(413, "too long")));
    });
    auto client = clientOf(port());
    for (const bool announced : {true, false}) {
        const auto response = put(client, patternSource(endless, 100'000, announced));
        ASSERT_TRUE(response) << response.error().text();
        EXPECT_EQ(response->status, 413);
        EXPECT_EQ(response->body, "too long\n");
        EXPECT_TRUE(eventually([&] { return server->connections() == 0; })) << "in the middle of a body";
    }
}

// The answer may come when the only piece of the body is about to be sent, and is not sent then.
TEST_F(HttpUpload, KeepsNoConnectionThatOwesABody) {
    start([](Exchange& exchange) -> Awaitable<void> {
        static_cast<void>(co_await exchange.respond(textResponse(400, exchange.request().path)));
    });
    auto client = clientOf(port());
    for (int round = 0; round < 500; ++round) {
        for (const bool announced : {true, false}) {
            const auto response = put(client, patternSource(10, 10, announced));
            ASSERT_TRUE(response) << response.error().text();
            ASSERT_EQ(response->body, "/x\n") << "round " << round << ": the server read something else";
        }
    }
}

TEST_F(HttpUpload, HearsAnAnswerWhileNobodyReadsTheBody) {
    ScriptedServer deaf({{.answer = ok, .then = ScriptedServer::Then::hold}});
    auto client = clientOf(deaf.port());
    const auto response = put(client, patternSource(endless, 100'000, false, taken));
    ASSERT_TRUE(response) << response.error().text();
    EXPECT_EQ(response->body, "ok");
    EXPECT_TRUE(deaf.sawTheEnd()) << "in the middle of a body";
}

TEST_F(HttpUpload, HearsAnAnswerWhileTheSourceWaits) {
    ScriptedServer early({{.answer = ok, .then = ScriptedServer::Then::hold}});
    auto client = clientOf(early.port());
    const auto response = put(client, stuckSource("begun", taken));
    ASSERT_TRUE(response) << response.error().text();
    EXPECT_EQ(response->body, "ok");
    EXPECT_LE(taken->interrupts, 1);
    EXPECT_TRUE(early.sawTheEnd());
}

TEST_F(HttpUpload, GoesOnAfterAnInterimAnswer) {
    ScriptedServer scripted(
        {{.answer = "HTTP/1.1 100 Continue\r\n\r\n", .then = ScriptedServer::Then::hold}});
    auto client = clientOf(scripted.port());
    auto waiting = loop.spawn(client.request(putting(patternSource(1000, 10, false, taken)), within(10s)));
    ASSERT_TRUE(eventually([&] { return taken->bytes == 1000 && scripted.answers() == 1; }));
    scripted.send(ok);
    const auto response = waiting.get();
    ASSERT_TRUE(response) << response.error().text();
    EXPECT_EQ(response->body, "ok");
}

TEST_F(HttpUpload, SaysUnknownWhenTheServerDiesMeanwhile) {
    for (const auto then : {ScriptedServer::Then::close, ScriptedServer::Then::reset}) {
        ScriptedServer breaking({{.answer = "", .then = then}, {.answer = "", .then = then}});
        auto client = clientOf(breaking.port());
        auto response = put(client, patternSource(endless, 100'000, false));
        ASSERT_FALSE(response);
        EXPECT_EQ(response.error().code, ErrorCode::timeout) << response.error().text();
        EXPECT_EQ(response.error().how, ConnectFailure::broken) << response.error().text();
        response = put(client, stuckSource("begun", std::make_shared<Taken>()));
        ASSERT_FALSE(response);
        EXPECT_EQ(response.error().code, ErrorCode::timeout)
            << "the source waits: " << response.error().text();
        EXPECT_EQ(response.error().how, ConnectFailure::broken) << response.error().text();
    }
}

TEST_F(HttpUpload, TouchesNoSourceWithoutAConnection) {
    auto client = clientOf(ScriptedServer::portThatRefuses());
    const auto response = put(client, patternSource(100, 10, true, taken));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::unavailable);
    EXPECT_EQ(taken->reads, 0);
}

TEST_F(HttpUpload, GivesUpASourceThatDoesNotGoOn) {
    startEcho();
    auto client = clientOf(port());
    auto source = stuckSource("begun", taken);
    source.progress = 50ms;
    const auto response = put(client, std::move(source));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::timeout);
    EXPECT_EQ(response.error().message, "the source is stuck");
    EXPECT_EQ(response.error().how, ConnectFailure::none);
    EXPECT_TRUE(eventually([&] { return server->connections() == 0; }));
}

TEST_F(HttpUpload, GivesUpAServerThatDoesNotReadOn) {
    ScriptedServer deaf({{.answer = "", .then = ScriptedServer::Then::hold}});
    auto client = clientOf(deaf.port());
    auto source = patternSource(endless, 100'000, false);
    source.progress = 100ms;
    const auto response = put(client, std::move(source));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::timeout);
    EXPECT_EQ(response.error().how, ConnectFailure::timeout) << response.error().text();
}

TEST_F(HttpUpload, GivesTheBodyMoreTimeThanTheDeadline) {
    startEcho();
    auto client = clientOf(port());
    const auto deadline = within(100ms);
    BodySource source;
    source.length = 2;
    source.read = [deadline, late = false](std::span<char> into,
                                           Deadline) mutable -> Awaitable<Result<std::size_t>> {
        boost::asio::steady_timer past(co_await boost::asio::this_coro::executor, deadline + 10ms);
        co_await past.async_wait(boost::asio::use_awaitable);
        into[0] = late ? 'b' : 'a';
        late = true;
        co_return std::size_t{1};
    };
    const auto response = loop.run(client.request(putting(std::move(source)), deadline));
    ASSERT_TRUE(response) << response.error().text();
    EXPECT_EQ(response->body, "PUT /x ab");
}

TEST_F(HttpUpload, GivesUpAnAnswerThatDoesNotCome) {
    ScriptedServer silent({{.answer = "", .then = ScriptedServer::Then::hold}});
    auto client = clientOf(silent.port());
    const auto response = put(client, patternSource(1000, 100, true), 100ms);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::timeout);
    EXPECT_EQ(response.error().how, ConnectFailure::timeout);
    EXPECT_TRUE(silent.sawTheEnd());
}

TEST_F(HttpUpload, EndsWithASourceThatFails) {
    std::promise<ErrorCode> seen;
    start([&](Exchange& exchange) -> Awaitable<void> {
        std::array<char, 1000> buffer{};
        auto count = co_await exchange.readBody(buffer);
        while (count && *count > 0) {
            count = co_await exchange.readBody(buffer);
        }
        seen.set_value(count ? ErrorCode::internal : count.error().code);
    });
    auto client = clientOf(port());
    auto source = patternSource(endless, 1000, false);
    source.read = [whole = source.read, reads = 0](
                      std::span<char> into, Deadline deadline) mutable -> Awaitable<Result<std::size_t>> {
        if (++reads > 3) {
            co_return fail(ErrorCode::corrupt, "the file changed", "Look at the disk");
        }
        co_return co_await whole(into, deadline);
    };
    const auto response = put(client, std::move(source));
    ASSERT_FALSE(response);
    EXPECT_EQ(static_cast<const Error&>(response.error()),
              (Error{ErrorCode::corrupt, "the file changed", "Look at the disk"}));
    EXPECT_EQ(response.error().how, ConnectFailure::none);
    EXPECT_EQ(seen.get_future().get(), ErrorCode::invalid) << "the server must not take it for the whole";
}

TEST_F(HttpUpload, EndsWithASourceThatEndsEarly) {
    startEcho();
    auto client = clientOf(port());
    auto source = patternSource(1000, 300, true);
    source.length = 1001;
    const auto response = put(client, std::move(source));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::invalid);
    EXPECT_EQ(response.error().message, "the request's body ended 1 bytes early");
}

TEST_F(HttpUpload, ConnectsAnewWhenTheKeptConnectionWasClosed) {
    options.addresses = {{"127.0.0.1", pilothouse::test::reservePorts()}};
    startEcho();
    auto client = clientOf(port());
    ASSERT_TRUE(put(client, patternSource(10, 10, true)));
    loop.run(stopped(0ms));
    startEcho();
    const auto response = put(client, patternSource(10, 10, true, taken));
    ASSERT_TRUE(response) << response.error().text();
    EXPECT_EQ(response->body, "PUT /x " + pattern(10));
    EXPECT_EQ(taken->bytes, 10U);
}

TEST_F(HttpUpload, IsNeverSentTwice) {
    ScriptedServer scripted({{.answer = ok, .then = ScriptedServer::Then::next},
                             {.answer = "", .then = ScriptedServer::Then::close},
                             {.answer = ok, .then = ScriptedServer::Then::hold}});
    auto client = clientOf(scripted.port());
    ASSERT_TRUE(put(client, patternSource(10, 10, true)));
    auto request = putting(patternSource(10, 10, true, taken));
    request.safe = true;
    const auto response = loop.run(client.request(std::move(request), within(10s)));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::timeout);
    EXPECT_EQ(taken->bytes, 10U);
    EXPECT_EQ(scripted.requests(), 2);
}

TEST_F(HttpUpload, ManyRunAtTheSameTime) {
    startEcho();
    auto client = clientOf(port());
    std::vector<std::future<NetResult<Response>>> answers;
    for (std::size_t i = 0; i < 20; ++i) {
        answers.push_back(loop.spawn(
            client.request(putting(patternSource(i * 20'011, 1 + i * 1009, i % 2 == 0)), within(10s))));
    }
    for (std::size_t i = 0; i < 20; ++i) {
        const auto response = answers[i].get();
        ASSERT_TRUE(response) << response.error().text();
        EXPECT_TRUE(response->body == "PUT /x " + pattern(i * 20'011)) << i;
    }
}

TEST_F(HttpUpload, ACancelledCallerDropsItsConnection) {
    ScriptedServer silent({{.answer = "", .then = ScriptedServer::Then::hold},
                           {.answer = "", .then = ScriptedServer::Then::hold},
                           {.answer = "", .then = ScriptedServer::Then::hold}});
    auto client = clientOf(silent.port());
    EXPECT_TRUE(cancelledWhen(client, stuckSource("begun", taken), [&] {
        return silent.requests() == 1 && taken->reads == 2;
    })) << "while the source waits";
    EXPECT_TRUE(silent.sawTheEnd());
    const auto sent = std::make_shared<Taken>();
    EXPECT_TRUE(cancelledWhen(client, patternSource(endless, 100'000, false, sent), [&] {
        return silent.requests() == 2 && sent->bytes > 1'000'000;
    })) << "while the body is sent";
    EXPECT_TRUE(silent.sawTheEnd());
    const auto whole = std::make_shared<Taken>();
    EXPECT_TRUE(cancelledWhen(client, patternSource(10, 10, true, whole), [&] {
        return silent.requests() == 3;
    })) << "while the answer is awaited";
    EXPECT_TRUE(silent.sawTheEnd());
}

} // namespace
} // namespace pilothouse::http
