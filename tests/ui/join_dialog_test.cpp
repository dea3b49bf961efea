// SPDX-License-Identifier: GPL-3.0-or-later
#include "join_dialog_fixture.h"

namespace pilothouse::ui {
namespace {

TEST_F(JoinDialogTest, GoesFromTheCodeToTheEnd) {
    const auto dialog = open(test::joinOfSix());
    EXPECT_FALSE(dialog->isModal()) << "the window goes on";
    EXPECT_TRUE(operations.asked.empty()) << "nobody is asked before there is a code";
    EXPECT_EQ(dialog->windowTitle(), QStringLiteral("Add a replica to prod-eu"));
    EXPECT_EQ(command(*dialog), QStringLiteral("pilothouse-replica serve --join-host ADDRESS"));
    EXPECT_FALSE(dialog->nextButton()->isEnabled());
    EXPECT_TRUE(shows(*dialog, QStringLiteral("Waits for the setup code.")));
    paste(*dialog, QStringLiteral("  ") + code + QStringLiteral(" \n"));
    click(dialog->nextButton());
    ASSERT_EQ(operations.asked.size(), 1U);
    EXPECT_EQ(operations.asked[0].kind, "join");
    EXPECT_EQ(operations.asked[0].replica, "");
    EXPECT_EQ(operations.asked[0].setup_code, code.toStdString()) << "without the blanks around it";
    EXPECT_TRUE(shows(*dialog, QStringLiteral("Check reg-6.dc3 before it joins")));
    EXPECT_TRUE(shows(*dialog, QStringLiteral("6 replicas can lose 2, the same as 5.")));
    EXPECT_FALSE(shows(*dialog, QStringLiteral("6 replicas will vote"))) << "once is enough";
    EXPECT_TRUE(shows(*dialog, QStringLiteral("It is on a computer of its own")))
        << "what passed, in one line";

    click(dialog->nextButton());
    EXPECT_FALSE(shows(*dialog, QStringLiteral("the same as 5"))) << "it belongs to the checks";
    EXPECT_TRUE(operations.starts.empty()) << "nothing is begun by looking";
    EXPECT_TRUE(shows(*dialog, QStringLiteral("6 of 6 voting replicas are well")));
    EXPECT_TRUE(shows(*dialog, QStringLiteral("Give reg-6.dc3 its vote")));
    EXPECT_TRUE(shows(*dialog, QStringLiteral("data folder must be emptied")));
    EXPECT_EQ(command(*dialog),
              QStringLiteral("pilothousectl join --cluster prod-eu --yes --setup-code-file FILE"));
    EXPECT_FALSE(tellsTheCode(*dialog));
    EXPECT_EQ(dialog->nextButton()->text(), QStringLiteral("Join reg-6.dc3 to prod-eu"));
    click(dialog->nextButton());
    ASSERT_EQ(operations.starts.size(), 1U);
    EXPECT_EQ(operations.starts[0].kind, "join");
    EXPECT_EQ(operations.starts[0].setup_code, code.toStdString());
    EXPECT_FALSE(operations.starts[0].reason);
    EXPECT_EQ(dialog->setupPage()->code(), QString()) << "kept no longer than it is needed";

    const QSignalSpy told(dialog.get(), &ChangeDialog::told);
    operations.now = test::endedAs(operations.started.value(), "done");
    waitFor([&] { return told.count() == 1; });
    EXPECT_EQ(told[0][0].toString(), QStringLiteral("reg-6.dc3 has joined prod-eu"));
    EXPECT_FALSE(told[0][1].toBool());
    EXPECT_EQ(dialog->findChild<StepRail*>()->current(), 5);
    click(dialog->nextButton());
    EXPECT_FALSE(dialog->isVisible());
}

TEST_F(JoinDialogTest, SaysWhatIsWrongWithWhatWasPasted) {
    const auto dialog = open(test::joinOfSix());
    paste(*dialog, QStringLiteral("phjoin1.eyJzZWNyZXQi"));
    EXPECT_FALSE(dialog->nextButton()->isEnabled());
    EXPECT_TRUE(shows(*dialog, QStringLiteral("This is a join token, which the cluster gives.")));
    EXPECT_TRUE(shows(*dialog, QStringLiteral("This is no setup code.")));
    EXPECT_FALSE(tellsTheCode(*dialog));
    paste(*dialog, QStringLiteral("eyJzZWNyZXQi"));
    EXPECT_TRUE(shows(*dialog, QStringLiteral("copy the whole line that the new host shows")));
    paste(*dialog, QStringLiteral("phsetup1."));
    EXPECT_FALSE(dialog->nextButton()->isEnabled());
    QTest::keyClick(dialog->setupPage()->field(), Qt::Key_Return);
    settle();
    EXPECT_TRUE(operations.asked.empty());
    // A terminal breaks long lines.
    paste(*dialog, code.left(20) + QStringLiteral("\n  ") + code.mid(20));
    EXPECT_TRUE(dialog->nextButton()->isEnabled());
    EXPECT_EQ(dialog->setupPage()->code(), code);
}

TEST_F(JoinDialogTest, ABlockedOneGoesNoFurther) {
    const auto dialog = openAndPaste(test::joinOfTheShared());
    EXPECT_TRUE(shows(*dialog, QStringLiteral("On the same computer, n-15: reg-5.dc3")));
    EXPECT_FALSE(dialog->nextButton()->isEnabled());
    EXPECT_TRUE(shows(*dialog, QStringLiteral("A check blocks it.")));
    operations.planned = test::joinOfSix();
    click(dialog->againButton());
    ASSERT_EQ(operations.asked.size(), 2U);
    EXPECT_EQ(operations.asked[1].setup_code, code.toStdString());
    EXPECT_TRUE(dialog->nextButton()->isEnabled());
}

TEST_F(JoinDialogTest, AWordIsATickAndAReason) {
    const auto dialog = openAndPaste(test::joinOfTheSlow());
    EXPECT_FALSE(dialog->nextButton()->isEnabled());
    auto* tick = dialog->findChild<QCheckBox*>();
    EXPECT_EQ(tick->text(), QStringLiteral("Join anyway, because"));
    tick->setFocus();
    QTest::keyClick(tick, Qt::Key_Space);
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("a test cluster"));
    click(dialog->nextButton());
    EXPECT_EQ(command(*dialog),
              QStringLiteral("pilothousectl join --cluster prod-eu --yes --setup-code-file FILE "
                             "--reason 'a test cluster'"));
    click(dialog->nextButton());
    ASSERT_EQ(operations.starts.size(), 1U);
    EXPECT_EQ(operations.starts[0].reason, "a test cluster");
}

TEST_F(JoinDialogTest, AHostThatDoesNotAnswerIsAskedAgainWithAnotherCode) {
    const auto dialog = openAndPaste(test::joinOfTheUnreachable());
    EXPECT_TRUE(shows(*dialog, QStringLiteral("10.2.0.16:7443 cannot be asked")));
    click(dialog->backButton());
    EXPECT_EQ(dialog->findChild<StepRail*>()->current(), 0);
    EXPECT_EQ(dialog->windowTitle(), QStringLiteral("Add a replica to prod-eu"));
    operations.planned = test::joinOfSix();
    paste(*dialog, code + QStringLiteral("x"));
    click(dialog->nextButton());
    ASSERT_EQ(operations.asked.size(), 2U);
    EXPECT_EQ(operations.asked[1].setup_code, (code + QStringLiteral("x")).toStdString());
    EXPECT_TRUE(shows(*dialog, QStringLiteral("Check reg-6.dc3 before it joins")));
}

TEST_F(JoinDialogTest, WhileItIsAskedOneWaitsOrGoesBack) {
    operations.silent = true;
    const auto dialog = openAndPaste(test::joinOfSix());
    EXPECT_FALSE(dialog->nextButton()->isEnabled());
    EXPECT_TRUE(shows(*dialog, QStringLiteral("Waits for the answers.")));
    EXPECT_TRUE(shows(*dialog, QStringLiteral("Running")));
    click(dialog->backButton());
    // The answer to what is asked no more comes late.
    operations.waiting[0].addResult(Result<api::OperationPlan>(test::joinOfTheShared()));
    operations.waiting[0].finish();
    settle();
    EXPECT_EQ(dialog->findChild<StepRail*>()->current(), 0);
    operations.silent = false;
    click(dialog->nextButton());
    EXPECT_TRUE(dialog->nextButton()->isEnabled());
    EXPECT_FALSE(shows(*dialog, QStringLiteral("Running")));
}

TEST_F(JoinDialogTest, WhatCannotBeAskedIsSaid) {
    const auto dialog = open(test::joinOfSix());
    operations.planned = fail(ErrorCode::invalid, "the setup code is damaged");
    paste(*dialog, code);
    click(dialog->nextButton());
    EXPECT_TRUE(shows(*dialog, QStringLiteral("the setup code is damaged")));
    EXPECT_FALSE(dialog->nextButton()->isEnabled());
    EXPECT_TRUE(dialog->backButton()->isEnabled());
}

TEST_F(JoinDialogTest, WhenItIsRefusedAtTheBeginningOneIsBackAtTheChecks) {
    const auto dialog = openAndPaste(test::joinOfSix());
    operations.started = fail(ErrorCode::conflict, "another operation is running");
    click(dialog->nextButton());
    click(dialog->nextButton());
    EXPECT_TRUE(shows(*dialog, QStringLiteral("another operation is running")));
    EXPECT_EQ(dialog->findChild<StepRail*>()->current(), 1);
    EXPECT_EQ(dialog->setupPage()->code(), code) << "it can be tried again";
}

TEST_F(JoinDialogTest, CatchesUpAndCanBeCancelledUntilItVotes) {
    const auto dialog = openAndPaste(test::joinOfSix());
    click(dialog->nextButton());
    click(dialog->nextButton());
    const auto fetching = [](std::int64_t missing) {
        return test::waitingFor(
            test::operationAt(test::joinOfSix(), "catch_up"),
            {"catching_up", {"reg-6.dc3"}, {missing / 1000, missing}, {}, {}, false, {"cancel"}});
    };
    auto* bar = dialog->findChild<QProgressBar*>();
    EXPECT_FALSE(bar->isVisible());
    operations.now = fetching(400'000'000);
    waitFor([&] { return bar->isVisible() && bar->value() == 0; });
    operations.now = fetching(100'000'000);
    waitFor([&] { return bar->value() == 75; });
    EXPECT_EQ(bar->accessibleName(), QStringLiteral("How much of its blobs reg-6.dc3 has"));
    waitFor([&] { return shows(*dialog, QStringLiteral("75 %")); });
    EXPECT_TRUE(shows(*dialog, QStringLiteral("blobs, 100 MB")));
    // Not a jump back to the beginning when it does not answer for a while.
    operations.now =
        test::waitingFor(fetching(0), {"no_answer", {"reg-6.dc3"}, {}, {}, {}, true, {"cancel"}});
    waitFor([&] { return !bar->isVisible(); });
    operations.now = fetching(100'000'000);
    waitFor([&] { return bar->isVisible(); });
    EXPECT_EQ(bar->value(), 75);
    EXPECT_TRUE(shows(*dialog, QStringLiteral("taken out again")));
    click(dialog->cancelButton());
    ASSERT_EQ(operations.decisions.size(), 1U);
    EXPECT_EQ(operations.decisions[0].decision, "cancel");

    operations.now = test::operationAt(test::joinOfSix(), "take_part");
    waitFor([&] { return !dialog->cancelButton()->isVisible(); }); // it votes
    EXPECT_TRUE(shows(*dialog, QStringLiteral("Too late to cancel")));
    EXPECT_FALSE(bar->isVisible());
    operations.now = test::endedAs(fetching(1), "cancelled");
    waitFor([&] { return shows(*dialog, QStringLiteral("Cancelled: the cluster is as it was")); });
    EXPECT_TRUE(shows(*dialog, QStringLiteral("reg-6.dc3 is not in prod-eu. Its process has ended")));
    EXPECT_EQ(dialog->findChild<StepRail*>()->current(), 3) << "it did not come to be done";
}

TEST_F(JoinDialogTest, TheKeyboardAloneWillDo) {
    const auto dialog = open(test::joinOfSix());
    dialog->activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(dialog.get()));
    EXPECT_EQ(QApplication::focusWidget(), dialog->setupPage()->field());
    const auto press = [](Qt::Key key) {
        QTest::keyClick(QApplication::focusWidget(), key);
        settle();
    };
    QTest::keyClicks(QApplication::focusWidget(), code);
    press(Qt::Key_Return);
    ASSERT_EQ(operations.asked.size(), 1U);
    EXPECT_EQ(QApplication::focusWidget(), dialog->nextButton());
    press(Qt::Key_Space);
    EXPECT_EQ(dialog->nextButton()->text(), QStringLiteral("Join reg-6.dc3 to prod-eu"));
    EXPECT_TRUE(operations.starts.empty());
    press(Qt::Key_Return);
    EXPECT_TRUE(operations.starts.empty()) << "Enter begins nothing";
    press(Qt::Key_Space);
    EXPECT_EQ(operations.starts.size(), 1U);
    press(Qt::Key_Escape);
    EXPECT_FALSE(dialog->isVisible());
    EXPECT_TRUE(operations.decisions.empty()) << "closing changes nothing";
}

