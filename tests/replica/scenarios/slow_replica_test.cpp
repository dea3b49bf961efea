// SPDX-License-Identifier: GPL-3.0-or-later
// A replica whose disk does not keep up with the others.
#include "sync_ledger.h"
#include "three_replicas.h"

namespace pilothouse::registry::test {
namespace {

namespace fs = std::filesystem;

constexpr int window = 32; // copies on their way to one peer

class SlowReplica : public ThreeReplicas {
protected:
    // How many requests the member is answering, this one among them.
    [[nodiscard]] int requestsAt(int member) {
        const std::string text = askOnce(member, {"GET", "/nginx_status"}).body;
        const std::string name = "Writing: ";
        const auto at = text.find(name);
        return at == std::string::npos ? -1 : std::atoi(text.c_str() + at + name.size());
    }
};

TEST_F(SlowReplica, HoldsUpNoPushAndCollectsNoCopiesThatNobodyWaitsFor) {
    std::vector<std::string> pushed;
    {
        const SyncLedger::Hold held(blobsOf(3));
        for (int i = 0; i < 4 * window; ++i) {
            const std::string bytes = freshBytes(4000);
            pushed.push_back(digestOf(bytes));
            const Ask push{"POST", "/v2/app/blobs/uploads/?digest=" + pushed.back(), bytes};
            ASSERT_EQ(askAt(1, push).status, 201) << "push " << i;
        }
        EXPECT_TRUE(held.isMet());
        const int running = requestsAt(3);
        EXPECT_GE(running, window);
        EXPECT_LE(running, window + 8) << "a few are others' questions";
    }
    for (const std::string& digest : pushed) {
        EXPECT_TRUE(eventually([&] { return holders(digest) == replicas; })) << holders(digest);
    }
}

} // namespace
} // namespace pilothouse::registry::test
