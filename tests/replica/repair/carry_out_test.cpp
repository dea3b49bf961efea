// SPDX-License-Identifier: GPL-3.0-or-later
// Repairs of real clusters, begun, interrupted, failed and put back.
#include "api/events.h"
#include "api/json.h"
#include "domain/operation.h"
#include "repair_fixture.h"

#include <algorithm>
#include <csignal>
#include <sys/resource.h>

namespace pilothouse::repair::test {
namespace {

namespace fs = std::filesystem;
using domain::RepairPhase;
using domain::RepairStep;
using namespace std::chrono_literals;

class CarryOutTest : public RepairTest {
protected:
    // Three that ran and were stopped, and a repair from reg-1 that was ordered.
    void prepare() {
        ASSERT_NO_FATAL_FAILURE(startThree());
        ASSERT_NO_FATAL_FAILURE(leaveSomethingRunning());
        stopAll();
        before = engineAndIdentity();
        orderRepair();
    }
    [[nodiscard]] Tree engineAndIdentity() const {
        Tree tree = treeOf(layout().engine());
        tree["replica.json"] = readWhole(layout().identity());
        return tree;
    }
    // So that it can be begun again and again.
    void keep() { fs::copy(dataDir(1), folder / "kept", fs::copy_options::recursive); }
    void beginAgain() {
        fs::remove_all(dataDir(1));
        fs::copy(folder / "kept", dataDir(1), fs::copy_options::recursive);
    }
    // A call that ends in a crash at the `call`th progress; whether it came so far.
    [[nodiscard]] bool crashesAt(int call) {
        int calls = 0;
        try {
            const Status done = carryOutNow([&](const api::Repair&) {
                if (++calls == call) {
                    throw Crash();
                }
            });
            EXPECT_TRUE(done) << done.error().text();
            return false;
        } catch (const Crash&) {
            return true;
        }
    }
    void orderPutBack() {
        Journal journal = journalNow();
        setPhase(journal, RepairPhase::puttingBack);
        ASSERT_TRUE(saveJournal(layout(), journal));
    }
    void expectFailed(const std::string& why) {
        const auto journal = journalNow();
        EXPECT_EQ(journal.repair.phase, "failed");
        EXPECT_NE(journal.repair.error.find(why), std::string::npos) << journal.repair.error;
        EXPECT_TRUE(journal.repair.ended_at);
        for (const auto& step : journal.repair.steps) {
            EXPECT_TRUE(step.state == "undone" || step.state == "pending") << step.kind << " " << step.state;
        }
        EXPECT_EQ(difference(before, engineAndIdentity()), "");
        EXPECT_FALSE(fs::exists(layout().beforeEpoch(2)));
        EXPECT_FALSE(fs::exists(layout().beforeEpoch(2).string() + ".partial"));
        EXPECT_FALSE(fs::exists(layout().root() / "engine.discarded"));
    }

