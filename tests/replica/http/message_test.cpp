// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/http/answer_head.h"
#include "replica/http/message.h"

#include <gtest/gtest.h>

namespace pilothouse::http {
namespace {

TEST(Headers, CompareNamesWithoutRegardToCase) {
    Headers headers{{"Accept", "a"}, {"ACCEPT", "b"}, {"X", "c"}};
    EXPECT_EQ(headers.find("accept"), "a") << "the first";
    EXPECT_EQ(headers.count("aCCept"), 2U);
    headers.set("accept", "d");
    EXPECT_EQ(headers.count("Accept"), 1U);
    EXPECT_EQ(headers.value("Accept"), "d");
    headers.remove("x");
    EXPECT_EQ(headers.find("X"), std::nullopt);
    EXPECT_EQ(headers.value("X"), "");
}

TEST(Headers, FindTokensInLists) {
    const Headers headers{
        {"Connection", " keep-alive ,\tUpgrade,, "}, {"connection", "close"}, {"Via", "close"}};
    EXPECT_TRUE(headers.hasToken("Connection", "Keep-Alive"));
    EXPECT_TRUE(headers.hasToken("Connection", "upgrade"));
    EXPECT_TRUE(headers.hasToken("Connection", "CLOSE"));
    EXPECT_FALSE(headers.hasToken("Connection", "keep"));
    EXPECT_FALSE(headers.hasToken("Connection", "alive"));
    EXPECT_FALSE(headers.hasToken("Keep-Alive", "close"));
}

TEST(Request, ComesFromAnAddressWithoutItsPort) {
    Request request;
    request.remote = "192.0.2.1:40312";
    EXPECT_EQ(addressOf(request), "192.0.2.1");
    request.remote = "[2001:db8::1]:40312";
    EXPECT_EQ(addressOf(request), "[2001:db8::1]");
}

TEST(AnswerHead, HasStatusDateCommonFieldsAndFraming) {
    DateText date;
    ResponseHead head;
    head.status = 201;
    head.headers = {{"Location", "/v2/a"}, {"Server", "own"}};
    const auto bytes = answerHead(head, {{"Pilothouse-Replica", "aaaa"}, {"server", "common"}},
                                  {.length = 5, .chunked = false, .close = true, .keepAlive = false}, date);
    EXPECT_EQ(bytes, "HTTP/1.1 201 Created\r\nDate: " + date.now() +
                         "\r\nPilothouse-Replica: aaaa\r\nLocation: /v2/a\r\nServer: own\r\n"
                         "Content-Length: 5\r\nConnection: close\r\n\r\n");
}

TEST(AnswerHead, NamesTheRequestUnlessTheHandlerDid) {
    DateText date;
    const AnswerFraming framing{.length = 0, .requestId = "build-42"};
    EXPECT_NE(answerHead({}, {}, framing, date).find("\r\nX-Request-Id: build-42\r\n"), std::string::npos);
    const auto own = answerHead({200, {{"x-request-id", "own"}}}, {}, framing, date);
    EXPECT_EQ(own.find("build-42"), std::string::npos);
    EXPECT_EQ(answerHead({}, {}, {}, date).find("X-Request-Id"), std::string::npos);
}

TEST(AnswerHead, LeavesTheHandlersContentLengthAlone) {
    DateText date;
    ResponseHead head;
    head.headers = {{"Content-Length", "7"}};
    const auto bytes =
        answerHead(head, {}, {.length = 0, .chunked = false, .close = false, .keepAlive = true}, date);
    EXPECT_NE(bytes.find("Content-Length: 7\r\n"), std::string::npos) << bytes;
    EXPECT_EQ(bytes.find("Content-Length: 0"), std::string::npos) << bytes;
    EXPECT_NE(bytes.find("Connection: keep-alive\r\n"), std::string::npos) << bytes;
}

// What a handler repeats from a request must not become a field or an answer of its own.
TEST(AnswerHead, CannotBeSplitByAValue) {
    DateText date;
    ResponseHead head;
    const std::string split = std::string("/a\r\nSet-Cookie: x\r\n\r\nHTTP/1.1 200 OK") + '\0' + "b";
    head.headers = {{"Location", split}, {"X\r\nY", "z"}};
    const auto bytes =
        answerHead(head, {}, {.length = 0, .chunked = false, .close = false, .keepAlive = false}, date);
    EXPECT_EQ(bytes.find("\r\nSet-Cookie"), std::string::npos) << bytes;
    EXPECT_EQ(bytes.find("\r\nY"), std::string::npos) << bytes;
    EXPECT_EQ(bytes.find("\r\n\r\n"), bytes.size() - 4) << bytes;
    EXPECT_EQ(bytes.find('\0'), std::string::npos);
}

TEST(DateText, IsAnImfFixdate) {
    DateText date;
    const auto text = date.now();
    ASSERT_EQ(text.size(), 29U) << text;
    EXPECT_EQ(text.substr(3, 2), ", ") << text;
    EXPECT_EQ(text.substr(25), " GMT") << text;
    std::tm parsed{};
    ASSERT_NE(strptime(text.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parsed), nullptr) << text;
    EXPECT_NEAR(static_cast<double>(timegm(&parsed)), static_cast<double>(std::time(nullptr)), 30) << text;
}

TEST(ReasonPhrase, NamesWhatTheStandardNames) {
    EXPECT_EQ(reasonPhrase(404), "Not Found");
    EXPECT_EQ(reasonPhrase(299), "Unknown");
    EXPECT_EQ(textResponse(503, "no quorum").body, "no quorum\n");
}

} // namespace
} // namespace pilothouse::http
