// SPDX-License-Identifier: GPL-3.0-or-later
// Starts that are cancelled while they wait, and replicas that end at once, with a script in the replica's
// place.
#include "sandbox/name_lock.h"
#include "sandbox/process.h"
#include "sandbox/start.h"
#include "sandbox/store.h"
#include "support/test_authority.h"

#include <QFile>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTimer>

#include <gtest/gtest.h>

#include <sys/prctl.h>

namespace pilothouse::sandbox {
namespace {

class SandboxStart : public testing::Test {
protected:
    SandboxStart() {
        qputenv("XDG_DATA_HOME", path("data").toUtf8());
        m_options.name = "demo";
        m_options.deadline = Milliseconds(20'000);
        m_options.program = path("replica").toStdString();
    }
    ~SandboxStart() override { qunsetenv("XDG_DATA_HOME"); }

    [[nodiscard]] QString path(const char* name) const { return m_folder.filePath(QLatin1String(name)); }
    void write(const QString& file, const QByteArray& text, QFileDevice::Permissions permissions) const {
        QFile out(file);
        ASSERT_TRUE(out.open(QIODevice::WriteOnly) && out.setPermissions(permissions) &&
                    out.write(text) == text.size());
    }
    // What runs instead of pilothouse-replica.
    void setProgram(const QByteArray& script) const {
        write(path("replica"), "#!/bin/sh\n" + script,
              QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
    }
    // A sandbox of one replica that was made before.
    void record(quint16 port) const {
        const auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
        write(path("ca.crt"), test::TestAuthority().pem(), ownerOnly);
        write(path("password"), "secret\n", ownerOnly);
        const std::string url = "https://127.0.0.1:" + std::to_string(port);
        ASSERT_TRUE(save({.name = m_options.name,
                          .dir = m_folder.path().toStdString(),
                          .ca_file = path("ca.crt").toStdString(),
                          .username = "admin",
                          .password_file = path("password").toStdString(),
                          .replicas = {{.id = "000000000001",
                                        .name = "reg-1",
                                        .url = url,
                                        .http_url = "",
                                        .pid = {},
                                        .data_dir = path("reg-1").toStdString()}}}));
    }
    // Starts it, and cancels from the event loop as soon as `moment` has come.
    Result<api::Sandbox> startAndCancel(const std::function<bool()>& moment) {
        std::stop_source stop;
        QTimer look;
        QObject::connect(&look, &QTimer::timeout, &look, [&] {
            if (moment()) {
                stop.request_stop();
            }
        });
        look.start(5);
        return start(
            m_options, [](StartStep, int, int) {}, stop.get_token());
    }
    static void expectCancelled(const Result<api::Sandbox>& outcome) {
        ASSERT_FALSE(outcome);
        EXPECT_EQ(outcome.error().code, ErrorCode::cancelled) << outcome.error().text();
    }

    QTemporaryDir m_folder;
    StartOptions m_options;
};

TEST_F(SandboxStart, IsCancelledWhileAnotherProgramHasTheName) {
    const auto other = NameLock::acquire(m_options.name, Milliseconds(0));
    ASSERT_TRUE(other) << other.error().text();
    expectCancelled(startAndCancel([] { return true; }));
    EXPECT_FALSE(NameLock::acquire(m_options.name, Milliseconds(0))) << "the other's lock is gone";
}

TEST_F(SandboxStart, IsCancelledWhileItsFilesAreMade) {
    m_options.dir = path("box").toStdString();
    setProgram("echo $$ > '" + path("pid").toUtf8() + "'\nexec sleep 60\n");
    Process making;
    expectCancelled(startAndCancel([&] {
        QFile pid(path("pid"));
        making = pid.open(QIODevice::ReadOnly) ? processNow(pid.readAll().trimmed().toInt()) : Process();
        return making.startTicks != 0;
    }));
    EXPECT_FALSE(isRunning(making));
    EXPECT_FALSE(QFile::exists(path("box")));
    EXPECT_TRUE(list().empty());
    EXPECT_TRUE(NameLock::acquire(m_options.name, Milliseconds(0))) << "the name is held still";
}

TEST_F(SandboxStart, IsCancelledWhileAPortIsHeld) {
    QTcpServer holder;
    ASSERT_TRUE(holder.listen(QHostAddress::LocalHost));
    record(holder.serverPort());
    expectCancelled(startAndCancel([] { return true; }));
    EXPECT_EQ(list().size(), 1U) << "it was there before";
}

TEST_F(SandboxStart, TellsAtOnceThatAReplicaEndedThoughNobodyCollectsIt) {
    QTcpServer chooser;
    ASSERT_TRUE(chooser.listen(QHostAddress::LocalHost));
    const quint16 port = chooser.serverPort();
    chooser.close();
    record(port);
    setProgram("echo 'the disk is on fire'\nexit 1\n");
    ASSERT_EQ(prctl(PR_SET_CHILD_SUBREAPER, 1), 0); // as a container's first process that collects nobody
    const auto outcome = startAndCancel([] { return false; });
    prctl(PR_SET_CHILD_SUBREAPER, 0);
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, ErrorCode::internal) << outcome.error().text();
    EXPECT_NE(outcome.error().message.find("the disk is on fire"), std::string::npos)
        << outcome.error().text();
}

} // namespace
} // namespace pilothouse::sandbox
