// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/replica_parts.h"

#include "replica/admin/routes.h"
#include "replica/engine/child.h"
#include "replica/http/listen.h"
#include "replica/node/engine_setup.h"
#include "replica/node/health.h"
#include "replica/registry/request_route.h"
#include "replica/registry/routes.h"
#include "replica/security/files.h"
#include "replica/security/random.h"
#include "replica/state/feature_level.h"

#include <random>
#include <thread>

namespace pilothouse {
namespace {

api::ReplicaStatus ownStatus(const ReplicaFiles& files, const Clock& clock) {
    api::ReplicaStatus self;
    self.id = files.identity.id;
    self.name = files.identity.name;
    self.url = files.identity.url;
    self.http_url = files.identity.http_url;
    self.version = PILOTHOUSE_VERSION;
    self.feature_level = state::ownFeatureLevel;
    self.started_at = toRfc3339(clock.wall());
    self.instance = security::systemRandom().hex(8);
    self.health.reason = "This replica is starting";
    self.certificates = files.certificates;
    return self;
}

api::ClusterInfo clusterOf(const provision::Identity& identity) {
    return {.id = identity.cluster_id,
            .name = identity.cluster_name,
            .epoch = identity.epoch,
            .feature_level = state::ownFeatureLevel,
            .external_url = {}};
}

node::EpochFence::Own ownOf(const ReplicaFiles& files) {
    return {files.identity.id, files.identity.epoch, files.layout.newerEpoch()};
}

state::Announcement announcementOf(const provision::Identity& identity) {
    return {.url = identity.url,
            .http_url = identity.http_url,
            .version = PILOTHOUSE_VERSION,
            .feature_level = state::ownFeatureLevel};
}

// Numbers in [0, 1) that spread retries; nothing secret.
std::function<double()> spread() {
    return [engine = std::make_shared<std::minstd_rand>(std::random_device{}())] {
        return std::uniform_real_distribution<double>(0, 1)(*engine);
    };
}

// Whether servers can listen there, tried for a second: the ports of a process that was just killed are its
// own for a moment longer.
Status portsAreFree(const std::vector<http::ListenAddress>& addresses) {
    constexpr Milliseconds patience{1000};
    boost::asio::io_context io;
    const auto end = http::within(patience);
    for (const auto& address : addresses) {
        for (;;) {
            const auto listening = http::listenAt(io.get_executor(), address);
            if (listening) {
                break;
            }
            if (listening.error().code != ErrorCode::conflict || http::within(Milliseconds(0)) > end) {
                return fail(listening.error());
            }
            std::this_thread::sleep_for(Milliseconds(50));
        }
    }
    return {};
}

} // namespace

ReplicaParts::ReplicaParts(ReplicaOptions replicaOptions, ReplicaFiles replicaFiles,
                           boost::asio::io_context& io)
    : options(std::move(replicaOptions)), files(std::move(replicaFiles)), clock(systemClock()),
      log(options.log, "replica", options.logLevel), id(files.identity.id),
      strand(boost::asio::make_strand(io)), board(clock, ownStatus(files, clock), clusterOf(files.identity),
                                                  node::verdictHoldsFor(options.engineElection)),
      fence(
          ownOf(files), clock, [this](const auto& by) { takeNewerEpoch(by); }, log.named("epoch")),
      etcdEngine(files.engine), engine(etcdEngine, [this] { return fence.refusal(); }),
      model(files.layout.projection(), {ClusterId(files.identity.cluster_id), Epoch(files.identity.epoch)},
            log.named("state")),
      follower(engine, model, clock, spread(), {}, log.named("state")),
      writer(engine, clock, security::systemRandom(), id,
             [this](Revision revision) { follower.expect(revision); }),
      users(writer), accessTokens(writer, files.box), settings(writer), joinTokens(writer, files.box),
      membership(writer, log.named("membership")), clusterService(writer),
      housekeeping(engine, model, clock, log.named("state")),
      signingKeys(engine, files.box, security::systemRandom(), clock, log.named("state")),
      recorder(engine, files.layout.pendingEvents(), log.named("events")), traffic(clock),
      events(strand, clock, board, recorder, model, id, Epoch(files.identity.epoch), log.named("events")),
      monitor(
          clock, engine, board, traffic,
          {.poll = options.enginePoll, .electionTimeout = options.engineElection}, id,
          [this](const auto& before, const auto& after) { events.consensusChanged(before, after); },
          [this](Revision revision) { follower.expect(revision); }),
      peerClient(io.get_executor(), files.peerTls, ClusterId(files.identity.cluster_id)),
      engineProbe(io.get_executor(), files.layout, ClusterId(files.identity.cluster_id)),
      peers(
          strand, clock, board, heartbeatAsker(), [this](const api::Member& peer) { return askEngine(peer); },
          options.peerInterval,
          [this](const api::Member& peer, bool answers) { peerChanged(peer, answers); }),
      drain(files.layout.root() / "draining",
            [this](bool draining) {
                boost::asio::post(strand, [this, draining] { events.drainChanged(draining); });
            }),
      upkeep(clock,
             {.dataFolder = files.layout.root(),
              .electionTimeout = options.engineElection,
              .diskFloorBytes = options.diskFloorBytes,
              .quotaBytes = options.engineQuotaBytes},
             ClusterId(files.identity.cluster_id), board, monitor, peers, traffic, drain, follower, model,
             [this] { return enginePid(); }),
      leadership(engine, monitor, board, peerClient, heartbeatAsker()),
      joining(clock, board, model, follower, joinTokens, membership, files.box, files.clusterKey,
              log.named("join")),
      checks({strand, clock, board, model, peerClient, engineProbe, diskWorker, files.layout}),
      operations({io.get_executor(), clock, model, follower, writer, membership, joinTokens, board,
                  peerClient, drain, leadership, joining, clusterService, files.box,
                  [this] { return leads(); }, [this] { restartWanted = true; }, log}),
      repair(
          files.layout, clock, security::systemRandom(), board, monitor, peerClient, model, writer,
          [this] { restartWanted = true; }, log.named("repair")),
      membershipUpkeep(clock, board, monitor, peerClient, follower, membership, clusterService, housekeeping,
                       signingKeys, model, announcementOf(files.identity), options.externalUrl,
                       log.named("membership"), [this](Error error) { fail(std::move(error)); }),
      renewal(clock, files.layout, files.identity, files.box),
      authenticator(clock, security::systemRandom(), model, ClusterId(files.identity.cluster_id)),
      failures(log.named("https")), registry(registryUses(io), log), context(makeContext()),
      httpsServer(io.get_executor(), serverOptions(true),
                  [this](http::Exchange& exchange) { return router.handle(exchange); }),
      httpServer(io.get_executor(), serverOptions(false),
                 [this](http::Exchange& exchange) { return plainRouter.handle(exchange); }),
      localOrders(board, drain, users, model, housekeeping, options.engineQuotaBytes,
                  authenticator.passwordWorker(), log.named("local")),
      localServer(
          strand, files.layout.localSocket(),
          [this](auto order) { return localOrders.carryOut(std::move(order)); }, log.named("local")),
      tasks(strand, log) {
    connect();
}

void ReplicaParts::connect() {
    takeNewerEpoch(fence.closedBy());
    board.askCompleteness([this] { return registry.fetcher.completeUpTo(); });
    addRoutes();
}

admin::Context ReplicaParts::makeContext() {
    auto open = [this] { return connections(); };
    return {clock,
            board,
            traffic,
            model,
            follower,
            authenticator,
            drain,
            leadership,
            joining,
            checks,
            operations.service,
            operations.promotion,
            repair,
            users,
            accessTokens,
            settings,
            requests,
            std::move(open),
            files.clusterCa,
            [this] { restartWanted = true; }};
}

RegistryUses ReplicaParts::registryUses(boost::asio::io_context& io) {
    return {.executor = io.get_executor(),
            .clock = clock,
            .cluster = ClusterId(files.identity.cluster_id),
            .self = id,
            .box = files.box,
            .engine = engine,
            .model = model,
            .follower = follower,
            .peers = peerClient,
            .board = board,
            .writer = writer,
            .admin = context,
            .authenticator = authenticator,
            .spawn = [this](auto task) { tasks.spawn("fetching a blob", std::move(task)); },
            .strand = strand,
            .leads = [this] { return leads(); },
            .learns = [this] { return board.snapshot()->status.self.consensus.role == api::Role::learner; },
            .onCompleteness = [this](const auto& now) { takeCompleteness(now); },
            .scrubbing = {.bytesPerSecond = options.scrubBytesPerSecond, .between = options.scrubPause},
            .collecting = {.shortestPause = options.collectPause}};
}

void ReplicaParts::takeCompleteness(const replication::Completeness& now) {
    const auto before = board.snapshot()->status.self.blobs;
    const bool matters = !before || (before->missing == 0) != (now.missingBlobs == 0);
    board.update(
        [&](node::StatusParts& parts) {
            if (now.known) {
                parts.self.blobs = {.missing = now.missingBlobs,
                                    .missing_bytes = now.missingBytes,
                                    .missing_digests = now.missingDigests,
                                    .fetched_bytes_per_s = now.fetchedBytesPerSecond};
            }
        },
        matters);
}

http::ServerOptions ReplicaParts::serverOptions(bool tls) {
    const auto& listen = files.identity.listen;
    http::ServerOptions server;
    server.addresses = {
        {listen.host, static_cast<std::uint16_t>(tls ? listen.https_port : listen.http_port)}};
    server.log = log.named(tls ? "https" : "http");
    if (!tls) { // and says no name: see the health addresses
        server.onFinished = [this](const http::ExchangeReport& report) {
            requests.answered(admin::RequestMeter::Port::http, report.status);
        };
        return server;
    }
    server.tls = files.serverTls;
    server.commonHeaders.set("Pilothouse-Replica", files.identity.id);
    server.namesRequests = true;
    server.refusal = [](int status, std::string_view sentence, std::string_view target) {
        return registry::isTarget(target) ? registry::refusal(status, sentence)
                                          : admin::problemOf(status, std::string(sentence));
    };
    server.onStarted = [this](const http::Request& request) {
        if (admin::countsAsTraffic(request)) {
            traffic.requestStarted();
        }
    };
    server.onFinished = [this](const http::ExchangeReport& report) { finished(report); };
    return server;
}

// On the HTTPS port, by any of its threads.
void ReplicaParts::finished(const http::ExchangeReport& report) {
    const bool isTraffic = admin::countsAsTraffic(report.request);
    requests.answered(admin::RequestMeter::Port::https, report.status);
    requests.byRoute().finished(registry::routeOf(report.request), report, isTraffic);
    if (isTraffic) {
        requests.took(report.duration);
        traffic.requestEnded(report.duration);
        failures.finished(report);
    }
}

void ReplicaParts::addRoutes() {
    admin::addHttpsRoutes(router, context);
    registry.addRoutes(router);
    router.onMiss([](const http::Request& request, int status) {
        return registry::isTarget(request.path) ? registry::missAnswer(request)
                                                : admin::missAnswer(request, status);
    });
    admin::addHttpRoutes(plainRouter, context,
                         {.externalUrl = options.externalUrl,
                          .httpsPort = static_cast<std::uint16_t>(files.identity.listen.https_port)});
}

http::ServerCounts ReplicaParts::connections() const {
    auto counts = httpsServer.counts();
    counts += httpServer.counts();
    return counts;
}

void ReplicaParts::stopDisks() {
    drain.stop();
    repair.stop();
    registry.stop();
    recorder.stop();
    model.stop();
    diskWorker.stop();
}

void ReplicaParts::fail(Error error) {
    const std::lock_guard lock(failureMutex);
    if (!failure) {
        failure = std::move(error);
    }
}

engine::EtcdOptions engineOptions(const ReplicaOptions& options, const provision::Layout& layout,
                                  const provision::Identity& identity) {
    auto etcd = node::etcdOptionsOf(layout, identity);
    etcd.program = options.engineProgram;
    etcd.heartbeat = options.engineHeartbeat;
    etcd.election = options.engineElection;
    etcd.quotaBytes = options.engineQuotaBytes;
    return etcd;
}

Status ReplicaParts::startEngine() {
    // Said here, since etcd does not know who has its port. What an earlier replica left must be gone before.
    if (auto ended = engine::endLeftover(files.layout.enginePid()); !ended) {
        return ended;
    }
    const auto& listen = files.identity.listen;
    if (auto free = portsAreFree({{"127.0.0.1", static_cast<std::uint16_t>(listen.engine_client_port)},
                                  {listen.host, static_cast<std::uint16_t>(listen.engine_peer_port)}});
        !free) {
        return failIn("the engine cannot start", free.error());
    }
    const auto onRestart = [this](const Error& why) {
        board.update([](node::StatusParts& parts) { ++parts.self.engine.restarts; }, true);
        boost::asio::post(strand, [this, why] { events.engineRestarted(why.message); });
    };
    auto started = engine::EtcdProcess::start(engineOptions(options, files.layout, files.identity),
                                              {.onStarted = [](int) {},
                                               .onRestart = onRestart,
                                               .onGivenUp = [this](const Error& why) { engineGivenUp(why); }},
                                              log.named("engine"));
    if (!started) {
        return pilothouse::fail(started.error());
    }
    process = std::move(*started);
    return {};
}

// On the supervisor's thread.
void ReplicaParts::engineGivenUp(const Error& why) {
    if (why.code == ErrorCode::forbidden && why.message == engine::etcdRemovedMessage) {
        const Status marked =
            security::writePrivateFile(files.layout.removed(), toRfc3339(clock.wall()) + "\n");
        if (!marked) {
            log.warning(marked.error().text()); // the next start finds out the same way
        }
    }
    fail(why);
}

} // namespace pilothouse
