// SPDX-License-Identifier: GPL-3.0-or-later
// Answers about repairs, as a test wants them.
#pragma once

#include "ui/session/repairs.h"

#include <QPointer>
#include <QPromise>

#include <map>

namespace pilothouse::ui::test {

// Goes on as the test says: emit its signals.
class ScriptedProgress : public RepairProgress {
    Q_OBJECT
public:
    using RepairProgress::RepairProgress;
    void start(const api::StartRepair& wanted) override { started = wanted; }
    void putBack(const api::PutBack& wanted) override { puttingBack = wanted; }
    void follow() override { follows = true; }

    std::optional<api::StartRepair> started;
    std::optional<api::PutBack> puttingBack;
    bool follows = false;
};

class ScriptedRepairs : public Repairs {
public:
    std::vector<Candidate> who;
    std::map<QString, Result<api::RepairPlan>> plans; // by survivor's id
    Result<api::Repair> lastOne = fail(ErrorCode::notFound, "this replica was never repaired from");
    std::vector<std::pair<QString, std::vector<api::SilentMember>>> asked;
    QPointer<ScriptedProgress> progress; // the last; whoever asked for it owns it
    QString carriedBy;                   // id
    bool silent = false;                 // plan() gives no answer
    std::vector<QPromise<Result<api::RepairPlan>>> waiting;

    [[nodiscard]] std::vector<Candidate> candidates() const override { return who; }
    // With what was said of each in it, as a replica does.
    [[nodiscard]] QFuture<Result<api::RepairPlan>> plan(const QString& survivor,
                                                        const std::vector<api::SilentMember>& said) override;
    [[nodiscard]] QFuture<Result<api::Repair>> last(const QString&) override {
        return QtFuture::makeReadyFuture(lastOne);
    }
    [[nodiscard]] std::unique_ptr<RepairProgress> progressOf(const QString& survivor) override {
        auto made = std::make_unique<ScriptedProgress>();
        progress = made.get();
        carriedBy = survivor;
        return made;
    }
};

// Of three, reg-1 answers; reg-2 and reg-3 do not. Nothing is said of them yet.
[[nodiscard]] api::RepairPlan repairOfThree();
// Of five, reg-1 and reg-4 answer; reg-4 holds twelve entries less and lacks three blobs.
void answerFromTwoOfFive(ScriptedRepairs& repairs);
// How it is once it is at that step; its copy is 3.4 GB, of which 1.2 are there.
[[nodiscard]] api::Repair repairAt(const api::RepairPlan& plan, const std::string& step);
[[nodiscard]] api::Repair repairedAs(api::Repair repair, const std::string& phase);

} // namespace pilothouse::ui::test
