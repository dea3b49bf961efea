// SPDX-License-Identifier: GPL-3.0-or-later
// A repair by the wizard, and its putting back, with scripted answers.
#include "main_window_fixture.h"
#include "scripted_repairs.h"
#include "ui/inspector/inspector.h"
#include "ui/operations/finding_list.h"
#include "ui/operations/put_back_dialog.h"
#include "ui/operations/repair_dialog.h"
#include "ui/operations/statements_page.h"
#include "ui/operations/step_rail.h"
#include "ui/operations/survivor_page.h"
#include "ui/widgets/command_field.h"
#include "views.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>

namespace pilothouse::ui {
namespace {

const QString two = QStringLiteral("5a41f09c2d7e");
const QString three = QStringLiteral("c93d52aa41b7");

void settle() {
    for (int i = 0; i < 5; ++i) {
        QCoreApplication::processEvents();
    }
}

void click(QWidget* button) {
    ASSERT_TRUE(button->isVisible() && button->isEnabled()) << button->accessibleName().toStdString();
    QTest::mouseClick(button, Qt::LeftButton, {}, QPoint(9, button->height() / 2));
    settle();
}

bool shows(const QWidget& dialog, const QString& words) {
    const QList<QLabel*> labels = dialog.findChildren<QLabel*>();
    return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) {
        return label->isVisible() && label->text().contains(words);
    });
}

QStringList commandsIn(const QWidget& dialog) {
    QStringList commands;
    for (const CommandField* field : dialog.findChildren<CommandField*>()) {
        if (field->isVisible()) {
            commands += field->command();
        }
    }
    return commands;
}

class RepairDialogTest : public testing::Test {
protected:
    std::unique_ptr<RepairDialog> open() {
        theme.apply(*qApp, ThemeChoice::light);
        auto dialog = std::make_unique<RepairDialog>(
            theme, repairs, RepairWish{QStringLiteral("prod-eu"), 3, 1},
            QHash<QString, QString>{{two, QStringLiteral("refused")}}, nullptr);
        dialog->show();
        dialog->look();
        settle();
        return dialog;
    }
    void ofThree() {
        repairs.who = {{QStringLiteral("7be0113d90fe"), QStringLiteral("reg-1.dc1")}};
        repairs.plans = {{repairs.who[0].id, test::repairOfThree()}};
    }
    // As far as the checks, with a statement of each.
    std::unique_ptr<RepairDialog> openAndState() {
        ofThree();
        auto dialog = open();
        click(dialog->nextButton());
        click(dialog->statements()->choice(two, QStringLiteral("destroyed")));
        click(dialog->statements()->choice(three, QStringLiteral("powered_off")));
        click(dialog->nextButton());
        return dialog;
    }
    std::unique_ptr<RepairDialog> openAndBegin() {
        auto dialog = openAndState();
        click(dialog->findings()->findChild<QCheckBox*>());
        QTest::keyClicks(dialog->findings()->findChildren<QLineEdit*>().front(), QStringLiteral("a fire"));
        click(dialog->nextButton());
        click(dialog->nextButton());
        return dialog;
    }
    static api::RepairPlan stated() {
        api::RepairPlan plan = test::repairOfThree();
        plan.silent[0].statement = "destroyed";
        plan.silent[1].statement = "powered_off";
        return plan;
    }

    Theme theme;
    test::ScriptedRepairs repairs;
};

TEST_F(RepairDialogTest, ChoosesTheBestAndSaysWhatALesserOneLacks) {
    test::answerFromTwoOfFive(repairs);
    const auto dialog = open();
    ASSERT_EQ(repairs.asked.size(), 2U) << "each that answers is asked";
    EXPECT_EQ(dialog->survivors()->chosen(), QStringLiteral("7be0113d90fe")) << "though reg-4 came first";
    EXPECT_TRUE(shows(*dialog, QStringLiteral("reg-1.dc1 holds 12 entries more than reg-4.dc2.")));
    EXPECT_TRUE(dialog->nextButton()->isEnabled());
    const QList<QWidget*> choices = dialog->survivors()->choices();
    ASSERT_EQ(choices.size(), 2);
    choices[0]->setFocus();
    QTest::keyClick(choices[0], Qt::Key_Down);
    settle();
    EXPECT_EQ(dialog->survivors()->chosen(), QStringLiteral("08d1f0a9e3c4"));
    EXPECT_TRUE(shows(*dialog, QStringLiteral("reg-1.dc1 holds 12 entries more than reg-4.dc2.")));
    EXPECT_TRUE(choices[1]->accessibleDescription().contains(QStringLiteral("lacks 3 blobs")))
        << choices[1]->accessibleDescription().toStdString();
}

