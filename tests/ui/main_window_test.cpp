// SPDX-License-Identifier: GPL-3.0-or-later
#include "main_window_fixture.h"
#include "ui/inspector/inspector.h"
#include "ui/pages/cluster_page.h"
#include "ui/pages/topology_page.h"
#include "ui/session/sessions.h"
#include "ui/sidebar/sidebar.h"
#include "ui/status/status_banner.h"
#include "ui/theme/theme.h"
#include "ui/timeline/timeline_panel.h"
#include "ui/topology/topology_view.h"
#include "ui/widgets/focus_frame.h"
#include "ui/window/main_window.h"
#include "views.h"

#include <QAccessible>
#include <QApplication>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

namespace pilothouse::ui {
namespace {

using MainWindowTest = test::MainWindowFixture;

TEST_F(MainWindowTest, BeginsWithTheTwoWaysToBegin) {
    show();
    QStringList buttons;
    for (const QPushButton* button : window->findChildren<QPushButton*>()) {
        if (button->isVisible()) {
            buttons.append(button->text());
        }
    }
    EXPECT_EQ(buttons.join(QLatin1Char('|')).toStdString(), "Start sandbox|Connect…");
    const QSignalSpy start(window.get(), &MainWindow::sandboxRequested);
    QTest::keyClick(window.get(), Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_EQ(start.count(), 1);
}

TEST_F(MainWindowTest, SessionsRestWhileNobodyLooks) {
    const auto* session = add(test::healthyFive());
    show();
    EXPECT_FALSE(session->isHidden);
    auto other = test::hiddenThree();
    other.key = QStringLiteral("another");
    const auto* late = add(other);
    EXPECT_FALSE(late->isHidden) << "it came while the window is shown";
    window->setWindowState(Qt::WindowMinimized);
    EXPECT_TRUE(session->isHidden && late->isHidden);
    window->setWindowState(Qt::WindowNoState);
    EXPECT_FALSE(session->isHidden || late->isHidden);
    window->hide();
    EXPECT_TRUE(session->isHidden && late->isHidden);
}

TEST_F(MainWindowTest, ASessionOfTheSameKeyTakesThePlaceOfTheOneThatIsShown) {
    auto view = test::healthyFive();
    add(view);
    show();
    view.name = QStringLiteral("connected again");
    const auto* second = add(view);
    EXPECT_EQ(window->shownSession(), second);
    EXPECT_TRUE(window->windowTitle().startsWith(QStringLiteral("connected again")))
        << window->windowTitle().toStdString();
}

TEST_F(MainWindowTest, F6GoesThroughThePanelsInReadingOrder) {
    add(test::healthyFive());
    show();
    window->clusterPage()->banner()->setFocus();
    std::string order = panel();
    for (int i = 0; i < 6; ++i) {
        QTest::keyClick(window.get(), Qt::Key_F6);
        order += " " + panel();
    }
    EXPECT_EQ(order, "banner tabs topology inspector timeline clusters banner");
    QTest::keyClick(window.get(), Qt::Key_F6, Qt::ShiftModifier);
    EXPECT_EQ(panel(), "clusters");
    EXPECT_NE(qobject_cast<QListView*>(QApplication::focusWidget()), nullptr) << "the list itself";
}

TEST_F(MainWindowTest, WhereTheKeyboardIsCanBeSeen) {
    add(test::healthyFive());
    show();
    const auto* frame = window->findChild<FocusFrame*>(QString(), Qt::FindDirectChildrenOnly);
    ASSERT_NE(frame, nullptr);
    window->clusterPage()->banner()->setFocus();
    for (int i = 0; i < 6; ++i) {
        const QWidget* focused = QApplication::focusWidget();
        EXPECT_TRUE(frame->isVisible() || (focused != nullptr && focused->property("ownFocus").toBool()))
            << "nothing shows that the keyboard is in: " << panel();
        QTest::keyClick(window.get(), Qt::Key_F6);
    }
}

TEST_F(MainWindowTest, EnterGoesToTheInspectorAndEscapeBack) {
    add(test::healthyFive());
    show();
    TopologyView* topology = window->clusterPage()->topologyPage()->topology();
    topology->setFocus();
    QTest::keyClick(topology, Qt::Key_Right);
    QTest::keyClick(topology, Qt::Key_Return);
    EXPECT_EQ(panel(), "inspector");
    EXPECT_EQ(window->clusterPage()->topologyPage()->inspector()->shownReplica(), topology->selected());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    EXPECT_EQ(QApplication::focusWidget(), topology);
}

TEST_F(MainWindowTest, CtrlTSwapsTheTopologyForATable) {
    add(test::healthyFive());
    show();
    TopologyPage* page = window->clusterPage()->topologyPage();
    page->topology()->setFocus();
    QTest::keyClick(window.get(), Qt::Key_T, Qt::ControlModifier);
    EXPECT_TRUE(page->isTable());
    EXPECT_EQ(panel(), "topology") << "the keyboard stays in the panel";
    QTest::keyClick(window.get(), Qt::Key_T, Qt::ControlModifier);
    EXPECT_FALSE(page->isTable());
    EXPECT_EQ(QApplication::focusWidget(), page->topology());
}

TEST_F(MainWindowTest, TheInspectorSaysWhyAVerbIsOff) {
    add(test::drainingThree());
    show();
    window->clusterPage()->select(test::drainingThree().replicas[1].id);
    QApplication::processEvents();
    QStringList shown;
    for (const QLabel* label : window->clusterPage()->topologyPage()->inspector()->findChildren<QLabel*>()) {
        if (label->isVisible()) {
            shown.append(label->text());
        }
    }
    EXPECT_TRUE(shown.contains(QStringLiteral("reg-2.dc1 is draining.")))
        << shown.join(QLatin1Char('\n')).toStdString();
}

TEST_F(MainWindowTest, LastKnownValuesAreDimmed) {
    test::ScriptedSession* session = add(test::healthyFive());
    show();
    const auto loud = [this] {
        QStringList found;
        const auto* inspector = window->clusterPage()->topologyPage()->inspector();
        for (const QLabel* label : inspector->findChildren<QLabel*>()) {
            if (label->isVisible() && label->text() == QLatin1String("Leader, voting") &&
                label->property("tone").toString() != QLatin1String("dim")) {
                found.append(label->text());
            }
        }
        return found.size();
    };
    EXPECT_EQ(loud(), 1);
    session->show(test::cutOffFive());
    QApplication::processEvents();
    EXPECT_EQ(loud(), 0);
}

QList<QPushButton*> visibleFacts(const QWidget& banner) {
    QList<QPushButton*> facts;
    for (QPushButton* button : banner.findChildren<QPushButton*>()) {
        if (button->isVisible() && button->property("kind") == QStringLiteral("fact")) {
            facts.append(button);
        }
    }
    return facts;
}

TEST_F(MainWindowTest, AFactOpensItsPage) {
    add(test::healthyFive());
    show();
    const auto facts = visibleFacts(*window->clusterPage()->banner());
    ASSERT_GE(facts.size(), 2);
    facts.front()->setFocus(Qt::TabFocusReason); // the leader
    QTest::keyClick(facts.front(), Qt::Key_Return);
    EXPECT_EQ(window->clusterPage()->tabs()->tabText(window->clusterPage()->tabs()->currentIndex()),
              QStringLiteral("Events"));
}

TEST_F(MainWindowTest, AFactThatChangesLeavesTheKeyboardWhereItIs) {
    auto view = test::healthyFive();
    auto* session = add(view);
    show();
    const auto facts = visibleFacts(*window->clusterPage()->banner());
    ASSERT_GE(facts.size(), 3);
    facts[0]->setFocus(Qt::TabFocusReason);
    for (int i = 1; i < 3; ++i) {
        view.facts.last().text = QStringLiteral("oldest value 0.%1 s").arg(i);
        session->show(view);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        EXPECT_EQ(QApplication::focusWidget(), facts[i]);
    }
}

TEST_F(MainWindowTest, WhatCanBeDoneToAReplicaIsReadBeforeTheTimeline) {
    const auto view = test::healthySandbox();
    auto* session = add(view);
    Processes processes;
    for (const models::ReplicaView& replica : view.replicas) {
        processes.insert(replica.id, ProcessState::running);
    }
    session->setProcesses(processes);
    show();
    window->clusterPage()->topologyPage()->topology()->setFocus();
    std::string order = panel();
    for (int i = 0; i < 30 && panel() != "timeline" && panel() != "clusters"; ++i) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        const auto* button = qobject_cast<QPushButton*>(QApplication::focusWidget());
        order += button != nullptr ? " " + button->text().toStdString() : "";
    }
    EXPECT_EQ(panel(), "timeline");
    EXPECT_NE(order.find("Kill"), std::string::npos) << order;
}

TEST_F(MainWindowTest, F5AsksAgain) {
    test::ScriptedSession* session = add(test::unreachableThree());
    show();
    QTest::keyClick(window.get(), Qt::Key_F5);
    EXPECT_EQ(session->retries, 1);
}

TEST_F(MainWindowTest, ShowsTheClusterThatIsChosen) {
    add(test::healthyFive());
    add(test::healthySandbox());
    show();
    EXPECT_TRUE(window->windowTitle().startsWith(QStringLiteral("prod-eu: Healthy")))
        << window->windowTitle().toStdString();
    window->sidebar()->list()->setFocus();
    QTest::keyClick(window->sidebar()->list(), Qt::Key_Down);
    EXPECT_EQ(window->clusterPage()->session()->view().name, QStringLiteral("sandbox"));
    window->showCluster(QStringLiteral("prod-eu"));
    window->showReplica(QStringLiteral("reg-4.dc2"));
    EXPECT_EQ(window->clusterPage()->topologyPage()->inspector()->shownReplica(),
              test::healthyFive().replicas[3].id);
    EXPECT_EQ(window->sidebar()->selected(), QStringLiteral("prod-eu"));
}

TEST_F(MainWindowTest, LosingQuorumBringsWhatToDoToTheFront) {
    test::ScriptedSession* session = add(test::healthySandbox());
    show();
    Inspector* inspector = window->clusterPage()->topologyPage()->inspector();
    EXPECT_FALSE(inspector->shownReplica().isEmpty());
    models::ClusterView lost = test::noQuorumThree();
    lost.key = test::healthySandbox().key;
    session->show(lost);
    EXPECT_TRUE(inspector->shownReplica().isEmpty());
    bool titled = false;
    for (const QLabel* label : inspector->findChildren<QLabel*>()) {
        titled = titled || (label->isVisible() && label->text() == QStringLiteral("What to do"));
    }
    EXPECT_TRUE(titled);
    window->showReplica(QStringLiteral("reg-2.dc1"));
    session->show(lost);
    EXPECT_EQ(inspector->shownReplica(), lost.replicas[1].id)
        << "the person looks elsewhere, and it stays so";
}

TEST_F(MainWindowTest, AVerbOfTheSelectedReplicaIsRun) {
    test::ScriptedSession* session = add(test::healthyFive());
    show();
    window->showReplica(QStringLiteral("reg-2.dc1"));
    for (QPushButton* button : window->findChildren<QPushButton*>()) {
        if (button->isVisible() && button->text() == QStringLiteral("Make leader")) {
            QTest::mouseClick(button, Qt::LeftButton);
        }
    }
    ASSERT_EQ(session->ran.size(), 1);
    EXPECT_EQ(session->ran[0].kind, VerbKind::makeLeader);
    EXPECT_EQ(session->ran[0].replicaId, test::healthyFive().replicas[1].id);
}

TEST_F(MainWindowTest, TellsItsSessionsWhenNobodyLooks) {
    test::ScriptedSession* session = add(test::healthyFive());
    show();
    EXPECT_FALSE(session->isHidden);
    window->hide();
    EXPECT_TRUE(session->isHidden);
    for (const QTimer* timer : window->findChildren<QTimer*>()) {
        EXPECT_FALSE(timer->isActive());
    }
}

TEST_F(MainWindowTest, ForgetsAClusterThatIsTakenAway) {
    add(test::healthyFive());
    add(test::healthySandbox());
    show();
    sessions.remove(QStringLiteral("prod-eu"));
    ASSERT_NE(window->clusterPage()->session(), nullptr);
    EXPECT_EQ(window->clusterPage()->session()->view().name, QStringLiteral("sandbox"));
    sessions.remove(QStringLiteral("sandbox"));
    EXPECT_EQ(window->clusterPage()->session(), nullptr);
}

TEST_F(MainWindowTest, RemembersWhatItWasLike) {
    const QTemporaryDir folder;
    const WindowStateFile file(folder.filePath(QStringLiteral("console.ini")));
    EXPECT_EQ(file.load().theme, ThemeChoice::system);
    add(test::healthyFive());
    add(test::healthySandbox());
    show();
    const int height = window->screen()->availableSize().height() - 50;
    window->resize(1200, height);
    ASSERT_EQ(window->height(), height);
    window->showCluster(QStringLiteral("sandbox"));
    window->clusterPage()->toggleTable();
    file.save(window->state());

    Sessions others;
    MainWindow second(theme, others);
    second.restore(file.load());
    EXPECT_EQ(second.height(), height); // not its width: Qt 6.8 brings no more back than the screen has
    EXPECT_TRUE(second.clusterPage()->topologyPage()->isTable());
    others.add(QStringLiteral("prod-eu"), std::make_unique<test::ScriptedSession>(test::healthyFive()));
    others.add(QStringLiteral("sandbox"), std::make_unique<test::ScriptedSession>(test::healthySandbox()));
    EXPECT_EQ(second.clusterPage()->session()->view().name, QStringLiteral("sandbox"));
    EXPECT_EQ(file.load().theme, ThemeChoice::light);
}

TEST_F(MainWindowTest, EnterPressesTheButtonThatHasTheKeyboard) {
    show();
    QSignalSpy wanted(window.get(), &MainWindow::sandboxRequested);
    auto buttons = window->findChildren<QPushButton*>();
    const auto start = std::find_if(buttons.begin(), buttons.end(), [](const QPushButton* button) {
        return button->isVisible() && button->text() == QStringLiteral("Start sandbox");
    });
    ASSERT_NE(start, buttons.end());
    (*start)->setFocus();
    for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Enter, Qt::Key_Space}) {
        wanted.clear();
        QTest::keyClick(*start, key);
        EXPECT_EQ(wanted.size(), 1) << key;
    }
    wanted.clear();
    QTest::keyClick(*start, Qt::Key_Return, Qt::ControlModifier);
    (*start)->setEnabled(false);
    QTest::keyClick(*start, Qt::Key_Return);
    EXPECT_TRUE(wanted.isEmpty());
}

