// SPDX-License-Identifier: GPL-3.0-or-later
// Damaged messages, the same ones each time: nothing crashes, and what is accepted is sound. fuzz_http goes
// further.
#include "exercise.h"
#include "http_fixture.h"

#include <random>

namespace pilothouse::http {
namespace {

const std::vector<std::string>& samples() {
    static const std::vector<std::string> all{
        "GET /api/v0/users?limit=10&after=%41 HTTP/1.1\r\nHost: reg-1\r\nAccept: */*\r\n\r\n",
        "POST /v2/a%2Fb/blobs/uploads/ HTTP/1.1\r\nHost: reg-1:5000\r\nContent-Length: 11\r\n\r\nhello world",
        "PUT /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n"
        "5;a=\"b\"\r\nhello\r\n1a\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\nTrailer: x\r\nB:\t y \r\n\r\n",
        "OPTIONS * HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n",
        "GET http://reg-1/a?b=c#d HTTP/1.1\r\nHost: reg-1\r\nX: a\r\n folded\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: "
        "chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
        "HTTP/1.0 503 Service Unavailable\r\nContent-Length: 3\r\nRetry-After: 5\r\n\r\nno\n",
        "https://reg-1.example:5000/v2/?a=%20b\r\n\r\n",
    };
    return all;
}

class Mutator {
public:
    std::string next() {
        std::string text = pick(samples());
        for (std::size_t changes = 1 + below(5); changes > 0; --changes) {
            change(text);
        }
        return text;
    }
    std::size_t below(std::size_t end) {
        return std::uniform_int_distribution<std::size_t>(0, end - 1)(m_random);
    }

private:
    const std::string& pick(const std::vector<std::string>& from) { return from[below(from.size())]; }
    void change(std::string& text) {
        static const std::vector<std::string> tokens{"\r\n",
                                                     "\n",
                                                     "\r",
                                                     "\r\n\r\n",
                                                     ":",
                                                     " ",
                                                     "\t",
                                                     ";",
                                                     ",",
                                                     "%",
                                                     "%00",
                                                     "/",
                                                     "?",
                                                     "#",
                                                     "0",
                                                     "-",
                                                     "f",
                                                     "Content-Length: 5\r\n",
                                                     "Transfer-Encoding: chunked\r\n",
                                                     "Host: b\r\n",
                                                     "HTTP/1.1",
                                                     "HTTP/1.0",
                                                     "0\r\n\r\n",
                                                     "ffffffffffffffff\r\n",
                                                     "18446744073709551616",
                                                     std::string(1, '\0'),
                                                     "\x7f",
                                                     "\xff"};
        const std::size_t at = below(text.size() + 1);
        switch (below(6)) {
        case 0:
        case 1:
            text.insert(at, pick(tokens));
            break;
        case 2:
            text.erase(at, 1 + below(8));
            break;
        case 3:
            text.replace(at, 1, std::string(1, static_cast<char>(below(256))));
            break;
        case 4:
            text.insert(at, text.substr(below(text.size() + 1), below(40)));
            break;
        default:
            text.insert(at, pick(samples()).substr(0, below(60)));
        }
    }
    std::mt19937 m_random{20260302};
};

TEST(Samples, AreReadWithoutAFault) {
    for (const auto& sample : samples()) {
        EXPECT_EQ(test::faultInReading(sample), "") << sample;
    }
}

TEST(Mutations, LeaveEveryReaderSound) {
    Mutator mutator;
    for (int i = 0; i < 60'000; ++i) {
        const auto bytes = mutator.next();
        ASSERT_EQ(test::faultInReading(bytes), "") << "mutation " << i << ":\n" << bytes;
    }
}

class MutatedRequests : public test::ServerTest {};

// The whole server: whatever comes, the connection ends or is answered, and others are served.
TEST_F(MutatedRequests, DoNotHarmTheServer) {
    options.limits.head = Milliseconds(2000);
    startEcho();
    Mutator mutator;
    for (int i = 0; i < 500; ++i) {
        const auto bytes = mutator.next();
        test::RawClient client(port());
        client.send(bytes);
        client.halfClose();
        const auto all = client.receiveAll();
        ASSERT_FALSE(client.timedOut()) << "mutation " << i << " is neither answered nor closed:\n" << bytes;
        ASSERT_TRUE(all.empty() || all.starts_with("HTTP/1.1 ")) << all;
    }
    test::RawClient client(port());
    EXPECT_EQ(client.ask(test::get("/alive")).body, "GET /alive ");
    client.close();
    EXPECT_TRUE(test::eventually([&] { return server->connections() == 0; })) << server->connections();
}

} // namespace
} // namespace pilothouse::http
