// SPDX-License-Identifier: GPL-3.0-or-later
// What a client was told is kept lasts on a majority of the replicas at that moment: whole replicas, whatever
// way it was pushed.
#include "sync_ledger.h"
#include "three_replicas.h"

#include <atomic>
#include <future>
#include <thread>

namespace pilothouse::registry::test {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

class PowerCut : public ThreeReplicas {
protected:
    void SetUp() override {
        SyncLedger::instance().clear();
        ThreeReplicas::SetUp();
    }

    // On how many replicas one incarnation of the blob lasts; of the one that lasts on most.
    [[nodiscard]] int lastingHolders(const std::string& digest, const Lasting& lasting) const {
        std::map<std::string, int> holders;
        int most = 0;
        for (int member = 1; member <= replicas; ++member) {
            for (const fs::path& copy : copiesAt(member, digest)) {
                most = std::max(most, lasting.has(copy) ? ++holders[copy.filename().string()] : 0);
            }
        }
        return most;
    }
    void expectLasts(const Answer& answer, const std::string& digest, const std::string& what) const {
        const Lasting lasting = SyncLedger::instance().now();
        EXPECT_EQ(answer.status, 201) << what << answer.head << answer.body;
        EXPECT_GE(lastingHolders(digest, lasting), 2) << what << " of " << digest;
    }

    // The power goes on all three at once: what does not last is not there when they start again.
    void cut(const Lasting& lasting) {
        for (int member = 1; member <= replicas; ++member) {
            stop(member);
        }
        for (int member = 1; member <= replicas; ++member) {
            for (const auto& entry : fs::recursive_directory_iterator(blobsOf(member))) {
                if (entry.is_regular_file()) {
                    cut(entry.path(), lasting);
                }
            }
        }
    }

    // How often something did not last.
    [[nodiscard]] int lost() const { return m_lost; }

private:
    void cut(const fs::path& file, const Lasting& lasting) {
        const auto bytes = lasting.bytesOf(file);
        m_lost += bytes == fs::file_size(file) ? 0 : 1;
        if (!bytes) {
            fs::remove(file);
        } else if (*bytes < fs::file_size(file)) {
            fs::resize_file(file, *bytes);
        }
    }