TEST_F(RepairDialogTest, WaitsForAStatementAboutEachAndSaysForWhom) {
    ofThree();
    const auto dialog = open();
    click(dialog->nextButton());
    EXPECT_TRUE(shows(*dialog, QStringLiteral("reg-2.dc1 · refused"))) << "how it is silent";
    EXPECT_FALSE(dialog->nextButton()->isEnabled());
    EXPECT_TRUE(shows(*dialog, QStringLiteral("Waits for what became of reg-2.dc1 and reg-3.dc2.")));
    EXPECT_EQ(dialog->nextButton()->accessibleDescription(),
              QStringLiteral("Waits for what became of reg-2.dc1 and reg-3.dc2."));
    click(dialog->statements()->choice(two, QStringLiteral("destroyed")));
    EXPECT_TRUE(shows(*dialog, QStringLiteral("Waits for what became of reg-3.dc2.")));
    QRadioButton* off = dialog->statements()->choice(three, QStringLiteral("powered_off"));
    EXPECT_EQ(off->accessibleName(), QStringLiteral("reg-3.dc2: powered off"));
    off->setFocus();
    QTest::keyClick(off, Qt::Key_Space);
    settle();
    EXPECT_TRUE(dialog->nextButton()->isEnabled());
    click(dialog->statements()->choice(three, QStringLiteral("unknown")));
    EXPECT_FALSE(dialog->nextButton()->isEnabled()) << "not known blocks";
}

TEST_F(RepairDialogTest, ChecksWithTheStatementsAndWantsAWordAndAReason) {
    const auto dialog = openAndState();
    ASSERT_EQ(repairs.asked.size(), 2U);
    ASSERT_EQ(repairs.asked[1].second.size(), 2U);
    EXPECT_EQ(repairs.asked[1].second[0].statement, "destroyed");
    EXPECT_EQ(repairs.asked[1].second[1].statement, "powered_off");
    EXPECT_TRUE(shows(*dialog, QStringLiteral("What reg-2.dc1 and reg-3.dc2 accepted after entry")));
    EXPECT_TRUE(shows(*dialog, QStringLiteral("0 blocking, 2 for your word")));
    EXPECT_FALSE(dialog->nextButton()->isEnabled());
    click(dialog->findings()->findChild<QCheckBox*>());
    QTest::keyClicks(dialog->findings()->findChildren<QLineEdit*>().front(), QStringLiteral("a fire"));
    click(dialog->nextButton());
    EXPECT_TRUE(shows(*dialog, QStringLiteral("1 of 3 voting replicas answer, 2 are needed")));
    EXPECT_TRUE(shows(*dialog, QStringLiteral("1 of 1 voting replicas are well, it can lose none of them")));
    EXPECT_TRUE(shows(*dialog, QStringLiteral("/var/lib/pilothouse/engine.before-epoch-2")));
    EXPECT_EQ(commandsIn(*dialog),
              QStringList({QStringLiteral("pilothousectl repair status --cluster prod-eu"),
                           QStringLiteral("pilothousectl repair --from reg-1.dc1 --destroyed reg-2.dc1 "
                                          "--powered-off reg-3.dc2 --cluster prod-eu --yes --reason "
                                          "'a fire'")}));
    EXPECT_EQ(dialog->nextButton()->text(), QStringLiteral("Repair prod-eu from reg-1.dc1"));
    EXPECT_EQ(dialog->nextButton()->property("kind"), QStringLiteral("destructive"));
    click(dialog->backButton());
    EXPECT_EQ(repairs.asked.size(), 3U) << "what was found may be old";
}

