// SPDX-License-Identifier: GPL-3.0-or-later
// A session that watches a real cluster.
#pragma once

#include "client/cluster_watcher.h"
#include "domain/damping.h"
#include "history/history.h"
#include "models/sample_recorder.h"
#include "ui/console/live_checks.h"
#include "ui/console/live_operations.h"
#include "ui/console/live_registry.h"
#include "ui/console/live_repairs.h"
#include "ui/console/put_back_watch.h"
#include "ui/session/cluster_session.h"
#include "ui/session/join_shown.h"
#include "ui/session/sandbox_control.h"

#include <QElapsedTimer>
#include <QFuture>
#include <QTimer>

#include <memory>

namespace pilothouse::ui {

// Judges what the watcher observes and puts it in words. A change of state is told at once; ages and other
// numbers that change all the time every few seconds, and not at all while nobody looks.
class LiveSession : public ClusterSession {
    Q_OBJECT
public:
    // `sandbox` null: not a sandbox of this computer. `history` null: plots begin with the session. It and
    // `clock` outlive the session.
    LiveSession(QString key, client::WatchTarget target, std::unique_ptr<SandboxControl> sandbox,
                const Clock& clock, history::History* history = nullptr, QObject* parent = nullptr);
    ~LiveSession() override;

    // Once; nothing is asked of the cluster before.
    void start();
    // With these from now on; starts it if need be.
    void logIn(client::Credentials credentials);
    [[nodiscard]] client::ClusterWatcher& watcher() { return m_watcher; }

    [[nodiscard]] const models::ClusterView& view() const override { return m_view; }
    [[nodiscard]] const QList<models::EventView>& events() const override { return m_events; }
    [[nodiscard]] const QList<models::Sample>& samples() const override { return m_recorder.samples(); }
    [[nodiscard]] QList<TimedValue> answerTimes(const QString& replicaId) const override;
    [[nodiscard]] Processes processes() const override { return m_processes; }
    [[nodiscard]] Registry* registry() override { return &m_registry; }
    [[nodiscard]] Operations* operations() override { return &m_operations; }
    [[nodiscard]] Repairs* repairs() override { return &m_repairs; }
    [[nodiscard]] Checks* checks() override { return &m_checks; }
    void run(const Verb& verb) override;
    void retryNow() override;
    void setHidden(bool hidden) override;

Q_SIGNALS:
    void loginWanted(); // the person wants to give another user or password

private:
    [[nodiscard]] models::ClusterSnapshot takeSnapshot();
    void refresh(bool agesToo);
    void refreshEvents();
    void refreshProcesses();
    void record(const models::ClusterSnapshot& snapshot);
    void recall(const ClusterId& cluster);
    void await(QFuture<Status> outcome, const Verb& verb);
    [[nodiscard]] QString nameOf(const QString& replicaId) const;

    QString m_key;
    QString m_givenName;
    std::unique_ptr<SandboxControl> m_sandbox;
    const Clock& m_clock;
    LiveRegistry m_registry;     // asks m_watcher, once both are there
    LiveOperations m_operations; // the same
    client::ClusterWatcher m_watcher;
    LiveRepairs m_repairs;
    LiveChecks m_checks{m_watcher};
    PutBackWatch m_putBack{m_repairs};
    domain::Damping m_damping;
    JoinShown m_joinShown;
    models::SampleRecorder m_recorder;
    history::History* m_history;
    bool m_started = false;
    bool m_recalled = false;            // what an earlier run kept has been asked for
    domain::ClusterObservation m_shown; // what m_view was made of
    models::ClusterView m_view;
    models::ClusterView m_lastLive;
    QList<models::EventView> m_events;
    Processes m_processes;
    QTimer m_ages; // runs while somebody looks
    bool m_hidden = false;
    QTimer m_soon;       // gathers the frames of all replicas into one look; news does not wait for it
    QTimer m_eventsSoon; // makes one list of all events that come together
};

} // namespace pilothouse::ui
