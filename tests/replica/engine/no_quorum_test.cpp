// SPDX-License-Identifier: GPL-3.0-or-later
// A member of etcd that stands alone, and one that is not there.
#include "backend.h"
#include "replica/engine/etcd_engine.h"

#include <gtest/gtest.h>

namespace pilothouse::engine {
namespace {

using namespace std::chrono_literals;
using test::why;

TEST(EtcdWithoutQuorum, KeepsItsDeadlinesAndTellsWhatItKnows) {
    test::Loop loop;
    const auto backend = test::etcdBackend(loop, true);
    Engine& engine = backend->engine();
    // The engine itself would take 6 s and more.
    const auto began = std::chrono::steady_clock::now();
    Transaction write;
    write.then = {Put{"a", "1", 0}};
    const auto written = loop.run(engine.transact(write, 300ms));
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, ErrorCode::timeout) << "the outcome is not known: " << why(written);
    const auto barrier = loop.run(engine.barrier(300ms));
    ASSERT_FALSE(barrier);
    const auto lease = loop.run(engine.grantLease(60s, 300ms));
    ASSERT_FALSE(lease);
    EXPECT_LT(std::chrono::steady_clock::now() - began, 5s) << "three deadlines of 300 ms";
    // It notices that its leader or its majority is gone within the election time-out.
    Result<EngineStatus> status;
    const auto end = std::chrono::steady_clock::now() + 15s;
    do {
        status = loop.run(engine.status(5s));
        ASSERT_TRUE(status) << why(status);
    } while (status->leaderId != 0 && std::chrono::steady_clock::now() < end);
    EXPECT_EQ(status->leaderId, 0U);
    const auto own = loop.run(engine.range({"a", {}, 0, {}, true}, 5s));
    ASSERT_TRUE(own) << "the own copy can be read: " << why(own);
    EXPECT_TRUE(own->entries.empty());
    const auto members = loop.run(engine.members(5s));
    EXPECT_TRUE(members) << why(members);
}

TEST(EtcdThatIsNotThere, CertainlyDidNothing) {
    test::Loop loop;
    EtcdEngine engine({.port = 1, .certificates = {}, .privateKey = {}, .authorities = {}});
    Transaction write;
    write.then = {Put{"a", "1", 0}};
    const auto written = loop.run(engine.transact(write, 2s));
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, ErrorCode::unavailable) << why(written);
    EXPECT_NE(written.error().message.find("the engine does not answer"), std::string::npos) << why(written);
}

} // namespace
} // namespace pilothouse::engine