TEST_F(RepairDialogTest, CarriesItThroughTheRestartToItsEnd) {
    const auto dialog = openAndBegin();
    ASSERT_NE(repairs.progress, nullptr);
    ASSERT_TRUE(repairs.progress->started);
    EXPECT_EQ(repairs.carriedBy, QStringLiteral("7be0113d90fe"));
    EXPECT_EQ(repairs.progress->started->reason, "a fire");
    EXPECT_EQ(repairs.progress->started->silent, stated().silent);
    EXPECT_FALSE(dialog->backButton()->isVisible());
    Q_EMIT repairs.progress->told(test::repairAt(stated(), "copy_folder"));
    settle();
    EXPECT_TRUE(shows(*dialog, QStringLiteral("of 3.4")));
    auto* bar = dialog->findChild<QProgressBar*>();
    EXPECT_TRUE(bar->isVisible());
    EXPECT_EQ(bar->value(), 35);
    EXPECT_EQ(bar->accessibleName(), QStringLiteral("How much is copied"));
    Q_EMIT repairs.progress->heard(QStringLiteral("the engine is started alone"));
    settle();
    EXPECT_TRUE(shows(*dialog, QStringLiteral("the engine is started alone")));
    const QSignalSpy told(dialog.get(), &RepairDialog::told);
    Q_EMIT repairs.progress->ended(test::repairedAs(test::repairAt(stated(), "serve"), "done"));
    settle();
    ASSERT_EQ(told.size(), 1);
    EXPECT_EQ(told[0][0].toString(), QStringLiteral("reg-1.dc1 serves again, alone, in epoch 2."));
    EXPECT_EQ(dialog->findChild<StepRail*>()->current(), 6);
    EXPECT_TRUE(shows(*dialog, QStringLiteral("reg-3.dc2 may join again"))) << "reg-2 is destroyed";
    EXPECT_FALSE(shows(*dialog, QStringLiteral("reg-2.dc1 may join again")));
    QSignalSpy back(dialog.get(), &RepairDialog::putBackRequested);
    click(dialog->putBackButton());
    ASSERT_EQ(back.size(), 1);
    EXPECT_EQ(back[0][0].toString(), QStringLiteral("7be0113d90fe"));
    const QSignalSpy join(dialog.get(), &RepairDialog::joinRequested);
    click(dialog->addButton());
    EXPECT_EQ(join.size(), 1);
}

TEST_F(RepairDialogTest, ARefusalLeadsBackToTheChecksAndAnEndWithoutNewsSaysSo) {
    const auto dialog = openAndBegin();
    Q_EMIT repairs.progress->failed(Error{ErrorCode::conflict, "reg-2.dc1 has a majority", {}}, true);
    settle();
    EXPECT_TRUE(shows(*dialog, QStringLiteral("reg-2.dc1 has a majority")));
    EXPECT_TRUE(dialog->againButton()->isVisible());
    click(dialog->nextButton());
    click(dialog->nextButton());
    Q_EMIT repairs.progress->told(test::repairAt(stated(), "start_alone"));
    Q_EMIT repairs.progress->failed(Error{ErrorCode::timeout, "nothing has happened for 60 s", {}}, false);
    settle();
    EXPECT_TRUE(shows(*dialog, QStringLiteral("pilothousectl repair status --cluster prod-eu")));
    EXPECT_EQ(dialog->nextButton()->text(), QStringLiteral("Close"));
}

TEST_F(RepairDialogTest, WithNobodyLeftItSaysWhatABackupWouldNeed) {
    const auto dialog = open();
    EXPECT_TRUE(shows(*dialog, QStringLiteral("No replica of prod-eu answers")));
    EXPECT_TRUE(shows(*dialog, QStringLiteral("all records of the state at one revision")));
    EXPECT_FALSE(dialog->nextButton()->isEnabled());
    EXPECT_TRUE(dialog->againButton()->isEnabled());
    ofThree();
    click(dialog->againButton());
    EXPECT_TRUE(dialog->nextButton()->isEnabled()) << "one is back";
}

TEST_F(RepairDialogTest, ASurvivorThatCannotPlanIsNamed) {
    ofThree();
    repairs.who.push_back({three, QStringLiteral("reg-3.dc2")});
    const auto dialog = open();
    EXPECT_TRUE(shows(*dialog, QStringLiteral("reg-3.dc2 cannot be gone on from: it does not answer")));
    EXPECT_EQ(dialog->survivors()->choices().size(), 1);
}

class PutBackDialogTest : public RepairDialogTest {
protected:
    std::unique_ptr<PutBackDialog> openFor(std::int64_t changes) {
        theme.apply(*qApp, ThemeChoice::light);
        repairs.lastOne = test::repairedAs(test::repairAt(stated(), "serve"), "done");
        repairs.lastOne->changes_since = changes;
        auto dialog = std::make_unique<PutBackDialog>(theme, repairs, QStringLiteral("7be0113d90fe"),
                                                      QStringLiteral("prod-eu"), nullptr);
        dialog->show();
        dialog->look();
        settle();
        return dialog;
    }
};

TEST_F(PutBackDialogTest, PutsBackWhatLosesNothing) {
    const auto dialog = openFor(0);
    EXPECT_TRUE(shows(*dialog, QStringLiteral("nothing has been changed since")));
    EXPECT_FALSE(dialog->reasonField()->isVisible());
    EXPECT_EQ(dialog->putBackButton()->text(), QStringLiteral("Put the repair of prod-eu back"));
    click(dialog->putBackButton());
    ASSERT_TRUE(repairs.progress && repairs.progress->puttingBack);
    EXPECT_FALSE(repairs.progress->puttingBack->reason);
    const QSignalSpy told(dialog.get(), &PutBackDialog::told);
    Q_EMIT repairs.progress->ended(test::repairedAs(*repairs.lastOne, "put_back"));
    settle();
    ASSERT_EQ(told.size(), 1);
    EXPECT_FALSE(told[0][1].toBool()) << told[0][0].toString().toStdString();
    EXPECT_TRUE(shows(*dialog, QStringLiteral("The repair is put back")));
    EXPECT_FALSE(dialog->putBackButton()->isVisible());
}

