// SPDX-License-Identifier: GPL-3.0-or-later
// Checks and diagnoses, with scripted answers.
#include "main_window_fixture.h"
#include "scripted_checks.h"
#include "ui/operations/check_dialog.h"
#include "ui/operations/finding_list.h"
#include "ui/widgets/command_field.h"
#include "views.h"

#include <QCheckBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>

namespace pilothouse::ui {
namespace {

void settle() {
    for (int i = 0; i < 5; ++i) {
        QCoreApplication::processEvents();
    }
}

// Where it stands among what is shown, from top to bottom; -1: nowhere.
int heightOf(const QWidget& dialog, const QString& words) {
    for (const QLabel* label : dialog.findChildren<QLabel*>()) {
        if (label->isVisible() && label->text().contains(words)) {
            return label->mapTo(&dialog, QPoint()).y();
        }
    }
    return -1;
}

QStringList commandsIn(const QWidget& dialog) {
    QStringList commands;
    for (const CommandField* field : dialog.findChildren<CommandField*>()) {
        commands += field->command();
    }
    return commands;
}

class CheckDialogTest : public testing::Test {
protected:
    std::unique_ptr<CheckDialog> open(const QString& replica = {}) {
        auto dialog = std::make_unique<CheckDialog>(
            m_theme, m_checks,
            CheckWish{QStringLiteral("prod-eu"), replica.isEmpty() ? QString() : QStringLiteral("id-of-it"),
                      replica},
            nullptr);
        dialog->show();
        dialog->check();
        settle();
        return dialog;
    }

