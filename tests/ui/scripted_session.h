// SPDX-License-Identifier: GPL-3.0-or-later
// A session that shows what it is told, for tests and pictures.
#pragma once

#include "scripted_checks.h"
#include "scripted_operations.h"
#include "scripted_registry.h"
#include "scripted_repairs.h"
#include "ui/session/cluster_session.h"

namespace pilothouse::ui::test {

class ScriptedSession : public ClusterSession {
    Q_OBJECT
public:
    explicit ScriptedSession(const models::ClusterView& view, QObject* parent = nullptr);

    [[nodiscard]] const models::ClusterView& view() const override { return m_view; }
    [[nodiscard]] const QList<models::EventView>& events() const override { return m_events; }
    [[nodiscard]] const QList<models::Sample>& samples() const override { return m_samples; }
    [[nodiscard]] QList<TimedValue> answerTimes(const QString& replicaId) const override;
    [[nodiscard]] Processes processes() const override { return m_processes; }
    [[nodiscard]] Registry* registry() override { return registryOf; }
    [[nodiscard]] Operations* operations() override { return operationsOf; }
    [[nodiscard]] Repairs* repairs() override { return repairsOf; }
    [[nodiscard]] Checks* checks() override { return checksOf; }
    void run(const Verb& verb) override { ran.append(verb); }
    void retryNow() override { ++retries; }
    void setHidden(bool hidden) override { isHidden = hidden; }

    void show(const models::ClusterView& view);
    void setProcesses(const Processes& processes);

    QList<Verb> ran;
    int retries = 0;
    Registry* registryOf = nullptr;     // outlives the session
    Operations* operationsOf = nullptr; // outlives the session
    Repairs* repairsOf = nullptr;       // outlives the session
    Checks* checksOf = nullptr;         // outlives the session
    bool isHidden = false;

private:
    models::ClusterView m_view;
    QList<models::EventView> m_events;
    QList<models::Sample> m_samples;
    Processes m_processes;
};

} // namespace pilothouse::ui::test
