// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/support/cluster.h"

#include "replica/support/ports.h"

#include <thread>

namespace pilothouse::test {

using namespace std::chrono_literals;

LogSink LogKeeper::sink(const std::string& name) {
    return [this, name](const LogRecord& record) {
        const std::lock_guard lock(m_mutex);
        m_text += name + " " + formatText(record, toRfc3339(systemClock().wall())) + "\n";
    };
}

std::string LogKeeper::text() const {
    const std::lock_guard lock(m_mutex);
    return m_text;
}

ClusterTest::~ClusterTest() {
    if (HasFailure()) {
        GTEST_LOG_(INFO) << "What the replicas logged:\n" << log.text();
    }
}

void ClusterTest::makeCluster(int members, const Clock& clock) {
    create.clusterName = "Test";
    for (int i = 1; i <= members; ++i) {
        const std::int64_t port = reservePorts();
        const std::string name = "reg-" + std::to_string(i);
        create.members.push_back({name, "127.0.0.1", {}, port, port + 1, port + 2, port + 3, folder / name});
    }
    auto made = provision::createCluster(create, clock, security::systemRandom());
    ASSERT_TRUE(made) << made.error().text();
    cluster = std::move(*made);
}

std::filesystem::path ClusterTest::dataDir(int member) const {
    return create.members.at(static_cast<std::size_t>(member) - 1).data_dir;
}

ReplicaOptions ClusterTest::options(int member) {
    ReplicaOptions options;
    options.dataDir = dataDir(member);
    options.engineHeartbeat = 50ms;
    options.engineElection = 500ms;
    options.enginePoll = 50ms;
    options.peerInterval = 250ms;
    options.diskFloorBytes = 0;
    options.log = log.sink("reg-" + std::to_string(member));
    options.logLevel = LogLevel::debug;
    return options;
}

std::unique_ptr<Replica> ClusterTest::start(int member) {
    auto replica = Replica::start(options(member));
    EXPECT_TRUE(replica) << replica.error().text();
    return replica ? std::move(*replica) : nullptr;
}

std::unique_ptr<Replica> ClusterTest::startHealthy(int member) {
    auto replica = start(member);
    if (replica) {
        const auto healthy = replica->waitUntilHealthy(20s);
        EXPECT_TRUE(healthy) << healthy.error().text();
    }
    return replica;
}

bool ClusterTest::eventually(const std::function<bool()>& holds, std::chrono::milliseconds within) {
    const auto end = std::chrono::steady_clock::now() + within;
    while (!holds()) {
        if (std::chrono::steady_clock::now() > end) {
            return false;
        }
        std::this_thread::sleep_for(20ms);
    }
    return true;
}

} // namespace pilothouse::test
