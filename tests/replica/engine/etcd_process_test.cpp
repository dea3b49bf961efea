// SPDX-License-Identifier: GPL-3.0-or-later
// The supervised child, with shell scripts in etcd's place.
#include "replica/engine/child.h"
#include "replica/engine/etcd_process.h"
#include "support/fixtures.h"

#include <gmock/gmock.h>

#include <csignal>
#include <fcntl.h>
#include <mutex>
#include <sys/wait.h>
#include <thread>

namespace pilothouse::engine {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

bool eventually(const std::function<bool()>& condition) {
    const auto end = std::chrono::steady_clock::now() + 15s;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > end) {
            return false;
        }
        std::this_thread::sleep_for(2ms);
    }
    return true;
}

class EtcdProcessTest : public testing::Test {
protected:
    // A program that answers --version as etcd does and then runs `body`, a piece of shell script.
    void script(const std::string& body, const std::string& version = "etcd Version: 3.4.23") {
        test::writeFile(program(), "#!/bin/sh\nif [ \"$1\" = --version ]; then echo '" + version +
                                       "'; exit 0; fi\n" + body + "\n");
        std::filesystem::permissions(program(), std::filesystem::perms::owner_all);
    }
    [[nodiscard]] std::filesystem::path program() const { return folder / "etcd"; }
    EtcdOptions options() const {
        EtcdOptions made;
        made.forceNewCluster = forceNewCluster;
        made.program = program();
        made.name = "aaaaaaaaaaaa";
        made.dataDir = folder / "data";
        made.pidFile = folder / "pid";
        return made;
    }
    Result<std::unique_ptr<EtcdProcess>> start() {
        const EtcdProcess::Listener listener{
            [this](int pid) { note(m_started, pid); },
            [this](const Error& why) { note(m_restarts, why); },
            [this](const Error& why) { note(m_givenUp, why); },
        };
        const Logger log(
            [this](const LogRecord& record) {
                const std::lock_guard lock(m_mutex);
                m_log += record.message + "\n";
            },
            "engine", LogLevel::debug);
        return EtcdProcess::start(options(), listener, log);
    }
    template <typename T>
    void note(std::vector<T>& list, const T& what) {
        const std::lock_guard lock(m_mutex);
        list.push_back(what);
    }
    template <typename T>
    std::vector<T> noted(const std::vector<T>& list) {
        const std::lock_guard lock(m_mutex);
        return list;
    }
    std::string log() {
        const std::lock_guard lock(m_mutex);
        return m_log;
    }
    static bool runs(int pid) { return processMark(pid).has_value(); }

    test::TemporaryFolder folder;
    bool forceNewCluster = false;
    std::vector<int> m_started;
    std::vector<Error> m_restarts;
    std::vector<Error> m_givenUp;

private:
    std::mutex m_mutex;
    std::string m_log;
};

TEST_F(EtcdProcessTest, RefusesWhatIsNoEtcd) {
    auto missing = start();
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::notFound);
    script("sleep 60", "etcd Version: 3.3.1");
    const auto old = start();
    ASSERT_FALSE(old);
    EXPECT_THAT(old.error().text(), HasSubstr("etcd 3.3.1 is not supported"));
    EXPECT_THAT(old.error().text(), HasSubstr(program().string()));
    script("sleep 60", "GNU bash, version 5.2");
    EXPECT_FALSE(start());
    test::writeFile(program(), "neither script nor binary");
    EXPECT_FALSE(start());
}

TEST_F(EtcdProcessTest, RunsAndStops) {
    script("exec sleep 60");
    auto process = start();
    ASSERT_TRUE(process) << process.error().text();
    ASSERT_TRUE(eventually([&] { return (*process)->pid().has_value() && !noted(m_started).empty(); }));
    const int pid = *(*process)->pid();
    EXPECT_TRUE(runs(pid));
    EXPECT_TRUE(
        eventually([&] { return test::readWhole(folder / "pid").starts_with(std::to_string(pid) + " "); }));
    (*process)->stop(5s);
    EXPECT_FALSE(runs(pid));
    EXPECT_FALSE((*process)->pid());
    EXPECT_FALSE(std::filesystem::exists(folder / "pid"));
    EXPECT_TRUE(noted(m_restarts).empty());
}

