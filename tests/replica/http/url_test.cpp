// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/http/url.h"

#include <gtest/gtest.h>

namespace pilothouse::http {
namespace {

TEST(ParseUrl, TakesAddressesApart) {
    const auto url = parseUrl("https://Reg-1.Example:5000/v2/?a=%20b");
    ASSERT_TRUE(url) << url.error().text();
    EXPECT_TRUE(url->tls);
    EXPECT_EQ(url->host, "reg-1.example");
    EXPECT_EQ(url->port, 5000);
    EXPECT_EQ(url->target, "/v2/?a=%20b");
    EXPECT_EQ(parseUrl("http://reg-1")->port, 80);
    EXPECT_EQ(parseUrl("https://reg-1")->port, 443);
    EXPECT_EQ(parseUrl("https://reg-1")->target, "/");
    EXPECT_EQ(parseUrl("https://reg-1?x")->target, "/?x");
    EXPECT_EQ(parseUrl("https://[2001:db8::1]:8443/")->host, "2001:db8::1");
    EXPECT_EQ(parseUrl("https://[2001:db8::1]:8443/")->port, 8443);
}

TEST(ParseUrl, RefusesWhatIsNoPlainAddress) {
    for (const char* text :
         {"", "reg-1", "reg-1:443", "//reg-1/", "ftp://reg-1/", "https://", "https:///x",
          "https://user@reg-1/", "https://user:pw@reg-1/", "https://reg-1/#part", "https://reg-1:0/",
          "https://reg-1:65536/", "https://reg-1:99999999/", "https://reg-1:-1/", "https://reg 1/",
          "https://reg-1/a b", "https://[::1/", "https://reg-1\r\n/", "javascript:alert(1)"}) {
        const auto url = parseUrl(text);
        EXPECT_FALSE(url) << text;
        if (!url) {
            EXPECT_EQ(url.error().code, ErrorCode::invalid) << text;
        }
    }
}

TEST(HostAndPort, PutsIpv6InBrackets) {
    EXPECT_EQ(hostAndPort("reg-1", 443), "reg-1:443");
    EXPECT_EQ(hostAndPort("::1", 80), "[::1]:80");
}

TEST(PercentDecode, UndoesPercentEncode) {
    std::string all;
    for (int c = 1; c < 256; ++c) {
        all += static_cast<char>(c);
    }
    const auto encoded = percentEncode(all);
    EXPECT_EQ(encoded.find_first_of(" /?#&=+\"<>"), std::string::npos);
    const auto decoded = percentDecode(encoded);
    ASSERT_TRUE(decoded) << decoded.error().text();
    EXPECT_EQ(*decoded, all);
    EXPECT_EQ(percentEncode("aZ09-._~"), "aZ09-._~");
}

TEST(PercentDecode, RefusesHalfEscapesAndNul) {
    for (const char* text : {"%", "a%", "%4", "%4g", "%g4", "%%41", "%00", "a%00b", "% 1", "%-1", "%+1"}) {
        EXPECT_FALSE(percentDecode(text)) << text;
    }
    EXPECT_FALSE(percentDecode(std::string_view("a\0b", 3)));
    EXPECT_EQ(percentDecode("%2541").value(), "%41") << "decoded once";
    EXPECT_EQ(percentDecode("a+b").value(), "a+b");
    EXPECT_EQ(percentDecode("a+b%2B", true).value(), "a b+");
}

TEST(ParseQuery, KeepsOrderAndRepetitions) {
    const auto query = parseQuery("b=1&a=2&b=&&=x&c&d=e=f&%61=%26");
    ASSERT_TRUE(query) << query.error().text();
    using Pair = std::pair<std::string, std::string>;
    EXPECT_EQ(*query,
              (std::vector<Pair>{
                  {"b", "1"}, {"a", "2"}, {"b", ""}, {"", "x"}, {"c", ""}, {"d", "e=f"}, {"a", "&"}}));
    EXPECT_TRUE(parseQuery("")->empty());
    EXPECT_FALSE(parseQuery("a=%"));
    EXPECT_FALSE(parseQuery("%=a"));
}

} // namespace
} // namespace pilothouse::http
