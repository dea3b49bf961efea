// SPDX-License-Identifier: GPL-3.0-or-later
// Operations on a cluster made by hand, while clients push.
#pragma once

#include "hand_fixture.h"
#include "pusher.h"

#include <QSslSocket>

namespace pilothouse::test {

// A request to a replica that does not end, because half of its body is missing: for as long as it lives.
class EndlessRequest {
public:
    EndlessRequest(const Access& access, quint16 port);

private:
    QSslSocket m_socket;
};

class Operation : public HandFixture {
protected:
    void TearDown() override;

    // `pilothousectl …` at any replica that is served.
    [[nodiscard]] QStringList atCluster(const QStringList& words) const;
    // `pilothousectl VERB NAME --yes …`, to its end.
    [[nodiscard]] CtlResult change(const QString& verb, const QString& name, const QStringList& more = {});
    // POST /api/v0/cluster/operations of that replica, with a reason.
    [[nodiscard]] HttpAnswer start(const QString& through, const QString& kind, const QString& name);

    // `pilothousectl join --yes …` of a host that waits, to its end.
    [[nodiscard]] CtlResult joinWaiting(const Hand& next, const QStringList& more = {});
    // The same by POST /api/v0/cluster/operations of that replica, with a reason.
    [[nodiscard]] HttpAnswer startJoin(const QString& through, const Hand& next);

    // GET /api/v0/cluster/operations; the running one, empty when there is none; the newest past one.
    [[nodiscard]] QJsonObject operations();
    [[nodiscard]] QJsonObject running();
    [[nodiscard]] QJsonObject newest();
    [[nodiscard]] QString presentStep();
    void waitForStep(const QString& step);
    // Until no operation is running; the last one ended as `phase` says.
    void waitForEnd(const char* phase);

    [[nodiscard]] QString aFollower();
    // A replica that was removed ends by itself, and does not come back.
    void expectGone(const QString& name);

    // Clients that push, from now on through these.
    void pushThrough(const QStringList& names);
    void waitForPushes(std::size_t more);
    // Everything that was acknowledged is at each of them, and nothing is missing on their own disks. Ends
    // the pushes.
    void expectAllAcknowledgedAt(const QStringList& names);

    Pushers m_pushers;

private:
    [[nodiscard]] QString firstServed() const;
    void expectAllOf(const Pusher& pusher, const QString& name);
};

} // namespace pilothouse::test
