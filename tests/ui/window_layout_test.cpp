// SPDX-License-Identifier: GPL-3.0-or-later
// What the window does with little room and with long words.
#include "main_window_fixture.h"
#include "pseudo_translator.h"
#include "ui/inspector/inspector.h"
#include "ui/topology/topology_view.h"
#include "views.h"

#include <QLabel>
#include <QPushButton>
#include <QTranslator>

namespace pilothouse::ui {
namespace {

using WindowLayoutTest = test::MainWindowFixture;

TEST_F(WindowLayoutTest, FitsOnASmallScreen) {
    test::ScriptedSession* session = add(test::healthySandbox());
    Processes processes;
    for (const models::ReplicaView& replica : test::healthySandbox().replicas) {
        processes.insert(replica.id, ProcessState::running);
    }
    session->setProcesses(processes);
    show();
    for (const auto& make : {test::healthySandbox, test::atRiskFive, test::noQuorumThree, test::partitionFive,
                             test::joiningThree, test::healthySeven, test::cutOffFive}) {
        models::ClusterView view = make();
        view.key = test::healthySandbox().key;
        session->show(view);
        (void)QTest::qWaitFor([this] { return window->minimumSizeHint().height() <= 700; }, 3000);
        EXPECT_LE(window->minimumSizeHint().height(), 700) << view.headline.toStdString();
        EXPECT_LE(window->minimumSizeHint().width(), 1024) << view.headline.toStdString();
    }
}

TEST_F(WindowLayoutTest, WhatDoesNotFitScrollsToWhereTheKeyboardIs) {
    add(test::healthySeven());
    window->resize(1024, 700);
    show();
    TopologyView* topology = window->clusterPage()->topologyPage()->topology();
    topology->setFocus();
    for (int i = 0; i < 7; ++i) {
        QTest::keyClick(topology, Qt::Key_Right);
        const QRect card = topology->itemRect(topology->currentIndex());
        EXPECT_TRUE(topology->visibleRegion().boundingRect().contains(card))
            << topology->selected().toStdString() << " is scrolled away";
    }
}

// Labels of the window that are cut short, with their text.
QStringList clipped(const QWidget& window) {
    QStringList found;
    for (const QLabel* label : window.findChildren<QLabel*>()) {
        if (!label->isVisible() || label->text().isEmpty() || label->width() <= 1) {
            continue;
        }
        if (label->textFormat() == Qt::RichText) {
            if (label->heightForWidth(label->width()) > label->height() + 1) {
                found.append(label->text());
            }
            continue;
        }
        const QRect room = label->contentsRect();
        const QRect needed =
            label->fontMetrics().boundingRect(room, label->wordWrap() ? Qt::TextWordWrap : 0, label->text());
        if (needed.height() > room.height() + 2 || needed.width() > room.width() + 2) {
            found.append(QStringLiteral("“%1”: %2 x %3 in %4 x %5")
                             .arg(label->text())
                             .arg(needed.width())
                             .arg(needed.height())
                             .arg(room.width())
                             .arg(room.height()));
        }
    }
    for (const QPushButton* button : window.findChildren<QPushButton*>()) {
        if (button->isVisible() && button->width() < button->sizeHint().width() - 1) {
            found.append(QStringLiteral("button “%1”: %2 in %3")
                             .arg(button->text())
                             .arg(button->sizeHint().width())
                             .arg(button->width()));
        }
    }
    return found;
}

// Layouts in layouts take a few rounds of the event loop.
class ClippedWordsTest : public WindowLayoutTest {
protected:
    void settle() const {
        (void)QTest::qWaitFor([this] { return clipped(*window).isEmpty(); }, 3000);
    }
};

TEST_F(ClippedWordsTest, NoWordsAreClipped) {
    test::ScriptedSession* session = add(test::noQuorumThree());
    show();
    for (const QSize size : {QSize(1440, 900), QSize(1024, 700)}) {
        window->resize(size);
        for (models::ClusterView view : {test::noQuorumThree(), test::atRiskFive(), test::partitionFive(),
                                         test::healthySandbox(), test::refusedThree()}) {
            view.key = test::noQuorumThree().key;
            session->show(view);
            window->clusterPage()->select(view.replicas[1].id);
            settle();
            EXPECT_EQ(clipped(*window).join(QLatin1Char('\n')).toStdString(), "")
                << view.headline.toStdString();
        }
    }
}

TEST_F(ClippedWordsTest, NoWordsAreClippedInGerman) {
    QTranslator german;
    ASSERT_TRUE(german.load(QStringLiteral(":/i18n/pilothouse_de.qm")));
    QCoreApplication::installTranslator(&german);
    window = std::make_unique<MainWindow>(theme, sessions);
    test::ScriptedSession* session = add(test::noQuorumThree());
    show();
    for (const QSize size : {QSize(1440, 900), QSize(1024, 700)}) {
        window->resize(size);
        for (const auto& make : {test::noQuorumThree, test::atRiskFive, test::partitionFive,
                                 test::healthySandbox, test::cutOffFive, test::single}) {
            models::ClusterView view = make();
            view.key = test::noQuorumThree().key;
            session->show(view);
            settle();
            EXPECT_EQ(clipped(*window).join(QLatin1Char('\n')).toStdString(), "")
                << view.headline.toStdString();
        }
    }
    window.reset();
    QCoreApplication::removeTranslator(&german);
}

// Made anew, so that every text is in the longer language.
TEST_F(ClippedWordsTest, NoWordsAreClippedInALongerLanguage) {
    test::PseudoTranslator longer;
    QCoreApplication::installTranslator(&longer);
    window = std::make_unique<MainWindow>(theme, sessions);
    test::ScriptedSession* session = add(test::noQuorumThree());
    session->setProcesses({{session->view().replicas[0].id, ProcessState::running},
                           {session->view().replicas[1].id, ProcessState::stopped}});
    show();
    for (const auto& make :
         {test::noQuorumThree, test::atRiskFive, test::partitionFive, test::healthySandbox}) {
        models::ClusterView view = make();
        view.key = test::noQuorumThree().key;
        session->show(view);
        settle();
        EXPECT_EQ(clipped(*window).join(QLatin1Char('\n')).toStdString(), "") << view.headline.toStdString();
    }
    QCoreApplication::removeTranslator(&longer);
}

} // namespace
} // namespace pilothouse::ui
