// SPDX-License-Identifier: GPL-3.0-or-later
// DTR's addresses below /api/v0/meta, and what they are made from.
#include "admin_fixture.h"
#include "api/json.h"
#include "replica/admin/dtr_view.h"
#include "rig.h"

#include <algorithm>

namespace pilothouse::admin {
namespace {

using state::test::idA;
using state::test::idB;
using state::test::idC;

const std::string heard = "2026-03-02T10:00:00.123Z";

api::PeerView peer(const std::string& id) {
    api::PeerView view;
    view.id = id;
    view.reach = api::Reach::ok;
    view.heard_at = heard;
    view.heartbeat = *test::goodAnswer(id).heartbeat;
    return view;
}

api::ClusterStatus healthyStatus() {
    api::ClusterStatus status;
    status.quorum = 2;
    for (const auto& [id, name] :
         {std::pair(idA, "reg-1"), std::pair(idB, "reg-2"), std::pair(idC, "reg-3")}) {
        status.members.push_back({id, name, std::string("https://") + name + ":8443",
                                  std::string("http://") + name + ":8080", true, api::Role::follower, heard});
    }
    status.self.id = idA;
    status.self.name = "reg-1";
    status.self.url = "https://reg-1:8443";
    status.self.consensus.quorum = true;
    status.peers = {peer(idB), peer(idC)};
    return status;
}

struct View {
    api::ClusterStatus status = healthyStatus();
    api::Health self{.healthy = true, .code = api::Unhealthy::none, .reason = {}};
    bool fresh = true;
    WallTime now = *parseRfc3339("2026-03-02T10:00:10.000Z");

