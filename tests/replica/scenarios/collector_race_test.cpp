// SPDX-License-Identifier: GPL-3.0-or-later
// One blob is looked for, mounted and pushed through all replicas at once while a collector that knows no
// grace deletes whatever no manifest names: a manifest that was acknowledged has its blob, on every replica.
#include "scenario.h"
#include "support/test_time.h"

#include <array>
#include <atomic>
#include <iostream>
#include <thread>

namespace pilothouse::registry::test {
namespace {

constexpr std::size_t contents = 3; // the same few again and again, so that each is found in every phase
constexpr int shortRun = 200;
constexpr int longRun = 10'000;
constexpr int mostAttempts = 20;

// The manifest that a client got acknowledged; nothing if the blob went away under it each time.
struct Pushed {
    std::string manifest;
    bool acknowledged = false;
    int attempts = 0;
};

class CollectorRace : public Scenario {
protected:
    void TearDown() override {
        collectAfter("60");
        Scenario::TearDown();
    }
    void collectAfter(const std::string& minutes) {
        const Ask asked{"PUT",
                        "/api/v0/settings/collect_after_minutes",
                        R"({"value":")" + minutes + R"(","operation_id":""})",
                        {{"Content-Type", "application/json"}}};
        ASSERT_EQ(registry().askOnce(0, asked).status, 200);
    }
    // As clients do: the layer is not sent when it is there, or can be had from another repository.
    [[nodiscard]] bool bringBlob(Balancer& client, std::size_t replica, const Blob& blob) {
        if (client.askAt(replica, {"HEAD", blobAt(blob.digest, "-a")}).status == 200) {
            return true;
        }
        ++m_missed;
        const std::string mount =
            at("/blobs/uploads/?mount=" + blob.digest + "&from=" + repository() + "-b", "-a");
        const Answer begun = client.askAt(replica, {"POST", mount});
        if (begun.status != 202) {
            EXPECT_EQ(begun.status, 201) << begun.head << begun.body;
            return begun.status == 201;
        }
        const Answer put = client.askAt(
            replica,
            {"PUT", closing(begun.field("location"), blob.digest), blob.bytes, {{"Content-Type", octets}}});
        EXPECT_EQ(put.status, 201) << put.head << put.body;
        return put.status == 201;
    }
    void push(Balancer& client, std::size_t replica, const Blob& blob, Pushed& pushed) {
        while (!pushed.acknowledged && pushed.attempts < mostAttempts) {
            ++pushed.attempts;
            if (!bringBlob(client, replica, blob)) {
                return;
            }
            const Answer put = client.askAt(replica, {"PUT",
                                                      manifestAt(digestOf(pushed.manifest), "-a"),
                                                      pushed.manifest,
                                                      {{"Content-Type", ociManifest}}});
            pushed.acknowledged = put.status == 201;
            if (!pushed.acknowledged) { // what was there has been collected since
                EXPECT_EQ(codeOf(put), "MANIFEST_BLOB_UNKNOWN") << put.head << put.body;
            }
        }
    }
    void expectWhole(const Pushed& pushed, const Blob& blob) {
        for (std::size_t replica = 0; replica < registry().size(); ++replica) {
            const Answer manifest =
                registry().askAt(replica, {"GET", manifestAt(digestOf(pushed.manifest), "-a")});
            EXPECT_EQ(manifest.body, pushed.manifest) << "at replica " << replica + 1;
            const Answer layer = registry().askAt(replica, {"GET", blobAt(blob.digest, "-a")});
            EXPECT_EQ(layer.body, blob.bytes) << layer.head << "at replica " << replica + 1;
        }
    }

    std::atomic<std::size_t> m_missed = 0; // how often a client was told that the blob is not there
};
INSTANTIATE_TEST_SUITE_P(Spec, CollectorRace, testing::Values(Topology::three), nameOf);

TEST_P(CollectorRace, WhatIsAcknowledgedHasItsBlobOnEveryReplica) {
    collectAfter("0");
    std::vector<Balancer> clients;
    for (std::size_t i = 0; i < registry().size(); ++i) {
        clients.push_back(registry().another());
    }
    std::array<Blob, contents> blobs;
    for (Blob& blob : blobs) {
        blob.bytes = freshBytes(5000);
        blob.digest = digestOf(blob.bytes);
    }
    const int rounds = pilothouse::test::testRounds(shortRun, longRun);
    int acknowledged = 0;
    int again = 0;
    for (int round = 0; round < rounds && !HasFailure(); ++round) {
        const Blob& blob = blobs.at(static_cast<std::size_t>(round) % contents);
        if (round % 2 == 0) {
            pushBlob(blob.bytes, "-b"); // to be mounted from there, if it is not collected before
        }
        std::vector<Pushed> pushed(clients.size());
        std::vector<std::thread> threads;
        for (std::size_t i = 0; i < clients.size(); ++i) {
            const std::string more = R"(,"annotations":{"round":")" + std::to_string(round) +
                                     R"(","client":")" + std::to_string(i) + "\"}";
            pushed[i].manifest = manifestOf(blob, {blob}, more);
            threads.emplace_back([&, i] { push(clients[i], i, blob, pushed[i]); });
        }
        for (auto& thread : threads) {
            thread.join();
        }
        for (const Pushed& one : pushed) {
            again += one.attempts - 1;
            if (one.acknowledged) {
                ++acknowledged;
                expectWhole(one, blob);
                EXPECT_EQ(remove(manifestAt(digestOf(one.manifest), "-a")).status, 202);
            }
        }
    }
    std::cout << rounds << " rounds, " << acknowledged << " manifests acknowledged, " << again
              << " attempts in vain, blob missed " << m_missed << " times" << std::endl;
    EXPECT_GT(acknowledged, rounds);
    // Each client misses each blob once before anybody has pushed it; more is the collector's work.
    EXPECT_GT(m_missed, contents * clients.size()) << "nothing was collected that was needed again";
}

} // namespace
} // namespace pilothouse::registry::test
