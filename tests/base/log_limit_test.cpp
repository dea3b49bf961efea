// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/log_limit.h"

#include <gmock/gmock.h>

namespace pilothouse {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

class LogLimitTest : public testing::Test {
protected:
    std::vector<std::string> lines;
    ManualClock clock;
    Logger log{[this](const LogRecord& record) { lines.push_back(formatText(record, "T")); }, "http"};
    LogLimit limit{clock};
};

TEST_F(LogLimitTest, TheFirstIsWrittenAtOnce) {
    limit.warning(log, "full", {{"source", "192.0.2.1"}});
    EXPECT_THAT(lines, ElementsAre("T warning http: full source=192.0.2.1"));
}

TEST_F(LogLimitTest, AFloodIsOneLineInTenSecondsWithItsNumber) {
    for (int i = 0; i < 1001; ++i) {
        limit.info(log, "failed");
        clock.advance(9ms);
    }
    EXPECT_THAT(lines, ElementsAre("T info http: failed"));
    clock.advance(10s);
    limit.info(log, "failed");
    clock.advance(10s);
    limit.info(log, "failed");
    EXPECT_THAT(lines, ElementsAre("T info http: failed", "T info http: failed held_back=1000",
                                   "T info http: failed"));
}

} // namespace
} // namespace pilothouse