    int m_lost = 0;
};

std::string uploads(const std::string& query = {}) {
    return "/v2/app/blobs/uploads/" + query;
}

// The ways of pushing a blob; each gives the last answer.
Answer pushMonolithic(Balancer& registry, const std::string& bytes) {
    return registry.ask({"POST", uploads("?digest=" + digestOf(bytes)), bytes});
}

Answer pushStreamed(Balancer& registry, const std::string& bytes) {
    const std::string location = registry.ask({"POST", uploads()}).field("location");
    Ask patch{"PATCH", location, bytes};
    patch.chunked = true;
    const std::string end = registry.ask(patch).field("location");
    return registry.ask({"PUT", closing(end, digestOf(bytes))});
}

Answer pushInChunks(Balancer& registry, const std::string& bytes) {
    std::string location = registry.ask({"POST", uploads()}).field("location");
    const std::size_t half = bytes.size() / 2;
    location = registry.ask({"PATCH", location, bytes.substr(0, half)}).field("location");
    return registry.ask({"PUT", closing(location, digestOf(bytes)), bytes.substr(half)});
}

TEST_F(PowerCut, TakesNothingThatAClientWasToldIsKept) {
    for (const std::size_t size :
         {std::size_t{1}, std::size_t{5000}, std::size_t{70'000}, mib, 5 * mib, 9 * mib + 17}) {
        const std::string of = " of " + std::to_string(size) + " bytes";
        std::string bytes = freshBytes(size);
        expectLasts(pushMonolithic(registry(), bytes), digestOf(bytes), "POST" + of);
        bytes = freshBytes(size);
        expectLasts(pushStreamed(registry(), bytes), digestOf(bytes), "PATCH and PUT" + of);
        bytes = freshBytes(size);
        expectLasts(pushInChunks(registry(), bytes), digestOf(bytes), "chunks" + of);
        expectLasts(pushMonolithic(registry(), bytes), digestOf(bytes), "another push" + of);
    }
    for (int i = 0; i < 20; ++i) {
        const Blob blob{freshBytes(300), {}};
        expectLasts(pushMonolithic(registry(), blob.bytes), digestOf(blob.bytes), "POST");
        const std::string manifest = manifestOf(blob, {});
        const Ask put{"PUT", "/v2/app/manifests/latest", manifest, {{"Content-Type", ociManifest}}};
        expectLasts(registry().ask(put), digestOf(manifest), "manifest PUT");
        const Ask again{"PUT", "/v2/app/manifests/" + digestOf(manifest), manifest, put.fields};
        expectLasts(registry().ask(again), digestOf(manifest), "the same manifest");
    }
}

// "It is here already" is such a word too, also while another client's push of it is not over.
TEST_F(PowerCut, TakesNothingThatSeveralPushAtOnce) {
    for (int round = 0; round < 20; ++round) {
        const std::string bytes = freshBytes(round % 5 == 4 ? 5 * mib : 3000);
        std::vector<std::future<void>> pushes;
        for (int pusher = 0; pusher < 4; ++pusher) {
            pushes.push_back(std::async(std::launch::async, [&, pusher] {
                Balancer mine = registry().another();
                for (int turn = 0; turn < pusher; ++turn) {
                    (void)mine.ask({"GET", "/v2/"}); // so that each begins at another replica
                }
                expectLasts(pushMonolithic(mine, bytes), digestOf(bytes), "one of four");
            }));
        }
        for (auto& push : pushes) {
            push.get();
        }
    }
}

TEST_F(PowerCut, IsWaitedForByNoAnswerOnceAMajorityHasSynced) {
    for (const std::size_t size : {std::size_t{3000}, 5 * mib}) {
        const std::string bytes = freshBytes(size);
        std::future<Answer> pushing; // waits for its thread when it goes, so it goes last
        std::optional<SyncLedger::Hold> second(blobsOf(2));
        const SyncLedger::Hold third(blobsOf(3));
        pushing = std::async(std::launch::async, [&] {
            return askAt(1, {"POST", uploads("?digest=" + digestOf(bytes)), bytes});
        });
        ASSERT_TRUE(second->isMet());
        ASSERT_TRUE(third.isMet());
        EXPECT_EQ(pushing.wait_for(200ms), std::future_status::timeout) << "one copy lasts, of three";
        second.reset();
        expectLasts(pushing.get(), digestOf(bytes), "while the third has not synced");
    }
}

TEST_F(PowerCut, OnAllReplicasAtOnceLeavesWhatWasAcknowledged) {
    std::mutex mutex;
    std::vector<std::string> acknowledged;
    std::atomic<bool> on = true;
    std::vector<std::future<void>> pushes;
    for (int pusher = 0; pusher < 3; ++pusher) {
        pushes.push_back(std::async(std::launch::async, [&, pusher] {
            Balancer mine = registry().another();
            for (int i = 0; on; ++i) {
                const std::string bytes = std::to_string(pusher) + ":" + std::to_string(i) +
                                          std::string(i % 10 == 9 ? 5 * mib : 2000, 'x');
                const Ask push{"POST", uploads("?digest=" + digestOf(bytes)), bytes};
                const auto at = static_cast<std::size_t>(i) % replicas;
                if (mine.askOnce(at, push).status == 201) {
                    const std::scoped_lock lock(mutex);
                    acknowledged.push_back(digestOf(bytes));
                }
            }
        }));
    }
    EXPECT_TRUE(eventually([&] {
        const std::scoped_lock lock(mutex);
        return acknowledged.size() >= 100;
    }));
    std::vector<std::string> told;
    {
        const std::scoped_lock lock(mutex);
        told = acknowledged;
    }
    const Lasting lasting = SyncLedger::instance().now();
    on = false;
    for (auto& push : pushes) {
        push.get();
    }
    cut(lasting);
    EXPECT_GT(lost(), 0) << "nothing was on its way";
    startAll();
    for (int member = 1; member <= replicas; ++member) {
        for (const std::string& digest : told) {
            ASSERT_FALSE(HasFailure()) << "the first that is lost tells enough";
            const Answer pulled = askAt(member, {"GET", "/v2/app/blobs/" + digest});
            EXPECT_EQ(pulled.status, 200) << pulled.head << pulled.body;
            EXPECT_EQ(digestOf(pulled.body), digest);
        }
    }
}

} // namespace
} // namespace pilothouse::registry::test
