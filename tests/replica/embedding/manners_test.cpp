// SPDX-License-Identifier: GPL-3.0-or-later
// What a library must leave alone in the program that embeds it.
#include "replica/support/cluster.h"

#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <map>
#include <sys/stat.h>
#include <unistd.h>

namespace pilothouse::test {
namespace {

// Standard output and error of this process, in a file while it lives.
class Streams {
public:
    explicit Streams(const std::filesystem::path& file) : m_out(dup(1)), m_error(dup(2)) {
        const int target = open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        dup2(target, 1);
        dup2(target, 2);
        close(target);
    }
    ~Streams() {
        dup2(m_out, 1);
        dup2(m_error, 2);
        close(m_out);
        close(m_error);
    }

private:
    int m_out;
    int m_error;
};

struct Dispositions {
    std::map<int, void (*)(int)> handlers;
    std::map<int, bool> blocked;
    friend bool operator==(const Dispositions&, const Dispositions&) = default;
};

Dispositions dispositions() {
    Dispositions now;
    sigset_t mask;
    pthread_sigmask(SIG_SETMASK, nullptr, &mask);
    for (int number = 1; number < SIGRTMIN; ++number) {
        struct sigaction action {};
        if (sigaction(number, nullptr, &action) == 0) {
            now.handlers[number] = action.sa_handler;
            now.blocked[number] = sigismember(&mask, number) == 1;
        }
    }
    return now;
}

class ReplicaMannersTest : public ClusterTest {};

TEST_F(ReplicaMannersTest, WritesNothingAndHandlesNoSignal) {
    makeCluster();
    const auto before = dispositions();
    const mode_t maskBefore = umask(0);
    umask(maskBefore);
    const auto written = folder / "written";
    Dispositions during;
    {
        const Streams captured(written);
        auto quiet = options();
        quiet.log = {};
        const auto replica = Replica::start(quiet);
        ASSERT_TRUE(replica) << replica.error().text();
        const auto healthy = (*replica)->waitUntilHealthy(std::chrono::seconds(20));
        EXPECT_TRUE(healthy) << healthy.error().text();
        during = dispositions();
        EXPECT_TRUE((*replica)->stop());
        // Failures are values, too.
        quiet.engineProgram = "/nonexistent/etcd";
        EXPECT_FALSE(Replica::start(quiet));
    }
    EXPECT_EQ(readWhole(written), "");
    EXPECT_EQ(during, before);
    EXPECT_EQ(dispositions(), before);
    const mode_t maskAfter = umask(0);
    umask(maskAfter);
    EXPECT_EQ(maskAfter, maskBefore);
}

// Everything that the replicas of these tests log, with all that is secret in their folders and in it.
TEST_F(ReplicaMannersTest, LogsNoSecret) {
    makeCluster();
    const std::string password = readWhole(cluster.passwordFile).substr(0, 20);
    {
        const auto replica = startHealthy();
        ASSERT_NE(replica, nullptr);
    }
    const std::string text = log.text();
    ASSERT_NE(text.find("serves"), std::string::npos) << text;
    EXPECT_EQ(text.find(password), std::string::npos);
    EXPECT_EQ(text.find("PRIVATE KEY"), std::string::npos);
    EXPECT_EQ(text.find("$scrypt$"), std::string::npos);
    const std::string key = readWhole(dataDir() / "secrets" / "cluster.key");
    ASSERT_EQ(key.size(), 32U);
    for (const std::string& form : {key, toHex(key), toBase64(key)}) {
        EXPECT_EQ(text.find(form), std::string::npos);
    }
}

} // namespace
} // namespace pilothouse::test