    Tree before;
};

TEST_F(CarryOutTest, TheSurvivorGoesOnAloneInANewEpoch) {
    ASSERT_NO_FATAL_FAILURE(prepare());
    std::vector<std::string> told;
    const Status done = carryOutNow([&](const api::Repair& repair) {
        for (const auto& step : repair.steps) {
            if (step.state == "running" && (told.empty() || told.back() != step.kind)) {
                told.push_back(step.kind);
            }
        }
    });
    ASSERT_TRUE(done) << done.error().text();
    EXPECT_EQ(told, (std::vector<std::string>{"stop", "copy_folder", "new_authority", "start_alone",
                                              "record_epoch"}));
    expectRepaired();
    const auto state = stateOfSurvivor();
    EXPECT_FALSE(state.contains("running-operation"));
    const auto ended = record<state::OperationRecord>(state, "operations/operation-of-reg-3");
    EXPECT_EQ(ended.operation.phase, "cancelled");
    EXPECT_TRUE(ended.operation.ended_at);
    for (const auto& [key, value] : state) {
        EXPECT_FALSE(key.starts_with("tokens/join/") || key.starts_with("tokens/live/") ||
                     key.starts_with("locks/"))
            << key;
    }
    const auto repaired = std::count_if(state.begin(), state.end(), [](const auto& each) {
        return each.first.starts_with("events/") &&
               each.second.find(api::event::clusterRepaired) != std::string::npos;
    });
    EXPECT_EQ(repaired, 1);
    const auto journal = journalNow();
    EXPECT_GT(journal.repair.copy_bytes, 0);
    EXPECT_EQ(journal.repair.copied_bytes, journal.repair.copy_bytes);
    // What it had is there to be put back.
    Tree copy = treeOf(fs::path(journal.repair.copy_path) / "engine");
    copy["replica.json"] = readWhole(fs::path(journal.repair.copy_path) / "replica.json");
    EXPECT_EQ(difference(before, copy), "");
    // No secret in clear.
    EXPECT_EQ(readWhole(layout().repairJournal()).find("PRIVATE KEY"), std::string::npos);
    EXPECT_EQ(log.text().find("PRIVATE KEY"), std::string::npos);
}

TEST_F(CarryOutTest, AReplicaThatStartsCarriesItOutAndEndsIt) {
    ASSERT_NO_FATAL_FAILURE(prepare());
    auto survivor = startHealthy(1);
    ASSERT_NE(survivor, nullptr);
    EXPECT_EQ(survivor->status().cluster.epoch, 2);
    EXPECT_TRUE(eventually([&] { return journalNow().merged; }));
    const auto answer = ask(1, "GET", "/api/v0/repair");
    EXPECT_EQ(answer.status, 200);
    const auto repair = api::fromJson<api::Repair>(answer.body);
    ASSERT_TRUE(repair) << repair.error().text();
    EXPECT_EQ(repair->phase, "done");
    EXPECT_TRUE(repair->can_put_back) << repair->why_not_put_back;
    EXPECT_EQ(answer.body.find("peer_ca"), std::string::npos) << "the journal is more than what is told";
    const auto listed = ask(1, "GET", "/api/v0/cluster/operations");
    EXPECT_NE(listed.body.find(R"("kind":"repair")"), std::string::npos) << listed.body;
    const auto former = survivor->status().former;
    ASSERT_TRUE(former);
    EXPECT_EQ(former->size(), 2U);
    // Those that come back are left behind, and say so.
    auto late = start(3);
    ASSERT_NE(late, nullptr);
    EXPECT_TRUE(eventually([&] { return late->status().newer_epoch.has_value(); }));
    EXPECT_FALSE(late->status().self.health.healthy);
    EXPECT_EQ(late->status().newer_epoch.value_or(api::NewerEpoch()).name, "reg-1");
    EXPECT_TRUE(survivor->status().self.health.healthy);
}

TEST_F(CarryOutTest, ACrashAtAnyStepLosesNothing) {
    ASSERT_NO_FATAL_FAILURE(prepare());
    keep();
    int call = 1;
    for (; crashesAt(call); ++call) {
        SCOPED_TRACE("a crash at progress " + std::to_string(call));
        const Status done = carryOutNow();
        ASSERT_TRUE(done) << done.error().text();
        ASSERT_NO_FATAL_FAILURE(expectRepaired());
        beginAgain();
        orderRepair();
        if (HasFailure()) {
            break;
        }
    }
    EXPECT_GE(call, 10) << "two for each step";
    expectServes(2);
}

TEST_F(CarryOutTest, AnEngineThatRefusesLeavesEverythingAsItWas) {
    ASSERT_NO_FATAL_FAILURE(prepare());
    program = folder / "etcd";
    writeFile(program, "#!/bin/sh\ncase \"$*\" in *--force-new-cluster*) echo no >&2; exit 1;; esac\n"
                       "exec etcd \"$@\"\n");
    fs::permissions(program, fs::perms::owner_all);
    const Status done = carryOutNow();
    EXPECT_TRUE(done) << done.error().text();
    expectFailed("");
    EXPECT_FALSE(journalNow().repair.error.empty());
    ASSERT_NO_FATAL_FAILURE(expectThreeAgree());
    const auto repair = api::fromJson<api::Repair>(ask(1, "GET", "/api/v0/repair").body);
    ASSERT_TRUE(repair) << repair.error().text();
    EXPECT_EQ(repair->phase, "failed");
    EXPECT_FALSE(repair->can_put_back);
}

TEST_F(CarryOutTest, AStateInAnotherEpochLeavesEverythingAsItWas) {
    ASSERT_NO_FATAL_FAILURE(prepare());
    Journal journal = orderedJournal(made(1).id, layout(), silent());
    journal.repair.from_epoch = 7;
    ASSERT_TRUE(saveJournal(layout(), journal));
    const Status done = carryOutNow();
    EXPECT_TRUE(done) << done.error().text();
    expectFailed("the state is in epoch 1, not in 7");
}

TEST_F(CarryOutTest, ADiskWithoutRoomLeavesEverythingAsItWas) {
    ASSERT_NO_FATAL_FAILURE(prepare());
    rlimit old{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &old), 0);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN); // NOLINT: one thread runs
    rlimit small = old;
    small.rlim_cur = 1 << 20; // the engine's log is laid out with 64 MB
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const Status done = carryOutNow();
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &old), 0);
    std::signal(SIGXFSZ, handler);
    EXPECT_TRUE(done) << done.error().text();
    expectFailed("cannot write");
    Journal elsewhere = orderedJournal(made(1).id, layout(), silent());
    elsewhere.repair.copy_path = (folder / "nowhere" / "copy").string();
    ASSERT_TRUE(saveJournal(layout(), elsewhere));
    const Status again = carryOutNow();
    EXPECT_TRUE(again) << again.error().text();
    expectFailed("cannot make");
}