TEST_F(JoinDialogTest, NothingOfTheCodeStaysOrIsHeard) {
    const auto dialog = openAndPaste(test::joinOfSix());
    EXPECT_FALSE(tellsTheCode(*dialog));
    click(dialog->backButton());
    QLineEdit* field = dialog->setupPage()->field();
    EXPECT_EQ(field->accessibleName(), QStringLiteral("Setup code"));
    EXPECT_FALSE(field->displayText().contains(QStringLiteral("phsetup")));
    QAccessibleInterface* heard = QAccessible::queryAccessibleInterface(field);
    EXPECT_FALSE(heard->text(QAccessible::Value).contains(QStringLiteral("phsetup")));
    field->selectAll();
    QGuiApplication::clipboard()->clear();
    QTest::keySequence(field, QKeySequence::Copy);
    EXPECT_EQ(QGuiApplication::clipboard()->text(), QString());
    dialog->close();
    EXPECT_EQ(field->text(), QString());
}

TEST_F(JoinDialogTest, EveryPartHasAName) {
    const auto dialog = openAndPaste(test::joinOfTheSlow());
    for (QPushButton* button : dialog->findChildren<QPushButton*>()) {
        EXPECT_FALSE(button->text().isEmpty() && button->accessibleName().isEmpty());
    }
    for (QLineEdit* field : dialog->findChildren<QLineEdit*>()) {
        EXPECT_FALSE(field->accessibleName().isEmpty());
    }
    EXPECT_EQ(dialog->nextButton()->accessibleDescription(),
              QStringLiteral("Waits for your word, and a reason."));
    EXPECT_EQ(dialog->findChild<StepRail*>()->accessibleName(), QStringLiteral("Step 2 of 5: Check it"));
}

