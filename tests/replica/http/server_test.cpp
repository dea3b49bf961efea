// SPDX-License-Identifier: GPL-3.0-or-later
// What a client sees of the server over a real socket.
#include "http_fixture.h"

#include <future>

namespace pilothouse::http {
namespace {

using test::eventually;
using test::get;
using test::post;
using test::RawClient;

class HttpServer : public test::ServerTest {};

TEST_F(HttpServer, KeepsAConnectionForManyRequests) {
    startEcho();
    RawClient client(port());
    for (int i = 0; i < 20; ++i) {
        const auto answer = client.ask(post("/" + std::to_string(i), "body"));
        ASSERT_EQ(answer.status, 200) << answer.head;
        ASSERT_EQ(answer.body, "POST /" + std::to_string(i) + " body");
        ASSERT_EQ(answer.field("connection"), "");
    }
    EXPECT_EQ(server->connections(), 1U);
}

TEST_F(HttpServer, AnIpv4ClientHasAnIpv4AddressWhereItListensForBoth) {
    options.addresses = {{"::", 0}};
    server = std::make_unique<Server>(loop.executor(), options, [](Exchange& exchange) -> Awaitable<void> {
        auto response = textResponse(200, addressOf(exchange.request()));
        (void)co_await exchange.respond(std::move(response));
    });
    if (const auto started = server->start(); !started) {
        GTEST_SKIP() << "without IPv6: " << started.error().text();
    }
    RawClient client(port(), "127.0.0.2");
    EXPECT_EQ(client.ask(get("/")).body, "127.0.0.2\n");
}

TEST_F(HttpServer, ClosesWhenTheClientWishes) {
    startEcho();
    RawClient client(port());
    const auto answer = client.ask("GET / HTTP/1.1\r\nHost: a\r\nConnection: foo, Close\r\n\r\n");
    EXPECT_EQ(answer.field("connection"), "close");
    EXPECT_TRUE(client.atEnd());
}

TEST_F(HttpServer, AnswersHttp10WithoutHostAndCloses) {
    startEcho();
    RawClient client(port());
    const auto answer = client.ask("GET /_ping HTTP/1.0\r\n\r\n");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "GET /_ping ");
    EXPECT_EQ(answer.field("connection"), "close");
    EXPECT_TRUE(client.atEnd());
    RawClient keeping(port());
    const auto kept = keeping.ask("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n");
    EXPECT_EQ(kept.field("connection"), "keep-alive");
    EXPECT_EQ(keeping.ask("GET /2 HTTP/1.0\r\n\r\n").body, "GET /2 ");
}

TEST_F(HttpServer, AnswersPipelinedRequestsInOrder) {
    startEcho();
    RawClient client(port());
    std::string requests;
    for (int i = 0; i < 50; ++i) {
        requests += i % 2 == 0 ? get("/" + std::to_string(i))
                               : post("/" + std::to_string(i), "b" + std::to_string(i));
    }
    ASSERT_TRUE(client.send(requests));
    for (int i = 0; i < 50; ++i) {
        const auto answer = client.answer();
        ASSERT_EQ(answer.body, i % 2 == 0 ? "GET /" + std::to_string(i) + " "
                                          : "POST /" + std::to_string(i) + " b" + std::to_string(i));
    }
}

TEST_F(HttpServer, TakesARequestByteByByte) {
    startEcho();
    RawClient client(port());
    for (const char c :
         "\r\n\r\n" + post("/slow", "body")) { // RFC 9112 §2.2: empty lines before it are skipped
        ASSERT_TRUE(client.send({&c, 1}));
    }
    EXPECT_EQ(client.answer().body, "POST /slow body");
}

TEST_F(HttpServer, DecodesChunksWithExtensionsAndTrailers) {
    startEcho();
    RawClient client(port());
    const std::string head = "POST /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    const std::string body = "5;x=y\r\nhello\r\n6\r\n world\r\n0\r\nContent-Length: 99\r\n\r\n";
    EXPECT_EQ(client.ask(head + body + get("/next")).body, "POST /c hello world");
    EXPECT_EQ(client.answer().body, "GET /next ") << "a trailer is no field of the request";
}

// The hidden request must never be answered (request smuggling).
TEST_F(HttpServer, NeverReadsABodyAsARequest) {
    startEcho();
    const std::string hidden = get("/hidden");
    const std::string length = "Content-Length: " + std::to_string(hidden.size()) + "\r\n";
    const std::string fields[] = {
        length + "Transfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\n" + length,
        "Content-Length: 0\r\n" + length,
        length + "Content-Length: 0\r\n",
        "Content-Length: 0, " + std::to_string(hidden.size()) + "\r\n",
        "Transfer-Encoding: identity\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding:\tchunked\r\nTransfer-Encoding: x\r\n",
        "Transfer-Encoding : chunked\r\n",
        "X: y\nTransfer-Encoding: chunked\r\n",
        "Content-Length: -5\r\n",
        "Content-Length: 18446744073709551617\r\n",
    };
    for (const auto& field : fields) {
        RawClient client(port());
        client.send("POST /first HTTP/1.1\r\nHost: a\r\n" + field + "\r\n0\r\n\r\n" + hidden);
        client.halfClose();
        const auto all = client.receiveAll();
        EXPECT_TRUE(all.starts_with("HTTP/1.1 400") || all.starts_with("HTTP/1.1 501")) << field << all;
        EXPECT_EQ(all.find("/hidden"), std::string::npos) << field << all;
        EXPECT_NE(all.find("Connection: close"), std::string::npos) << field << all;
    }
}

TEST_F(HttpServer, SaysContinueWhenTheBodyIsWanted) {
    startEcho();
    RawClient client(port());
    client.send("PUT /b HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 4\r\n\r\n");
    EXPECT_EQ(client.receiveUntil("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    EXPECT_EQ(client.ask("data").body, "PUT /b data");
    const auto together =
        client.ask("PUT /c HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\nx");
    EXPECT_EQ(together.body, "PUT /c x");
    EXPECT_TRUE(together.head.starts_with("HTTP/1.1 200"));
}

TEST_F(HttpServer, DoesNotAskForABodyThatItRefuses) {
    start([](Exchange& exchange) -> Awaitable<void> {
        static_cast<void>(co_await exchange.respond(textResponse(401, "who are you")));
    });
    RawClient client(port());
    client.send("PUT /b HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
    const auto all = client.receiveUntil("who are you\n");
    EXPECT_TRUE(all.starts_with("HTTP/1.1 401")) << all;
    EXPECT_NE(all.find("Connection: close"), std::string::npos) << "the body may or may not follow: " << all;
}

TEST_F(HttpServer, ReadsTheRestOfASmallBodyThatNobodyWanted) {
    start([](Exchange& exchange) -> Awaitable<void> {
        static_cast<void>(co_await exchange.respond(textResponse(404, exchange.request().path)));
    });
    RawClient client(port());
    EXPECT_EQ(client.ask(post("/1", std::string(60'000, 'x'))).body, "/1\n");
    EXPECT_EQ(client.ask(post("/2", "y")).body, "/2\n");
    const auto large = client.ask(post("/3", std::string(100'000, 'x')));
    EXPECT_EQ(large.body, "/3\n") << "the answer arrives although the body was not read";
    EXPECT_EQ(large.field("connection"), "close");
}

TEST_F(HttpServer, AnswersHeadWithTheLengthAlone) {
    start([](Exchange& exchange) -> Awaitable<void> {
        static_cast<void>(co_await exchange.respond(textResponse(200, "hello")));
    });
    RawClient client(port());
    client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n" + get("/"));
    const auto head = client.answer("HEAD");
    EXPECT_EQ(head.field("content-length"), "6");
    EXPECT_EQ(client.answer().body, "hello\n") << "nothing of a body came before it";
}

TEST_F(HttpServer, SendsNoBodyAndNoLengthWith204And304) {
    start([](Exchange& exchange) -> Awaitable<void> {
        Response response;
        response.status = exchange.request().path == "/204" ? 204 : 304;
        static_cast<void>(co_await exchange.respond(std::move(response)));
    });
    RawClient client(port());
    for (const char* path : {"/204", "/304"}) {
        const auto answer = client.ask(get(path));
        EXPECT_EQ("/" + std::to_string(answer.status), path);
        EXPECT_EQ(answer.field("content-length"), "");
        EXPECT_EQ(answer.field("transfer-encoding"), "");
    }
}

TEST_F(HttpServer, AnswersForAHandlerThatDoesNot) {
    start([](Exchange& exchange) -> Awaitable<void> {
        if (exchange.request().path == "/throws") {
            throw std::runtime_error("a fault in the handler");
        }
        co_return;
    });
    RawClient client(port());
    EXPECT_EQ(client.ask(get("/silent")).status, 500);
    const auto answer = client.ask(get("/throws"));
    EXPECT_EQ(answer.status, 500);
    EXPECT_EQ(answer.body.find("fault"), std::string::npos) << "strangers learn nothing: " << answer.body;
    EXPECT_TRUE(logged("a handler failed by an exception"));
    EXPECT_EQ(client.ask(get("/silent")).status, 500) << "and the connection goes on";
}

TEST_F(HttpServer, RefusesAHandlersMistakes) {
    start([](Exchange& exchange) -> Awaitable<void> {
        ResponseHead head;
        head.headers.set("Content-Length", "3");
        static_cast<void>(co_await exchange.start(std::move(head)));
        if (exchange.request().path == "/more") {
            static_cast<void>(co_await exchange.write("more than three"));
        }
        static_cast<void>(co_await exchange.finish());
    });
    for (const char* path : {"/more", "/less"}) {
        RawClient client(port());
        client.send(get(path));
        const auto all = client.receiveAll();
        EXPECT_TRUE(all.ends_with("\r\n\r\n")) << "the connection ends instead: " << all;
        EXPECT_FALSE(client.timedOut());
    }
}

TEST_F(HttpServer, ReportsWhatAnExchangeCameTo) {
    startEcho();
    RawClient client(port());
    ASSERT_EQ(client.ask(post("/r", "12345")).status, 200);
    ASSERT_TRUE(eventually([&] { return reports().size() == 1; }));
    EXPECT_EQ(reports()[0].path, "/r");
    EXPECT_EQ(reports()[0].status, 200);
    EXPECT_EQ(reports()[0].received, 5U);
    EXPECT_EQ(reports()[0].sent, std::string("POST /r 12345").size());
}

TEST_F(HttpServer, ServesAClientThatHasClosedItsSide) {
    startEcho();
    RawClient client(port());
    client.send(get("/half") + get("/half2"));
    client.halfClose();
    const auto all = client.receiveAll();
    EXPECT_NE(all.find("GET /half "), std::string::npos) << all;
    EXPECT_NE(all.find("GET /half2 "), std::string::npos) << all;
}

TEST_F(HttpServer, ForgetsClientsThatGoInTheMiddle) {
    startEcho();
    const std::string cuts[] = {"", "GET /", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\nhalf",
                                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhe"};
    for (const auto& bytes : cuts) {
        RawClient closes(port());
        closes.send(bytes);
        closes.close();
        RawClient resets(port());
        resets.send(bytes);
        resets.reset();
    }
    EXPECT_TRUE(eventually([&] { return server->connections() == 0; }))
        << server->connections() << " are left";
    RawClient client(port());
    EXPECT_EQ(client.ask(get("/")).status, 200);
}

TEST_F(HttpServer, ServesManyConnectionsAtOnce) {
    startEcho();
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 200; ++i) {
        clients.push_back(std::make_unique<RawClient>(port()));
    }
    for (int round = 0; round < 3; ++round) {
        for (auto& client : clients) {
            ASSERT_TRUE(client->send(get("/x")));
        }
        for (auto& client : clients) {
            ASSERT_EQ(client->answer().status, 200);
        }
    }
    EXPECT_EQ(server->connections(), 200U);
}

TEST_F(HttpServer, SaysWhoHoldsAPortThatIsTaken) {
    startEcho();
    ServerOptions second;
    second.addresses = {{"127.0.0.1", port()}};
    Server other(loop.executor(), second, [](Exchange&) -> Awaitable<void> { co_return; });
    const auto started = other.start();
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().code, ErrorCode::conflict);
    EXPECT_NE(started.error().message.find("port " + std::to_string(port()) + " is in use"),
              std::string::npos)
        << started.error().text();
    EXPECT_NE(started.error().message.find("(process " + std::to_string(getpid()) + ")"), std::string::npos)
        << started.error().text();
}

} // namespace
} // namespace pilothouse::http
