// SPDX-License-Identifier: GPL-3.0-or-later
// The operations of a watched cluster.
#pragma once

#include "client/cluster_watcher.h"
#include "ui/session/operations.h"

namespace pilothouse::ui {

// Asks whichever replica answers. The watcher outlives it.
class LiveOperations : public Operations {
public:
    explicit LiveOperations(client::ClusterWatcher& watcher) : m_watcher(watcher) {}

    [[nodiscard]] QFuture<Result<api::OperationPlan>> plan(const api::AskPlan& wanted) override {
        return m_watcher.commands().planOperation(wanted);
    }
    [[nodiscard]] QFuture<Result<api::Operation>> start(const api::StartOperation& wanted) override {
        return m_watcher.commands().startOperation(wanted);
    }
    [[nodiscard]] QFuture<Result<api::Operation>> decide(const QString& operation,
                                                         const api::DecideOperation& decision) override {
        return m_watcher.commands().decideOperation(operation, decision);
    }
    [[nodiscard]] QFuture<Result<api::Operation>> find(const QString& operation) override {
        return m_watcher.commands().operation(operation);
    }
    [[nodiscard]] QFuture<Result<api::OperationList>> list() override {
        return m_watcher.commands().operations();
    }

private:
    client::ClusterWatcher& m_watcher;
};

} // namespace pilothouse::ui
