// SPDX-License-Identifier: GPL-3.0-or-later
// The real console on a real sandbox, through a kill and a recovery.
#include "base/clock.h"
#include "sandbox/control.h"
#include "sandbox/start.h"
#include "sandbox/store.h"
#include "ui/console/console.h"
#include "ui/console/local_sandbox.h"
#include "ui/pages/cluster_page.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QPushButton>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

#include <thread>

namespace pilothouse::ui {
namespace {

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

TEST_F(LiveConsoleTest, SeesAKillAtOnceAndTheWayBack) {
    ASSERT_GE(
        msUntil([this] { return view().verdict == Verdict::healthy && view().leader() != nullptr; }, 15'000),
        0)
        << view().headline.toStdString() << ": " << view().sentence.toStdString();
    EXPECT_EQ(view().count, QStringLiteral("3 of 3"));
    EXPECT_TRUE(view().sandbox);

    api::SandboxReplica victim;
    for (const api::SandboxReplica& replica : sandbox.replicas) {
        if (QString::fromStdString(replica.name) != view().leader()->name) {
            victim = replica;
        }
    }
    ASSERT_TRUE(sandbox::killReplica(victim));
    const qint64 seen = msUntil([&] { return stateOf(victim.name) == ReplicaState::notAnswering; }, 5000);
    EXPECT_GE(seen, 0) << "the card says: " << cardOf(victim.name) << eventsSoFar();
    EXPECT_LE(seen, 1500)
        << "a killed follower is on the screen within a second; half of one more for a busy machine";
    EXPECT_EQ(view().verdict, Verdict::atRisk) << view().headline.toStdString();
    EXPECT_EQ(view().count, QStringLiteral("2 of 3"));

    QPushButton* start = nullptr;
    const QString wanted = QStringLiteral("Start %1").arg(QString::fromStdString(victim.name));
    ASSERT_GE(msUntil(
                  [&] {
                      for (QPushButton* button : console->window().findChildren<QPushButton*>()) {
                          start = button->isVisible() && button->text() == wanted ? button : start;
                      }
                      return start != nullptr;
                  },
                  5000),
              0)
        << "the banner offers the way back";
    qputenv("PATH", QByteArray(PILOTHOUSE_BIN_DIR) + ":" + qgetenv("PATH"));
    QTest::mouseClick(start, Qt::LeftButton);
    EXPECT_GE(msUntil([&] { return stateOf(victim.name) == ReplicaState::healthy; }, 30'000), 0);
    EXPECT_GE(msUntil([this] { return view().verdict == Verdict::healthy; }, 15'000), 0)
        << view().headline.toStdString() << ": " << view().sentence.toStdString();
}

} // namespace
} // namespace pilothouse::ui
