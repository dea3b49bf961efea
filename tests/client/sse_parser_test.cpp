// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/sse_parser.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <random>

namespace pilothouse::client {

void PrintTo(const ServerSentEvent& event, std::ostream* out) {
    *out << event.type.toStdString() << "|" << event.data.toStdString() << "|" << event.id.toStdString();
}

namespace {

std::vector<ServerSentEvent> parse(const QByteArray& text) {
    SseParser parser;
    return parser.feed(text);
}

TEST(SseParser, readsTypeDataAndId) {
    EXPECT_THAT(parse("event: status\ndata: {\"a\":1}\n\n"),
                testing::ElementsAre(ServerSentEvent{"status", "{\"a\":1}", ""}));
    EXPECT_THAT(
        parse("id: 7\nevent: event\ndata: x\n\ndata: y\n\n"),
        testing::ElementsAre(ServerSentEvent{"event", "x", "7"}, ServerSentEvent{"message", "y", "7"}));
}

TEST(SseParser, joinsDataLinesAndStripsOneSpace) {
    EXPECT_THAT(parse("data: a\ndata:b\ndata:  c\ndata\n\n"),
                testing::ElementsAre(ServerSentEvent{"message", "a\nb\n c\n", ""}));
}

TEST(SseParser, takesAllThreeLineEnds) {
    const ServerSentEvent one{"message", "1", ""};
    EXPECT_THAT(parse("data: 1\r\n\r\n"), testing::ElementsAre(one));
    EXPECT_THAT(parse("data: 1\r\r"), testing::ElementsAre(one));
    EXPECT_THAT(parse("data: 1\n\n"), testing::ElementsAre(one));
    EXPECT_THAT(parse("data: 1\r\n\n"), testing::ElementsAre(one));
}

TEST(SseParser, passesOverCommentsEmptyEventsAndUnknownFields) {
    EXPECT_THAT(parse(":\n: keep-alive\n\nevent: lonely\n\nnonsense: 1\nwithout colon\n\n"),
                testing::IsEmpty());
}

TEST(SseParser, stripsOneByteOrderMark) {
    EXPECT_THAT(parse("\xEF\xBB\xBF"
                      "data: 1\n\n"),
                testing::ElementsAre(ServerSentEvent{"message", "1", ""}));
}

TEST(SseParser, doesNotGiveAnUnfinishedEvent) {
    SseParser parser;
    EXPECT_THAT(parser.feed("data: 1\n"), testing::IsEmpty());
    EXPECT_THAT(parser.feed("\n"), testing::SizeIs(1));
}

TEST(SseParser, refusesAnIdWithNulAndAnEmptyIdResets) {
    EXPECT_THAT(parse(QByteArray("id: 1\0002\ndata: a\n\n", 18)),
                testing::ElementsAre(ServerSentEvent{"message", "a", ""}));
    EXPECT_THAT(
        parse("id: 1\ndata: a\n\nid\ndata: b\n\n"),
        testing::ElementsAre(ServerSentEvent{"message", "a", "1"}, ServerSentEvent{"message", "b", ""}));
}

TEST(SseParser, readsRetryOfDigitsOnly) {
    SseParser parser;
    EXPECT_THAT(parser.feed("retry: -5\nretry: 1x\nretry:\nretry: 99999999999\n"), testing::IsEmpty());
    EXPECT_EQ(parser.retryMs(), std::nullopt);
    EXPECT_THAT(parser.feed("retry: 250\n"), testing::IsEmpty());
    EXPECT_EQ(parser.retryMs(), 250);
}

TEST(SseParser, stopsAtItsLimit) {
    SseParser line(100);
    EXPECT_THAT(line.feed(QByteArray(101, 'x')), testing::IsEmpty());
    EXPECT_TRUE(line.overflowed());
    EXPECT_THAT(line.feed("\ndata: 1\n\n"), testing::IsEmpty());

    SseParser event(100);
    for (int i = 0; i < 20; ++i) {
        EXPECT_THAT(event.feed("data: 123456789\n"), testing::IsEmpty());
    }
    EXPECT_TRUE(event.overflowed()) << "many short lines count together";
}

QByteArray randomStream(std::mt19937& random) {
    static const std::vector<QByteArray> pieces{"data",    "event",
                                                "id",      "retry",
                                                ":",       " ",
                                                "\n",      "\r",
                                                "\r\n",    "\n\n",
                                                "data: x", "\xEF\xBB\xBF",
                                                "7",       QByteArray("\0", 1),
                                                "\xff",    "{}"};
    std::uniform_int_distribution<std::size_t> pick(0, pieces.size() - 1);
    QByteArray out;
    for (int i = std::uniform_int_distribution<int>(0, 60)(random); i > 0; --i) {
        out += pieces[pick(random)];
    }
    return out;
}

// However the bytes are cut, the events are the same.
TEST(SseParser, cutsDoNotMatter) {
    std::mt19937 random(20260302);
    for (int round = 0; round < 5000; ++round) {
        const auto stream = randomStream(random);
        const auto whole = parse(stream);
        SseParser parser;
        std::vector<ServerSentEvent> pieced;
        for (qsizetype at = 0; at < stream.size();) {
            const auto length = std::uniform_int_distribution<qsizetype>(1, 7)(random);
            const auto events = parser.feed(stream.mid(at, length));
            pieced.insert(pieced.end(), events.begin(), events.end());
            at += length;
        }
        ASSERT_EQ(pieced, whole) << stream.toPercentEncoding().toStdString();
    }
}

} // namespace
} // namespace pilothouse::client
