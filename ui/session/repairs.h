// SPDX-License-Identifier: GPL-3.0-or-later
// What the console asks of survivors about a repair, when the majority is gone for good.
#pragma once

#include "api/repair.h"
#include "base/result.h"

#include <QFuture>
#include <QObject>
#include <QString>

#include <memory>
#include <vector>

namespace pilothouse::ui {

// One repair, or its putting back, from the first request to its end, through the survivor's restart.
// client::RepairRun carries a real one.
class RepairProgress : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    // One of these, once. What this console sees of each member is added to the request.
    virtual void start(const api::StartRepair& wanted) = 0;
    virtual void putBack(const api::PutBack& wanted) = 0;
    virtual void follow() = 0; // one that somebody has begun

Q_SIGNALS:
    void told(const pilothouse::api::Repair& repair);
    // What the survivor says of itself while it answers nothing else.
    void heard(const QString& sentence);
    // It is over, however it ended.
    void ended(const pilothouse::api::Repair& repair);
    // The end of the following. `refused`: nothing was begun. Else it may go on.
    void failed(const pilothouse::Error& error, bool refused);
};

// Where a repair from it could be asked for: a voting member that answers.
struct Candidate {
    QString id;
    QString name;
};

// GUI thread. Futures end within a deadline and are cancelled when the session goes.
class Repairs {
public:
    virtual ~Repairs() = default;

    // As of now; in the order of the cluster's replicas.
    [[nodiscard]] virtual std::vector<Candidate> candidates() const = 0;
    // Changes nothing. What this console sees of each member is added to the question.
    [[nodiscard]] virtual QFuture<Result<api::RepairPlan>>
    plan(const QString& survivor, const std::vector<api::SilentMember>& silent) = 0;
    // The last repair from that replica.
    [[nodiscard]] virtual QFuture<Result<api::Repair>> last(const QString& survivor) = 0;
    [[nodiscard]] virtual std::unique_ptr<RepairProgress> progressOf(const QString& survivor) = 0;
};

} // namespace pilothouse::ui
