// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/single_instance.h"

#include <QLocalSocket>
#include <QStandardPaths>

namespace pilothouse::ui {
namespace {

constexpr qsizetype longestRequest = 4096;

// Two lines: cluster and replica.
QByteArray encode(const OpenRequest& request) {
    return request.cluster.toUtf8() + '\n' + request.replica.toUtf8() + '\n';
}

} // namespace

SingleInstance::SingleInstance(QString socket, QObject* parent)
    : QObject(parent), m_socket(std::move(socket)) {
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::onConnection);
}

QString SingleInstance::defaultSocket() {
    return QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation) +
           QStringLiteral("/pilothouse-console");
}

bool SingleInstance::handOver(const OpenRequest& request, int deadlineMs) const {
    QLocalSocket socket;
    socket.connectToServer(m_socket);
    if (!socket.waitForConnected(deadlineMs)) {
        return false;
    }
    socket.write(encode(request));
    // The other side answers one byte, so that a socket that nobody reads is not taken for a console.
    return socket.waitForBytesWritten(deadlineMs) && socket.waitForReadyRead(deadlineMs);
}

bool SingleInstance::listen() {
    if (m_server.listen(m_socket)) {
        return true;
    }
    // Left over from a console that was killed: handOver() has found nobody there.
    QLocalServer::removeServer(m_socket);
    return m_server.listen(m_socket);
}

void SingleInstance::onConnection() {
    while (QLocalSocket* socket = m_server.nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
            if (socket->bytesAvailable() > longestRequest) {
                socket->abort();
                return;
            }
            const QList<QByteArray> lines = socket->peek(longestRequest).split('\n');
            if (lines.size() < 3) {
                return; // more is to come
            }
            socket->readAll();
            socket->write("1");
            Q_EMIT requested({QString::fromUtf8(lines[0]), QString::fromUtf8(lines[1])});
        });
    }
}

} // namespace pilothouse::ui