TEST_F(MainWindowTest, EverythingThatTakesTheKeyboardHasAName) {
    add(test::noQuorumThree());
    show();
    for (QWidget* widget : window->findChildren<QWidget*>()) {
        if (!widget->isVisible() || (widget->focusPolicy() & Qt::TabFocus) == 0) {
            continue;
        }
        QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(widget);
        ASSERT_NE(interface, nullptr) << widget->metaObject()->className();
        EXPECT_FALSE(interface->text(QAccessible::Name).isEmpty()) << widget->metaObject()->className();
    }
}

// Names of what a screen reader meets, in its order.
void read(QAccessibleInterface* interface, QStringList& names) {
    if (interface == nullptr || interface->state().invisible) {
        return;
    }
    names.append(interface->text(QAccessible::Name));
    for (int i = 0; i < interface->childCount(); ++i) {
        read(interface->child(i), names);
    }
}

TEST_F(MainWindowTest, IsReadInTheOrderOfImportance) {
    add(test::atRiskFive());
    show();
    QStringList names;
    read(QAccessible::queryAccessibleInterface(window.get()), names);
    const models::ClusterView view = test::atRiskFive();
    qsizetype last = -1;
    for (const QString& wanted :
         {view.headline, view.sentence, view.facts.first().text, QStringLiteral("Events"),
          QStringLiteral("Quorum: 3 of 5 vote, 3 needed; 2 healthy"),
          QStringLiteral("reg-2.dc1, not answering"), QStringLiteral("Inspector"), QStringLiteral("Timeline"),
          QStringLiteral("Clusters")}) {
        qsizetype at = -1;
        for (qsizetype i = last + 1; i < names.size() && at < 0; ++i) {
            at = names[i].startsWith(wanted) ? i : -1;
        }
        EXPECT_GE(at, 0) << wanted.toStdString() << " is not read after the one before it; read is:\n"
                         << names.join(QLatin1Char('\n')).toStdString();
        last = std::max(last, at);
    }
}

TEST_F(MainWindowTest, SessionsThatComeWhileNobodyLooksAreToldSo) {
    show();
    window->hide();
    EXPECT_TRUE(add(test::healthyFive())->isHidden);
}

} // namespace
} // namespace pilothouse::ui
