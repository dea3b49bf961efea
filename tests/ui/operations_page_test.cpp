// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/json.h"
#include "main_window_fixture.h"
#include "models/operation_list_model.h"
#include "ui/operations/change_dialog.h"
#include "ui/operations/document_saver.h"
#include "ui/operations/operation_panel.h"
#include "ui/pages/operations_page.h"
#include "views.h"

#include <QAccessible>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTemporaryDir>

namespace pilothouse::ui {
namespace {

using models::OperationListModel;
using models::Page;

class OperationsPageTest : public test::MainWindowFixture {
protected:
    void open() {
        session = add(viewWith(operations.listed ? operations.listed->running : std::nullopt));
        session->operationsOf = &operations;
        show();
        showPage(Page::operations);
        ASSERT_TRUE(page().isVisible());
    }
    // The five, with that operation running.
    static models::ClusterView viewWith(const std::optional<api::Operation>& running, int step = 5) {
        models::ClusterView view = test::healthyFive();
        if (running) {
            models::OperationView& operation = view.operation.emplace();
            operation.id = QString::fromStdString(running->id);
            operation.kind = QString::fromStdString(running->kind);
            operation.replicaId = QString::fromStdString(running->replica);
            operation.replica = QString::fromStdString(running->name);
            operation.title = QStringLiteral("step %1").arg(step);
        }
        return view;
    }
    void showPage(Page page) { window->clusterPage()->tabs()->setCurrentIndex(static_cast<int>(page)); }
    [[nodiscard]] OperationsPage& page() const { return *window->clusterPage()->operationsPage(); }
    [[nodiscard]] static bool wait(const std::function<bool()>& holds) {
        return QTest::qWaitFor(holds, 5000);
    }
    [[nodiscard]] QString cell(int row, int role) const {
        return page().list()->model()->index(row, 0).data(role).toString();
    }
    [[nodiscard]] int rows() const { return page().list()->model()->rowCount(); }
    [[nodiscard]] bool says(const QString& words) const {
        for (const QLabel* label : page().findChildren<QLabel*>()) {
            if (label->isVisible() && label->text().contains(words)) {
                return true;
            }
        }
        return false;
    }
    // The same once the layout has caught up.
    [[nodiscard]] bool shows(const QString& words) const {
        return wait([&] { return says(words); });
    }
    [[nodiscard]] std::string everything() const {
        QStringList words;
        for (const QLabel* label : page().findChildren<QLabel*>()) {
            if (label->isVisible() && !label->text().isEmpty()) {
                words << label->text();
            }
        }
        return words.join(QLatin1Char('\n')).toStdString();
    }

