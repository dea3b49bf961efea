// SPDX-License-Identifier: GPL-3.0-or-later
// One replica's admin API on an engine in memory, behind real sockets. Everything runs on one thread.
#pragma once

#include "fixture.h" // of tests/replica/state
#include "registry_rig.h"
#include "replica/admin/authenticator.h"
#include "replica/admin/routes.h"
#include "replica/http/router.h"
#include "replica/http/server.h"
#include "replica/node/engine_monitor.h"
#include "replica/node/peer_client.h"
#include "replica/node/peer_monitor.h"
#include "replica/node/task_group.h"
#include "replica/node/upkeep.h"
#include "replica/registry/tokens.h"
#include "replica/replication/peer_routes.h"
#include "replica/state/signing_keys.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/strand.hpp>

#include <future>
#include <thread>

namespace pilothouse::admin::test {

inline const std::string adminPassword = "correct horse";

struct Rig {
    Rig();
    ~Rig();
    Rig(const Rig&) = delete;
    Rig& operator=(const Rig&) = delete;

    // Runs `action` on the replica's thread and waits for it.
    void onThread(std::function<void()> action);
    // Ends what the replica judges its health by, as if it hung.
    void hang() { tasks.cancelAndWait(Milliseconds(5000)); }

    boost::asio::io_context io;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work;
    state::test::TempFolder folder;
    state::test::StoreEngine store;
    state::test::FaultyEngine engine{store};
    ManualClock clock; // of the authenticator: its delays and lifetimes
    state::Worker disk;
    boost::asio::any_io_executor strand;
    security::SealedBox box;
    state::ReadModel model;
    state::StateFollower follower;
    state::StateWriter writer;
    state::UserService users;
    state::AccessTokenService accessTokens;
    state::SettingService settings;
    state::JoinTokenService joinTokens;
    state::MembershipService membership;
    node::StatusBoard board;
    node::TrafficMeter traffic;
    node::EngineMonitor monitor;
    node::PeerClient peerClient;
    std::map<std::string, node::HeartbeatAnswer> answers; // of the peers, by id; the replica's thread
    node::PeerMonitor peers;
    node::DrainSwitch drain;
    node::Upkeep upkeep;
    node::Leadership leadership;
    node::Joining joining;
    node::EngineProbe engineProbe;
    operations::CheckService checks;
    operations::HostInquiry inquiry;
    operations::OperationService operations;
    operations::Promotion promotion;
    repair::RepairDesk repair;
    Authenticator authenticator;
    state::KeyRing keyRing;
    registry::TokenService tokens;
    RequestMeter requests;
    std::atomic<int> restarts = 0; // that were ordered
    Context context;
    RegistryRig registryParts;
    http::Router router;
    http::Router plainRouter;
    http::Server server;
    http::Server plainServer;
    node::TaskGroup tasks;
    std::thread thread;

private:
    [[nodiscard]] http::ServerOptions serverOptions(bool https);
    [[nodiscard]] Context makeContext();
    void addRoutes();
    void createState();
    void startTasks();
};

// What a peer says that is well and follows `leader`.
[[nodiscard]] node::HeartbeatAnswer goodAnswer(const std::string& peer);

} // namespace pilothouse::admin::test
