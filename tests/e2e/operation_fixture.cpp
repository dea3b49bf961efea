// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation_fixture.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace pilothouse::test {

using namespace std::chrono_literals;

EndlessRequest::EndlessRequest(const Access& access, quint16 port) {
    m_socket.setPeerVerifyMode(QSslSocket::VerifyNone);
    m_socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), port);
    EXPECT_TRUE(m_socket.waitForEncrypted(5000)) << m_socket.errorString().toStdString();
    const QByteArray login =
        (access.user.toUtf8() + ':' + contentOf(access.passwordFile).trimmed()).toBase64();
    m_socket.write("POST /v2/team/slow/blobs/uploads/ HTTP/1.1\r\nHost: x\r\nAuthorization: Basic " + login +
                   "\r\nContent-Type: application/octet-stream\r\nContent-Length: 100\r\n\r\nhalf");
    EXPECT_TRUE(m_socket.waitForBytesWritten(5000));
}

void Operation::TearDown() {
    m_pushers.clear();
    HandFixture::TearDown();
}

QString Operation::firstServed() const {
    for (const auto& each : m_hands) {
        if (isServed(each->name)) {
            return each->url();
        }
    }
    return {};
}

QStringList Operation::atCluster(const QStringList& words) const {
    return words + QStringList{QStringLiteral("--url"),           firstServed(),
                               QStringLiteral("--ca-file"),       m_access.caFile,
                               QStringLiteral("--username"),      m_access.user,
                               QStringLiteral("--password-file"), m_access.passwordFile};
}

CtlResult Operation::change(const QString& verb, const QString& name, const QStringList& more) {
    return ctl(atCluster(QStringList{verb, name, QStringLiteral("--yes")} + more));
}

HttpAnswer Operation::start(const QString& through, const QString& kind, const QString& name) {
    const QJsonObject body{{QStringLiteral("kind"), kind},
                           {QStringLiteral("replica"), hand(name).id},
                           {QStringLiteral("reason"), QStringLiteral("a test")},
                           {QStringLiteral("operation_id"), QString()}};
    return request(QStringLiteral("POST"), hand(through).url() + QStringLiteral("/api/v0/cluster/operations"),
                   QJsonDocument(body).toJson());
}

CtlResult Operation::joinWaiting(const Hand& next, const QStringList& more) {
    return ctl(atCluster(QStringList{QStringLiteral("join"), QStringLiteral("--yes"),
                                     QStringLiteral("--setup-code-file"), setupCodeFile(next)} +
                         more));
}

HttpAnswer Operation::startJoin(const QString& through, const Hand& next) {
    const QJsonObject body{{QStringLiteral("kind"), QStringLiteral("join")},
                           {QStringLiteral("replica"), QString()},
                           {QStringLiteral("reason"), QStringLiteral("a test")},
                           {QStringLiteral("setup_code"), QString::fromUtf8(contentOf(setupCodeFile(next)))},
                           {QStringLiteral("operation_id"), QString()}};
    return request(QStringLiteral("POST"), hand(through).url() + QStringLiteral("/api/v0/cluster/operations"),
                   QJsonDocument(body).toJson());
}

QJsonObject Operation::operations() {
    return request(QStringLiteral("GET"), firstServed() + QStringLiteral("/api/v0/cluster/operations"))
        .json();
}

QJsonObject Operation::running() {
    return operations().value(QLatin1String("running")).toObject();
}

QJsonObject Operation::newest() {
    return operations().value(QLatin1String("past"))[0].toObject();
}

QString Operation::presentStep() {
    for (const auto& step : running().value(QLatin1String("steps")).toArray()) {
        if (step[QLatin1String("state")] == QStringLiteral("running")) {
            return step[QLatin1String("kind")].toString();
        }
    }
    return {};
}

void Operation::waitForStep(const QString& step) {
    waitFor(qPrintable(QStringLiteral("the step ") + step), [&] { return presentStep() == step; });
}

void Operation::waitForEnd(const char* phase) {
    waitFor(
        "the operation ends",
        [&] {
            const auto list = operations();
            return list.contains(QLatin1String("past")) && !list.contains(QLatin1String("running"));
        },
        40s);
    const auto ended = newest();
    EXPECT_EQ(ended[QLatin1String("phase")].toString(), QLatin1String(phase)) << printed(ended).toStdString();
}

QString Operation::aFollower() {
    const auto leader = nameOfLeader();
    for (const auto& each : m_hands) {
        if (each->name != leader && isServed(each->name)) {
            return each->name;
        }
    }
    return {};
}

void Operation::expectGone(const QString& name) {
    waitFor("it has stopped", [&] { return !isServed(name); });
    EXPECT_TRUE(log(name).contains(QStringLiteral("this replica was removed from its cluster")))
        << log(name).right(2000).toStdString();
    const auto again = serveToItsEnd(name);
    EXPECT_EQ(again.exitCode, 3) << again.err.toStdString();
    EXPECT_TRUE(again.err.contains(QStringLiteral("removed from its cluster"))) << again.err.toStdString();
}

void Operation::pushThrough(const QStringList& names) {
    QStringList urls;
    for (const auto& name : names) {
        urls += hand(name).url();
    }
    if (m_pushers.empty()) {
        for (const auto* repository : {"team/a", "team/b"}) {
            m_pushers.push_back(std::make_unique<Pusher>(m_access, urls, QLatin1String(repository)));
        }
    }
    for (auto& pusher : m_pushers) {
        pusher->setUrls(urls);
    }
    waitForPushes(5);
}

void Operation::waitForPushes(std::size_t more) {
    const auto before = acknowledgedBy(m_pushers);
    waitFor(
        "pushes are acknowledged", [&] { return acknowledgedBy(m_pushers) >= before + more; }, 60s);
}

void Operation::expectAllAcknowledgedAt(const QStringList& names) {
    for (auto& pusher : m_pushers) {
        pusher->stop();
    }
    EXPECT_GT(acknowledgedBy(m_pushers), 10U);
    for (const auto& name : names) {
        waitFor(qPrintable(name + QStringLiteral(" has every blob")), [&] {
            const auto blobs = clusterAt(name).value(QLatin1String("self"))[QLatin1String("blobs")];
            return blobs[QLatin1String("missing")].toInt(-1) == 0;
        });
        for (const auto& pusher : m_pushers) {
            expectAllOf(*pusher, name);
        }
    }
}

void Operation::expectAllOf(const Pusher& pusher, const QString& name) {
    const QString at = hand(name).url() + QStringLiteral("/v2/") + pusher.repository();
    for (const auto& [tag, image] : pusher.acknowledged()) {
        const auto manifest = request(QStringLiteral("GET"), at + QStringLiteral("/manifests/") + tag);
        EXPECT_EQ(manifest.body, image.manifest) << tag.toStdString() << " at " << name.toStdString();
        const auto layer =
            request(QStringLiteral("GET"), at + QStringLiteral("/blobs/") + digestOf(image.layer));
        EXPECT_EQ(layer.body, image.layer) << tag.toStdString() << " at " << name.toStdString();
    }
}

} // namespace pilothouse::test
