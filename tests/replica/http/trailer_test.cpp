// SPDX-License-Identifier: GPL-3.0-or-later
// Fields that follow a chunked body (RFC 9110 §6.5).
#include "relay_fixture.h"
#include "replica/http/client.h"
#include "scripted_server.h"

namespace pilothouse::http {
namespace {

using namespace std::chrono_literals;
using test::get;
using test::patternSource;
using test::RawClient;
using test::ScriptedServer;

std::string textOf(const Headers& headers) {
    std::string text;
    for (const auto& [name, value] : headers) {
        text += name + "=" + value + ";";
    }
    return text;
}

// Answers with the body, and the trailers as they are before the body was read and after it.
Awaitable<void> tell(Exchange& exchange) {
    const std::string before = textOf(exchange.trailers());
    const auto body = co_await exchange.readAll(1024 * 1024);
    if (!body) {
        co_return;
    }
    Response response;
    response.body = before + "|" + *body + "|" + textOf(exchange.trailers());
    static_cast<void>(co_await exchange.respond(std::move(response)));
}

const std::string head = "PUT /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

class HttpTrailers : public test::RelayTest {
protected:
    [[nodiscard]] Client client() {
        return {loop.executor(), Origin{"127.0.0.1", port(), nullptr, true, {}}, ClientOptions()};
    }
    [[nodiscard]] NetResult<Response> put(BodySource source) {
        auto to = client();
        return loop.run(to.request(test::putting(std::move(source)), within(10s)));
    }
};

TEST_F(HttpTrailers, AreThereAtTheBodysEnd) {
    start(tell);
    RawClient raw(port());
    EXPECT_EQ(
        raw.ask(head + "5\r\nhello\r\n0\r\nDigest:\t sha256:0 1 \r\nB:\r\nb: c\r\n\r\n" + get("/")).body,
        "|hello|Digest=sha256:0 1;B=;b=c;");
    EXPECT_EQ(raw.answer().body, "||") << "they are of the request before";
    EXPECT_EQ(raw.ask(head + "0\r\n\r\n").body, "||");
    EXPECT_EQ(raw.ask(test::post("/", "hello")).body, "|hello|");
}

TEST_F(HttpTrailers, MalformedOnesAreRefused) {
    start(tell);
    const std::string control(1, '\x01');
    for (const std::string& trailer :
         {std::string("x"), std::string(": x"), std::string("a b: x"), std::string("a : x"),
          std::string(" a: x"), std::string("a: x\r\n folded"), std::string("a: x\ny"),
          std::string("a: x\ry"), "a: " + control, "a" + control + ": x", "a: " + std::string(1, '\0'),
          "a: " + std::string(5000, 'x'), std::string("(a): x")}) {
        RawClient raw(port());
        EXPECT_EQ(raw.ask(head + "5\r\nhello\r\n0\r\n" + trailer + "\r\n\r\n").status, 400) << trailer;
    }
    for (const std::string& cut :
         {std::string("0\r\n"), std::string("0\r\na: x\r\n"), std::string("0\r\na:")}) {
        RawClient raw(port());
        ASSERT_TRUE(raw.send(head + "5\r\nhello\r\n" + cut));
        raw.halfClose();
        EXPECT_EQ(raw.answer().status, 400) << "cut off after " << cut;
    }
}

TEST_F(HttpTrailers, TheirNumberAndLengthAreLimited) {
    start(tell);
    const auto statusWith = [this](int count, std::size_t length) {
        std::string trailers;
        for (int i = 0; i < count; ++i) {
            trailers += "a: " + std::string(length, 'x') + "\r\n";
        }
        RawClient raw(port());
        return raw.ask(head + "0\r\n" + trailers + "\r\n").status;
    };
    EXPECT_EQ(statusWith(64, 100), 200);
    EXPECT_EQ(statusWith(65, 1), 400);
    EXPECT_EQ(statusWith(2, 4000), 200);
    EXPECT_EQ(statusWith(3, 4000), 400);
}

TEST_F(HttpTrailers, OfASourceFollowItsBody) {
    start(tell);
    for (const std::uint64_t size : {0, 10, 300'000}) {
        auto source = patternSource(size, 99'991, false);
        const auto taken = std::make_shared<int>(0);
        source.trailers = [taken] {
            ++*taken;
            return Headers{{"Digest", "sha256:0"}, {"X", ""}};
        };
        const auto response = put(std::move(source));
        ASSERT_TRUE(response) << response.error().text();
        EXPECT_TRUE(response->body == "|" + test::pattern(size) + "|Digest=sha256:0;X=;") << size;
        EXPECT_EQ(*taken, 1);
    }
}

TEST_F(HttpTrailers, ABodyOfKnownLengthHasNone) {
    start(tell);
    auto source = patternSource(10, 10, true);
    source.trailers = [] { return Headers{{"Digest", "sha256:0"}}; };
    const auto response = put(std::move(source));
    ASSERT_TRUE(response) << response.error().text();
    EXPECT_EQ(response->body, "|" + test::pattern(10) + "|");
}

TEST_F(HttpTrailers, OfAnAnswerAreSkipped) {
    const std::string answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n";
    ScriptedServer scripted({{.answer = answer + "X: y\r\n\r\n", .then = ScriptedServer::Then::next},
                             {.answer = answer + "no field\r\n\r\n", .then = ScriptedServer::Then::hold}});
    Client to(loop.executor(), Origin{"127.0.0.1", scripted.port(), nullptr, true, {}}, ClientOptions());
    const auto ask = [&] { return loop.run(to.request(ClientRequest(), within(10s))); };
    const auto first = ask();
    ASSERT_TRUE(first) << first.error().text();
    EXPECT_EQ(first->body, "ok");
    EXPECT_FALSE(first->headers.find("X"));
    const auto second = ask();
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::corrupt);
    EXPECT_EQ(scripted.connections(), 1);
}

TEST_F(HttpTrailers, TheRelayDropsThem) {
    startBack(tell);
    RawClient raw(port());
    EXPECT_EQ(raw.ask("PUT /x HTTP/1.1\r\nHost: a\r\nTrailer: Digest\r\nTransfer-Encoding: chunked\r\n\r\n"
                      "5\r\nhello\r\n0\r\nDigest: x\r\n\r\n")
                  .body,
              "|hello|");
}

} // namespace
} // namespace pilothouse::http