    test::ScriptedOperations operations;
    test::ScriptedSession* session = nullptr;
};

TEST_F(OperationsPageTest, ListsTheRunningOneFirstThenThePastOnes) {
    operations.listed = test::listOfSix();
    open();
    ASSERT_TRUE(wait([this] { return rows() == 6; }));
    EXPECT_EQ(cell(0, Qt::DisplayRole), QStringLiteral("Remove reg-5.dc3"));
    EXPECT_EQ(cell(0, OperationListModel::StateRole), QStringLiteral("step 5 of 7"));
    EXPECT_TRUE(cell(0, OperationListModel::DetailRole).endsWith(QStringLiteral("so far")));
    EXPECT_EQ(cell(1, Qt::DisplayRole), QStringLiteral("Join reg-6.dc3"));
    EXPECT_EQ(cell(1, OperationListModel::StateRole), QStringLiteral("done"));
    EXPECT_TRUE(cell(1, OperationListModel::DetailRole).startsWith(QStringLiteral("anna · 2026-11-27 ")));
    EXPECT_TRUE(cell(1, OperationListModel::DetailRole).contains(QStringLiteral("took ")));
    EXPECT_EQ(cell(2, OperationListModel::StateRole), QStringLiteral("cancelled"));
    EXPECT_EQ(cell(3, OperationListModel::StateRole), QStringLiteral("refused"));
    EXPECT_EQ(cell(4, Qt::DisplayRole), QStringLiteral("Repair from reg-1.dc1"));
    EXPECT_EQ(cell(5, Qt::DisplayRole), QStringLiteral("defragment reg-2.dc1"))
        << "of a newer version, as it is";
    EXPECT_TRUE(
        cell(0, Qt::AccessibleTextRole).startsWith(QStringLiteral("Remove reg-5.dc3, step 5 of 7, anna")));
    // The first is chosen.
    EXPECT_TRUE(page().panel()->followButton()->isVisible());
    EXPECT_TRUE(shows(QStringLiteral("its host is given back today"))) << everything();
    EXPECT_TRUE(shows(QStringLiteral("It waits for longer than it should: 14 blobs must be copied")))
        << everything();
    EXPECT_TRUE(shows(QStringLiteral("carried out by reg-1.dc1"))) << everything();
    EXPECT_TRUE(shows(QStringLiteral("running since "))) << everything();
    EXPECT_TRUE(shows(QStringLiteral("waits (blobs were still being copied)"))) << everything();
    EXPECT_TRUE(shows(QStringLiteral("Passed (6)"))) << everything();
}

TEST_F(OperationsPageTest, IsReadWithTheKeyboard) {
    operations.listed = test::listOfSix();
    open();
    ASSERT_TRUE(wait([this] { return rows() == 6; }));
    page().list()->setFocus();
    for (int i = 0; i < 4; ++i) {
        QTest::keyClick(page().list(), Qt::Key_Down);
    }
    // A repair reads as one.
    EXPECT_TRUE(shows(QStringLiteral("Stop the engine of reg-1.dc1, and what it serves"))) << everything();
    EXPECT_TRUE(shows(QStringLiteral("Record the new epoch: done"))) << everything();
    EXPECT_TRUE(shows(QStringLiteral("fire in hall 2"))) << everything();
    EXPECT_FALSE(page().panel()->followButton()->isVisible()) << "it is over";
    QTest::keyClick(page().list(), Qt::Key_Down);
    EXPECT_TRUE(shows(QStringLiteral("compact_everything"))) << "a step that is not known, as it is";
    QTest::keyClick(page().list(), Qt::Key_Home);
    EXPECT_TRUE(page().panel()->followButton()->isVisible());
    QTest::keyClick(page().list(), Qt::Key_Tab);
    auto* scroll = page().panel()->findChild<QScrollArea*>();
    EXPECT_EQ(QApplication::focusWidget(), scroll) << "which arrow keys scroll";
    EXPECT_FALSE(scroll->accessibleName().isEmpty());
    EXPECT_FALSE(page().list()->accessibleName().isEmpty());
    EXPECT_EQ(window->clusterPage()->panels().size(), 4) << "banner, tabs, list, panel";
}

TEST_F(OperationsPageTest, FollowsTheRunningOneInItsDialog) {
    operations.listed = test::listOfSix();
    operations.now = *operations.listed->running;
    open();
    ASSERT_TRUE(wait([this] { return page().panel()->followButton()->isVisible(); }));
    QTest::mouseClick(page().panel()->followButton(), Qt::LeftButton);
    ChangeDialog* dialog = window->clusterPage()->changeDialog();
    ASSERT_NE(dialog, nullptr);
    EXPECT_TRUE(wait([&] { return operations.looks > 0; }));
    EXPECT_TRUE(operations.asked.empty()) << "nothing is planned anew";
    dialog->close();
}

TEST_F(OperationsPageTest, AsksAgainWhenSomethingOfItChangesAndNeverWhileHidden) {
    operations.listed = test::listOfSix();
    open();
    ASSERT_TRUE(wait([this] { return rows() == 6; }));
    const int lists = operations.lists;
    operations.now = test::operationAt(test::removalOfFive(), "remove_member");
    operations.now->id = operations.listed->running->id;
    session->show(viewWith(*operations.listed->running, 6));
    EXPECT_TRUE(wait([this] {
        return cell(0, OperationListModel::StateRole) == QStringLiteral("step 6 of 7");
    })) << cell(0, OperationListModel::StateRole).toStdString();
    EXPECT_EQ(operations.lists, lists) << "only the running one is asked for";
    // It ends.
    api::OperationList after = test::listOfSix();
    after.past.insert(after.past.begin(), test::endedAs(*after.running, "done"));
    after.running.reset();
    operations.listed = after;
    session->show(viewWith({}));
    EXPECT_TRUE(wait([this] { return cell(0, OperationListModel::StateRole) == QStringLiteral("done"); }));
    EXPECT_EQ(page().list()->currentIndex().row(), 0) << "it is still the chosen one";
    EXPECT_FALSE(page().panel()->followButton()->isVisible());
    showPage(Page::topology);
    const int before = operations.lists + operations.looks;
    session->show(viewWith(test::listOfSix().running));
    session->show(viewWith({}));
    QTest::qWait(1300);
    EXPECT_EQ(operations.lists + operations.looks, before) << "nobody looks";
    showPage(Page::operations);
    EXPECT_TRUE(wait([&] { return operations.lists + operations.looks > before; }));
}

TEST_F(OperationsPageTest, SavesWhatIsChosenWhereThePersonSays) {
    operations.listed = test::listOfSix();
    open();
    ASSERT_TRUE(wait([this] { return page().panel()->reportButton()->isVisible(); }));
    const QTemporaryDir folder;
    QString name;
    QString file;
    page().saver()->setChooser([&](const QString&, const QString& proposed, const auto& chosen) {
        name = proposed;
        chosen(file);
    });
    const QSignalSpy told(window->clusterPage(), &ClusterPage::told);
    const auto contentOf = [](const QString& path) {
        QFile read(path);
        return read.open(QIODevice::ReadOnly) ? QString::fromUtf8(read.readAll()) : QString();
    };
    page().list()->setFocus();
    QTest::keyClick(page().list(), Qt::Key_Down);
    file = folder.filePath(QStringLiteral("report.md"));
    QTest::mouseClick(page().panel()->reportButton(), Qt::LeftButton);
    EXPECT_EQ(name, QStringLiteral("join-reg-6.dc3-checks.md"));
    EXPECT_TRUE(contentOf(file).startsWith(QStringLiteral("# Checks: Join reg-6.dc3\n")))
        << contentOf(file).toStdString();
    ASSERT_EQ(told.count(), 1);
    EXPECT_EQ(told[0][0].toString().remove(QChar(0x200B)), QStringLiteral("Saved as %1.").arg(file));
    page().panel()->runbookButton()->setFocus();
    file = folder.filePath(QStringLiteral("runbook.json"));
    QTest::keyClick(page().panel()->runbookButton(), Qt::Key_Space);
    EXPECT_EQ(name, QStringLiteral("join-reg-6.dc3-runbook.md"));
    const auto back = api::fromJson<api::Operation>(contentOf(file).toStdString());
    ASSERT_TRUE(back) << back.error().text();
    EXPECT_EQ(*back, operations.listed->past[0]);
    file = folder.filePath(QStringLiteral("nowhere/report.md"));
    QTest::mouseClick(page().panel()->reportButton(), Qt::LeftButton);
    ASSERT_EQ(told.count(), 3);
    EXPECT_TRUE(told[2][0].toString().contains(QStringLiteral("there is no folder")))
        << told[2][0].toString().toStdString();
    EXPECT_TRUE(told[2][1].toBool());
}

// Which replica answers is not certain.
TEST_F(OperationsPageTest, AsksAgainOneThatHasNotHeardOfTheEnd) {
    operations.listed = test::listOfSix();
    open();
    ASSERT_TRUE(wait([this] { return rows() == 6; }));
    session->show(viewWith({}));
    ASSERT_TRUE(wait([this] { return operations.lists > 1; }));
    EXPECT_EQ(cell(0, OperationListModel::StateRole), QStringLiteral("step 5 of 7"));
    operations.listed->running.reset();
    EXPECT_TRUE(wait([this] { return rows() == 5; }));
    const int lists = operations.lists;
    QTest::qWait(1300);
    EXPECT_EQ(operations.lists, lists) << "all is known";
}

TEST_F(OperationsPageTest, SaysWhatCannotBeAskedAndKeepsWhatIsShown) {
    operations.listed = test::listOfSix();
    operations.listed->running.reset();
    open();
    ASSERT_TRUE(wait([this] { return rows() == 5; }));
    EXPECT_FALSE(page().retryButton()->isVisible());
    operations.listed = fail(ErrorCode::unavailable, "no replica answers");
    showPage(Page::topology);
    showPage(Page::operations);
    ASSERT_TRUE(wait([this] { return page().retryButton()->isVisible(); }));
    EXPECT_TRUE(shows(QStringLiteral("This is from 20"))) << everything();
    EXPECT_TRUE(shows(QStringLiteral("no replica answers"))) << everything();
    EXPECT_EQ(rows(), 5);
    operations.listed = test::listOfSix();
    operations.listed->running.reset();
    QTest::mouseClick(page().retryButton(), Qt::LeftButton);
    EXPECT_TRUE(wait([this] { return !page().retryButton()->isVisible(); }));
}

TEST_F(OperationsPageTest, SaysSoWhileNothingIsKnownOrWasDone) {
    operations.listed = fail(ErrorCode::unavailable, "no replica answers");
    open();
    ASSERT_TRUE(wait([this] { return page().retryButton()->isVisible(); }));
    EXPECT_TRUE(shows(QStringLiteral("The operations are not known: no replica answers"))) << everything();
    EXPECT_FALSE(says(QStringLiteral("No operation has changed this cluster yet")));
    operations.listed = api::OperationList{};
    QTest::mouseClick(page().retryButton(), Qt::LeftButton);
    EXPECT_TRUE(wait([this] { return says(QStringLiteral("No operation has changed this cluster yet")); }))
        << everything();
    window->clusterPage()->setSession(nullptr);
    EXPECT_TRUE(shows(QStringLiteral("Nobody can be asked"))) << everything();
}

} // namespace
} // namespace pilothouse::ui
