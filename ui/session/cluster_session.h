// SPDX-License-Identifier: GPL-3.0-or-later
// One cluster as the window knows it: what to show, and what can be done.
#pragma once

#include "models/cluster_view.h"
#include "ui/inspector/sparkline.h"
#include "ui/session/checks.h"
#include "ui/session/operations.h"
#include "ui/session/registry.h"
#include "ui/session/repairs.h"
#include "ui/session/verbs.h"

#include <QObject>

namespace pilothouse::ui {

// Lives on the GUI thread and never blocks it. LiveSession watches a real cluster; tests have scripted ones.
class ClusterSession : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    [[nodiscard]] virtual const models::ClusterView& view() const = 0;
    [[nodiscard]] virtual const QList<models::EventView>& events() const = 0;
    [[nodiscard]] virtual const QList<models::Sample>& samples() const = 0; // oldest first
    [[nodiscard]] virtual QList<TimedValue> answerTimes(const QString& replicaId) const = 0;
    [[nodiscard]] virtual Processes processes() const { return {}; }

    // Null: there is none to ask.
    [[nodiscard]] virtual Registry* registry() { return nullptr; }

    // Null: nobody can be asked for changes.
    [[nodiscard]] virtual Operations* operations() { return nullptr; }

    // Null: nobody can be asked for a repair.
    [[nodiscard]] virtual Repairs* repairs() { return nullptr; }

    // Null: nobody can be asked for checks.
    [[nodiscard]] virtual Checks* checks() { return nullptr; }

    // Ends with verbDone or verbFailed. Not for those that ask first: see ChangeDialog.
    virtual void run(const Verb& verb) = 0;
    // Tries at once what does not answer.
    virtual void retryNow() = 0;
    // Nobody looks: measure and tell less.
    virtual void setHidden(bool hidden) = 0;

Q_SIGNALS:
    void changed(); // view, events or samples
    void processesChanged();
    void verbDone(const QString& sentence);
    void verbFailed(const QString& sentence);
};

} // namespace pilothouse::ui
