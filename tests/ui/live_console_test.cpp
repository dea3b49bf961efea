// SPDX-License-Identifier: GPL-3.0-or-later
// The real console on a real sandbox, through a kill and a recovery.
#include "live_console_fixture.h"
#include "models/operation_list_model.h"
#include "sandbox/ports.h"
#include "ui/inspector/inspector.h"
#include "ui/operations/change_dialog.h"
#include "ui/operations/finding_list.h"
#include "ui/operations/setup_page.h"
#include "ui/operations/step_rail.h"
#include "ui/pages/cluster_page.h"
#include "ui/pages/operations_page.h"
#include "ui/pages/repositories_page.h"
#include "ui/pages/topology_page.h"
#include "ui/repositories/delete_dialog.h"
#include "ui/repositories/image_panel.h"
#include "ui/status/status_banner.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QListView>
#include <QProcess>
#include <QPushButton>
#include <QTabBar>
#include <QTableView>

namespace pilothouse::ui {
namespace {

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

// From the button in the inspector to the end, with the reason that three replicas ask for.
TEST_F(LiveConsoleTest, RemovesAReplicaByTheWizard) {
    ASSERT_GE(
        msUntil([this] { return view().verdict == Verdict::healthy && view().leader() != nullptr; }, 15'000),
        0)
        << view().sentence.toStdString();
    ClusterPage* page = console->window().clusterPage();
    const QString victim = view().leader()->id; // it hands over first
    const QString name = view().leader()->name;
    page->select(victim);
    QPushButton* remove = nullptr;
    for (auto* button : page->topologyPage()->inspector()->findChildren<QPushButton*>()) {
        remove = button->isVisible() && button->text() == QStringLiteral("Remove…") ? button : remove;
    }
    ASSERT_NE(remove, nullptr);
    ASSERT_GE(msUntil([&] { return remove->isEnabled(); }, 8000), 0)
        << remove->toolTip().toStdString() << " / " << view().sentence.toStdString();
    QTest::mouseClick(remove, Qt::LeftButton);
    ChangeDialog* dialog = page->changeDialog();
    ASSERT_NE(dialog, nullptr);
    auto* word = dialog->findings()->findChild<QCheckBox*>();
    ASSERT_GE(msUntil([&] { return word->isVisible(); }, 8000), 0) << "the checks ask for no word";
    QTest::mouseClick(word, Qt::LeftButton, {}, QPoint(8, word->height() / 2));
    QTest::keyClicks(dialog->findings()->findChildren<QLineEdit*>().front(), QStringLiteral("a test"));
    ASSERT_GE(msUntil([&] { return dialog->nextButton()->isEnabled(); }, 2000), 0)
        << dialog->findings()->missing().toStdString();
    QTest::mouseClick(dialog->nextButton(), Qt::LeftButton);
    EXPECT_EQ(dialog->nextButton()->text().toStdString(), "Remove " + name.toStdString() + " from live");
    page->tabs()->setCurrentIndex(static_cast<int>(models::Page::operations));
    const QAbstractItemModel* operations = page->operationsPage()->list()->model();
    const auto cell = [operations](int role) { return operations->index(0, 0).data(role).toString(); };
    QTest::mouseClick(dialog->nextButton(), Qt::LeftButton);
    ASSERT_GE(msUntil([&] { return operations->rowCount() == 1; }, 15'000), 0)
        << "it is listed as it goes on";
    EXPECT_EQ(cell(Qt::DisplayRole), QStringLiteral("Remove ") + name);
    auto* rail = dialog->findChild<StepRail*>();
    ASSERT_GE(msUntil([&] { return rail->current() == 4; }, 20'000), 0)
        << rail->accessibleName().toStdString();
    QStringList told;
    for (const QLabel* label : dialog->findChildren<QLabel*>()) {
        told << label->text();
    }
    EXPECT_TRUE(told.contains(name + QStringLiteral(" has left live"))) << told.join(u'\n').toStdString();
    EXPECT_GE(msUntil([this] { return view().voters == 2; }, 8000), 0) << view().sentence.toStdString();
    EXPECT_GE(msUntil([this] { return !view().operation.has_value(); }, 8000), 0) << "it is over";
    EXPECT_GE(
        msUntil([&] { return cell(models::OperationListModel::StateRole) == QStringLiteral("done"); }, 8000),
        0)
        << cell(models::OperationListModel::StateRole).toStdString();
}

// A host that waits beside a sandbox, as a person starts one.
class WaitingHost {
public:
    explicit WaitingHost(const QString& folder) : m_folder(folder) {
        const auto ports = sandbox::choosePorts(1, 4, {});
        EXPECT_TRUE(ports);
        const int first = ports ? ports->front() : 0;
        QStringList arguments{QStringLiteral("serve"), QStringLiteral("--join-host=127.0.0.1"),
                              QStringLiteral("--join-name=new"), QStringLiteral("--data-dir=") + folder,
                              QStringLiteral("--disk-floor=16")};
        int port = first;
        for (const char* name : {"https", "http", "engine", "peer"}) {
            arguments << QStringLiteral("--%1-port=%2").arg(QLatin1String(name)).arg(port++);
        }
        m_process.setProcessChannelMode(QProcess::MergedChannels);
        m_process.start(QStringLiteral(PILOTHOUSE_REPLICA_PROGRAM), arguments);
    }
    ~WaitingHost() {
        m_process.terminate();
        if (!m_process.waitForFinished(10'000)) {
            m_process.kill();
            m_process.waitForFinished(10'000);
        }
    }
    // Empty: it shows none yet.
    [[nodiscard]] QString setupCode() const {
        QFile file(m_folder + QStringLiteral("/setup-code"));
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }
    [[nodiscard]] std::string log() { return m_process.readAll().toStdString(); }

private:
    QString m_folder;
    QProcess m_process;
};

TEST_F(LiveConsoleTest, JoinsAHostByTheWizard) {
    WaitingHost host(m_folder.filePath(QStringLiteral("new")));
    ASSERT_GE(msUntil([this] { return view().verdict == Verdict::healthy; }, 15'000), 0)
        << view().sentence.toStdString();
    ASSERT_GE(msUntil([&] { return host.setupCode().contains(QStringLiteral("phsetup1.")); }, 15'000), 0)
        << host.log();
    ClusterPage* page = console->window().clusterPage();
    QPushButton* add = nullptr;
    for (auto* button : page->banner()->findChildren<QPushButton*>()) {
        add = button->isVisible() && button->text() == QStringLiteral("Add replica…") ? button : add;
    }
    ASSERT_NE(add, nullptr);
    ASSERT_GE(msUntil([&] { return add->isEnabled(); }, 8000), 0) << add->toolTip().toStdString();
    QTest::mouseClick(add, Qt::LeftButton);
    ChangeDialog* dialog = page->changeDialog();
    ASSERT_NE(dialog, nullptr);
    dialog->setupPage()->field()->setText(host.setupCode());
    QTest::mouseClick(dialog->nextButton(), Qt::LeftButton);
    ASSERT_GE(msUntil([&] { return dialog->nextButton()->isEnabled(); }, 25'000), 0)
        << wordsIn(*dialog) << host.log();
    QTest::mouseClick(dialog->nextButton(), Qt::LeftButton);
    EXPECT_EQ(dialog->nextButton()->text(), QStringLiteral("Join new to live"));
    QTest::mouseClick(dialog->nextButton(), Qt::LeftButton);
    auto* rail = dialog->findChild<StepRail*>();
    ASSERT_GE(msUntil([&] { return rail->current() == 5; }, 60'000), 0) << wordsIn(*dialog) << host.log();
    EXPECT_GE(
        msUntil([this] { return view().voters == 4 && stateOf("new") == ReplicaState::healthy; }, 15'000), 0)
        << view().sentence.toStdString();
    EXPECT_GE(msUntil([this] { return !view().operation.has_value(); }, 8000), 0) << "it is over";
}

TEST_F(LiveConsoleTest, ShowsWhatIsPushed) {
    ASSERT_GE(msUntil([this] { return view().verdict == Verdict::healthy; }, 15'000), 0);
    ClusterPage& cluster = *console->window().clusterPage();
    RepositoriesPage& page = *cluster.repositoriesPage();
    const auto says = [&page](const QString& words) {
        const auto labels = page.findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) {
            return label->isVisible() && label->text().contains(words);
        });
    };
    cluster.tabs()->setCurrentIndex(static_cast<int>(models::Page::repositories));
    EXPECT_GE(msUntil([&] { return says(QStringLiteral("Nothing has been pushed yet")); }, 10'000), 0);
    EXPECT_TRUE(says(QStringLiteral("push 127.0.0.1:"))) << "with the sandbox's own addresses";

    Pusher(sandbox).pushImage(QStringLiteral("v1"));
    cluster.tabs()->setCurrentIndex(0);
    cluster.tabs()->setCurrentIndex(static_cast<int>(models::Page::repositories));
    ASSERT_GE(msUntil([&] { return page.tags()->model()->rowCount() == 1; }, 15'000), 0);
    const QAbstractItemModel* tags = page.tags()->model();
    EXPECT_EQ(tags->index(0, models::TagModel::Name).data().toString(), QStringLiteral("v1"));
    EXPECT_EQ(tags->index(0, models::TagModel::Platforms).data().toString(), QStringLiteral("arm64"));
    // It is read again every ten seconds, by when the third copy is there.
    EXPECT_GE(
        msUntil([&] { return tags->index(0, models::TagModel::Copies).data() == QStringLiteral("3 of 3"); },
                25'000),
        0)
        << tags->index(0, models::TagModel::Copies).data().toString().toStdString();
    EXPECT_GE(
        msUntil([&] { return page.image()->pullCommand().endsWith(QStringLiteral("/team/app:v1")); }, 10'000),
        0);
    EXPECT_EQ(page.image()->table()->model()->rowCount(), 2);

    page.image()->deleteButton()->click();
    DeleteDialog* dialog = nullptr;
    ASSERT_GE(msUntil([&] { return (dialog = page.findChild<DeleteDialog*>()) != nullptr; }, 10'000), 0);
    dialog->deleteButton()->click();
    EXPECT_GE(msUntil([&] { return page.tags()->model()->rowCount() == 0; }, 15'000), 0) << "and it is gone";
}

} // namespace
} // namespace pilothouse::ui
