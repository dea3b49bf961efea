// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/http/head_parser.h"

#include <gtest/gtest.h>

namespace pilothouse::http {
namespace {

// 0 when it is accepted.
int refusalOf(const std::string& head) {
    const auto request = parseRequestHead(head);
    return request ? 0 : request.error().status;
}

std::string withFields(const std::string& fields) {
    return "GET / HTTP/1.1\r\nHost: reg-1\r\n" + fields + "\r\n";
}

TEST(FindHeadEnd, FindsTheEmptyLineWhereverTheBytesAreSplit) {
    const std::string head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    for (std::size_t first = 0; first < head.size(); ++first) {
        std::size_t searched = 0;
        EXPECT_EQ(findHeadEnd(head.substr(0, first), searched), std::nullopt) << "split after " << first;
        EXPECT_EQ(findHeadEnd(head + "body", searched), head.size()) << "split after " << first;
        EXPECT_EQ(searched, 0U) << "the next head is searched from its beginning";
    }
}

TEST(FindHeadEnd, DoesNotTakeBareLineFeedsForAnEnd) {
    std::size_t searched = 0;
    EXPECT_EQ(findHeadEnd("GET / HTTP/1.1\nHost: a\n\n", searched), std::nullopt);
    searched = 0;
    EXPECT_EQ(findHeadEnd("GET / HTTP/1.1\r\nHost: a\n\r\n", searched), std::nullopt);
}

TEST(RequestHead, TakesTheTargetApart) {
    const auto request = parseRequestHead("PUT /v2/a%2Fb/x?digest=sha256%3Aab&flag&x=1+2 HTTP/1.1\r\n"
                                          "Host: reg-1:5000\r\nX-Empty:\r\nX-Spaces:  \t a b \t\r\n\r\n");
    ASSERT_TRUE(request) << request.error().sentence;
    EXPECT_EQ(request->method, "PUT");
    EXPECT_EQ(request->target, "/v2/a%2Fb/x?digest=sha256%3Aab&flag&x=1+2");
    EXPECT_EQ(request->rawPath, "/v2/a%2Fb/x");
    EXPECT_EQ(request->path, "/v2/a/b/x");
    EXPECT_EQ(request->parameter("digest"), "sha256:ab");
    EXPECT_EQ(request->parameter("flag"), "");
    EXPECT_EQ(request->parameter("x"), "1 2");
    EXPECT_EQ(request->parameter("y"), std::nullopt);
    EXPECT_EQ(request->versionMinor, 1);
    EXPECT_EQ(request->headers.find("x-empty"), "");
    EXPECT_EQ(request->headers.value("X-SPACES"), "a b");
}

TEST(RequestHead, TakesAbsoluteTargetsAndTheAsterisk) {
    const auto absolute = parseRequestHead("GET HTTPS://reg-1/a?b HTTP/1.1\r\nHost: reg-1\r\n\r\n");
    ASSERT_TRUE(absolute) << absolute.error().sentence;
    EXPECT_EQ(absolute->path, "/a");
    const auto bare = parseRequestHead("GET http://reg-1 HTTP/1.1\r\nHost: reg-1\r\n\r\n");
    ASSERT_TRUE(bare) << bare.error().sentence;
    EXPECT_EQ(bare->path, "/");
    const auto options = parseRequestHead("OPTIONS * HTTP/1.1\r\nHost: reg-1\r\n\r\n");
    ASSERT_TRUE(options) << options.error().sentence;
    EXPECT_EQ(options->path, "*");
    EXPECT_EQ(refusalOf("GET * HTTP/1.1\r\nHost: reg-1\r\n\r\n"), 400);
    EXPECT_EQ(refusalOf("CONNECT reg-1:443 HTTP/1.1\r\nHost: reg-1\r\n\r\n"), 400);
}

TEST(RequestHead, RefusesTargetsThatAreNoPath) {
    for (const char* target : {"a", "ftp://reg-1/", "reg-1/x", "/%", "/%4", "/%zz", "/a%00b", "/?a=%0"}) {
        EXPECT_EQ(refusalOf(std::string("GET ") + target + " HTTP/1.1\r\nHost: a\r\n\r\n"), 400) << target;
    }
}

TEST(RequestHead, WantsExactlyOneHostButNotFromHttp10) {
    EXPECT_EQ(refusalOf("GET / HTTP/1.1\r\n\r\n"), 400);
    EXPECT_EQ(refusalOf("GET / HTTP/1.1\r\nHost: a\r\nhost: b\r\n\r\n"), 400);
    EXPECT_EQ(refusalOf("GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n"), 400);
    const auto old = parseRequestHead("GET /_ping HTTP/1.0\r\n\r\n");
    ASSERT_TRUE(old) << old.error().sentence;
    EXPECT_EQ(old->versionMinor, 0);
}

TEST(RequestHead, RefusesOtherVersions) {
    for (const char* version : {"HTTP/2.0", "HTTP/0.9", "HTTP/1.2", "HTTP/3.0"}) {
        EXPECT_EQ(refusalOf(std::string("GET / ") + version + "\r\nHost: a\r\n\r\n"), 505) << version;
    }
    for (const char* version :
         {"HTTP/1", "http/1.1", "HTTP/11", "HTTPS/1.1", "HTTP/1.1 ", "", "HTTP/1.1\r"}) {
        EXPECT_NE(refusalOf(std::string("GET / ") + version + "\r\nHost: a\r\n\r\n"), 0) << version;
    }
}

// What one server reads as one field and the next as two, or as part of the body (RFC 9112 §2.2, §5.1, §5.2).
TEST(RequestHead, RefusesWhatTwoReadersMayReadDifferently) {
    const std::string cases[] = {
        "Content-Length : 5\r\n",                   // white space before the colon
        "Transfer-Encoding : chunked\r\n",          //
        " X: folded\r\n",                           // goes on with what stands before
        "X: a\r\n Content-Length: 5\r\n",           // folded (§5.2)
        "X: a\r\n\tTransfer-Encoding: x\r\n",       //
        "X: a\nContent-Length: 5\r\n",              // bare LF within
        "X: a\rContent-Length: 5\r\n",              // bare CR within
        std::string("X: a\0b\r\n", 8),              // NUL
        "X\r\n",                                    // no colon
        ": x\r\n",                                  // no name
        "X Y: z\r\n",                               // a name of two words
        "X(: z\r\n",                                // not a token
        "\x80: z\r\n",                              //
        "X: a\x7f\r\n",                             // DEL
        "X: a\x01\r\n",                             // control character
        "Content-Length: 5\r\n, 6\r\n",             // no colon again
        "Content-Length: -1\r\n",                   //
        "Content-Length: +5\r\n",                   //
        "Content-Length: 5 6\r\n",                  //
        "Content-Length: 0x5\r\n",                  //
        "Content-Length: 18446744073709551616\r\n", // 2^64
        "Content-Length: 5\r\nContent-Length: 6\r\n",
    };
    for (const auto& fields : cases) {
        EXPECT_EQ(refusalOf(withFields(fields)), 400) << fields;
    }
}

TEST(RequestHead, RefusesWhatIsNoRequest) {
    for (const char* text : {"\r\n\r\n", "GET\r\n\r\n", "GET /\r\n\r\n", " GET / HTTP/1.1\r\nHost: a\r\n\r\n",
                             "G@T / HTTP/1.1\r\nHost: a\r\n\r\n", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
                             "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", "GET /\x01 HTTP/1.1\r\nHost: a\r\n\r\n",
                             "HTTP/1.1 200 OK\r\n\r\n", "\x16\x03\x01\r\n\r\n"}) {
        EXPECT_NE(refusalOf(text), 0) << text;
    }
}

TEST(RequestHead, TakesManyFieldsAndLongOnes) {
    std::string fields;
    for (int i = 0; i < 500; ++i) {
        fields += "X-" + std::to_string(i) + ": " + std::string(20, 'v') + "\r\n";
    }
    const auto request = parseRequestHead(withFields(fields));
    ASSERT_TRUE(request) << request.error().sentence;
    EXPECT_EQ(request->headers.size(), 501U);
    const auto longTarget =
        parseRequestHead("GET /" + std::string(20'000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n");
    ASSERT_TRUE(longTarget) << longTarget.error().sentence;
    EXPECT_EQ(longTarget->path.size(), 20'001U);
}

TEST(ResponseHead, IsReadWithItsVersion) {
    const auto parsed = parseResponseHead("HTTP/1.0 404 Not Found\r\nContent-Length: 3\r\n\r\n");
    ASSERT_TRUE(parsed) << parsed.error();
    EXPECT_EQ(parsed->head.status, 404);
    EXPECT_EQ(parsed->versionMinor, 0);
    EXPECT_EQ(parsed->head.headers.value("content-length"), "3");
    EXPECT_TRUE(parseResponseHead("HTTP/1.1 200 \r\n\r\n"));
    for (const char* text : {"HTTP/1.1 20 OK\r\n\r\n", "HTTP/1.1 2000 OK\r\n\r\n", "ICY 200 OK\r\n\r\n",
                             "HTTP/1.1 abc OK\r\n\r\n", "HTTP/1.1 200 OK\r\nX : y\r\n\r\n"}) {
        EXPECT_FALSE(parseResponseHead(text)) << text;
    }
}

} // namespace
} // namespace pilothouse::http
