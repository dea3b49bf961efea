// SPDX-License-Identifier: GPL-3.0-or-later
// One blob is looked for, mounted and pushed through all replicas at once while a collector that knows no
// grace deletes whatever no manifest names: a manifest that was acknowledged has its blob, on every replica.
#include "scenario.h"
#include "support/test_time.h"

#include <array>
#include <atomic>
#include <iostream>
#include <random>
#include <thread>
#include <utility>

namespace pilothouse::registry::test {
namespace {

constexpr std::size_t contents = 3; // the same few again and again, so that each is found in every phase
constexpr int shortRun = 100;
constexpr int longRun = 10'000;
constexpr int mostAttempts = 20;
constexpr int longestWait = 50'000; // microseconds; the collector takes about as long from look to deletion

// How often which way led to the blob.
struct Ways {
    std::atomic<int> found = 0; // by HEAD
    std::atomic<int> mounted = 0;
    std::atomic<int> uploaded = 0;
    std::atomic<int> inVain = 0; // it was collected before the manifest named it
};

// One blob, and the manifests that name it and that clients got acknowledged.
struct Content {
    Blob blob;
    std::vector<std::string> manifests = {};
};

class CollectorRace : public Scenario {
protected:
    void SetUp() override {
        Scenario::SetUp();
        for (std::size_t i = 0; i < registry().size(); ++i) {
            m_clients.push_back(registry().another());
        }
        collectAfter("0");
    }
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
    [[nodiscard]] bool bringBlob(std::size_t replica, const Blob& blob) {
        Balancer& client = m_clients.at(replica);
        if (client.askAt(replica, {"HEAD", blobAt(blob.digest, "-a")}).status == 200) {
            ++m_ways.found;
            return true;
        }
        const std::string mount =
            at("/blobs/uploads/?mount=" + blob.digest + "&from=" + repository() + "-b", "-a");
        const Answer begun = client.askAt(replica, {"POST", mount});
        if (begun.status != 202) {
            EXPECT_EQ(begun.status, 201) << begun.head << begun.body;
            ++m_ways.mounted;
            return begun.status == 201;
        }
        const Answer put = client.askAt(
            replica,
            {"PUT", closing(begun.field("location"), blob.digest), blob.bytes, {{"Content-Type", octets}}});
        EXPECT_EQ(put.status, 201) << put.head << put.body;
        ++m_ways.uploaded;
        return put.status == 201;
    }
    // Whether it was acknowledged; the blob may go away under it each time.
    [[nodiscard]] bool push(std::size_t replica, const Blob& blob, const std::string& manifest,
                            unsigned seed) {
        std::mt19937 random(seed);
        waitALittle(random);
        for (int attempt = 0; attempt < mostAttempts; ++attempt) {
            if (!bringBlob(replica, blob)) {
                return false;
            }
            waitALittle(random);
            const Answer put = m_clients.at(replica).askAt(
                replica,
                {"PUT", manifestAt(digestOf(manifest), "-a"), manifest, {{"Content-Type", ociManifest}}});
            if (put.status == 201) {
                return true;
            }
            EXPECT_EQ(codeOf(put), "MANIFEST_BLOB_UNKNOWN") << put.head << put.body;
            ++m_ways.inVain;
        }
        return false;
    }
    void removeAll(const std::vector<std::string>& manifests) {
        for (const std::string& each : manifests) {
            EXPECT_EQ(remove(manifestAt(digestOf(each), "-a")).status, 202);
        }
    }
    // As clients that have other layers to push. Spreads them over all moments of the collector's work.
    static void waitALittle(std::mt19937& random) {
        const int time = std::uniform_int_distribution(0, longestWait)(random);
        std::this_thread::sleep_for(std::chrono::microseconds(time));
    }
    // Through each replica at once, while the manifests of before go: with the last of them the blob begins
    // to die, unless a new one came first. In every other round they have gone already, and the blob is
    // pushed to another repository, to be mounted from there if it is not collected before.
    void race(int round, Content& content) {
        const std::vector<std::string> before = std::exchange(content.manifests, {});
        const bool mounting = round % 2 == 0;
        if (mounting) {
            removeAll(before);
            waitALittle(m_random);
            pushBlob(content.blob.bytes, "-b");
        }
        std::vector<std::string> manifests;
        std::vector<char> acknowledged(m_clients.size());
        std::vector<std::thread> threads;
        for (std::size_t i = 0; i < m_clients.size(); ++i) {
            manifests.push_back(manifestOf(content.blob, {content.blob},
                                           R"(,"annotations":{"round":")" + std::to_string(round) +
                                               R"(","client":")" + std::to_string(i) + "\"}"));
        }
        for (std::size_t i = 0; i < m_clients.size(); ++i) {
            threads.emplace_back([&, i, seed = static_cast<unsigned>(m_random())] {
                acknowledged[i] = push(i, content.blob, manifests[i], seed) ? 1 : 0;
            });
        }
        if (!mounting) {
            removeAll(before);
        }
        for (std::size_t i = 0; i < m_clients.size(); ++i) {
            threads[i].join();
            if (acknowledged[i] != 0) {
                content.manifests.push_back(manifests[i]);
            }
        }
    }
    void expectBlob(const Content& content) {
        for (std::size_t replica = 0; replica < registry().size() && !content.manifests.empty(); ++replica) {
            const Answer layer = registry().askAt(replica, {"GET", blobAt(content.blob.digest, "-a")});
            EXPECT_EQ(layer.body, content.blob.bytes) << layer.head << "at replica " << replica + 1;
        }
    }
    void expectManifests(const Content& content) {
        for (const std::string& each : content.manifests) {
            for (std::size_t replica = 0; replica < registry().size(); ++replica) {
                const Answer manifest = registry().askAt(replica, {"GET", manifestAt(digestOf(each), "-a")});
                EXPECT_EQ(manifest.body, each) << "at replica " << replica + 1;
            }
        }
    }