TEST_F(EtcdProcessTest, KillsWhatDoesNotStop) {
    script("trap '' TERM; echo ready; while :; do sleep 0.01; done");
    auto process = start();
    ASSERT_TRUE(process) << process.error().text();
    ASSERT_TRUE(eventually([&] { return log().find("ready") != std::string::npos; }));
    const int pid = *(*process)->pid();
    const auto began = std::chrono::steady_clock::now();
    (*process)->stop(200ms);
    EXPECT_GE(std::chrono::steady_clock::now() - began, 200ms);
    EXPECT_FALSE(runs(pid));
}

TEST_F(EtcdProcessTest, StartsItAgainWithLongerAndLongerPauses) {
    script("echo failing; exit 3");
    const auto began = std::chrono::steady_clock::now();
    auto process = start();
    ASSERT_TRUE(process) << process.error().text();
    ASSERT_TRUE(eventually([&] { return noted(m_givenUp).size() == 1; }));
    EXPECT_EQ(noted(m_restarts).size(), 4U);
    EXPECT_EQ((*process)->restarts(), 4);
    EXPECT_EQ(noted(m_started).size(), 5U);
    EXPECT_GE(std::chrono::steady_clock::now() - began, 1500ms) << "it was not hammered";
    const auto why = noted(m_givenUp).front();
    EXPECT_EQ(why.message, "the engine ended with status 3");
    EXPECT_THAT(why.hint, HasSubstr("failing"));
}

TEST_F(EtcdProcessTest, StartsItAgainWhenItIsKilled) {
    script("exec sleep 60");
    auto process = start();
    ASSERT_TRUE(process) << process.error().text();
    ASSERT_TRUE(eventually([&] { return noted(m_started).size() == 1; }));
    const int first = noted(m_started).front();
    ::kill(first, SIGKILL);
    ASSERT_TRUE(eventually([&] { return noted(m_started).size() == 2; }));
    EXPECT_NE(noted(m_started).back(), first);
    EXPECT_EQ(noted(m_restarts).front().message, "the engine ended by signal 9");
    EXPECT_TRUE(eventually([&] { return (*process)->pid() == noted(m_started).back(); }));
}

// As a program does that wants to know nothing of its children: no status is left for who waits.
class IgnoresChildren {
public:
    IgnoresChildren() : m_before(std::signal(SIGCHLD, SIG_IGN)) {}
    ~IgnoresChildren() { std::signal(SIGCHLD, m_before); }
    IgnoresChildren(const IgnoresChildren&) = delete;
    IgnoresChildren& operator=(const IgnoresChildren&) = delete;

private:
    void (*m_before)(int);
};

TEST_F(EtcdProcessTest, NoticesItsEndAlsoWhereChildrenAreReapedElsewhere) {
    const IgnoresChildren ignoring;
    script("exec sleep 60");
    auto process = start();
    ASSERT_TRUE(process) << process.error().text();
    ASSERT_TRUE(eventually([&] { return noted(m_started).size() == 1; }));
    ::kill(noted(m_started).front(), SIGKILL);
    ASSERT_TRUE(eventually([&] { return noted(m_started).size() == 2; }));
    EXPECT_THAT(noted(m_restarts).front().message, HasSubstr("the engine ended in a way that is not known"));
    const int second = noted(m_started).back();
    const auto began = std::chrono::steady_clock::now();
    (*process)->stop(5s);
    EXPECT_LT(std::chrono::steady_clock::now() - began, 4s);
    EXPECT_FALSE(runs(second));
}

TEST_F(EtcdProcessTest, DoesNotTryAgainWhereThatIsHopeless) {
    script(
        R"(echo '{"level":"fatal","msg":"x","error":"the member has been permanently removed from the cluster"}' >&2
exit 1)");
    auto process = start();
    ASSERT_TRUE(process) << process.error().text();
    ASSERT_TRUE(eventually([&] { return noted(m_givenUp).size() == 1; }));
    EXPECT_EQ(noted(m_started).size(), 1U);
    EXPECT_EQ(noted(m_givenUp).front().message, "this replica was removed from its cluster");
}