    [[nodiscard]] DtrInputs inputs() const { return {status, self, fresh, now, now}; }
    [[nodiscard]] std::optional<api::dtr::Alert> alert(const std::string& id) const {
        const auto alerts = dtrAlerts(inputs());
        const auto found =
            std::find_if(alerts.begin(), alerts.end(), [&](const auto& each) { return each.id == id; });
        return found != alerts.end() ? std::optional(*found) : std::nullopt;
    }
};

TEST(DtrView, AllIsWell) {
    const View view;
    const auto status = dtrClusterStatus(view.inputs());
    EXPECT_EQ(status.replica_health,
              (std::map<std::string, std::string>{{idA, "OK"}, {idB, "OK"}, {idC, "OK"}}));
    EXPECT_EQ(status.replica_timestamp.at(idA), "2026-03-02T10:00:10.000Z");
    EXPECT_EQ(status.replica_timestamp.at(idB), heard);
    EXPECT_EQ(status.replica_readonly,
              (std::map<std::string, bool>{{idA, false}, {idB, false}, {idC, false}}));
    EXPECT_EQ(dtrAlerts(view.inputs()).size(), 0U);
}

// DTR leaves the last OK of a dead replica standing. This does not.
TEST(DtrView, ADeadReplicaIsNeverOk) {
    View view;
    view.status.peers[1].reach = api::Reach::refused;
    view.status.peers[1].error = "connection refused";
    const auto status = dtrClusterStatus(view.inputs());
    EXPECT_EQ(status.replica_health.at(idC),
              "connection refused; Replica reported health too long ago: " + heard);
    EXPECT_EQ(status.replica_timestamp.at(idC), heard) << "when its own word was last known";
    const auto alert = view.alert("unhealthy-replicas");
    ASSERT_TRUE(alert);
    EXPECT_EQ(alert->message, "Warning: The following replicas are unhealthy: " + idC +
                                  "; Reasons: " + status.replica_health.at(idC) + "; Replicas " + idA + ", " +
                                  idB + " are still healthy.");
    EXPECT_EQ(alert->class_, "warning");
}

TEST(DtrView, AReplicaThatWasNeverHeardHasATimeAllTheSame) {
    View view;
    view.status.peers.pop_back();
    const auto status = dtrClusterStatus(view.inputs());
    EXPECT_NE(status.replica_health.at(idC), "OK");
    EXPECT_EQ(status.replica_timestamp.at(idC), "0001-01-01T00:00:00Z") << "strict readers want a time";
}

TEST(DtrView, OnesOwnWordIsPassedOn) {
    View view;
    view.self = {.healthy = false, .code = api::Unhealthy::draining, .reason = "This replica is draining"};
    view.status.peers[0].heartbeat->health = {
        .healthy = false, .code = api::Unhealthy::no_quorum, .reason = "No majority"};
    view.status.peers[0].heartbeat->consensus.quorum = false;
    const auto status = dtrClusterStatus(view.inputs());
    EXPECT_EQ(status.replica_health.at(idA), "This replica is draining");
    EXPECT_FALSE(status.replica_readonly.at(idA)) << "draining refuses no change";
    EXPECT_EQ(status.replica_health.at(idB), "No majority");
    EXPECT_TRUE(status.replica_readonly.at(idB));
}

TEST(DtrView, AReplicaThatHangsSaysNothingOfAnybody) {
    View view;
    view.fresh = false;
    view.self.healthy = false;
    for (const auto& [id, health] : dtrClusterStatus(view.inputs()).replica_health) {
        EXPECT_TRUE(health.find("Replica reported health too long ago: ") != std::string::npos) << health;
    }
}

TEST(DtrView, AlertsNameWhatSomebodyShouldLookAt) {
    View view;
    view.status.alarms = {{"NOSPACE", idB, "The engine's database is full", "Compact it"}};
    view.status.self.consensus.quorum = false;
    view.status.self.certificates = {{"node", heard, "2026-03-12T10:00:00.000Z", ""},
                                     {"engine-peer", heard, "2026-03-01T10:00:00.000Z", ""},
                                     {"cluster-ca", heard, "2036-03-01T10:00:00.000Z", ""}};
    view.status.self.engine.database_bytes = 90;
    view.status.self.engine.database_quota_bytes = 100;
    view.status.peers[0].clock_offset_ms = -2500;
    view.status.members.pop_back();
    EXPECT_EQ(view.alert("alarm-NOSPACE-" + idB)->message, "The engine's database is full. Compact it");
    EXPECT_EQ(view.alert("no-quorum")->class_, "critical");
    EXPECT_EQ(view.alert("certificate-node")->class_, "warning");
    EXPECT_EQ(view.alert("certificate-engine-peer")->class_, "critical");
    EXPECT_FALSE(view.alert("certificate-cluster-ca"));
    EXPECT_TRUE(view.alert("engine-database"));
    EXPECT_EQ(view.alert("clock-" + idB)->message, "The clock of reg-2 is 2500 ms behind reg-1's");
    EXPECT_TRUE(view.alert("even-number-of-replicas"));
    const auto alerts = dtrAlerts(view.inputs());
    EXPECT_TRUE(std::is_partitioned(alerts.begin(), alerts.end(),
                                    [](const auto& each) { return each.class_ == "critical"; }));
}

TEST(DtrView, SettingsListEveryReplica) {
    auto status = healthyStatus();
    auto settings = dtrSettings(status, "PEM", false);
    EXPECT_EQ(settings.dtrHost, "reg-1:8443");
    EXPECT_FALSE(settings.readOnlyRegistry);
    EXPECT_TRUE(dtrSettings(status, "PEM", true).readOnlyRegistry);
    EXPECT_EQ(settings.replicaID, idA);
    ASSERT_EQ(settings.replicaSettings.size(), 3U);
    EXPECT_EQ(settings.replicaSettings.at(idB).HTTPSPort, 8443);
    EXPECT_EQ(settings.replicaSettings.at(idB).HTTPPort, 8080);
    EXPECT_EQ(settings.replicaSettings.at(idB).node, "reg-2");
    status.cluster.external_url = "https://registry.example.test";
    EXPECT_EQ(dtrSettings(status, "PEM", false).dtrHost, "registry.example.test");
}

class DtrRoutes : public test::AdminTest {};

TEST_F(DtrRoutes, AnswerAdministratorsWithWhatIsReal) {
    const auto health = [this] {
        const auto answer = ask("GET", "/api/v0/meta/cluster_status");
        EXPECT_EQ(answer.status, 200) << answer.body;
        const auto status = api::fromJson<api::dtr::ClusterStatus>(answer.body);
        return status ? status->replica_health : std::map<std::string, std::string>();
    };
    const std::map<std::string, std::string> well{{idA, "OK"}, {idB, "OK"}, {idC, "OK"}};
    EXPECT_TRUE(eventually([&] { return health() == well; }));
    rig().onThread([this] {
        rig().answers[idB] = {.reach = api::Reach::refused, .error = "connection refused", .heartbeat = {}};
    });
    EXPECT_TRUE(eventually([&] { return health()[idB].starts_with("connection refused; "); }));
    const auto alerts = api::fromJson<std::vector<api::dtr::Alert>>(ask("GET", "/api/v0/meta/alerts").body);
    ASSERT_TRUE(alerts) << alerts.error().text();
    EXPECT_EQ(alerts->at(0).id, "unhealthy-replicas");
    const auto settings = api::fromJson<api::dtr::Settings>(ask("GET", "/api/v0/meta/settings").body);
    ASSERT_TRUE(settings) << settings.error().text();
    EXPECT_EQ(settings->replicaID, idA);
    EXPECT_EQ(settings->replicaSettings.size(), 3U);
    expectProblem(ask("GET", "/api/v0/meta/settings", test::Ask{}), 401, "unauthorized");
}

} // namespace
} // namespace pilothouse::admin
