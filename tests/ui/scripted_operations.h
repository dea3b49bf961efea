// SPDX-License-Identifier: GPL-3.0-or-later
// Answers about changes to a cluster, as a test wants them.
#pragma once

#include "ui/session/operations.h"

#include <QPromise>

namespace pilothouse::ui::test {

class ScriptedOperations : public Operations {
public:
    Result<api::OperationPlan> planned = fail(ErrorCode::unavailable, "no replica answers");
    Result<api::Operation> started = fail(ErrorCode::unavailable, "no replica answers");
    Result<api::Operation> now = fail(ErrorCode::unavailable, "no replica answers"); // what find() gives
    Result<api::OperationList> listed = api::OperationList{};
    std::vector<api::AskPlan> asked;
    std::vector<QPromise<Result<api::OperationPlan>>> waiting; // what plan() gave no answer to
    std::vector<api::StartOperation> starts;
    std::vector<api::DecideOperation> decisions;
    int looks = 0;
    int lists = 0;
    bool silent = false; // plan() gives no answer yet

    QFuture<Result<api::OperationPlan>> plan(const api::AskPlan& wanted) override {
        asked.push_back(wanted);
        if (silent) {
            waiting.emplace_back().start();
            return waiting.back().future();
        }
        return QtFuture::makeReadyFuture(planned);
    }
    QFuture<Result<api::Operation>> start(const api::StartOperation& wanted) override {
        starts.push_back(wanted);
        return QtFuture::makeReadyFuture(started);
    }
    QFuture<Result<api::Operation>> decide(const QString&, const api::DecideOperation& decision) override {
        decisions.push_back(decision);
        return QtFuture::makeReadyFuture(now);
    }
    QFuture<Result<api::Operation>> find(const QString&) override {
        ++looks;
        return QtFuture::makeReadyFuture(now);
    }
    QFuture<Result<api::OperationList>> list() override {
        ++lists;
        return QtFuture::makeReadyFuture(listed);
    }
};

// What a replica of five, or of three, answers about a removal of reg-5 or reg-3.
[[nodiscard]] api::OperationPlan removalOfFive();
[[nodiscard]] api::OperationPlan removalOfThree();        // needs a word
[[nodiscard]] api::OperationPlan removalOfTheDead();      // blocked
[[nodiscard]] api::OperationPlan forgettingTheLastCopy(); // must be forced
// What five answer about reg-6 that is to join; nobody has given it an id yet.
[[nodiscard]] api::OperationPlan joinOfSix();
[[nodiscard]] api::OperationPlan joinOfTheShared();  // blocked: its computer is another's, a way is closed
[[nodiscard]] api::OperationPlan joinOfTheSlow();    // needs a word
[[nodiscard]] api::OperationPlan replacementOfTwo(); // of the dead reg-2 by reg-6
[[nodiscard]] api::OperationPlan joinOfTheUnreachable(); // the host does not answer
// Of that plan, at that step; with what it waits for.
[[nodiscard]] api::Operation operationAt(const api::OperationPlan& plan, const std::string& step);
[[nodiscard]] api::Operation waitingFor(api::Operation operation, api::Waiting waiting);
[[nodiscard]] api::Operation endedAs(api::Operation operation, const std::string& phase);
// What a cluster of five did: reg-5 is being removed; before that a join, a removal that was cancelled, one
// that was refused, a repair, and something that this version does not know.
[[nodiscard]] api::OperationList listOfSix();

} // namespace pilothouse::ui::test