// The journal cannot be written once the epoch is recorded: it is taken back, by the next start if need be.
TEST_F(CarryOutTest, ATakingBackThatWasInterruptedGoesOn) {
    ASSERT_NO_FATAL_FAILURE(prepare());
    ASSERT_TRUE(carryOutNow());
    Journal journal = journalNow();
    journal.undoing = true;
    journal.repair.error = "the disk is gone";
    ASSERT_TRUE(saveJournal(layout(), journal));
    EXPECT_TRUE(isPending(journal)) << "else a replica would start in the middle of it";
    EXPECT_TRUE(crashesAt(1)) << "when all is put back, before the journal says so";
    EXPECT_EQ(journalNow().repair.phase, "running");
    ASSERT_TRUE(carryOutNow());
    expectFailed("the disk is gone");
    expectThreeAgree();
}

TEST_F(CarryOutTest, ARepairIsPutBackAndTheOthersTakeItInAgain) {
    ASSERT_NO_FATAL_FAILURE(prepare());
    ASSERT_TRUE(carryOutNow());
    {
        const auto alone = startHealthy(1);
        ASSERT_NE(alone, nullptr);
        EXPECT_TRUE(eventually([&] { return journalNow().merged; })) << "a moment after it is healthy";
    }
    orderPutBack();
    const Tree repaired = engineAndIdentity();
    EXPECT_TRUE(crashesAt(1));
    const Status done = carryOutNow();
    ASSERT_TRUE(done) << done.error().text();
    EXPECT_EQ(journalNow().repair.phase, "put_back");
    EXPECT_EQ(difference(before, engineAndIdentity()), "");
    Tree aside = treeOf(layout().afterEpoch(2) / "engine");
    aside["replica.json"] = readWhole(layout().afterEpoch(2) / "replica.json");
    EXPECT_EQ(difference(repaired, aside), "");
    EXPECT_FALSE(fs::exists(layout().beforeEpoch(2)));
    expectThreeAgree();
    // A number is never given out twice.
    const auto plan = api::fromJson<api::RepairPlan>(
        ask(1, "POST", "/api/v0/repair/plan", api::toJson(api::AskRepair())).body);
    ASSERT_TRUE(plan) << plan.error().text();
    EXPECT_EQ(plan->from_epoch, 1);
    EXPECT_EQ(plan->to_epoch, 3);
}

} // namespace
} // namespace pilothouse::repair::test
