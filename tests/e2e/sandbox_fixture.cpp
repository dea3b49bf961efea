// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox_fixture.h"

#include <QDir>
#include <QJsonArray>

#include <csignal>
#include <iostream>
#include <unistd.h>

namespace pilothouse::test {

void SandboxFixture::SetUp() {
    ClusterFixture::SetUp();
    m_name = QStringLiteral("t%1").arg(getpid());
}

void SandboxFixture::TearDown() {
    if (HasFailure()) {
        const QString box = path(QStringLiteral("box"));
        for (const auto& file : QDir(box).entryList({QStringLiteral("*.log")})) {
            std::cerr << "--- " << file.toStdString() << "\n"
                      << contentOf(box + u'/' + file).right(6000).toStdString() << "\n";
        }
    }
    if (!m_sandbox.isEmpty()) {
        const auto removed =
            ctl({QStringLiteral("sandbox"), QStringLiteral("remove"), m_name, QStringLiteral("--yes")});
        EXPECT_EQ(removed.exitCode, 0) << removed.err.toStdString();
    }
}

void SandboxFixture::start(int replicas) {
    const auto started =
        ctl({QStringLiteral("sandbox"), QStringLiteral("start"), QStringLiteral("--name"), m_name,
             QStringLiteral("--replicas"), QString::number(replicas), QStringLiteral("--dir"),
             path(QStringLiteral("box")), QStringLiteral("--json")});
    ASSERT_EQ(started.exitCode, 0) << started.err.toStdString();
    m_sandbox = started.json();
    ASSERT_EQ(m_sandbox[QLatin1String("replicas")].toArray().size(), replicas) << started.out.toStdString();
    m_access = {m_sandbox[QLatin1String("ca_file")].toString(),
                m_sandbox[QLatin1String("username")].toString(),
                m_sandbox[QLatin1String("password_file")].toString()};
}

void SandboxFixture::startAgain() {
    const auto started =
        ctl({QStringLiteral("sandbox"), QStringLiteral("start"), QStringLiteral("--name"), m_name});
    ASSERT_EQ(started.exitCode, 0) << started.err.toStdString();
}

QJsonObject SandboxFixture::status() {
    return ctl({QStringLiteral("status"), QStringLiteral("--cluster"), m_name, QStringLiteral("--json")})
        .json();
}

HttpAnswer SandboxFixture::addUser(const QString& through, const QString& user) {
    return createUser(m_access, url(through), user);
}

QByteArray SandboxFixture::usersAt(const QString& replica) {
    return usersFrom(url(replica));
}

QJsonObject SandboxFixture::replica(const QString& name) const {
    for (const auto& value : m_sandbox[QLatin1String("replicas")].toArray()) {
        if (value.toObject()[QLatin1String("name")] == name ||
            value.toObject()[QLatin1String("id")] == name) {
            return value.toObject();
        }
    }
    return {};
}

QStringList SandboxFixture::names() const {
    QStringList names;
    for (const auto& value : m_sandbox[QLatin1String("replicas")].toArray()) {
        names += value.toObject()[QLatin1String("name")].toString();
    }
    return names;
}

QString SandboxFixture::url(const QString& name) const {
    return replica(name)[QLatin1String("url")].toString();
}

QString SandboxFixture::httpUrl(const QString& name) const {
    return replica(name)[QLatin1String("http_url")].toString();
}

QString SandboxFixture::dataDir(const QString& name) const {
    return replica(name)[QLatin1String("data_dir")].toString();
}

QString SandboxFixture::idOf(const QString& name) const {
    return replica(name)[QLatin1String("id")].toString();
}

QString SandboxFixture::nameOfLeader() {
    const auto id = status()[QLatin1String("leader")].toString();
    return replica(id)[QLatin1String("name")].toString();
}

QString SandboxFixture::aFollower() {
    const auto leader = nameOfLeader();
    for (const auto& name : names()) {
        if (name != leader) {
            return name;
        }
    }
    return {};
}

std::optional<qint64> SandboxFixture::replicaPid(const QString& name) const {
    return firstNumberIn(dataDir(name) + QStringLiteral("/lock"));
}

std::optional<qint64> SandboxFixture::enginePid(const QString& name) const {
    return firstNumberIn(dataDir(name) + QStringLiteral("/engine.pid"));
}

void SandboxFixture::signalReplica(const QString& name, int signal) {
    const auto pid = replicaPid(name);
    ASSERT_TRUE(pid) << name.toStdString() << " does not run";
    ASSERT_EQ(::kill(static_cast<pid_t>(*pid), signal), 0);
}

} // namespace pilothouse::test
