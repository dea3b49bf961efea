// SPDX-License-Identifier: GPL-3.0-or-later
// The first look at an address that a person typed.
#include "client/first_contact.h"
#include "support/wait.h"

#include <QTcpServer>
#include <QTcpSocket>

#include <gtest/gtest.h>

namespace pilothouse::client {
namespace {

// The words are OpenSSL's: by a real server that answers in plain text, as a replica's port 80 does.
TEST(FirstContact, APortWithoutTlsIsSaidToBeOne) {
    for (const QByteArray& answer :
         {QByteArray("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"),
          QByteArray("SSH-2.0-OpenSSH_9.2\r\n"), QByteArray("220 mail.example.com ESMTP\r\n")}) {
        QTcpServer server;
        ASSERT_TRUE(server.listen(QHostAddress::LocalHost));
        QObject::connect(&server, &QTcpServer::newConnection, &server, [&] {
            auto* socket = server.nextPendingConnection();
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [socket, answer] {
                socket->readAll();
                socket->write(answer);
            });
        });
        auto looked = lookAtAuthority(QUrl(QStringLiteral("https://127.0.0.1:%1").arg(server.serverPort())));
        ASSERT_TRUE(test::waitUntil([&] { return looked.isFinished(); }));
        ASSERT_FALSE(looked.result());
        EXPECT_EQ(looked.result().error().message,
                  "https://127.0.0.1:" + std::to_string(server.serverPort()) +
                      " does not speak TLS: that is not an HTTPS port")
            << answer.toStdString();
    }
}

} // namespace
} // namespace pilothouse::client
