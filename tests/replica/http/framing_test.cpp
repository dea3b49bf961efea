// SPDX-License-Identifier: GPL-3.0-or-later
// How long a body is, and what is refused because two readers could differ (RFC 9112 §6).
#include "replica/http/framing.h"

#include <gtest/gtest.h>

namespace pilothouse::http {
namespace {

Request requestWith(Headers headers, int versionMinor = 1) {
    Request request;
    request.method = "POST";
    request.versionMinor = versionMinor;
    request.headers = std::move(headers);
    return request;
}

int refusalOf(Headers headers, int versionMinor = 1) {
    const auto framing = requestFraming(requestWith(std::move(headers), versionMinor));
    return framing ? 0 : framing.error().status;
}

TEST(RequestFraming, IsNothingALengthOrChunks) {
    const auto none = requestFraming(requestWith({}));
    ASSERT_TRUE(none);
    EXPECT_EQ(none->kind, Framing::Kind::length);
    EXPECT_EQ(none->length, 0U);
    const auto length = requestFraming(requestWith({{"content-length", "0042"}}));
    ASSERT_TRUE(length);
    EXPECT_EQ(length->length, 42U);
    const auto chunked = requestFraming(requestWith({{"TRANSFER-ENCODING", "Chunked"}}));
    ASSERT_TRUE(chunked);
    EXPECT_EQ(chunked->kind, Framing::Kind::chunked);
}

TEST(RequestFraming, RefusesBothLengthAndCoding) {
    EXPECT_EQ(refusalOf({{"Content-Length", "5"}, {"Transfer-Encoding", "chunked"}}), 400);
    EXPECT_EQ(refusalOf({{"Transfer-Encoding", "chunked"}, {"Content-Length", "0"}}), 400);
    EXPECT_EQ(refusalOf({{"Transfer-Encoding", "identity"}, {"Content-Length", "5"}}), 400);
}

TEST(RequestFraming, RefusesOtherCodings) {
    for (const char* coding : {"identity", "gzip", "gzip, chunked", "chunked, chunked", "chunked, identity",
                               "xchunked", "chunked;q=1", "\"chunked\"", "", "chunked,", ",chunked"}) {
        EXPECT_NE(refusalOf({{"Transfer-Encoding", coding}}), 0) << coding;
    }
    EXPECT_NE(refusalOf({{"Transfer-Encoding", "chunked"}, {"Transfer-Encoding", "chunked"}}), 0);
    EXPECT_NE(refusalOf({{"Transfer-Encoding", "chunked"}, {"Transfer-Encoding", "identity"}}), 0);
    EXPECT_EQ(refusalOf({{"Transfer-Encoding", "chunked"}}, 0), 400) << "HTTP/1.0 does not know it";
}

TEST(RequestFraming, RefusesWhatIsNotOneNumber) {
    for (const char* length : {"", " ", "-1", "+1", "1.0", "1e3", "0x10", "5 ", " 5", "5,5", "5, 5", "five",
                               "18446744073709551615", "18446744073709551616", "9223372036854775808",
                               "99999999999999999999999999", "1\n2"}) {
        EXPECT_EQ(refusalOf({{"Content-Length", length}}), 400) << '"' << length << '"';
    }
    EXPECT_EQ(refusalOf({{"Content-Length", "5"}, {"Content-Length", "5"}}), 400);
    EXPECT_EQ(refusalOf({{"Content-Length", "5"}, {"content-length", "6"}}), 400);
}

ParsedResponse response(int status, Headers headers, int versionMinor = 1) {
    return {{status, std::move(headers)}, versionMinor};
}

TEST(ResponseFraming, FollowsTheRulesForBodylessAnswers) {
    for (const int status : {100, 101, 204, 304}) {
        const auto framing = responseFraming(response(status, {{"Content-Length", "5"}}), "GET");
        ASSERT_TRUE(framing) << framing.error();
        EXPECT_EQ(framing->length, 0U) << status;
        EXPECT_EQ(framing->kind, Framing::Kind::length) << status;
    }
    const auto head = responseFraming(response(200, {{"Content-Length", "5"}}), "HEAD");
    ASSERT_TRUE(head);
    EXPECT_EQ(head->length, 0U);
}

TEST(ResponseFraming, RunsToTheEndOfTheConnectionWithoutALength) {
    const auto open = responseFraming(response(200, {}), "GET");
    ASSERT_TRUE(open);
    EXPECT_EQ(open->kind, Framing::Kind::untilClose);
    EXPECT_FALSE(responseFraming(response(200, {{"Content-Length", "5"}, {"Content-Length", "6"}}), "GET"));
    EXPECT_FALSE(
        responseFraming(response(200, {{"Content-Length", "5"}, {"Transfer-Encoding", "chunked"}}), "GET"));
}

} // namespace
} // namespace pilothouse::http
