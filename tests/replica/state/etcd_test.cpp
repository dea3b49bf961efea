// SPDX-License-Identifier: GPL-3.0-or-later
// The state on a real etcd: what the engine in memory takes for granted.
#include "fixture.h"
#include "replica/engine/etcd_engine.h"
#include "replica/engine/etcd_process.h"
#include "replica/node/engine_setup.h"
#include "replica/provision/create_cluster.h"
#include "replica/provision/engine_client.h"
#include "replica/security/join_token.h"
#include "replica/state/access_tokens.h"
#include "replica/state/cluster_service.h"
#include "replica/state/follower.h"
#include "replica/state/join_tokens.h"
#include "replica/state/membership.h"
#include "replica/state/users.h"
#include "replica/support/ports.h"

#include <boost/asio/bind_cancellation_slot.hpp>

#include <memory>
#include <random>

namespace pilothouse::state {
namespace {

using namespace std::chrono_literals;
using test::run;
using test::runUntil;
using test::why;

// One member in a folder of its own, as `init` makes it.
class EtcdStateTest : public testing::Test {
protected:
    void SetUp() override {
        provision::CreateOptions options;
        options.clusterName = "prod";
        provision::MemberOptions member;
        member.name = "reg-1";
        member.host = "127.0.0.1";
        member.peer_port = pilothouse::test::reservePorts();
        member.engine_port = member.peer_port + 1;
        member.data_dir = folder / "reg-1";
        options.members = {member};
        const auto created = provision::createCluster(options, systemClock(), security::systemRandom());
        ASSERT_TRUE(created) << why(created);
        identity = created->members.front();
        const Status written = provision::writeEngineClientCertificates(provision::Layout(member.data_dir),
                                                                        systemClock().wall());
        ASSERT_TRUE(written) << why(written);
        startProcess();
        makeEngine();
        ASSERT_TRUE(answers()) << "etcd does not answer";
        InitialState initial = test::initialState();
        initial.cluster.id = identity.cluster_id;
        initial.members = {memberOf(identity)};
        const Status done = run(context, createState(*engine, initial, ReplicaId(identity.id), 5s));
        ASSERT_TRUE(done) << why(done);
        writer = std::make_unique<StateWriter>(*engine, systemClock(), security::systemRandom(),
                                               ReplicaId(identity.id), nullptr);
        startFollower();
    }
    void TearDown() override { stopFollower(); }

