// SPDX-License-Identifier: GPL-3.0-or-later
#include "main_window_fixture.h"
#include "models/describe.h"
#include "scripted_operations.h"
#include "ui/inspector/inspector.h"
#include "ui/operations/change_dialog.h"
#include "ui/operations/document_buttons.h"
#include "ui/operations/document_saver.h"
#include "ui/operations/finding_list.h"
#include "ui/operations/operation_strip.h"
#include "ui/operations/step_rail.h"
#include "ui/widgets/command_field.h"
#include "views.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace pilothouse::ui {
namespace {

class ChangeDialogTest : public testing::Test {
protected:
    std::unique_ptr<ChangeDialog> open(const api::OperationPlan& plan) {
        operations.planned = plan;
        operations.started = test::operationAt(plan, "check");
        operations.now = operations.started;
        ChangeWish wish{domain::operationKindOf(plan.kind).value(), QString::fromStdString(plan.replica),
                        QString::fromStdString(plan.name), QStringLiteral("prod-eu")};
        auto dialog = std::make_unique<ChangeDialog>(theme, operations, wish, nullptr);
        dialog->show();
        dialog->check();
        settle();
        return dialog;
    }
    static void settle() {
        for (int i = 0; i < 5; ++i) {
            QCoreApplication::processEvents();
        }
    }
    static void click(QPushButton* button) {
        ASSERT_TRUE(button->isVisible() && button->isEnabled()) << button->text().toStdString();
        QTest::mouseClick(button, Qt::LeftButton);
        settle();
    }
    static bool shows(const QWidget& dialog, const QString& words) {
        for (const QLabel* label : dialog.findChildren<QLabel*>()) {
            if (label->isVisible() && label->text().contains(words)) {
                return true;
            }
        }
        return false;
    }
    void waitFor(const std::function<bool()>& holds) { ASSERT_TRUE(QTest::qWaitFor(holds, 5000)); }