    std::vector<Balancer> m_clients; // one for each replica, each for a thread of its own
    Ways m_ways;
    const unsigned m_seed = pilothouse::test::testSeed();
    std::mt19937 m_random{m_seed};
};
INSTANTIATE_TEST_SUITE_P(Spec, CollectorRace, testing::Values(Topology::three), nameOf);

TEST_P(CollectorRace, WhatIsAcknowledgedHasItsBlobOnEveryReplica) {
    std::array<Content, contents> all;
    for (Content& content : all) {
        content.blob.bytes = freshBytes(5000);
        content.blob.digest = digestOf(content.blob.bytes);
    }
    const int rounds = pilothouse::test::testRounds(shortRun, longRun);
    std::size_t acknowledged = 0;
    int round = 0;
    for (; round < rounds && !HasFailure(); ++round) {
        Content& content = all.at(static_cast<std::size_t>(round) % contents);
        expectBlob(content); // the collector has had its time since
        race(round, content);
        acknowledged += content.manifests.size();
        expectBlob(content);
        expectManifests(content);
    }
    std::cout << "PILOTHOUSE_TEST_SEED=" << m_seed << ": " << round << " rounds, " << acknowledged
              << " manifests acknowledged; blob found " << m_ways.found << " times, mounted "
              << m_ways.mounted << ", uploaded " << m_ways.uploaded << ", collected in between "
              << m_ways.inVain << std::endl;
    EXPECT_EQ(acknowledged, static_cast<std::size_t>(rounds) * m_clients.size());
    EXPECT_GT(m_ways.found + m_ways.mounted, 0);
    EXPECT_GT(m_ways.uploaded, 0);
    if (rounds == longRun) { // a short one may miss it, on a slow disk
        EXPECT_GT(m_ways.mounted, 0);
        EXPECT_GT(m_ways.inVain, 0) << "the collector was never in between";
    }
}

} // namespace
} // namespace pilothouse::registry::test
