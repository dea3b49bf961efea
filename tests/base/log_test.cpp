// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pilothouse {
namespace {

constexpr const char* timestamp = "2026-03-02T10:00:00.123Z";

TEST(Log, TextIsOneLineForPeople) {
    const LogRecord record{
        LogLevel::warning, "engine", "the engine ended", {{"exit", "1"}, {"why", "no space"}, {"hint", ""}}};
    EXPECT_EQ(formatText(record, timestamp),
              "2026-03-02T10:00:00.123Z warning engine: the engine ended exit=1 why=\"no space\" hint=\"\"");
}

TEST(Log, JsonIsOneObject) {
    const LogRecord record{LogLevel::error, "http", "refused \"x\"", {{"path", "a\\b"}}};
    EXPECT_EQ(
        formatJson(record, timestamp),
        R"({"time":"2026-03-02T10:00:00.123Z","level":"error","component":"http","message":"refused \"x\"","path":"a\\b"})");
}

TEST(Log, NothingBreaksOutOfItsLine) {
    const LogRecord record{LogLevel::info, "http", "a\nb\r\t\x1b[31m\x7f", {{"value", "x\nlevel=error"}}};
    EXPECT_EQ(formatText(record, "T"),
              "T info http: a\\nb\\r\\t\\u001b[31m\\u007f value=\"x\\nlevel=error\"");
    EXPECT_THAT(formatJson(record, "T"), testing::HasSubstr(R"("message":"a\nb\r\t\u001b[31m\u007f")"));
}

TEST(Log, BrokenUtf8BecomesTheReplacementCharacter) {
    const std::string replacement = "\xEF\xBF\xBD";
    const std::pair<std::string, std::string> cases[] = {
        {"Gr\xC3\xBC\xC3\x9F"
         "e \xF0\x9F\x9A\xA2",
         "Gr\xC3\xBC\xC3\x9F"
         "e \xF0\x9F\x9A\xA2"},
        {"\xC3", replacement},                                     // cut off
        {"\xC0\xAF", replacement + replacement},                   // overlong
        {"\xED\xA0\x80", replacement + replacement + replacement}, // surrogate
        {"\xF5\x80\x80\x80", replacement + replacement + replacement + replacement},
        {"\xC2\x9B", "\\u009b"}, // a control sequence introducer for some terminals
    };
    for (const auto& [message, expected] : cases) {
        EXPECT_EQ(formatText({LogLevel::info, "c", message, {}}, "T"), "T info c: " + expected);
    }
}

TEST(Log, AFieldCannotPassForAMemberOfTheLine) {
    EXPECT_EQ(formatJson({LogLevel::info, "c", "m", {{"level", "error"}}}, "T"),
              R"({"time":"T","level":"info","component":"c","message":"m","level_":"error"})");
}

TEST(Log, ALoggerKeepsItsComponentAndItsLevel) {
    std::vector<std::string> lines;
    const Logger logger([&](const LogRecord& record) { lines.push_back(formatText(record, "T")); }, "engine");
    logger.debug("dropped");
    logger.info("kept", {{"n", "1"}});
    logger.named("http").error("other");
    Logger().error("nobody listens");
    EXPECT_THAT(lines, testing::ElementsAre("T info engine: kept n=1", "T error http: other"));
}

} // namespace
} // namespace pilothouse
