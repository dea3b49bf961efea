// SPDX-License-Identifier: GPL-3.0-or-later
#include "views.h"

#include "scenarios.h"
#include "ui/session/join_shown.h"

namespace pilothouse::ui::test {

namespace scenario = models::test;

models::ClusterView healthyFive() {
    return scenario::healthyFive().view();
}

models::ClusterView atRiskFive() {
    return scenario::atRiskFive().view();
}

models::ClusterView noQuorumThree() {
    return scenario::noQuorumThree().view();
}

models::ClusterView partitionFive() {
    return scenario::partitionFive().view();
}

models::ClusterView healthySandbox() {
    return scenario::healthySandbox().view();
}

models::ClusterView joiningThree() {
    return scenario::joiningThree().view();
}

models::ClusterView catchingUpFour() {
    models::ClusterSnapshot snapshot = scenario::joiningThree().snapshot();
    const domain::ReplicaObservation& fourth = snapshot.observation.replicas[3];
    api::ClusterStatus status;
    api::RunningOperation& operation = status.operation.emplace();
    operation = {"20261128T053012-4f2a",
                 "join",
                 fourth.id.str(),
                 fourth.name,
                 "running",
                 false,
                 "catch_up",
                 3,
                 5,
                 {},
                 fourth.name};
    snapshot.statuses[snapshot.observation.replicas[0].id] = &status;
    JoinShown shown;
    models::ClusterView view;
    // Two thirds are there, at 118 MB/s.
    for (const auto& [after, missing] :
         {std::pair<int, std::int64_t>{0, 412'600'000'000}, {2300, 142'580'000'000}, {10, 141'400'000'000}}) {
        snapshot.observation.now += std::chrono::seconds(after);
        operation.waiting = api::Waiting{"catching_up", {fourth.name}, {missing / 8'500'000, missing}, {}, {},
                                         false,         {"cancel"}};
        view = models::describe(snapshot);
        shown.addTo(view, snapshot);
    }
    return view;
}

models::ClusterView startingThree() {
    return scenario::startingThree().view();
}

models::ClusterView unreachableThree() {
    return scenario::unreachableThree().view();
}

models::ClusterView drainingThree() {
    return scenario::Scenario("prod-eu", {"reg-1.dc1", "reg-2.dc1", "reg-3.dc2"}).draining(1).view();
}

models::ClusterView lateThree() {
    return scenario::Scenario("prod-eu", {"reg-1.dc1", "reg-2.dc1", "reg-3.dc2"})
        .silentFor(1, std::chrono::milliseconds(1500))
        .view();
}

models::ClusterView hiddenThree() {
    return scenario::Scenario("prod-eu", {"reg-1.dc1", "reg-2.dc1", "reg-3.dc2"})
        .hiddenFromUs(1, std::chrono::seconds(20))
        .hiddenFromUs(2, std::chrono::seconds(20))
        .view();
}

models::ClusterView refusedThree() {
    models::ClusterSnapshot snapshot = scenario::Scenario("prod-eu", {"reg-1.dc1", "reg-2.dc1", "reg-3.dc2"})
                                           .lost(1, domain::Reach::tls, std::chrono::seconds(50))
                                           .snapshot();
    snapshot.refusals[snapshot.observation.replicas[1].id] = {
        {QStringLiteral("Refused"), QStringLiteral("signed by another authority than the pinned one"),
         models::Tone::bad},
        {QStringLiteral("Expected"),
         QStringLiteral("3F:9A:11:C2:7E:04:5B:D8\n66:10:AF:93:2C:E1:07:BB\n90:4D:8E:21:F5:6A:DD:13\n"
                        "70:CE:58:B9:42:0F:A6:1C")},
        {QStringLiteral("Presented"),
         QStringLiteral("70:CE:58:B9:42:0F:A6:1C\n90:4D:8E:21:F5:6A:DD:13\n66:10:AF:93:2C:E1:07:BB\n"
                        "3F:9A:11:C2:7E:04:5B:D8")},
        {QStringLiteral("Compare with"), QStringLiteral("sudo pilothouse-replica fingerprint, on its host")}};
    return models::describe(snapshot);
}

models::ClusterView healthySeven() {
    return scenario::Scenario("prod-eu", {"reg-1.dc1", "reg-2.dc1", "reg-3.dc2", "reg-4.dc2", "reg-5.dc3",
                                          "reg-6.dc3", "reg-7.dc4"})
        .view();
}

models::ClusterView single() {
    return scenario::Scenario("edge", {"reg-1"}).view();
}

models::ClusterView noQuorumSandbox() {
    return scenario::Scenario("sandbox", {"reg-1", "reg-2", "reg-3"})
        .sandbox()
        .lost(1, domain::Reach::refused, std::chrono::seconds(50))
        .lost(2, domain::Reach::refused, std::chrono::seconds(50))
        .noLeaderAnywhere()
        .view();
}

models::ClusterView leftBehindOne() {
    models::ClusterView view = scenario::leftBehindOne().view();
    view.putBack = models::PutBackView{view.replicas[0].id, {}};
    return view;
}

models::ClusterView cutOffFive() {
    const models::ClusterSnapshot snapshot = scenario::healthyFive().snapshot();
    return models::asLastKnown(models::describe(snapshot), snapshot.observation.wallNow,
                               std::chrono::minutes(4));
}

} // namespace pilothouse::ui::test
