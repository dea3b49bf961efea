// SPDX-License-Identifier: GPL-3.0-or-later
// The daemon's life: started, healthy, told to stop, killed.
#include "replica/engine/child.h"
#include "replica/provision/layout.h"
#include "replica/support/cluster.h"
#include "serving.h"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

#include <csignal>
#include <sstream>
#include <sys/resource.h>
#include <unistd.h>

namespace pilothouse::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

const std::vector<std::string> quick{"--engine-heartbeat", "50", "--engine-election", "500",
                                     "--engine-poll",      "50", "--disk-floor",      "0"};

class ServeTest : public ClusterTest {
protected:
    void SetUp() override { makeCluster(); }
    [[nodiscard]] std::unique_ptr<Serving> serve(std::vector<std::string> further = {}) {
        further.insert(further.end(), quick.begin(), quick.end());
        return std::make_unique<Serving>(dataDir(), std::move(further), folder / "log");
    }
    [[nodiscard]] bool healthy() const {
        return httpStatus(static_cast<int>(create.members[0].http_port), "/health") == 200;
    }
    [[nodiscard]] std::string engineMark() const {
        const std::string mark = readWhole(provision::Layout(dataDir()).enginePid());
        return mark.substr(0, mark.find('\n'));
    }
    [[nodiscard]] static bool runs(const std::string& mark) {
        return !mark.empty() && engine::processMark(std::atoi(mark.c_str())) == mark;
    }
};

TEST_F(ServeTest, StopsWithinFiveSecondsOfSigterm) {
    for (const int number : {SIGTERM, SIGINT}) {
        const auto serving = serve();
        ASSERT_TRUE(eventually([&] { return healthy(); })) << serving->log();
        const std::string engine = engineMark();
        EXPECT_TRUE(runs(engine));
        serving->signal(number);
        const auto code = serving->wait(5s);
        ASSERT_TRUE(code) << "still there after 5 s\n" << serving->log();
        EXPECT_EQ(*code, 0) << serving->log();
        EXPECT_FALSE(runs(engine));
        EXPECT_THAT(serving->log(), HasSubstr("stopped"));
    }
}

// The soft limit is 1024 by custom.
TEST_F(ServeTest, OpensAsManyFilesAsItMay) {
    rlimit before{};
    ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
    const rlimit low{256, before.rlim_max};
    ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &low), 0);
    const auto serving = serve();
    EXPECT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
    ASSERT_TRUE(eventually([&] { return healthy(); })) << serving->log();
    rlimit its{};
    ASSERT_EQ(prlimit(serving->pid(), RLIMIT_NOFILE, nullptr, &its), 0);
    EXPECT_EQ(its.rlim_cur, before.rlim_max);
}

TEST_F(ServeTest, FurtherSignalsAreHarmless) {
    const auto serving = serve();
    ASSERT_TRUE(eventually([&] { return healthy(); })) << serving->log();
    for (const int number : {SIGHUP, SIGHUP, SIGTERM, SIGTERM, SIGINT, SIGHUP, SIGTERM}) {
        serving->signal(number);
    }
    EXPECT_EQ(serving->wait(5s), 0) << serving->log();
}

TEST_F(ServeTest, LogsJsonLinesWithoutSecrets) {
    const auto serving = serve({"--log-format", "json", "--log-level", "debug"});
    ASSERT_TRUE(eventually([&] { return healthy(); })) << serving->log();
    serving->signal(SIGTERM);
    ASSERT_EQ(serving->wait(5s), 0);
    std::istringstream lines(serving->log());
    int count = 0;
    for (std::string line; std::getline(lines, line); ++count) {
        boost::system::error_code error;
        const auto value = boost::json::parse(line, error);
        ASSERT_FALSE(error) << line;
        for (const char* field : {"time", "level", "component", "message"}) {
            EXPECT_TRUE(value.is_object() && value.get_object().contains(field)) << field << " in " << line;
        }
    }
    EXPECT_GT(count, 5);
    EXPECT_EQ(serving->log().find(readWhole(cluster.passwordFile).substr(0, 20)), std::string::npos);
}

// What a SIGKILL leaves: the engine goes with the replica, and the next one starts at once.
TEST_F(ServeTest, ComesBackAfterBeingKilled) {
    std::string engine;
    {
        const auto serving = serve();
        ASSERT_TRUE(eventually([&] { return healthy(); })) << serving->log();
        engine = engineMark();
        serving->signal(SIGKILL);
        EXPECT_EQ(serving->wait(5s), 128 + SIGKILL);
    }
    EXPECT_TRUE(eventually([&] { return !runs(engine); })) << "an orphaned engine";
    const auto serving = serve();
    EXPECT_TRUE(eventually([&] { return healthy(); })) << serving->log();
}

TEST_F(ServeTest, AKilledEngineIsStartedAgain) {
    const auto serving = serve();
    ASSERT_TRUE(eventually([&] { return healthy(); })) << serving->log();
    const std::string first = engineMark();
    kill(std::atoi(first.c_str()), SIGKILL);
    EXPECT_TRUE(eventually([&] { return engineMark() != first && runs(engineMark()); }));
    EXPECT_TRUE(eventually([&] { return healthy(); })) << serving->log();
    EXPECT_THAT(serving->log(), HasSubstr("is started again"));
}

TEST_F(ServeTest, SaysInOneLineWhyItCannotStart) {
    const auto first = serve();
    ASSERT_TRUE(eventually([&] { return healthy(); })) << first->log();
    Serving second(dataDir(), {}, folder / "second");
    EXPECT_EQ(second.wait(5s), 1);
    EXPECT_THAT(second.log(), HasSubstr("is in use by process " + std::to_string(first->pid())));
}

// As systemd's Type=notify wants it (sd_notify(3)).
TEST_F(ServeTest, TellsTheServiceManager) {
    const ServiceManagerDouble manager(folder / "notify");
    const auto serving = serve();
    EXPECT_EQ(manager.received(), "READY=1");
    EXPECT_NE(httpStatus(static_cast<int>(create.members[0].http_port), "/_ping"), 0) << "it listens by then";
    serving->signal(SIGTERM);
    EXPECT_EQ(manager.received(), "STOPPING=1");
    EXPECT_EQ(serving->wait(5s), 0);
}

} // namespace
} // namespace pilothouse::test
