// SPDX-License-Identifier: GPL-3.0-or-later
// A scripted cluster of which one replica is left, and what it says of a repair.
#pragma once

#include "api/json.h"
#include "api/repair.h"
#include "program.h"
#include "support/wait.h"

#include <string>
#include <utility>
#include <vector>

namespace pilothouse::test {

inline QByteArray problem(int status, const char* code, const QString& detail) {
    return QStringLiteral(R"({"type":"about:blank","title":"","status":%1,"code":"%2","detail":"%3"})")
        .arg(status)
        .arg(QLatin1String(code), detail)
        .toUtf8();
}

inline ScriptedAnswer refusal(int status, const char* code, const QString& detail) {
    return {status, problem(status, code, detail), "application/problem+json"};
}

template <typename T>
ScriptedAnswer answer(const T& value, int status = 200) {
    return {status, QByteArray::fromStdString(api::toJson(value))};
}

inline api::RepairPlan planOf(int index, std::int64_t last, std::vector<api::Finding> findings = {}) {
    const std::string id = ScriptedCluster::idOf(index);
    const std::string name = "reg-" + std::to_string(index + 1);
    api::RepairPlan plan;
    plan.replica = id;
    plan.name = name;
    plan.from_epoch = 1;
    plan.to_epoch = 2;
    plan.steps = {"stop", "copy_folder", "new_authority", "start_alone", "record_epoch", "serve"};
    plan.findings = std::move(findings);
    plan.findings.push_back({"entries_lost", "needs_word", {"reg-2", "reg-3"}, {last}, {}});
    plan.findings.push_back({"survivor_votes", "passed", {name}, {}, {}});
    plan.survivors = {{id, name, api::EngineLog{7, last, last - 2}, 0}};
    plan.silent = {{ScriptedCluster::idOf(1), "reg-2", "destroyed"},
                   {ScriptedCluster::idOf(2), "reg-3", "powered_off"}};
    plan.copy_path = "/var/lib/pilothouse/repair/epoch-1";
    plan.copy_bytes = 1'200'000'000;
    return plan;
}

inline api::Repair repairIn(const char* phase, const std::vector<const char*>& states,
                            const char* id = "r1") {
    static constexpr const char* kinds[] = {"stop",        "copy_folder",  "new_authority",
                                            "start_alone", "record_epoch", "serve"};
    api::Repair repair;
    repair.id = id;
    repair.replica = ScriptedCluster::idOf(0);
    repair.name = "reg-1";
    repair.phase = phase;
    repair.from_epoch = 1;
    repair.to_epoch = 2;
    for (std::size_t i = 0; i < states.size(); ++i) {
        repair.steps.push_back({kinds[i], states[i], std::nullopt, std::nullopt});
    }
    repair.started_by = "admin";
    repair.started_at = "2026-11-28T11:42:07.000Z";
    repair.copy_path = "/var/lib/pilothouse/repair/epoch-1";
    return repair;
}

inline api::Repair doneRepair() {
    auto repair = repairIn("done", std::vector<const char*>(6, "done"));
    repair.can_put_back = true;
    return repair;
}

class RepairTest : public ProgramTest {
protected:
    // reg-1 alone is left.
    RepairTest() {
        m_cluster.kill(1);
        m_cluster.kill(2);
        survivor().setAnswer("POST /api/v0/repair/plan", answer(planOf(0, 812)));
    }

    ScriptedReplica& survivor() { return m_cluster.replica(0); }
    QStringList repair(const QStringList& more = {}) const {
        return withCluster(QStringList{QStringLiteral("repair")} + more);
    }
    QStringList stated(const QStringList& more = {}) const {
        return repair(QStringList{QStringLiteral("--destroyed"), QStringLiteral("reg-2"),
                                  QStringLiteral("--powered-off"), QStringLiteral("reg-3")} +
                      more);
    }
    QStringList forReal(const QStringList& more = {}) const {
        return stated(
            QStringList{QStringLiteral("--reason"), QStringLiteral("fire"), QStringLiteral("--yes")} + more);
    }
    void answerEverything(const ScriptedAnswer& what) {
        survivor().setAnswer("GET /api/v0/cluster", what);
        survivor().setAnswer("GET /api/v0/repair", what);
        survivor().setAnswer("POST /api/v0/repair", what);
    }
    // As after the repair: the survivor alone, in the new epoch.
    void serveAgain(const api::Repair& record) {
        survivor().clearAnswer("GET /api/v0/cluster");
        auto& status = survivor().status;
        status.cluster.epoch = 2;
        status.members.resize(1);
        status.peers.clear();
        status.former = {{ScriptedCluster::idOf(1), "reg-2", {}, {}, 1, "destroyed", {}},
                         {ScriptedCluster::idOf(2), "reg-3", {}, {}, 1, "powered_off", {}}};
        survivor().setAnswer("GET /api/v0/repair", answer(record));
    }
    // Waits for more requests than there were.
    void awaitMore(const char* what) {
        const int before = survivor().count(what);
        EXPECT_TRUE(waitUntil([&] { return survivor().count(what) > before; })) << what;
    }
    static void expectPart(const Ended& ended, const QString& text, const QString& part) {
        EXPECT_TRUE(text.contains(part)) << part.toStdString() << " is missing in\n" << ended;
    }
    static std::vector<QJsonObject> lines(const Ended& ended) {
        std::vector<QJsonObject> objects;
        for (const QString& line : ended.out.split(u'\n', Qt::SkipEmptyParts)) {
            objects.push_back(QJsonDocument::fromJson(line.toUtf8()).object());
            EXPECT_FALSE(objects.back().isEmpty()) << "no object: " << line.toStdString();
        }
        return objects;
    }
};

} // namespace pilothouse::test
