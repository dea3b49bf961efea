// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixture.h"
#include "follow.h"
#include "replica/state/housekeeping.h"
#include "replica/state/settings.h"
#include "replica/state/users.h"

#include <gmock/gmock.h>

#include <fstream>
#include <random>

namespace pilothouse::state {
namespace {

using namespace std::chrono_literals;
using test::Follow;
using test::run;
using test::runUntil;
using test::why;

class FollowerTest : public test::StateTest {
protected:
    void put(const std::string& key, const std::string& value) {
        engine::Transaction transaction;
        transaction.then.emplace_back(engine::Put{key, value});
        ASSERT_TRUE(run(context, store.transact(transaction, 100ms)));
    }
    void expectSameContent(Follow& follow) {
        ASSERT_TRUE(follow.reaches(store.revision()))
            << follow.follower.applied().value() << " of " << store.revision().value();
        EXPECT_EQ(follow.follower.applied(), store.revision());
        const std::vector<engine::Entry> found = follow.content();
        ASSERT_EQ(found.size(), store.content().size());
        for (const engine::Entry& entry : found) {
            const auto held = store.content().find(entry.key);
            ASSERT_NE(held, store.content().end()) << entry.key;
            EXPECT_EQ(entry.value, held->second.value) << entry.key;
            EXPECT_EQ(entry.modified, held->second.modified) << entry.key;
            EXPECT_EQ(entry.created, held->second.created) << entry.key;
            EXPECT_EQ(entry.version, held->second.version) << entry.key;
            EXPECT_EQ(entry.lease, held->second.lease) << entry.key;
        }
        EXPECT_EQ(*follow.model.snapshot(), snapshot());
    }