    Theme theme;
    test::ScriptedOperations operations;
};

// A change of all replicas, by which nobody leaves.
TEST_F(ChangeDialogTest, RestartsAllOneAfterAnother) {
    api::OperationPlan plan = test::removalOfFive();
    plan.kind = "rolling_restart";
    plan.replica.clear();
    plan.name.clear();
    plan.steps = {"check", "drain", "finish_requests", "restart", "hand_over", "restart"};
    plan.step_names = {{"", "reg-2", "reg-2", "reg-2", "reg-1", "reg-1"}};
    const auto dialog = open(plan);
    click(dialog->nextButton());
    EXPECT_TRUE(shows(*dialog, QStringLiteral("4. Restart reg-2, until it takes part again")));
    EXPECT_EQ(dialog->findChild<CommandField*>()->command(),
              QStringLiteral("pilothousectl rolling-restart --cluster prod-eu --yes"));
    EXPECT_EQ(dialog->nextButton()->text(), QStringLiteral("Restart all replicas in prod-eu"));
    click(dialog->nextButton());
    ASSERT_EQ(operations.starts.size(), 1U);
    EXPECT_EQ(operations.starts.front().kind, "rolling_restart");
    EXPECT_EQ(operations.starts.front().replica, "");
    operations.now->phase = "done";
    waitFor([&] { return shows(*dialog, QStringLiteral("All replicas were restarted")); });
}

TEST_F(ChangeDialogTest, GoesFromTheChecksToTheEnd) {
    const auto dialog = open(test::removalOfFive());
    ASSERT_EQ(operations.asked.size(), 1U);
    EXPECT_EQ(operations.asked.front().kind, "remove");
    EXPECT_TRUE(shows(*dialog, QStringLiteral("It can lose 2 now, and 1 afterwards")));
    EXPECT_TRUE(shows(*dialog, QStringLiteral("A majority answers"))) << "what passed, in one line";
    click(dialog->nextButton());
    EXPECT_TRUE(operations.starts.empty()) << "nothing is begun by looking";
    EXPECT_TRUE(shows(*dialog, QStringLiteral("4 of 4 voting replicas are well")));
    EXPECT_EQ(dialog->findChild<CommandField*>()->command(),
              QStringLiteral("pilothousectl remove reg-5.dc3 --cluster prod-eu --yes"));
    EXPECT_EQ(dialog->nextButton()->text(), QStringLiteral("Remove reg-5.dc3 from prod-eu"));
    click(dialog->nextButton());
    ASSERT_EQ(operations.starts.size(), 1U);
    EXPECT_FALSE(operations.starts.front().reason);
    EXPECT_TRUE(dialog->cancelButton()->isVisible());

    const QSignalSpy told(dialog.get(), &ChangeDialog::told);
    operations.now = test::endedAs(operations.started.value(), "done");
    waitFor([&] { return told.count() == 1; });
    EXPECT_EQ(told[0][0].toString(), QStringLiteral("reg-5.dc3 has left prod-eu"));
    EXPECT_FALSE(told[0][1].toBool());
    EXPECT_EQ(dialog->findChild<StepRail*>()->current(), 4);
    EXPECT_FALSE(dialog->cancelButton()->isVisible());
    const int looks = operations.looks;
    QTest::qWait(600);
    EXPECT_EQ(operations.looks, looks) << "nobody looks at what is over";
    click(dialog->nextButton());
    EXPECT_FALSE(dialog->isVisible());
}

TEST_F(ChangeDialogTest, SavesReportAndRunbook) {
    const QTemporaryDir folder;
    const auto dialog = open(test::removalOfFive());
    DocumentButtons* documents = dialog->documents();
    QString name;
    QString file;
    documents->saver()->setChooser([&](const QString&, const QString& proposed, const auto& chosen) {
        name = proposed;
        chosen(file);
    });
    const auto start = [&] {
        QFile read(file);
        return read.open(QIODevice::ReadOnly) ? QString::fromUtf8(read.readLine()) : QString();
    };
    EXPECT_FALSE(documents->runbookButton()->isVisible());
    file = folder.filePath(QStringLiteral("a.md"));
    click(documents->reportButton());
    EXPECT_EQ(name, QStringLiteral("remove-reg-5.dc3-checks.md"));
    EXPECT_EQ(start(), QStringLiteral("# Checks: Remove reg-5.dc3\n"));
    EXPECT_TRUE(shows(*dialog, QStringLiteral("Saved as "))) << "where it was clicked";
    click(dialog->nextButton());
    EXPECT_TRUE(documents->reportButton()->isVisible());
    file = folder.filePath(QStringLiteral("b.md"));
    click(documents->runbookButton());
    EXPECT_EQ(start(), QStringLiteral("# Runbook: Remove reg-5.dc3\n"));
    click(dialog->nextButton());
    EXPECT_FALSE(documents->isVisible()) << "while it goes on";
    operations.now = test::endedAs(operations.started.value(), "done");
    waitFor([&] { return documents->runbookButton()->isVisible(); });
    EXPECT_FALSE(documents->reportButton()->isVisible());
    file = folder.filePath(QStringLiteral("c.json"));
    click(documents->runbookButton());
    EXPECT_TRUE(start().contains(QStringLiteral("\"phase\":\"done\""))) << "what happened\n"
                                                                        << start().toStdString();
    file.clear();
    click(documents->runbookButton()); // nothing was chosen
    EXPECT_EQ(QDir(folder.path()).entryList(QDir::Files).size(), 3);
}

TEST_F(ChangeDialogTest, ABlockedOneGoesNoFurther) {
    const auto dialog = open(test::removalOfTheDead());
    EXPECT_FALSE(dialog->nextButton()->isEnabled());
    EXPECT_TRUE(shows(*dialog, QStringLiteral("A check blocks it.")));
    EXPECT_TRUE(shows(*dialog, QStringLiteral("forget it")));
    // It may be better the next time.
    operations.planned = test::removalOfFive();
    click(dialog->againButton());
    EXPECT_TRUE(dialog->nextButton()->isEnabled());
}

TEST_F(ChangeDialogTest, AWordIsATickAndAReason) {
    const auto dialog = open(test::removalOfThree());
    EXPECT_FALSE(dialog->nextButton()->isEnabled());
    auto* tick = dialog->findChild<QCheckBox*>();
    auto* reason = dialog->findChildren<QLineEdit*>().front();
    EXPECT_FALSE(reason->isEnabled());
    tick->setFocus();
    QTest::keyClick(tick, Qt::Key_Space);
    EXPECT_FALSE(dialog->nextButton()->isEnabled()) << "no reason yet";
    QTest::keyClicks(reason, QStringLiteral("its host is anna's"));
    EXPECT_TRUE(dialog->nextButton()->isEnabled());
    QTest::keyClick(reason, Qt::Key_Return);
    settle();
    EXPECT_TRUE(operations.starts.empty()) << "Enter in a field decides nothing";
    click(dialog->nextButton());
    EXPECT_TRUE(dialog->findChild<CommandField*>()->command().endsWith(
        QStringLiteral("--reason 'its host is anna'\\''s'")));
    click(dialog->nextButton());
    ASSERT_EQ(operations.starts.size(), 1U);
    EXPECT_EQ(operations.starts.front().reason, "its host is anna's");
}

TEST_F(ChangeDialogTest, LostDataTakesTheTypedName) {
    const auto dialog = open(test::forgettingTheLastCopy());
    EXPECT_TRUE(shows(*dialog, QStringLiteral("3 blobs would be lost")));
    auto* name = dialog->findChildren<QLineEdit*>().back();
    QTest::keyClicks(name, QStringLiteral("reg-2"));
    EXPECT_FALSE(dialog->nextButton()->isEnabled());
    QTest::keyClicks(name, QStringLiteral(".dc1"));
    EXPECT_TRUE(dialog->nextButton()->isEnabled());
    click(dialog->nextButton());
    click(dialog->nextButton());
    EXPECT_EQ(operations.starts.front().typed_name, "reg-2.dc1");
}

TEST_F(ChangeDialogTest, OffersWhatCanBeDecidedAndDoesIt) {
    const auto dialog = open(test::removalOfFive());
    click(dialog->nextButton());
    click(dialog->nextButton());
    EXPECT_FALSE(dialog->skipButton()->isVisible());
    operations.now = test::waitingFor(test::operationAt(test::removalOfFive(), "finish_requests"),
                                      {"requests", {"reg-5.dc3"}, {3}, {}, {}, true, {"cancel", "skip"}});
    waitFor([&] { return dialog->skipButton()->isVisible(); });
    waitFor([&] { return shows(*dialog, QStringLiteral("3 requests are still answered there")); });
    click(dialog->skipButton());
    click(dialog->cancelButton());
    ASSERT_EQ(operations.decisions.size(), 2U);
    EXPECT_EQ(operations.decisions[0].decision, "skip");
    EXPECT_EQ(operations.decisions[0].step, "finish_requests");
    EXPECT_EQ(operations.decisions[1].decision, "cancel");
    operations.now = test::operationAt(test::removalOfFive(), "stop_replica");
    waitFor([&] { return !dialog->cancelButton()->isVisible(); }); // there is no way back
    operations.now = test::endedAs(operations.now.value(), "cancelled");
    waitFor([&] { return shows(*dialog, QStringLiteral("everything is as it was")); });
}

TEST_F(ChangeDialogTest, WhatCannotBeAskedIsSaid) {
    operations.planned = fail(ErrorCode::unavailable, "none of 3 replicas could be asked");
    ChangeDialog dialog(theme, operations, {domain::OperationKind::remove, {}, QStringLiteral("reg-5"), {}},
                        nullptr);
    dialog.show();
    dialog.check();
    settle();
    EXPECT_TRUE(shows(dialog, QStringLiteral("none of 3 replicas could be asked")));
    EXPECT_FALSE(dialog.nextButton()->isEnabled());
}

TEST_F(ChangeDialogTest, WhenItIsRefusedAtTheBeginningOneIsBackAtTheChecks) {
    const auto dialog = open(test::removalOfFive());
    operations.started = fail(ErrorCode::conflict, "another operation is running");
    click(dialog->nextButton());
    click(dialog->nextButton());
    EXPECT_TRUE(shows(*dialog, QStringLiteral("another operation is running")));
    EXPECT_EQ(dialog->findChild<StepRail*>()->current(), 0);
}

TEST_F(ChangeDialogTest, OneThatIsRunningIsFollowed) {
    operations.now = test::operationAt(test::removalOfFive(), "complete_copies");
    ChangeDialog dialog(
        theme, operations,
        {domain::OperationKind::remove, {}, QStringLiteral("reg-5.dc3"), QStringLiteral("prod-eu")}, nullptr);
    dialog.show();
    dialog.follow(QStringLiteral("20261128T053012-4f2a"));
    settle();
    EXPECT_TRUE(shows(dialog, QStringLiteral("Started by anna")));
    EXPECT_TRUE(dialog.cancelButton()->isVisible());
    // An answer that fails changes nothing of what is known.
    operations.now = fail(ErrorCode::unavailable, "no replica answers");
    waitFor([&] { return shows(dialog, QStringLiteral("no replica answers")); });
    EXPECT_TRUE(shows(dialog, QStringLiteral("Copy every blob to a majority without reg-5.dc3")));
    dialog.forget();
    EXPECT_FALSE(dialog.isVisible());
}

class ChangeFromTheWindow : public test::MainWindowFixture {};

TEST_F(ChangeFromTheWindow, AVerbOpensItAndAnotherClusterClosesIt) {
    test::ScriptedOperations operations;
    operations.planned = test::removalOfFive();
    auto* session = add(test::healthyFive());
    session->operationsOf = &operations;
    add(test::healthySandbox());
    show();
    window->showCluster(test::healthyFive().key);
    ClusterPage* page = window->clusterPage();
    page->select(session->view().replicas[1].id);
    QPushButton* remove = nullptr;
    for (auto* button : page->topologyPage()->inspector()->findChildren<QPushButton*>()) {
        remove = button->isVisible() && button->text() == QStringLiteral("Remove…") ? button : remove;
    }
    ASSERT_NE(remove, nullptr);
    QTest::mouseClick(remove, Qt::LeftButton);
    ASSERT_NE(page->changeDialog(), nullptr);
    EXPECT_FALSE(page->changeDialog()->isModal()) << "the window goes on";
    EXPECT_TRUE(session->ran.isEmpty()) << "nothing happens before it was asked";
    ASSERT_EQ(operations.asked.size(), 1U);
    EXPECT_EQ(operations.asked[0].replica, session->view().replicas[1].id.toStdString());
    window->showCluster(test::healthySandbox().key);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    EXPECT_EQ(page->changeDialog(), nullptr);
}

TEST_F(ChangeFromTheWindow, WhatIsUnderWayIsShownAndFollowed) {
    test::ScriptedOperations operations;
    operations.now = test::operationAt(test::removalOfFive(), "complete_copies");
    auto* session = add(test::healthyFive());
    session->operationsOf = &operations;
    show();
    auto* strip = window->findChild<OperationStrip*>();
    ASSERT_NE(strip, nullptr);
    EXPECT_FALSE(strip->isVisible());
    models::ClusterView view = test::healthyFive();
    view.operation = models::describe(api::RunningOperation{"op",
                                                            "remove",
                                                            view.replicas[4].id.toStdString(),
                                                            "reg-5.dc3",
                                                            "running",
                                                            false,
                                                            "complete_copies",
                                                            5,
                                                            7,
                                                            {},
                                                            {}});
    session->show(view);
    ASSERT_TRUE(strip->isVisible());
    QTest::mouseClick(strip->showButton(), Qt::LeftButton);
    ASSERT_NE(window->clusterPage()->changeDialog(), nullptr);
    EXPECT_GE(operations.looks, 1);
    for (const Verb& verb : verbsFor(view, view.replicas[1].id, {})) {
        if (verb.kind == VerbKind::remove) {
            EXPECT_TRUE(verb.why.contains(QStringLiteral("Remove reg-5.dc3: step 5 of 7")))
                << "one at a time";
        }
    }
}

} // namespace
} // namespace pilothouse::ui
