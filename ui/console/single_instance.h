// SPDX-License-Identifier: GPL-3.0-or-later
// One console per person: a second start hands its wishes to the first and ends.
#pragma once

#include <QLocalServer>
#include <QObject>

namespace pilothouse::ui {

// What a start asks for; both may be empty.
struct OpenRequest {
    QString cluster;
    QString replica;
    friend bool operator==(const OpenRequest&, const OpenRequest&) = default;
};

class SingleInstance : public QObject {
    Q_OBJECT
public:
    // `socket`: path of a socket that only this user can reach.
    explicit SingleInstance(QString socket, QObject* parent = nullptr);
    // In the user's runtime folder.
    [[nodiscard]] static QString defaultSocket();

    // True if a running console has taken the request. Waits for it at most `deadlineMs`.
    [[nodiscard]] bool handOver(const OpenRequest& request, int deadlineMs = 1000) const;
    // Takes requests from now on. False if that is not possible; the console works without.
    bool listen();

Q_SIGNALS:
    void requested(const pilothouse::ui::OpenRequest& request);

private:
    void onConnection();

    QString m_socket;
    QLocalServer m_server;
};

} // namespace pilothouse::ui