    test::TempFolder folder;
    std::filesystem::path file = folder / "projection.sqlite";
};

TEST_F(FollowerTest, ListsFirstAndThenFollows) {
    Follow follow(context, engine, file);
    expectSameContent(follow);
    put("users/ada", encode(test::user("ada")));
    expectSameContent(follow);
    EXPECT_NE(follow.model.snapshot()->users.find("ada"), nullptr);
}

TEST_F(FollowerTest, ContinuesAfterARestartWithoutAList) {
    { expectSameContent(*std::make_unique<Follow>(context, engine, file)); }
    put("users/ada", encode(test::user("ada")));
    const int ranges = engine.ranges;
    Follow follow(context, engine, file);
    expectSameContent(follow);
    EXPECT_EQ(engine.ranges, ranges);
}

TEST_F(FollowerTest, DeletedOrDamagedFileAtRestartIsBuiltAnew) {
    { expectSameContent(*std::make_unique<Follow>(context, engine, file)); }
    std::filesystem::remove(file);
    { expectSameContent(*std::make_unique<Follow>(context, engine, file)); }
    std::ofstream(file) << "no database at all";
    Follow follow(context, engine, file);
    expectSameContent(follow);
}

TEST_F(FollowerTest, CompactionWhileAwayMakesItListAnew) {
    { expectSameContent(*std::make_unique<Follow>(context, engine, file)); }
    for (int i = 0; i < 20; ++i) {
        put("k" + std::to_string(i), "v");
    }
    ASSERT_TRUE(run(context, store.compact(store.revision(), 100ms)));
    Follow follow(context, engine, file);
    expectSameContent(follow);
}

TEST_F(FollowerTest, BrokenWatchesAndFailingRangesAreTriedAgain) {
    engine.refuseRanges = 3;
    Follow follow(context, engine, file);
    expectSameContent(follow);
    for (int i = 0; i < 10; ++i) {
        store.breakWatches();
        put("k", std::to_string(i));
        expectSameContent(follow);
    }
}

TEST_F(FollowerTest, FileDamagedWhileRunningIsBuiltAnewWithoutAWrite) {
    for (int i = 0; i < 1000; ++i) { // more than SQLite keeps in memory
        put("k" + std::to_string(i), std::string(20'000, 'x'));
    }
    Follow follow(context, engine, file);
    expectSameContent(follow);
    {
        std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
        stream.seekp(4096);
        stream << std::string(std::filesystem::file_size(file) - 4096, '\x5a');
    }
    std::function<Result<std::vector<engine::Entry>>(Projection&)> all = [](Projection& projection) {
        return projection.records("", "", 100'000);
    };
    EXPECT_FALSE(run(context, follow.model.read<std::vector<engine::Entry>>(all)));
    const auto answers = [&] { return run(context, follow.model.eventsBefore(Revision(0), 1)).has_value(); };
    ASSERT_TRUE(runUntil(context, answers));
    expectSameContent(follow);
}

TEST_F(FollowerTest, EngineWithAnotherHistoryIsListedAnew) {
    for (int i = 0; i < 10; ++i) {
        put("k", std::to_string(i));
    }
    Follow follow(context, engine, file);
    expectSameContent(follow);
    store.reset();
    put("cluster", encode(test::initialState().cluster));
    ASSERT_TRUE(runUntil(context, [&] { return follow.follower.applied() == store.revision(); }));
    expectSameContent(follow);
}

TEST_F(FollowerTest, WithoutQuorumItFollowsItsOwnMember) {
    engine.noQuorum = true;
    Follow follow(context, engine, file);
    expectSameContent(follow);
    const Status barrier = run(context, follow.follower.readBarrier(50ms));
    ASSERT_FALSE(barrier);
    EXPECT_EQ(barrier.error().code, ErrorCode::timeout);
}

TEST_F(FollowerTest, AWatchThatFellSilentIsBegunAnew) {
    Follow follow(context, engine, file);
    expectSameContent(follow);
    const auto rebuilds = follow.model.rebuilds();
    engine.muteWatches = true;
    put("k", "1");
    EXPECT_FALSE(run(context, follow.follower.readBarrier(20ms))) << "it knows that there is something";
    engine.muteWatches = false;
    expectSameContent(follow);
    EXPECT_EQ(follow.model.rebuilds(), rebuilds) << "nothing was listed";
}

TEST_F(FollowerTest, LearnerListsAnewWhatIsDamagedThoughNothingIsWritten) {
    store.ownStatus.learner = true;
    Follow follow(context, engine, file);
    expectSameContent(follow);
    const auto rebuilds = follow.model.rebuilds();
    follow.model.requestRebuild();
    EXPECT_TRUE(runUntil(context, [&] { return follow.model.rebuilds() > rebuilds; }));
    EXPECT_FALSE(follow.model.isDamaged());
}

TEST_F(FollowerTest, LearnerListsUntilItIsPromoted) {
    store.ownStatus.learner = true;
    Follow follow(context, engine, file);
    expectSameContent(follow);
    put("users/ada", encode(test::user("ada")));
    expectSameContent(follow);
    store.ownStatus.learner = false;
    put("users/bob", encode(test::user("bob")));
    expectSameContent(follow);
    const int ranges = engine.ranges;
    put("users/eve", encode(test::user("eve")));
    expectSameContent(follow);
    EXPECT_LE(engine.ranges, ranges + 1) << "it watches now";
}

TEST_F(FollowerTest, BarrierGivesWhatWasWrittenBefore) {
    Follow follow(context, engine, file);
    for (int i = 0; i < 20; ++i) {
        put("users/u" + std::to_string(i), encode(test::user("u" + std::to_string(i))));
        const Status current = run(context, follow.follower.readBarrier(5s));
        ASSERT_TRUE(current) << why(current);
        ASSERT_NE(follow.model.snapshot()->users.find("u" + std::to_string(i)), nullptr);
    }
    EXPECT_EQ(follow.follower.lag().revisions, 0);
    const Status late = run(context, follow.follower.waitFor(Revision(1'000'000), 5ms));
    EXPECT_EQ(late.error().code, ErrorCode::timeout);
}

TEST_F(FollowerTest, SubscribersGetEachEventWithItsRevision) {
    Follow follow(context, engine, file);
    expectSameContent(follow);
    const auto subscription = follow.follower.subscribe();
    UserService users{writer};
    const auto ada = run(context, users.create(request(), "ada", "v", api::UserRole::reader));
    ASSERT_TRUE(ada) << why(ada);
    const auto next = run(context, subscription->next(5s));
    ASSERT_TRUE(next) << why(next);
    ASSERT_NE(next->batch, nullptr);
    const std::vector<api::Event> events = eventsIn(*next->batch);
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].kind, "user-created");
    EXPECT_EQ(events[0].revision, ada->revision.value());
    const auto page = run(context, follow.model.eventsAfter(Revision(events[0].revision - 1), 10));
    ASSERT_TRUE(page) << why(page);
    ASSERT_EQ(page->events.size(), 1U);
    EXPECT_EQ(page->events[0].message, events[0].message);
}

TEST_F(FollowerTest, OldEventsAreForgottenByHundreds) {
    Follow follow(context, engine, file);
    put("settings/kept_events", encode(SettingRecord{"kept_events", "150", "2026"}));
    const std::string json = encode(test::event("leader-changed"));
    for (int i = 0; i < 260; ++i) {
        put("events/" + std::to_string(1000 + i), json);
    }
    Housekeeping housekeeping(engine, follow.model, systemClock(), Logger());
    for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(follow.reaches(store.revision()));
        ASSERT_TRUE(run(context, housekeeping.trimEvents(1s)));
    }
    std::size_t kept = 0;
    for (const auto& [key, entry] : store.content()) {
        kept += key.starts_with("events/") ? 1 : 0;
    }
    EXPECT_GE(kept, 150U);
    EXPECT_LT(kept, 250U);
    EXPECT_TRUE(holds("events/1259")) << "the newest stays";
    EXPECT_FALSE(holds("events/1000"));
    expectSameContent(follow);
}

TEST_F(FollowerTest, AlarmsNameTheReplicaAndTheWayOut) {
    Follow follow(context, engine, file);
    MemberRecord member = test::memberRecord(test::idB, "reg-2");
    member.engine_member = "2";
    put("members/" + test::idB, encode(member));
    ASSERT_TRUE(follow.reaches(store.revision()));
    store.raised = {{2, "NOSPACE"}, {77, "CORRUPT"}, {2, "ODD"}};
    Housekeeping housekeeping(engine, follow.model, systemClock(), Logger());
    const auto look = [&] {
        return run(context, housekeeping.alarms(run(context, store.status(1s)).value(), 1s));
    };
    const auto alarms = look();
    ASSERT_TRUE(alarms) << why(alarms);
    ASSERT_EQ(alarms->size(), 3U);
    EXPECT_EQ((*alarms)[0].replica, test::idB);
    EXPECT_THAT((*alarms)[0].message, testing::HasSubstr("reg-2"));
    EXPECT_EQ((*alarms)[1].replica, "");
    for (const api::Alarm& alarm : *alarms) {
        EXPECT_NE(alarm.hint, "");
    }
    EXPECT_THAT((*alarms)[0].hint, testing::HasSubstr("pilothouse-replica local defragment"));
    EXPECT_EQ(look()->size(), 3U);
    EXPECT_EQ(store.alarmsAsked, 1) << "each question costs an entry of the engine's log";
    store.raised = {{77, "CORRUPT"}};
    EXPECT_EQ(look()->size(), 1U);
    EXPECT_EQ(store.alarmsAsked, 2);
    store.raised.clear();
    EXPECT_TRUE(look()->empty());
    EXPECT_EQ(store.alarmsAsked, 2) << "that there is none needs no question";
}

TEST_F(FollowerTest, DefragmentingEndsTheOwnAlarmOnceThereIsRoom) {
    Follow follow(context, engine, file);
    Housekeeping housekeeping(engine, follow.model, systemClock(), Logger());
    store.ownStatus.memberId = 2;
    store.ownStatus.databaseBytes = 1000;
    store.usedBytes = 600;
    store.raised = {{1, "NOSPACE"}, {2, "NOSPACE"}, {2, "CORRUPT"}};
    const auto full = run(context, housekeeping.defragment(600, 1s));
    ASSERT_TRUE(full) << why(full);
    EXPECT_EQ(full->bytesBefore, 1000);
    EXPECT_EQ(full->bytesAfter, 600);
    EXPECT_FALSE(full->disarmed) << "it is still at its quota";
    EXPECT_EQ(store.raised.size(), 3U);
    const auto roomy = run(context, housekeeping.defragment(601, 1s));
    ASSERT_TRUE(roomy) << why(roomy);
    EXPECT_TRUE(roomy->disarmed);
    EXPECT_EQ(store.raised, (std::vector<engine::EngineAlarm>{{1, "NOSPACE"}, {2, "CORRUPT"}}));
    EXPECT_FALSE(run(context, housekeeping.defragment(601, 1s))->disarmed) << "there was none";
}

// Random histories: whatever happens to watch, engine and file, the read model ends up with the engine's
// content.
class RandomHistory : public FollowerTest, public testing::WithParamInterface<unsigned> {
protected:
    void step(std::mt19937& random, std::unique_ptr<Follow>& follow) {
        const auto pick = [&](unsigned below) { return static_cast<unsigned>(random() % below); };
        const auto key = [&] {
            static const std::vector<std::string> prefixes = {"users/", "events/", "members/", "settings/",
                                                              "x"};
            return prefixes[pick(5)] + std::to_string(pick(6));
        };
        switch (pick(12)) {
        case 0:
            store.breakWatches();
            break;
        case 1:
            static_cast<void>(run(context, store.compact(store.revision(), 100ms)));
            break;
        case 2:
            engine.refuseRanges = static_cast<int>(pick(3));
            break;
        case 3: // restart, sometimes with the file gone
            follow.reset();
            if (pick(2) == 0) {
                std::filesystem::remove(file);
            }
            follow = std::make_unique<Follow>(context, engine, file);
            break;
        case 4:
            runUntil(
                context, [] { return false; }, std::chrono::milliseconds(pick(4)));
            break;
        default: {
            engine::Transaction transaction;
            std::set<std::string> used;
            for (unsigned i = 0; i <= pick(4); ++i) {
                const std::string name = key();
                if (!used.insert(name).second) {
                    continue;
                }
                if (pick(3) == 0) {
                    transaction.then.emplace_back(engine::Delete{name, {}});
                } else {
                    const std::string text = "n" + std::to_string(pick(1000));
                    transaction.then.emplace_back(
                        engine::Put{name, pick(5) == 0 ? "damaged" : encode(SettingRecord{text, text, ""})});
                }
            }
            static_cast<void>(run(context, store.transact(transaction, 100ms)));
        }
        }
    }
};

TEST_P(RandomHistory, ReadModelEqualsTheEngine) {
    SCOPED_TRACE("seed " + std::to_string(GetParam()));
    std::mt19937 random(GetParam());
    auto follow = std::make_unique<Follow>(context, engine, file);
    for (int round = 0; round < 4; ++round) {
        for (int i = 0; i < 40; ++i) {
            step(random, follow);
        }
        expectSameContent(*follow);
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomHistory, testing::Range(1U, 13U));

} // namespace
} // namespace pilothouse::state
