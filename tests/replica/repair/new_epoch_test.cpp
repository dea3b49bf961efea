// SPDX-License-Identifier: GPL-3.0-or-later
// The transaction that begins a new epoch.
#include "api/events.h"
#include "domain/operation.h"
#include "fixture.h"
#include "repair_fixture.h"
#include "replica/repair/new_epoch.h"

namespace pilothouse::repair::test {
namespace {

using state::test::idA;
using state::test::idB;
using state::test::idC;
using state::test::run;
using namespace std::chrono_literals;

class NewEpochTest : public state::test::StateTest {
protected:
    NewEpochTest() {
        journal = orderedJournal(idA, provision::Layout("/data"),
                                 {{idB, "reg-2", "destroyed"}, {idC, "reg-3", "cut_off"}});
        journal.peer_ca = "PEM of a new authority";
        journal.sealed_peer_ca_key = "v1.new";
    }
    Result<Revision> record() { return run(context, recordNewEpoch(engine, journal, now, 1s)); }
    void write(const std::string& key, const std::string& value) {
        EXPECT_TRUE(run(context, store.transact({{}, {engine::Put{key, value}}, {}}, 1s)));
    }
    template <typename Record>
    [[nodiscard]] Record read(const std::string& key) const {
        return StateTest::record<Record>(key);
    }
    void expectUnchanged(const Result<Revision>& outcome, ErrorCode code, const std::string& why,
                         const state::test::StoreEngine::Store& before) {
        ASSERT_FALSE(outcome);
        EXPECT_EQ(outcome.error().code, code);
        EXPECT_NE(outcome.error().message.find(why), std::string::npos) << outcome.error().text();
        EXPECT_EQ(before.size(), store.content().size());
        for (const auto& [key, entry] : store.content()) {
            EXPECT_TRUE(before.contains(key) && before.at(key).value == entry.value) << key;
        }
    }

    Journal journal;
    WallTime now = parseRfc3339("2026-11-28T05:30:20.000Z").value();
};

TEST_F(NewEpochTest, OneMemberIsLeftAndTheOthersAreFormerOnes) {
    auto membership = read<state::MembershipRecord>("membership");
    membership.phase = state::Phase::changing;
    membership.learners = {"dddddddddddd"};
    membership.change = state::MembershipChange{state::ChangeKind::add, "dddddddddddd"};
    membership.next = std::vector<std::string>{idA, idB};
    write("membership", state::encode(membership));
    write("members/dddddddddddd", state::encode(state::test::memberRecord("dddddddddddd", "reg-4")));
    state::OperationRecord operation;
    operation.operation.id = "op-9";
    operation.operation.waiting.emplace();
    write("running-operation", state::encode(operation));
    for (const char* key : {"tokens/join/x", "tokens/live/x", "locks/membership", "locks/collector"}) {
        write(key, "{}");
    }
    write("tokens/access/kept", "{}");
    const auto kept = store.content();
    const auto done = record();
    ASSERT_TRUE(done) << done.error().text();
    EXPECT_EQ(*done, store.revision());

    const auto cluster = read<state::ClusterRecord>("cluster");
    EXPECT_EQ(cluster.epoch, 2);
    EXPECT_EQ(cluster.id, std::string(32, 'c'));
    const auto alone = read<state::MembershipRecord>("membership");
    EXPECT_EQ(alone.generation, membership.generation + 1);
    EXPECT_EQ(alone.phase, state::Phase::stable);
    EXPECT_EQ(alone.voters, std::vector<std::string>{idA});
    EXPECT_TRUE(alone.learners.empty() && !alone.change && !alone.next);
    EXPECT_TRUE(holds("members/" + idA));
    EXPECT_FALSE(holds("former/" + idA));
    for (const auto& [id, statement] :
         std::map<std::string, std::string>{{idB, "destroyed"}, {idC, "cut_off"}, {"dddddddddddd", ""}}) {
        EXPECT_FALSE(holds("members/" + id)) << id;
        const auto former = read<state::FormerMemberRecord>("former/" + id);
        EXPECT_EQ(former.id, id);
        EXPECT_EQ(former.statement, statement);
        EXPECT_EQ(former.epoch, 1);
        EXPECT_EQ(former.url, "https://" + former.name + ":443");
        EXPECT_EQ(former.http_url, "http://" + former.name + ":80");
    }
    EXPECT_EQ(read<state::CertificateRecord>("ca/peer").pem, "PEM of a new authority");
    const auto secret = read<state::SealedSecretRecord>("secrets/peer-ca-key");
    EXPECT_EQ(secret.sealed, "v1.new");
    EXPECT_EQ(secret.name, "peer-ca-key");
    EXPECT_FALSE(holds("running-operation"));
    const auto ended = read<state::OperationRecord>("operations/op-9").operation;
    EXPECT_EQ(ended.phase, "cancelled");
    EXPECT_FALSE(ended.waiting);
    EXPECT_EQ(ended.ended_at, "2026-11-28T05:30:20.000Z");
    const auto events = eventsOf(api::event::clusterRepaired);
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].message, "Cluster prod was repaired from reg-1 by admin, and is in epoch 2");
    for (const char* key : {"tokens/join/x", "tokens/live/x", "locks/membership", "locks/collector"}) {
        EXPECT_FALSE(holds(key)) << key;
    }
    for (const char* key : {"users/admin", "ca/cluster", "secrets/cluster-ca-key", "tokens/access/kept"}) {
        EXPECT_TRUE(holds(key) && kept.at(key).value == store.content().at(key).value) << key;
    }
}

