// SPDX-License-Identifier: GPL-3.0-or-later
#include "repair_fixture.h"

#include "base/encoding.h"
#include "domain/operation.h"
#include "replica/embedding/engine_access.h"
#include "replica/engine/child.h"
#include "replica/engine/etcd_process.h"
#include "replica/node/engine_setup.h"
#include "replica/node/sleep.h"
#include "replica/provision/bootstrap.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

namespace pilothouse::repair::test {

using namespace std::chrono_literals;
using boost::asio::awaitable;

Journal orderedJournal(const std::string& survivor, const provision::Layout& layout,
                       std::vector<api::SilentMember> silent) {
    Journal journal;
    journal.order_id = "op-1";
    auto& repair = journal.repair;
    repair.id = "20261128T053012-abcd";
    repair.replica = survivor;
    repair.name = "reg-1";
    setPhase(journal, domain::RepairPhase::running);
    repair.from_epoch = 1;
    repair.to_epoch = 2;
    for (const auto step : domain::repairSteps()) {
        repair.steps.push_back(
            {std::string(nameOf(step)), std::string(nameOf(domain::StepState::pending)), {}, {}});
    }
    repair.silent = std::move(silent);
    repair.reason = "the hall burnt down";
    repair.started_by = "admin";
    repair.started_at = "2026-11-28T05:30:12.000Z";
    repair.copy_path = layout.beforeEpoch(2).string();
    return journal;
}

std::vector<api::SilentMember> RepairTest::silent() const {
    return {{made(2).id, "reg-2", "destroyed"}, {made(3).id, "reg-3", "powered_off"}};
}

void RepairTest::startThree() {
    makeCluster(3);
    for (int i = 1; i <= 3; ++i) {
        replicas.push_back(start(i));
        ASSERT_NE(replicas.back(), nullptr);
    }
    for (const auto& each : replicas) {
        const auto healthy = each->waitUntilHealthy(20s);
        ASSERT_TRUE(healthy) << healthy.error().text();
    }
    const auto created =
        ask(2, "POST", "/api/v0/users",
            R"({"name":"ada","password":"a long password","role":"reader","operation_id":"op-ada"})");
    ASSERT_EQ(created.status, 201) << created.body;
}

void RepairTest::leaveSomethingRunning() {
    state::OperationRecord operation;
    operation.operation.id = "operation-of-reg-3";
    operation.operation.kind = "join";
    operation.operation.phase = nameOf(domain::OperationPhase::running);
    operation.operation.owner = made(3).id;
    // That nobody goes on with, who leads as long as the replicas run.
    operation.operation.steps = {
        {"of_a_newer_version", std::string(nameOf(domain::StepState::running)), {}, {}}};
    engine::Transaction writing;
    writing.then = {engine::Put{"running-operation", state::encode(operation)},
                    engine::Put{"tokens/join/dddddddddddd", "{}"},
                    engine::Put{"tokens/live/dddddddddddd", "{}"}};
    const auto written =
        pilothouse::test::onEngine(dataDir(1), [&](engine::Engine& engine) -> awaitable<Status> {
            const auto done = co_await engine.transact(writing, 5s);
            co_return done ? Status() : fail(done.error());
        });
    ASSERT_TRUE(written) << written.error().text();
}

void RepairTest::stopAll() {
    for (auto& each : replicas) {
        each.reset();
    }
}

Journal RepairTest::orderRepair() {
    Journal journal = orderedJournal(made(1).id, layout(), silent());
    const Status saved = saveJournal(layout(), journal);
    EXPECT_TRUE(saved) << saved.error().text();
    return journal;
}

Journal RepairTest::journalNow() const {
    const auto journal = loadJournal(layout());
    EXPECT_TRUE(journal && *journal);
    return journal && *journal ? **journal : Journal();
}

Status RepairTest::carryOutNow(std::function<void(const api::Repair&)> onProgress) {
    Journal journal = journalNow();
    const auto identity = provision::loadIdentity(layout());
    const auto box = security::SealedBox::create(readWhole(layout().clusterKey()));
    if (!identity || !box) {
        return fail(identity ? box.error() : identity.error());
    }
    if (Status ended = engine::endLeftover(layout().enginePid()); !ended) {
        return ended;
    }
    auto etcd = node::etcdOptionsOf(layout(), *identity);
    etcd.program = program;
    etcd.heartbeat = 50ms;
    etcd.election = 500ms;
    const Work work{.layout = layout(),
                    .identity = *identity,
                    .engine = etcd,
                    .box = *box,
                    .clock = systemClock(),
                    .random = security::systemRandom(),
                    .log = Logger(log.sink("repair"), "repair", LogLevel::debug),
                    .onProgress = std::move(onProgress)};
    return carryOut(work, journal);
}

std::map<std::string, std::string> RepairTest::stateOfSurvivor() {
    std::map<std::string, std::string> state;
    const auto identity = provision::loadIdentity(layout());
    EXPECT_TRUE(identity);
    auto etcd = node::etcdOptionsOf(layout(), *identity);
    etcd.heartbeat = 50ms;
    etcd.election = 500ms;
    const auto process =
        engine::EtcdProcess::start(etcd, {[](int) {}, [](const Error&) {}, [](const Error&) {}}, Logger());
    EXPECT_TRUE(process) << process.error().text();
    if (!process) {
        return state;
    }
    const Status read =
        pilothouse::test::onEngine(dataDir(1), [&](engine::Engine& engine) -> awaitable<Status> {
            const auto end = systemClock().monotonic() + 20s;
            engine::Range all;
            all.key = std::string(1, '\0');
            all.rangeEnd = std::string(1, '\0');
            for (;;) {
                const auto found = co_await engine.range(all, 2s);
                if (found) {
                    for (const auto& entry : found->entries) {
                        state[entry.key] = entry.value;
                    }
                    co_return Status();
                }
                if (systemClock().monotonic() > end) {
                    co_return fail(found.error());
                }
                co_await node::sleepFor(50ms);
            }
        });
    EXPECT_TRUE(read) << read.error().text();
    (*process)->stop(5s);
    return state;
}

void RepairTest::expectRepaired() {
    const auto journal = journalNow();
    EXPECT_FALSE(isPending(journal));
    EXPECT_EQ(phaseOf(journal), domain::RepairPhase::running) << journal.repair.error;
    EXPECT_TRUE(isDone(journal, domain::RepairStep::recordEpoch));
    const auto identity = provision::loadIdentity(layout());
    ASSERT_TRUE(identity) << identity.error().text();
    EXPECT_EQ(identity->epoch, 2);
    EXPECT_EQ(identity->id, made(1).id);
    const auto state = stateOfSurvivor();
    EXPECT_EQ(record<state::ClusterRecord>(state, "cluster").epoch, 2);
    const auto membership = record<state::MembershipRecord>(state, "membership");
    EXPECT_EQ(membership.voters, std::vector<std::string>{made(1).id});
    EXPECT_TRUE(membership.learners.empty());
    EXPECT_TRUE(state.contains("members/" + made(1).id));
    for (const auto& each : silent()) {
        EXPECT_FALSE(state.contains("members/" + each.replica)) << each.name;
        const auto former = record<state::FormerMemberRecord>(state, "former/" + each.replica);
        EXPECT_EQ(former.statement, each.statement);
        EXPECT_EQ(former.epoch, 1);
        EXPECT_EQ(former.name, each.name);
    }
    EXPECT_EQ(record<state::UserRecord>(state, "users/ada").name, "ada");
    EXPECT_TRUE(state.contains("users/" + cluster.adminName));
    EXPECT_EQ(record<state::CertificateRecord>(state, "ca/peer").pem, journal.peer_ca);
    EXPECT_EQ(readWhole(layout().peerCa()), journal.peer_ca);
    EXPECT_NE(journal.peer_ca, readWhole(layout(2).peerCa())) << "old and new engines must not speak";
    const auto box = security::SealedBox::create(readWhole(layout().clusterKey()));
    const auto secret = record<state::SealedSecretRecord>(state, provision::peerCaKeySecret);
    const auto key = box->open(secret.sealed, provision::peerCaKeySecret);
    EXPECT_TRUE(key) << key.error().text();
}

void RepairTest::expectServes(std::int64_t epoch) {
    const auto alone = startHealthy(1);
    ASSERT_NE(alone, nullptr);
    EXPECT_EQ(alone->status().cluster.epoch, epoch);
    EXPECT_EQ(alone->status().members.size(), 1U);
    EXPECT_EQ(ask(1, "GET", "/api/v0/users").body.find("\"ada\"") == std::string::npos, false);
}

void RepairTest::expectThreeAgree() {
    replicas.clear();
    for (int i = 1; i <= 3; ++i) {
        replicas.push_back(start(i));
        ASSERT_NE(replicas.back(), nullptr);
    }
    for (const auto& each : replicas) {
        const auto healthy = each->waitUntilHealthy(30s);
        ASSERT_TRUE(healthy) << each->status().self.name << ": " << healthy.error().text();
        EXPECT_EQ(each->status().cluster.epoch, 1);
        EXPECT_FALSE(each->status().newer_epoch);
    }
    EXPECT_TRUE(eventually([&] {
        const auto leader = replicas[0]->status().self.consensus.leader;
        return leader && replicas[1]->status().self.consensus.leader == leader &&
               replicas[2]->status().self.consensus.leader == leader;
    }));
    EXPECT_NE(ask(1, "GET", "/api/v0/users").body.find("\"ada\""), std::string::npos);
}

http::Response RepairTest::ask(int member, const std::string& method, const std::string& target,
                               const std::string& json) const {
    http::ClientRequest request;
    request.method = method;
    request.target = target;
    request.headers.set("Authorization", admin());
    if (!json.empty()) {
        request.headers.set("Content-Type", "application/json");
        request.body = json;
    }
    auto tls = http::TlsContext::client({{}, {}, readWhole(cluster.caFile), http::ClientCertificate::none});
    EXPECT_TRUE(tls) << tls.error().text();
    boost::asio::io_context io;
    http::Client client(io.get_executor(),
                        {.host = "127.0.0.1",
                         .port = static_cast<std::uint16_t>(made(member).listen.https_port),
                         .tls = std::move(*tls),
                         .verifyName = true,
                         .requiredUri = {}});
    auto answer = boost::asio::co_spawn(io, client.request(std::move(request), http::within(15'000ms)),
                                        boost::asio::use_future);
    while (answer.wait_for(0s) != std::future_status::ready) {
        io.run_one(); // not all of it: the connection would be kept for the next request
    }
    auto response = answer.get();
    EXPECT_TRUE(response) << target << ": " << response.error().text();
    return response ? std::move(*response) : http::Response();
}

std::string RepairTest::admin() const {
    std::string password = readWhole(cluster.passwordFile);
    password = password.substr(0, password.find('\n'));
    return "Basic " + toBase64(cluster.adminName + ':' + password);
}

} // namespace pilothouse::repair::test