TEST_F(EtcdProcessTest, ForcesANewClusterOnce) {
    forceNewCluster = true;
    script("echo failing; exit 3");
    auto process = start();
    ASSERT_TRUE(process) << process.error().text();
    ASSERT_TRUE(eventually([&] { return noted(m_givenUp).size() == 1; }));
    EXPECT_EQ(noted(m_started).size(), 1U);
    EXPECT_THAT(noted(m_givenUp).front().text(), HasSubstr("failing"));
}

// As etcd 3.4 does when it is asked for its status in that moment.
TEST_F(EtcdProcessTest, KnowsThatItWasRemovedWhateverItSaysInItsPanic) {
    script(
        R"(echo '{"level":"warn","msg":"server error","error":"the member has been permanently removed from the cluster"}' >&2
for i in $(seq 60); do echo "goroutine $i [running]:" >&2; done
exit 2)");
    auto process = start();
    ASSERT_TRUE(process) << process.error().text();
    ASSERT_TRUE(eventually([&] { return noted(m_givenUp).size() == 1; }));
    EXPECT_EQ(noted(m_started).size(), 1U) << log();
    EXPECT_EQ(noted(m_givenUp).front().message, "this replica was removed from its cluster");
}

TEST_F(EtcdProcessTest, WaitsForRoomWhenTheDiskFilledUpWhileItRan) {
    script("echo serving client traffic securely; echo no space left on device; exit 1");
    auto process = start();
    ASSERT_TRUE(process) << process.error().text();
    ASSERT_TRUE(eventually([&] { return noted(m_restarts).size() == 6; })) << "it gave up, or took too long";
    EXPECT_TRUE(noted(m_givenUp).empty());
    EXPECT_EQ(noted(m_restarts).back().message, "the disk under the data folder is full");
}

TEST_F(EtcdProcessTest, GivesUpWhereTheDiskIsFullFromTheStart) {
    script("echo no space left on device; exit 1");
    auto process = start();
    ASSERT_TRUE(process) << process.error().text();
    ASSERT_TRUE(eventually([&] { return noted(m_givenUp).size() == 1; }));
    EXPECT_EQ(noted(m_givenUp).front().message, "the disk under the data folder is full");
}

TEST_F(EtcdProcessTest, CanBeStoppedWhileItPauses) {
    script("exit 1");
    auto process = start();
    ASSERT_TRUE(process) << process.error().text();
    ASSERT_TRUE(eventually([&] { return noted(m_restarts).size() == 3; }));
    const auto began = std::chrono::steady_clock::now();
    (*process)->stop(5s);
    EXPECT_LT(std::chrono::steady_clock::now() - began, 4s);
    EXPECT_TRUE(noted(m_givenUp).empty());
}

TEST_F(EtcdProcessTest, KeepsGoingWhenTheChildClosesItsOutput) {
    script("exec sleep 60 >/dev/null 2>&1");
    auto process = start();
    ASSERT_TRUE(process) << process.error().text();
    ASSERT_TRUE(eventually([&] { return noted(m_started).size() == 1; }));
    ::kill(noted(m_started).front(), SIGKILL);
    EXPECT_TRUE(eventually([&] { return noted(m_started).size() == 2; })) << "its end is seen all the same";
}

TEST_F(EtcdProcessTest, GivesTheChildNothingButItsOutput) {
    const int inherited = open("/dev/null", O_RDONLY); // without O_CLOEXEC
    script("ls -l /proc/self/fd | sed 's/.* \\([0-9]* ->\\)/fd \\1/'; cat; echo end of input; exec sleep 60");
    auto process = start();
    ASSERT_TRUE(process) << process.error().text();
    ASSERT_TRUE(eventually([&] { return log().find("end of input") != std::string::npos; })) << log();
    ::close(inherited);
    EXPECT_THAT(log(), HasSubstr("fd 0 -> /dev/null"));
    EXPECT_EQ(log().find("fd " + std::to_string(inherited) + " -> /dev/null"), std::string::npos) << log();
}