    static MemberRecord memberOf(const provision::Identity& from) {
        MemberRecord member = test::memberRecord(from.id, from.name);
        member.url = from.url;
        member.peer_url = from.peer_url;
        return member;
    }
    // Of the membership record.
    Revision modified() {
        const auto entry = run(context, readEntry(*engine, "membership", Deadline(systemClock(), 5s)));
        EXPECT_TRUE(entry) << why(entry);
        return entry ? entry->modified : Revision();
    }
    void startProcess() {
        const provision::Layout layout(folder / "reg-1");
        auto etcd = node::etcdOptionsOf(layout, identity);
        etcd.heartbeat = 50ms;
        etcd.election = 500ms;
        const engine::EtcdProcess::Listener listener{[](int) {}, [](const Error&) {}, [](const Error&) {}};
        auto started = engine::EtcdProcess::start(etcd, listener, Logger());
        ASSERT_TRUE(started) << why(started);
        process = std::move(*started);
    }
    void makeEngine() {
        const provision::Layout layout(folder / "reg-1");
        const auto address = node::engineAddressOf(layout, identity);
        ASSERT_TRUE(address) << why(address);
        engine = std::make_unique<engine::EtcdEngine>(*address);
    }
    bool answers() {
        return runUntil(
            context, [&] { return run(context, engine->barrier(1s)).has_value(); }, 15s);
    }
    void startFollower() {
        model = std::make_unique<ReadModel>(
            folder / "projection.sqlite", ProjectionKey{ClusterId(identity.cluster_id), Epoch(1)}, Logger());
        ASSERT_TRUE(run(context, model->open()));
        FollowerOptions options;
        options.list.pageSize = 7;
        follower = std::make_unique<StateFollower>(
            *engine, *model, systemClock(), [] { return 0.5; }, options, Logger());
        ended = false;
        boost::asio::co_spawn(
            context, follower->run(),
            boost::asio::bind_cancellation_slot(stop.slot(), [this](const std::exception_ptr& failure) {
                ended = true;
                EXPECT_EQ(failure, nullptr);
            }));
    }
    void stopFollower() {
        if (follower) {
            stop.emit(boost::asio::cancellation_type::terminal);
            EXPECT_TRUE(runUntil(context, [this] { return ended; })) << "the follower does not stop";
            follower.reset();
            model.reset();
        }
    }
    // Whether the read model holds exactly what the engine lists now.
    void expectSameContent() {
        const Status current = run(context, follower->readBarrier(15s));
        ASSERT_TRUE(current) << why(current);
        engine::Range all;
        all.key = std::string(1, '\0');
        all.rangeEnd = engine::prefixEnd("");
        const auto held = run(context, engine->range(all, 5s));
        ASSERT_TRUE(held) << why(held);
        std::function<Result<std::vector<engine::Entry>>(Projection&)> query = [](Projection& projection) {
            return projection.records("", "", 100'000);
        };
        const auto found = run(context, model->read<std::vector<engine::Entry>>(std::move(query)));
        ASSERT_TRUE(found) << why(found);
        ASSERT_EQ(found->size(), held->entries.size());
        for (std::size_t i = 0; i < found->size(); ++i) {
            const engine::Entry& is = (*found)[i];
            const engine::Entry& wanted = held->entries[i];
            EXPECT_EQ(is.key, wanted.key);
            EXPECT_EQ(is.value, wanted.value) << is.key;
            EXPECT_EQ(is.created, wanted.created) << is.key;
            EXPECT_EQ(is.modified, wanted.modified) << is.key;
            EXPECT_EQ(is.version, wanted.version) << is.key;
            EXPECT_EQ(is.lease, wanted.lease) << is.key;
        }
    }
    static Request request(std::string operationId = {}) { return {std::move(operationId), "admin", 5s}; }

    test::TempFolder folder;
    boost::asio::io_context context;
    provision::Identity identity;
    std::unique_ptr<engine::EtcdProcess> process;
    std::unique_ptr<engine::EtcdEngine> engine;
    std::unique_ptr<StateWriter> writer;
    std::unique_ptr<ReadModel> model;
    std::unique_ptr<StateFollower> follower;
    boost::asio::cancellation_signal stop;
    bool ended = false;
};

TEST_F(EtcdStateTest, ServicesWriteAndTheReadModelFollows) {
    UserService users(*writer);
    const auto ada = run(context, users.create(request("op-1"), "ada", "$scrypt$v", api::UserRole::writer));
    ASSERT_TRUE(ada) << why(ada);
    const auto again = run(context, users.create(request("op-1"), "ada", "$scrypt$v", api::UserRole::writer));
    ASSERT_TRUE(again) << why(again);
    EXPECT_TRUE(again->repeated);
    EXPECT_EQ(run(context, users.create(request(), "ada", "v", api::UserRole::reader)).error().code,
              ErrorCode::conflict);
    EXPECT_EQ(run(context, users.remove(request(), "admin")).error().code, ErrorCode::conflict);

    const security::SealedBox box = security::SealedBox::create(std::string(32, 'k')).value();
    AccessTokenService tokens(*writer, box);
    const auto token = run(context, tokens.create(request(), "ada", "for CI", 3600s));
    ASSERT_TRUE(token) << why(token);
    ASSERT_TRUE(run(context, follower->waitFor(token->revision, 5s)));
    const auto owner = AccessTokenService::verify(*model->snapshot(), token->value.secret);
    ASSERT_TRUE(owner) << why(owner);
    EXPECT_EQ(owner->user, "ada");

    JoinTokenService joins(*writer, box);
    api::CreateJoinToken wanted;
    wanted.name = "reg-2";
    wanted.url = "https://127.0.0.1:9443";
    wanted.http_url = "http://127.0.0.1:9080";
    wanted.peer_url = "https://127.0.0.1:9444";
    const auto join =
        run(context, joins.create(request(), wanted, {std::string(64, 'a'), {identity.url}, {}}));
    ASSERT_TRUE(join) << why(join);
    const auto line = security::parseJoinToken(join->value.token);
    ASSERT_TRUE(line) << why(line);
    EXPECT_TRUE(run(context, joins.consume({line->secret, line->replica_id, "key-1"}, 5s)));
    EXPECT_TRUE(run(context, joins.consume({line->secret, line->replica_id, "key-1"}, 5s)));
    EXPECT_EQ(run(context, joins.consume({line->secret, line->replica_id, "key-2"}, 5s)).error().code,
              ErrorCode::forbidden);
    expectSameContent();
}

TEST_F(EtcdStateTest, WriteUnderALeaseThatIsGoneSaysNotFound) {
    const auto lease = run(context, engine->grantLease(60s, 5s));
    ASSERT_TRUE(lease) << why(lease);
    ASSERT_TRUE(run(context, engine->revokeLease(*lease, 5s)));
    engine::Transaction write;
    write.then.emplace_back(engine::Put{"k", "v", *lease});
    const auto refused = run(context, engine->transact(write, 5s));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::notFound)
        << "StateWriter makes a new lease on that: " << why(refused);
}

TEST_F(EtcdStateTest, CompactionWhileAwayAndARestartOfTheEngineAreSurvived) {
    std::mt19937 random(7);
    const auto write = [&] {
        engine::Transaction transaction;
        const std::string key = "users/u" + std::to_string(random() % 9);
        if (random() % 3 == 0) {
            transaction.then.emplace_back(engine::Delete{key, {}});
        } else {
            transaction.then.emplace_back(engine::Put{key, encode(test::user(key.substr(6)))});
        }
        transaction.then.emplace_back(engine::Put{"x" + std::to_string(random() % 20), "v"});
        ASSERT_TRUE(run(context, engine->transact(transaction, 5s)));
    };
    for (int i = 0; i < 60; ++i) {
        write();
    }
    expectSameContent();
    stopFollower();
    for (int i = 0; i < 60; ++i) {
        write();
    }
    const auto newest = run(context, engine->barrier(5s));
    ASSERT_TRUE(newest) << why(newest);
    ASSERT_TRUE(run(context, engine->compact(*newest, 5s)));
    startFollower();
    expectSameContent();

    process.reset(); // the watch breaks
    startProcess();
    ASSERT_TRUE(answers());
    for (int i = 0; i < 20; ++i) {
        write();
    }
    expectSameContent();
}

TEST_F(EtcdStateTest, ALearnerThatNeverStartsIsAddedRefusedAndRemoved) {
    MembershipService membership(*writer, Logger());
    const auto known = run(context, membership.reconcile(5s));
    ASSERT_TRUE(known) << why(known);
    EXPECT_EQ(known->generation, 1);
    ASSERT_TRUE(run(context, follower->readBarrier(5s)));
    EXPECT_NE(model->snapshot()->members.find(identity.id)->record.engine_member, "");

    MemberRecord second = test::memberRecord(test::idB, "reg-2");
    second.peer_url = "https://127.0.0.1:" + std::to_string(pilothouse::test::reservePorts());
    engine::Transaction token; // nobody joins without one
    token.then = {engine::Put{"tokens/join/" + second.id, "{}"}};
    ASSERT_TRUE(run(context, engine->transact(token, 5s)));
    const auto added = run(context, membership.addLearner(second, std::nullopt, 10s));
    ASSERT_TRUE(added) << why(added);
    EXPECT_EQ(added->generation, 2);
    EXPECT_EQ(added->learners, std::vector<std::string>{test::idB});
    const auto early = run(context, membership.promote(ReplicaId(test::idB), modified(), std::nullopt, 10s));
    ASSERT_FALSE(early);
    EXPECT_EQ(early.error().code, ErrorCode::conflict) << why(early);
    const auto cluster = run(context, readEntry(*engine, "cluster", Deadline(systemClock(), 5s)));
    ASSERT_TRUE(cluster) << why(cluster);
    const auto removed = run(
        context, membership.remove(ReplicaId(test::idB), {{"cluster", cluster->modified}, modified()}, 10s));
    ASSERT_TRUE(removed) << why(removed);
    EXPECT_EQ(removed->generation, 3);
    EXPECT_TRUE(removed->learners.empty());
    expectSameContent();
    const auto page = run(context, model->eventsBefore(Revision(0), 10));
    ASSERT_TRUE(page) << why(page);
    ASSERT_EQ(page->events.size(), 3U);
    EXPECT_EQ(page->events[0].kind, "replica-left");
    EXPECT_EQ(page->events[1].kind, "replica-joining");
    EXPECT_EQ(page->events[2].kind, "cluster-created");
}

} // namespace
} // namespace pilothouse::state