TEST_F(NewEpochTest, ItIsRecordedOnce) {
    const auto first = record();
    ASSERT_TRUE(first);
    const auto again = record();
    ASSERT_TRUE(again) << again.error().text();
    EXPECT_EQ(*again, *first);
    EXPECT_EQ(store.revision(), *first) << "nothing was written";
    EXPECT_EQ(read<state::MembershipRecord>("membership").generation, 2);
}

TEST_F(NewEpochTest, AStateInAnotherEpochIsLeftAlone) {
    auto cluster = read<state::ClusterRecord>("cluster");
    cluster.epoch = 3;
    write("cluster", state::encode(cluster));
    const auto before = store.content();
    expectUnchanged(record(), ErrorCode::conflict, "epoch 3, not in 1", before);
}

TEST_F(NewEpochTest, ASurvivorThatTheStateDoesNotKnowIsNone) {
    journal.repair.replica = "eeeeeeeeeeee";
    const auto before = store.content();
    expectUnchanged(record(), ErrorCode::conflict, "no member \"eeeeeeeeeeee\"", before);
}

TEST_F(NewEpochTest, AStateThatIsDamagedIsLeftAlone) {
    write("members/" + idB, "{");
    auto before = store.content();
    expectUnchanged(record(), ErrorCode::corrupt, "", before);
    EXPECT_TRUE(run(context, store.transact({{}, {engine::Delete{"membership", {}}}, {}}, 1s)));
    before = store.content();
    expectUnchanged(record(), ErrorCode::corrupt, "\"membership\"", before);
}

TEST_F(NewEpochTest, AnOperationThatCannotBeReadDoesNotStayInTheWay) {
    write("running-operation", "not JSON");
    ASSERT_TRUE(record());
    EXPECT_FALSE(holds("running-operation")) << "nothing else could be done any more";
    EXPECT_EQ(read<state::ClusterRecord>("cluster").epoch, 2);
}

TEST_F(NewEpochTest, AnotherWriterInBetweenIsNotOverwritten) {
    state::test::StoreEngine::Store before;
    int writes = 0;
    engine.beforeWrite = [&]() -> engine::Awaitable<void> {
        if (++writes > 1) {
            co_return;
        }
        auto cluster = read<state::ClusterRecord>("cluster");
        cluster.name = "changed";
        engine::Transaction other;
        other.then.emplace_back(engine::Put{"cluster", state::encode(cluster)});
        (void)co_await store.transact(other, 1s);
        before = store.content();
    };
    const auto outcome = record();
    expectUnchanged(outcome, ErrorCode::conflict, "meanwhile", before);
    EXPECT_TRUE(record()) << "the next look sees it";
    EXPECT_EQ(read<state::ClusterRecord>("cluster").name, "changed");
}

} // namespace
} // namespace pilothouse::repair::test
