// SPDX-License-Identifier: GPL-3.0-or-later
// Answers about checks, as a test wants them.
#pragma once

#include "ui/session/checks.h"

#include <QPromise>
#include <QStringList>

#include <vector>

namespace pilothouse::ui::test {

class ScriptedChecks : public Checks {
public:
    Result<api::ClusterCheck> found = fail(ErrorCode::unavailable, "no replica answers");
    QStringList asked;   // replica ids, empty for all
    bool silent = false; // no answer comes
    std::vector<QPromise<Result<api::ClusterCheck>>> waiting;

    [[nodiscard]] QFuture<Result<api::ClusterCheck>> check(const QString& replicaId) override {
        asked.append(replicaId);
        if (!silent) {
            return QtFuture::makeReadyFuture(found);
        }
        auto& promise = waiting.emplace_back();
        promise.start();
        return promise.future();
    }
};

// Of three on hosts of their own nothing stands against any.
[[nodiscard]] inline api::ClusterCheck wellCheck() {
    api::ClusterCheck check;
    check.at = "2026-11-28T13:02:11.000Z";
    check.cluster = "prod-eu";
    check.checked_by = "reg-1";
    check.took_ms = 240;
    check.answered = {"reg-1", "reg-2", "reg-3"};
    check.findings = {
        {"versions", "information", {"reg-1", "1.4.0", "reg-2", "1.4.0", "reg-3", "1.5.0"}, {3, 3}, {}},
        {"replica_answers", "passed", {"reg-1", "reg-2", "reg-3"}, {}, {}},
        {"quorum", "passed", {}, {3, 2}, {}},
        {"paths", "passed", {}, {18, 18}, {}},
        {"clocks", "passed", {"reg-1", "reg-2", "reg-3"}, {}, {}},
        {"disk_space", "passed", {"reg-1", "reg-2", "reg-3"}, {}, {}},
        {"certificates", "passed", {"reg-1", "reg-2", "reg-3"}, {}, {}}};
    return check;
}

// One that does not run, and another whose clock is off.
[[nodiscard]] inline api::ClusterCheck sickCheck() {
    api::ClusterCheck check = wellCheck();
    check.took_ms = 2100;
    check.answered = {"reg-1", "reg-3"};
    check.causes = {{"not_running", {"reg-2", "reg-1", "reg-3"}, {0}, {}},
                    {"clock_off", {"reg-3", "reg-1"}, {4200}, {}}};
    check.findings = {
        {"replica_answers", "blocks", {"reg-2"}, {2}, "refused"},
        {"clocks", "needs_word", {"reg-3", "reg-1"}, {4200}, {}},
        {"disk_space", "information", {"reg-1"}, {41'000'000'000, 60'000'000'000, 1'073'741'824, -1, -1}, {}},
        {"quorum", "passed", {}, {2, 2}, {}},
        {"paths", "passed", {}, {6, 6}, {}},
        {"certificates", "passed", {"reg-1", "reg-3"}, {}, {}}};
    return check;
}

} // namespace pilothouse::ui::test