    Theme m_theme;
    test::ScriptedChecks m_checks;
};

TEST_F(CheckDialogTest, ShowsWhatExplainsMostBeforeWhatWasFound) {
    m_checks.found = test::sickCheck();
    const auto dialog = open();
    EXPECT_FALSE(dialog->isModal());
    EXPECT_GE(heightOf(*dialog, QStringLiteral("found with prod-eu.")), 0);
    const auto inOrder = [&] {
        const int cause = heightOf(*dialog, QStringLiteral("reg-2 does not run"));
        const int second = heightOf(*dialog, QStringLiteral("Have it set by NTP on its host"));
        const int finding = heightOf(*dialog, QStringLiteral("reg-2 does not answer"));
        return cause >= 0 && cause < second && second < finding;
    };
    EXPECT_TRUE(QTest::qWaitFor(inOrder)) << "once it is laid out";
    EXPECT_GE(heightOf(*dialog, QStringLiteral("Fault")), 0);
    EXPECT_GE(heightOf(*dialog, QStringLiteral("Needs attention")), 0);
    EXPECT_EQ(heightOf(*dialog, QStringLiteral("Blocks")), -1) << "nothing is to be done that it could block";
    EXPECT_FALSE(dialog->findings()->findChild<QCheckBox*>()->isVisible()) << "nobody is asked for a word";
    EXPECT_TRUE(commandsIn(*dialog).contains(QStringLiteral("sudo systemctl start pilothouse-replica")));
    EXPECT_TRUE(commandsIn(*dialog).contains(QStringLiteral("pilothousectl forget reg-2 --cluster prod-eu")));
}

TEST_F(CheckDialogTest, SaysThatNothingStandsAgainstIt) {
    m_checks.found = test::wellCheck();
    const auto dialog = open();
    EXPECT_GE(heightOf(*dialog, QStringLiteral("Nothing stands against prod-eu.")), 0);
    EXPECT_EQ(heightOf(*dialog, QStringLiteral("What explains it")), -1);
    EXPECT_EQ(m_checks.asked, QStringList{QString()});
}

TEST_F(CheckDialogTest, RunsThemAgain) {
    m_checks.found = test::sickCheck();
    const auto dialog = open(QStringLiteral("reg-2"));
    EXPECT_EQ(m_checks.asked, QStringList{QStringLiteral("id-of-it")});
    m_checks.silent = true;
    dialog->againButton()->click();
    settle();
    EXPECT_EQ(m_checks.asked.size(), 2);
    EXPECT_FALSE(dialog->againButton()->isEnabled()) << "it is running";
    EXPECT_FALSE(dialog->saveButton()->isEnabled());
    EXPECT_EQ(heightOf(*dialog, QStringLiteral("reg-2 does not run")), -1)
        << "what was is not shown as what is";
    EXPECT_GE(heightOf(*dialog, QStringLiteral("All replicas examine themselves")), 0);
    m_checks.waiting.back().addResult(Result<api::ClusterCheck>(test::wellCheck()));
    m_checks.waiting.back().finish();
    settle();
    EXPECT_GE(heightOf(*dialog, QStringLiteral("Nothing stands against")), 0);
    EXPECT_TRUE(dialog->againButton()->isEnabled());
}

TEST_F(CheckDialogTest, AFailureIsSaidAndCanBeTriedAgain) {
    const auto dialog = open();
    EXPECT_GE(heightOf(*dialog, QStringLiteral("no replica answers")), 0);
    EXPECT_TRUE(dialog->againButton()->isEnabled());
    EXPECT_FALSE(dialog->saveButton()->isEnabled());
    QTemporaryDir folder;
    EXPECT_FALSE(dialog->saveTo(folder.filePath(QStringLiteral("a.md"))));
}

TEST_F(CheckDialogTest, SavesTheReport) {
    m_checks.found = test::sickCheck();
    const auto dialog = open();
    QTemporaryDir folder;
    const auto written = [&](const char* name) {
        const QString path = folder.filePath(QLatin1String(name));
        const Status saved = dialog->saveTo(path);
        EXPECT_TRUE(saved) << (saved ? "" : saved.error().text());
        QFile file(path);
        EXPECT_TRUE(file.open(QIODevice::ReadOnly));
        return file.readAll();
    };
    EXPECT_TRUE(written("report.md").startsWith("# Check of prod-eu\n"));
    EXPECT_TRUE(written("report.json").startsWith("{\"at\":"));
    const Status refused = dialog->saveTo(folder.filePath(QStringLiteral("gone/report.md")));
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().text().find("cannot be written"), std::string::npos) << refused.error().text();
}

TEST_F(CheckDialogTest, GoesByKeyboardAndTellsAReaderWhatItIs) {
    m_checks.found = test::sickCheck();
    const auto dialog = open();
    for (QPushButton* button : {dialog->saveButton(), dialog->againButton(), dialog->closeButton()}) {
        EXPECT_NE(button->focusPolicy() & Qt::TabFocus, 0);
        EXPECT_FALSE(button->text().isEmpty());
    }
    QTest::keyClick(dialog.get(), Qt::Key_Escape);
    settle();
    EXPECT_FALSE(dialog->isVisible());
}

// What the session was asked outlives the dialog's cluster: nothing is shown any more.
TEST_F(CheckDialogTest, AClusterThatGoesTakesItAway) {
    m_checks.silent = true;
    const auto dialog = open();
    dialog->forget();
    settle();
    EXPECT_FALSE(dialog->isVisible());
    m_checks.waiting.back().addResult(Result<api::ClusterCheck>(test::wellCheck()));
    m_checks.waiting.back().finish();
    settle();
    dialog->check();
    EXPECT_EQ(m_checks.asked.size(), 1) << "it asks nobody any more";
}

class CheckFromWindow : public test::MainWindowFixture {};

TEST_F(CheckFromWindow, TheReplicasVerbOpensItsDiagnosis) {
    test::ScriptedChecks checks;
    checks.found = test::sickCheck();
    test::ScriptedSession* session = add(test::atRiskFive());
    session->checksOf = &checks;
    show();
    ClusterPage* page = window->clusterPage();
    const models::ReplicaView dead = session->view().replicas[1];
    page->select(dead.id);
    settle();
    QPushButton* diagnose = nullptr;
    for (QPushButton* button : page->findChildren<QPushButton*>()) {
        if (button->isVisible() && button->text() == QStringLiteral("Diagnose…")) {
            diagnose = button;
        }
    }
    ASSERT_NE(diagnose, nullptr);
    EXPECT_TRUE(diagnose->isEnabled());
    diagnose->click();
    settle();
    ASSERT_NE(page->checkDialog(), nullptr);
    EXPECT_EQ(checks.asked, QStringList{dead.id});
    EXPECT_TRUE(page->checkDialog()->windowTitle().contains(dead.name));
    EXPECT_TRUE(session->ran.isEmpty()) << "nothing is done to it";

    page->checkDialog()->close();
    window->activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(window.get()));
    QTest::keyClick(window.get(), Qt::Key_D, Qt::ControlModifier);
    settle();
    EXPECT_EQ(checks.asked.last(), QString()) << "the whole cluster, from the menu";
    session->checksOf = nullptr;
    page->setSession(nullptr);
    settle();
}

TEST_F(CheckFromWindow, TheClustersVerbChecksAll) {
    test::ScriptedChecks checks;
    checks.found = test::wellCheck();
    test::ScriptedSession* session = add(test::healthyFive());
    session->checksOf = &checks;
    show();
    ClusterPage* page = window->clusterPage();
    Q_EMIT page->banner()->triggered({VerbKind::check, {}, QStringLiteral("Check cluster…")});
    settle();
    ASSERT_NE(page->checkDialog(), nullptr);
    EXPECT_EQ(checks.asked, QStringList{QString()});
    page->setSession(nullptr);
    settle();
    EXPECT_TRUE(page->checkDialog() == nullptr || !page->checkDialog()->isVisible());
}

} // namespace
} // namespace pilothouse::ui
