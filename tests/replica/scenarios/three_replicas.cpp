// SPDX-License-Identifier: GPL-3.0-or-later
#include "three_replicas.h"

#include "replica/provision/layout.h"

namespace pilothouse::registry::test {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

void ThreeReplicas::SetUp() {
    makeCluster(replicas);
    std::vector<std::uint16_t> ports;
    for (int member = 1; member <= replicas; ++member) {
        ports.push_back(static_cast<std::uint16_t>(memberOf(member).https_port));
    }
    m_registry.emplace(ports, pilothouse::test::readWhole(cluster.caFile), loginOf(cluster));
    startAll();
}

void ThreeReplicas::startAll() {
    for (int member = 1; member <= replicas; ++member) {
        if (!runs(member)) {
            m_replicas.at(index(member)) = start(member);
        }
    }
    for (const auto& replica : m_replicas) {
        ASSERT_TRUE(replica);
        const auto healthy = replica->waitUntilHealthy(30s);
        ASSERT_TRUE(healthy) << healthy.error().text();
    }
    for (int member = 1; member <= replicas; ++member) {
        const Ask list{"GET", "/v2/_catalog"};
        ASSERT_TRUE(eventually([&] { return askOnce(member, list).status == 200; }));
    }
}

std::string ThreeReplicas::beginUpload(int member) {
    const Answer begun = askAt(member, {"POST", "/v2/app/blobs/uploads/"});
    EXPECT_EQ(begun.status, 202) << begun.body;
    return begun.field("location");
}

fs::path ThreeReplicas::blobsOf(int member) const {
    return provision::Layout(dataDir(member)).blobs();
}

std::vector<fs::path> ThreeReplicas::copiesAt(int member, const std::string& digest) const {
    const auto colon = digest.find(':');
    const std::string hex = digest.substr(colon + 1);
    std::vector<fs::path> found;
    for (const auto& entry :
         fs::directory_iterator(blobsOf(member) / digest.substr(0, colon) / hex.substr(0, 2))) {
        if (entry.path().filename().string().starts_with(hex + "-")) {
            found.push_back(entry.path());
        }
    }
    return found;
}

int ThreeReplicas::holders(const std::string& digest) const {
    int count = 0;
    for (int member = 1; member <= replicas; ++member) {
        count += copiesAt(member, digest).empty() ? 0 : 1;
    }
    return count;
}

} // namespace pilothouse::registry::test