TEST_F(PutBackDialogTest, WantsAReasonWhereChangesWouldBeLost) {
    const auto dialog = openFor(12);
    EXPECT_TRUE(shows(*dialog, QStringLiteral("The 12 changes made since the repair.")));
    EXPECT_FALSE(dialog->putBackButton()->isEnabled());
    EXPECT_TRUE(shows(*dialog, QStringLiteral("Waits for a reason: changes would be lost.")));
    QTest::keyClicks(dialog->reasonField(), QStringLiteral("the others are back"));
    settle();
    click(dialog->putBackButton());
    ASSERT_TRUE(repairs.progress && repairs.progress->puttingBack);
    EXPECT_EQ(repairs.progress->puttingBack->reason, "the others are back");
    Q_EMIT repairs.progress->failed(Error{ErrorCode::conflict, "a second replica has joined", {}}, true);
    settle();
    EXPECT_TRUE(shows(*dialog, QStringLiteral("a second replica has joined")));
    EXPECT_TRUE(dialog->putBackButton()->isVisible()) << "nothing was begun";
}

class RepairWindowTest : public test::MainWindowFixture {};

TEST_F(RepairWindowTest, WhatToDoEndsWithARepairThatOpensTheWizard) {
    test::ScriptedRepairs repairs;
    repairs.who = {{QStringLiteral("7be0113d90fe"), QStringLiteral("reg-1.dc1")}};
    repairs.plans = {{repairs.who[0].id, test::repairOfThree()}};
    test::ScriptedSession* session = add(test::noQuorumThree());
    session->repairsOf = &repairs;
    show();
    ClusterPage* page = window->clusterPage();
    Inspector* inspector = page->topologyPage()->inspector();
    EXPECT_TRUE(shows(*inspector, QStringLiteral("Only if reg-2 and reg-3 never come back")));
    EXPECT_TRUE(shows(*inspector, QStringLiteral("Repair from reg-1.")));
    QPushButton* repair = nullptr;
    for (auto* button : inspector->findChildren<QPushButton*>()) {
        repair = button->isVisible() && button->text() == QStringLiteral("Repair…") ? button : repair;
    }
    ASSERT_NE(repair, nullptr);
    EXPECT_EQ(repair->property("kind"), QStringLiteral("destructive"));
    repair->setFocus();
    QTest::keyClick(repair, Qt::Key_Space);
    settle();
    ASSERT_NE(page->repairDialog(), nullptr);
    EXPECT_TRUE(page->repairDialog()->isVisible());
    EXPECT_FALSE(page->repairDialog()->isModal());
    EXPECT_TRUE(shows(*page->repairDialog(), QStringLiteral("Go on from which replica?")));
    page->setSession(nullptr);
    settle();
    EXPECT_TRUE(page->repairDialog() == nullptr || !page->repairDialog()->isVisible());
}

TEST_F(RepairWindowTest, OneLeftBehindSaysSoAndWhatToDo) {
    test::ScriptedRepairs repairs;
    test::ScriptedSession* session = add(test::leftBehindOne());
    session->repairsOf = &repairs;
    show();
    ClusterPage* page = window->clusterPage();
    Inspector* inspector = page->topologyPage()->inspector();
    page->select(session->view().replicas[1].id);
    settle();
    EXPECT_EQ(session->view().replicas[1].detail, QStringLiteral("left behind · epoch 1"));
    EXPECT_TRUE(shows(*inspector, QStringLiteral("is in epoch 2, repaired from reg-1.dc1")));
    EXPECT_TRUE(
        commandsIn(*inspector).contains(QStringLiteral("pilothouse-replica serve --join-host ADDRESS")));
    page->select(session->view().replicas[0].id);
    settle();
    EXPECT_TRUE(commandsIn(*inspector).isEmpty());
    QPushButton* back = nullptr;
    for (auto* button : inspector->findChildren<QPushButton*>()) {
        back =
            button->isVisible() && button->text() == QStringLiteral("Put the repair back…") ? button : back;
    }
    ASSERT_NE(back, nullptr);
    click(back);
    ASSERT_NE(page->putBackDialog(), nullptr);
    EXPECT_TRUE(page->putBackDialog()->isVisible());
}

} // namespace
} // namespace pilothouse::ui