TEST_F(EtcdProcessTest, IsNotSetUpByVariablesForAnotherEtcd) {
    ::setenv("ETCD_FORCE_NEW_CLUSTER", "true", 1);
    ::setenv("ETCD_UNSUPPORTED_ARCH", "arm64", 1);
    script("env; echo end of environment; exec sleep 60");
    auto process = start();
    ASSERT_TRUE(process) << process.error().text();
    ASSERT_TRUE(eventually([&] { return log().find("end of environment") != std::string::npos; })) << log();
    ::unsetenv("ETCD_FORCE_NEW_CLUSTER");
    ::unsetenv("ETCD_UNSUPPORTED_ARCH");
    EXPECT_EQ(log().find("ETCD_FORCE_NEW_CLUSTER"), std::string::npos) << log();
    EXPECT_THAT(log(), HasSubstr("ETCD_UNSUPPORTED_ARCH=arm64"));
    EXPECT_THAT(log(), HasSubstr("PATH="));
}

TEST_F(EtcdProcessTest, OutlivesTheThreadThatStartedIt) {
    script("exec sleep 60");
    std::unique_ptr<EtcdProcess> process;
    std::thread([&] { process = start().value(); }).join();
    ASSERT_TRUE(eventually([&] { return noted(m_started).size() == 1; }));
    // The signal of a thread's death would come at once; the process is looked at for a while.
    const int pid = noted(m_started).front();
    for (int i = 0; i < 50; ++i) {
        ASSERT_TRUE(runs(pid));
        std::this_thread::sleep_for(2ms);
    }
    EXPECT_EQ(process->restarts(), 0);
}

TEST_F(EtcdProcessTest, DiesWithItsReplica) {
    script("trap '' TERM HUP; echo $$ > '" + (folder / "child").string() + "'; while :; do sleep 0.01; done");
    const int replica = ::fork();
    if (replica == 0) {
        auto process =
            EtcdProcess::start(options(), {[](int) {}, [](const Error&) {}, [](const Error&) {}}, {});
        for (;;) {
            ::pause();
        }
    }
    int child = 0;
    const bool up = eventually([&] {
        child = std::atoi(test::readWhole(folder / "child").c_str());
        return child > 0;
    });
    ::kill(replica, SIGKILL);
    ::waitpid(replica, nullptr, 0);
    ASSERT_TRUE(up);
    EXPECT_TRUE(eventually([&] { return !runs(child); })) << "process " << child << " is left";
}

TEST_F(EtcdProcessTest, EndsWhatAnEarlierReplicaLeft) {
    const int left = ::fork();
    if (left == 0) {
        ::execl("/bin/sleep", "sleep", "60", nullptr);
        ::_exit(1);
    }
    std::thread reaper([&] { ::waitpid(left, nullptr, 0); });
    ASSERT_TRUE(eventually([&] { return processMark(left).has_value(); }));
    test::writeFile(folder / "pid", *processMark(left) + "\n");
    script("exec sleep 60");
    auto process = start();
    reaper.join();
    ASSERT_TRUE(process) << process.error().text();
    EXPECT_FALSE(runs(left));
}

TEST_F(EtcdProcessTest, SparesAProcessThatOnlyHasTheSameNumber) {
    const int other = ::fork();
    if (other == 0) {
        ::execl("/bin/sleep", "sleep", "60", nullptr);
        ::_exit(1);
    }
    for (const std::string& text : {std::to_string(other) + " 1", std::to_string(other), std::string("1 1"),
                                    std::string("-1 0"), std::string("garbage"), std::string()}) {
        test::writeFile(folder / "pid", text + "\n");
        EXPECT_TRUE(endLeftover(folder / "pid")) << text;
    }
    EXPECT_TRUE(endLeftover(folder / "none"));
    EXPECT_TRUE(runs(other));
    ::kill(other, SIGKILL);
    ::waitpid(other, nullptr, 0);
    EXPECT_FALSE(processMark(other));
}

} // namespace
} // namespace pilothouse::engine
