// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/http/chunk_decoder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace pilothouse::http {
namespace {

struct Decoded {
    std::string body;
    ChunkDecoder::State state = ChunkDecoder::State::line;
    std::string left; // what follows the body
    std::string trailers = {};
};

// Decodes with `step` new bytes at a time.
Decoded decode(std::string_view wire, std::size_t step) {
    Decoded decoded;
    ChunkDecoder decoder;
    std::string pending;
    while (decoder.state() != ChunkDecoder::State::ended &&
           decoder.state() != ChunkDecoder::State::malformed) {
        if (decoder.state() == ChunkDecoder::State::data && !pending.empty()) {
            const auto count =
                static_cast<std::size_t>(std::min<std::uint64_t>(pending.size(), decoder.remaining()));
            decoded.body += pending.substr(0, count);
            pending.erase(0, count);
            decoder.took(count);
            continue;
        }
        const auto used = decoder.advance(pending);
        pending.erase(0, used);
        if (used == 0 && decoder.state() != ChunkDecoder::State::malformed) {
            if (wire.empty()) {
                break;
            }
            const auto some = wire.substr(0, step);
            pending += some;
            wire.remove_prefix(some.size());
        }
    }
    decoded.state = decoder.state();
    decoded.left = pending + std::string(wire);
    for (const auto& [name, value] : decoder.trailers()) {
        decoded.trailers += name + "=" + value + ";";
    }
    return decoded;
}

TEST(ChunkDecoder, GivesTheSameHoweverTheBytesAreSplit) {
    const std::string wire =
        "5\r\nhello\r\n0A;name=\"x;y\" \r\n, \r\nworld!\r\n000\r\nTrailer: a\r\nB: c\r\n\r\nGET";
    for (std::size_t step = 1; step <= wire.size(); ++step) {
        const auto decoded = decode(wire, step);
        EXPECT_EQ(decoded.state, ChunkDecoder::State::ended) << "steps of " << step;
        EXPECT_EQ(decoded.body, "hello, \r\nworld!") << "steps of " << step;
        EXPECT_EQ(decoded.left, "GET") << "steps of " << step;
        EXPECT_EQ(decoded.trailers, "Trailer=a;B=c;") << "steps of " << step;
    }
}

TEST(ChunkDecoder, RefusesSizesThatAreNoHexadecimalNumbers) {
    for (const char* size : {"", "g", "-1", "+1", "0x5", " 5", "5 ", "5\t", "5 5", "\"5\"", ";x",
                             "FFFFFFFFFFFFFFFF", "10000000000000000", "00000000000000005", "5\rx", "5\n"}) {
        EXPECT_EQ(decode(std::string(size) + "\r\nhello\r\n0\r\n\r\n", 1000).state,
                  ChunkDecoder::State::malformed)
            << '"' << size << '"';
    }
}

TEST(ChunkDecoder, ToleratesWhiteSpaceBeforeAnExtensionOnly) {
    EXPECT_EQ(decode("5 ;a=b\r\nhello\r\n0\r\n\r\n", 1000).body, "hello");
    EXPECT_EQ(decode("5\t;a\r\nhello\r\n0\r\n\r\n", 1000).body, "hello");
}

TEST(ChunkDecoder, RefusesBareLineFeedsAndMissingLineEnds) {
    for (const char* wire :
         {"5\nhello\r\n0\r\n\r\n", "5\r\nhello\n0\r\n\r\n", "5\r\nhello0\r\n\r\n",
          "5\r\nhelloworld\r\n0\r\n\r\n", "5;a\nb\r\nhello\r\n0\r\n\r\n", "5\r\nhello\rX0\r\n\r\n"}) {
        const auto decoded = decode(wire, 1);
        EXPECT_EQ(decoded.state, ChunkDecoder::State::malformed) << wire;
    }
}

TEST(ChunkDecoder, IsNotEndedBeforeTheLastLine) {
    const std::string whole = "3\r\nabc\r\n0\r\n\r\n";
    for (std::size_t length = 0; length < whole.size(); ++length) {
        EXPECT_NE(decode(whole.substr(0, length), 1).state, ChunkDecoder::State::ended) << length;
        EXPECT_NE(decode(whole.substr(0, length), 1).state, ChunkDecoder::State::malformed) << length;
    }
}

TEST(ChunkDecoder, LimitsExtensionsAndTrailers) {
    EXPECT_EQ(decode("5;" + std::string(5000, 'x') + "\r\nhello\r\n0\r\n\r\n", 100).state,
              ChunkDecoder::State::malformed);
    std::string trailers;
    for (int i = 0; i < 3000; ++i) {
        trailers += "X: " + std::string(20, 'y') + "\r\n";
    }
    EXPECT_EQ(decode("0\r\n" + trailers + "\r\n", 1000).state, ChunkDecoder::State::malformed);
    EXPECT_EQ(decode("0\r\nX" + std::string(3000, ':') + "\r\n\r\n", 1000).state, ChunkDecoder::State::ended);
}

TEST(ChunkDecoder, RefusesTrailersThatAreNoFields) {
    for (const char* line : {"x", ":", ": x", "a b: x", "a : x", "\ta: x", " a: x", "a: x\r\n b: y",
                             "a: x\ny", "a: x\ry", "a: \x7f", "a: \x01", "\x80: x", "\"a\": x"}) {
        const auto decoded = decode("0\r\n" + std::string(line) + "\r\n\r\n", 1);
        EXPECT_EQ(decoded.state, ChunkDecoder::State::malformed) << line;
    }
    EXPECT_EQ(decode("0\r\na!#$%&'*+-.^_`|~9:  x \t y\x80 \r\n\r\n", 1).trailers,
              "a!#$%&'*+-.^_`|~9=x \t y\x80;");
    EXPECT_EQ(decode("0\r\n\r\n", 1).trailers, "");
}

} // namespace
} // namespace pilothouse::http
