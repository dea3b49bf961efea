// SPDX-License-Identifier: GPL-3.0-or-later
// The real console on a real sandbox, and somebody who pushes to it.
#pragma once

#include "base/clock.h"
#include "sandbox/control.h"
#include "sandbox/start.h"
#include "sandbox/store.h"
#include "ui/console/console.h"
#include "ui/console/local_sandbox.h"
#include "ui/session/cluster_session.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QCryptographicHash>
#include <QDateTime>
#include <QElapsedTimer>
#include <QFile>
#include <QLabel>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

#include <memory>
#include <thread>

namespace pilothouse::ui {

using domain::ReplicaState;
using domain::Verdict;

class LiveConsoleTest : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(m_folder.isValid());
        QStandardPaths::setTestModeEnabled(false); // it would lead to one folder for all runs
        m_dataHome = qgetenv("XDG_DATA_HOME");
        qputenv("XDG_DATA_HOME", m_folder.path().toUtf8());
        sandbox::StartOptions options;
        options.name = "live";
        options.program = PILOTHOUSE_REPLICA_PROGRAM;
        Result<api::Sandbox> started = fail(ErrorCode::internal, "not started");
        std::thread([&started, &options] {
            started = sandbox::start(options, [](auto, int, int) {});
        }).join();
        ASSERT_TRUE(started) << started.error().text();
        sandbox = *started;
        theme.apply(*qApp, ThemeChoice::light);
        console = std::make_unique<Console>(
            theme,
            ConsoleParts{
                .clock = systemClock(),
                .storeFile = m_folder.filePath(QStringLiteral("clusters.json")),
                .sandboxFolder = QString::fromStdString(sandbox::recordsFolder().string()),
                .stateFile = m_folder.filePath(QStringLiteral("console.ini")),
                .controlOf = [](const api::Sandbox& one) { return std::make_unique<LocalSandbox>(one); },
                .startSandbox = startLocalSandbox});
        console->window().show();
        console->watchAll();
    }

    void TearDown() override {
        console.reset();
        (void)sandbox::stopAll(sandbox, Milliseconds(8000));
        qputenv("XDG_DATA_HOME", m_dataHome);
    }

    [[nodiscard]] const models::ClusterView& view() const {
        static const models::ClusterView none;
        const ClusterSession* session = console->window().shownSession();
        return session == nullptr ? none : session->view();
    }
    [[nodiscard]] ReplicaState stateOf(const std::string& name) const {
        for (const models::ReplicaView& replica : view().replicas) {
            if (replica.name == QString::fromStdString(name)) {
                return replica.state;
            }
        }
        return ReplicaState::unknown;
    }
    [[nodiscard]] std::string cardOf(const std::string& name) const {
        for (const models::ReplicaView& replica : view().replicas) {
            if (replica.name == QString::fromStdString(name)) {
                return (models::wordFor(replica.state) + QStringLiteral(", ") + replica.detail +
                        QStringLiteral("; ") + replica.description)
                    .toStdString();
            }
        }
        return "nothing";
    }
    [[nodiscard]] std::string eventsSoFar() const {
        std::string text;
        for (const models::EventView& event : console->window().shownSession()->events()) {
            text += "\n  " + std::to_string(event.revision) + " " +
                    QDateTime::fromMSecsSinceEpoch(event.atMs).toString(Qt::ISODateWithMs).toStdString() +
                    " " + event.text.toStdString();
        }
        return text;
    }
    [[nodiscard]] static std::string wordsIn(const QWidget& dialog) {
        std::string words;
        for (const QLabel* label : dialog.findChildren<QLabel*>()) {
            words += label->isVisible() ? "\n  " + label->text().toStdString() : std::string();
        }
        return words;
    }
    template <typename Condition>
    [[nodiscard]] qint64 msUntil(Condition condition, int deadlineMs) const {
        QElapsedTimer timer;
        timer.start();
        return QTest::qWaitFor(condition, deadlineMs) ? timer.elapsed() : -1;
    }

    QTemporaryDir m_folder;
    QByteArray m_dataHome;
    Theme theme;
    api::Sandbox sandbox;
    std::unique_ptr<Console> console;
};

// Pushes through one replica what the page then shows of the cluster.
class Pusher {
public:
    explicit Pusher(const api::Sandbox& sandbox) : m_url(QString::fromStdString(sandbox.replicas[0].url)) {
        QFile ca(QString::fromStdString(sandbox.ca_file));
        QFile password(QString::fromStdString(sandbox.password_file));
        EXPECT_TRUE(ca.open(QIODevice::ReadOnly) && password.open(QIODevice::ReadOnly));
        m_tls.setCaCertificates(QSslCertificate::fromData(ca.readAll()));
        m_login =
            "Basic " +
            (QByteArray::fromStdString(sandbox.username) + ':' + password.readAll().trimmed()).toBase64();
    }
    // The descriptor.
    QByteArray pushBlob(const QByteArray& bytes, const QByteArray& type) {
        send("POST",
             QStringLiteral("/v2/team/app/blobs/uploads/?digest=") + QString::fromLatin1(digestOf(bytes)),
             bytes, "application/octet-stream");
        return R"({"mediaType":")" + type + R"(","digest":")" + digestOf(bytes) + R"(","size":)" +
               QByteArray::number(bytes.size()) + '}';
    }
    void pushImage(const QString& tag) {
        const QByteArray type = "application/vnd.oci.image.manifest.v1+json";
        const QByteArray config =
            pushBlob(R"({"os":"linux","architecture":"arm64"})", "application/vnd.oci.image.config.v1+json");
        const QByteArray layer = pushBlob("a layer", "application/vnd.oci.image.layer.v1.tar");
        send("PUT", QStringLiteral("/v2/team/app/manifests/") + tag,
             R"({"schemaVersion":2,"mediaType":")" + type + R"(","config":)" + config + R"(,"layers":[)" +
                 layer + "]}",
             type);
    }

private:
    static QByteArray digestOf(const QByteArray& bytes) {
        return "sha256:" + QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
    }
    void send(const QByteArray& method, const QString& path, const QByteArray& body, const QByteArray& type) {
        QNetworkRequest request(QUrl(m_url + path));
        request.setSslConfiguration(m_tls);
        request.setRawHeader("Authorization", m_login);
        request.setHeader(QNetworkRequest::ContentTypeHeader, type);
        QNetworkReply* reply = m_network.sendCustomRequest(request, method, body);
        EXPECT_TRUE(QTest::qWaitFor([reply] { return reply->isFinished(); }, 15'000));
        EXPECT_EQ(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 201)
            << path.toStdString() << ": " << reply->errorString().toStdString();
        reply->deleteLater();
    }

    QString m_url;
    QByteArray m_login;
    QSslConfiguration m_tls = QSslConfiguration::defaultConfiguration();
    QNetworkAccessManager m_network;
};

} // namespace pilothouse::ui