class JoinFromTheWindow : public test::MainWindowFixture {
protected:
    QPushButton* addButton() const {
        for (auto* button : window->clusterPage()->banner()->findChildren<QPushButton*>()) {
            if (button->isVisible() && button->text() == QStringLiteral("Add replica…")) {
                return button;
            }
        }
        return nullptr;
    }
};

TEST_F(JoinFromTheWindow, AVerbOfTheClusterOpensIt) {
    test::ScriptedOperations operations;
    auto* session = add(test::healthyFive());
    session->operationsOf = &operations;
    add(test::healthySandbox());
    show();
    window->showCluster(test::healthyFive().key);
    ASSERT_NE(addButton(), nullptr);
    QTest::mouseClick(addButton(), Qt::LeftButton);
    ChangeDialog* dialog = window->clusterPage()->changeDialog();
    ASSERT_NE(dialog, nullptr);
    EXPECT_NE(dialog->setupPage(), nullptr);
    EXPECT_TRUE(session->ran.isEmpty());
    EXPECT_TRUE(operations.asked.empty());
    window->showCluster(test::healthySandbox().key);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    EXPECT_EQ(window->clusterPage()->changeDialog(), nullptr);
}

TEST_F(JoinFromTheWindow, OneThatIsUnderWayIsShownAndFollowed) {
    test::ScriptedOperations operations;
    operations.now = test::operationAt(test::joinOfSix(), "catch_up");
    auto* session = add(test::catchingUpFour());
    session->operationsOf = &operations;
    show();
    ASSERT_NE(addButton(), nullptr);
    EXPECT_FALSE(addButton()->isEnabled());
    EXPECT_TRUE(addButton()->toolTip().contains(QStringLiteral("Join reg-4.dc2: step 3 of 5")));
    auto* strip = window->findChild<OperationStrip*>();
    ASSERT_TRUE(strip->isVisible());
    QTest::mouseClick(strip->showButton(), Qt::LeftButton);
    ChangeDialog* dialog = window->clusterPage()->changeDialog();
    ASSERT_NE(dialog, nullptr);
    EXPECT_EQ(dialog->windowTitle(), QStringLiteral("Join reg-4.dc2 to prod-eu"));
    EXPECT_GE(operations.looks, 1);
    EXPECT_TRUE(QTest::qWaitFor([&] { return dialog->cancelButton()->isVisible(); }, 5000));
    EXPECT_FALSE(dialog->backButton()->isVisible());
}

} // namespace
} // namespace pilothouse::ui
