// SPDX-License-Identifier: GPL-3.0-or-later
#include "rig.h"

#include "replica/registry/request_route.h"
#include "replica/registry/token_routes.h"
#include "replica/security/password.h"

namespace pilothouse::admin::test {

using state::test::idA;
using state::test::idB;
using state::test::idC;

namespace {

const ClusterId cluster(std::string(32, 'c'));

api::ReplicaStatus self() {
    api::ReplicaStatus status;
    status.id = idA;
    status.name = "reg-1";
    status.url = "https://reg-1:443";
    status.http_url = "http://reg-1:80";
    status.version = "0.1.0";
    status.feature_level = 1;
    status.started_at = toRfc3339(systemClock().wall());
    status.health.reason = "This replica is starting";
    status.certificates = {
        {"node", "2026-01-01T00:00:00.000Z", "2126-01-01T00:00:00.000Z", std::string(64, 'a')}};
    return status;
}

// Cheap to check: these tests are not about scrypt's cost.
std::string cheapVerifier(const std::string& password) {
    return security::makeVerifier(password, security::systemRandom(), {.logN = 4, .r = 8, .p = 1}).value();
}

} // namespace

node::HeartbeatAnswer goodAnswer(const std::string& peer) {
    api::Heartbeat heartbeat;
    heartbeat.cluster_id = cluster.str();
    heartbeat.epoch = 1;
    heartbeat.id = peer;
    heartbeat.at = toRfc3339(systemClock().wall());
    heartbeat.health = {.healthy = true, .code = api::Unhealthy::none, .reason = {}};
    heartbeat.consensus.quorum = true;
    heartbeat.version = "0.1.0";
    heartbeat.feature_level = 1;
    return {.reach = api::Reach::ok, .error = {}, .heartbeat = std::move(heartbeat)};
}

Rig::Rig()
    : work(boost::asio::make_work_guard(io)), strand(boost::asio::make_strand(io)),
      box(security::SealedBox::create(std::string(32, 'k')).value()),
      model(folder / "projection", {cluster, Epoch(1)}, Logger()),
      follower(
          engine, model, systemClock(), [] { return 0.5; }, {}, Logger()),
      writer(engine, systemClock(), security::systemRandom(), ReplicaId(idA),
             [this](Revision revision) { follower.expect(revision); }),
      users(writer), accessTokens(writer, box), settings(writer), joinTokens(writer, box),
      membership(writer, Logger()), board(systemClock(), self(), {cluster.str(), "prod", 1, 1, {}}),
      traffic(systemClock()),
      monitor(systemClock(), engine, board, traffic,
              {.poll = Milliseconds(20), .electionTimeout = Milliseconds(1000)}, ReplicaId(idA), nullptr,
              [this](Revision revision) { follower.expect(revision); }),
      peerClient(io.get_executor(), nullptr, cluster), answers{{idB, goodAnswer(idB)},
                                                               {idC, goodAnswer(idC)}},
      peers(
          strand, systemClock(), board,
          [this](const api::Member& peer) -> boost::asio::awaitable<node::HeartbeatAnswer> {
              co_return answers[peer.id];
          },
          [](const api::Member&) -> boost::asio::awaitable<bool> { co_return false; }, Milliseconds(20),
          nullptr),
      drain(folder / "draining", [](bool) {}),
      upkeep(systemClock(),
             {.dataFolder = folder / "",
              .electionTimeout = Milliseconds(1000),
              .diskFloorBytes = 0,
              .quotaBytes = 1 << 30},
             cluster, board, monitor, peers, traffic, drain, follower, model, [] { return std::nullopt; }),
      leadership(engine, monitor, board, peerClient,
                 [this](const api::Member& peer) -> boost::asio::awaitable<node::HeartbeatAnswer> {
                     co_return answers[peer.id];
                 }),
      joining(systemClock(), board, model, follower, joinTokens, membership, box, std::string(32, 'k'),
              Logger()),
      engineProbe(io.get_executor(), provision::Layout(folder / "replica"), cluster),
      checks({strand, systemClock(), board, model, peerClient, engineProbe, disk,
              provision::Layout(folder / "")}),
      inquiry(systemClock(), io.get_executor(), model, peerClient),
      operations(writer, model, follower, board, peerClient, inquiry, box),
      promotion(systemClock(), board, peerClient, membership),
      repair(
          provision::Layout(folder / "replica"), systemClock(), security::systemRandom(), board, monitor,
          peerClient, model, writer, [] {}, Logger()),
      authenticator(clock, security::systemRandom(), model, cluster), keyRing(box),
      tokens(clock, security::systemRandom(), model, follower, authenticator, keyRing, cluster),
      context(makeContext()),
      registryParts(io, ReplicaId(idA), writer, model, follower, board, peerClient, context),
      server(io.get_executor(), serverOptions(true),
             [this](http::Exchange& exchange) { return router.handle(exchange); }),
      plainServer(io.get_executor(), serverOptions(false),
                  [this](http::Exchange& exchange) { return plainRouter.handle(exchange); }),
      tasks(strand, Logger()) {
    createState();
    addRoutes();
    startTasks();
    thread = std::thread([this] { io.run(); });
}

Context Rig::makeContext() {
    return {systemClock(),
            board,
            traffic,
            model,
            follower,
            authenticator,
            drain,
            leadership,
            joining,
            checks,
            operations,
            promotion,
            repair,
            users,
            accessTokens,
            settings,
            requests,
            [this] {
                auto counts = server.counts();
                counts += plainServer.counts();
                return counts;
            },
            "-----BEGIN CERTIFICATE-----\nof the cluster\n-----END CERTIFICATE-----\n",
            [this] { ++restarts; }};
}

void Rig::addRoutes() {
    addHttpsRoutes(router, context);
    addHttpRoutes(plainRouter, context, {.externalUrl = std::nullopt, .httpsPort = 8443});
    EXPECT_TRUE(registryParts.blobs.open(folder / "blobs"));
    replication::addPeerRoutes(router, context, registryParts.blobs);
    registry::addTokenRoutes(router, authenticator, tokens);
    registry::addRepositoryRoutes(router, registryParts.repositories);
}

Rig::~Rig() {
    auto stopped = boost::asio::co_spawn(
        io,
        [this]() -> boost::asio::awaitable<void> {
            co_await plainServer.stop(Milliseconds(200));
            co_await server.stop(Milliseconds(200));
        },
        boost::asio::use_future);
    stopped.wait();
    onThread([this] { peers.stop(); });
    tasks.cancelAndWait(Milliseconds(5000));
    authenticator.stop();
    work.reset();
    io.stop();
    thread.join();
}

void Rig::onThread(std::function<void()> action) {
    std::promise<void> done;
    boost::asio::post(strand, [&] {
        action();
        done.set_value();
    });
    done.get_future().wait();
}

http::ServerOptions Rig::serverOptions(bool https) {
    http::ServerOptions options;
    options.addresses = {{"127.0.0.1", 0}};
    options.limits.body = Milliseconds(4000); // one test waits for it
    if (!https) {
        return options;
    }
    options.commonHeaders.set("Pilothouse-Replica", idA);
    options.namesRequests = true;
    options.refusal = [](int status, std::string_view sentence, std::string_view) {
        return problemOf(status, std::string(sentence));
    };
    options.onFinished = [this](const http::ExchangeReport& report) {
        requests.answered(RequestMeter::Port::https, report.status);
        requests.byRoute().finished(registry::routeOf(report.request), report,
                                    countsAsTraffic(report.request));
        if (countsAsTraffic(report.request)) {
            requests.took(report.duration);
        }
    };
    return options;
}

void Rig::createState() {
    store.list = {{1, idA, {"https://reg-1:7443"}, false},
                  {2, idB, {"https://reg-2:7443"}, false},
                  {3, idC, {"https://reg-3:7443"}, false}};
    store.ownStatus.memberId = 1;
    store.ownStatus.leaderId = 1;
    store.ownStatus.term = Term(3);
    store.ownStatus.held = LogIndex(100);
    store.ownStatus.applied = LogIndex(100);
    store.ownStatus.version = "3.4.23";
    auto initial = state::test::initialState();
    initial.admin.verifier = cheapVerifier(adminPassword);
    const Status created = state::test::run(
        io, state::createState(engine, std::move(initial), ReplicaId(idA), Milliseconds(1000)));
    EXPECT_TRUE(created) << state::test::why(created);
    state::SigningKeyService signingKeys{engine, box, security::systemRandom(), systemClock(), Logger()};
    EXPECT_TRUE(state::test::run(io, signingKeys.rotate(Milliseconds(1000))));
    io.restart();
}

void Rig::startTasks() {
    EXPECT_TRUE(server.start() && plainServer.start());
    tasks.spawn("following", [](Rig& rig) -> boost::asio::awaitable<void> {
        const Status opened = co_await rig.model.open();
        EXPECT_TRUE(opened) << state::test::why(opened);
        co_await rig.follower.run();
    }(*this));
    tasks.spawn("engine", monitor.run());
    tasks.spawn("quorum", monitor.confirmQuorum());
    tasks.spawn("publishing", upkeep.publishing());
    tasks.spawn("measuring", upkeep.measuring(disk));
}

} // namespace pilothouse::admin::test
