// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"
#include "ui/topology/topology_view.h"
#include "views.h"

#include <QAccessible>
#include <QApplication>
#include <QSignalSpy>
#include <QTest>

#include <gtest/gtest.h>

#include <memory>

namespace pilothouse::ui {
namespace {

class TopologyViewTest : public testing::Test {
protected:
    void SetUp() override {
        m_theme.apply(*qApp, ThemeChoice::light);
        view = std::make_unique<TopologyView>(m_theme);
        view->resize(764, 464);
        view->setCluster(test::atRiskFive());
        view->show();
        view->activateWindow();
        view->setFocus();
        ASSERT_TRUE(QTest::qWaitForWindowActive(view.get()));
        QApplication::processEvents();
    }
    [[nodiscard]] QString selectedName() const {
        const models::ReplicaView* replica = view->cluster().find(view->selected());
        return replica == nullptr ? QString() : replica->name;
    }

    Theme m_theme;
    std::unique_ptr<TopologyView> view;
};

TEST_F(TopologyViewTest, FocusStartsAtTheLeaderAndArrowsGoRoundTheRing) {
    EXPECT_EQ(selectedName(), QStringLiteral("reg-3.dc2"));
    QStringList visited;
    for (int i = 0; i < 5; ++i) {
        QTest::keyClick(view.get(), i % 2 == 0 ? Qt::Key_Right : Qt::Key_Down);
        visited.append(selectedName());
    }
    EXPECT_EQ(visited.join(QLatin1Char(' ')).toStdString(),
              "reg-4.dc2 reg-5.dc3 reg-1.dc1 reg-2.dc1 reg-3.dc2");
    QTest::keyClick(view.get(), Qt::Key_Left);
    EXPECT_EQ(selectedName(), QStringLiteral("reg-2.dc1"));
    QTest::keyClick(view.get(), Qt::Key_Home);
    EXPECT_EQ(selectedName(), QStringLiteral("reg-3.dc2"));
}

TEST_F(TopologyViewTest, UntilSomebodyChoosesTheKeyboardStaysWithTheLeader) {
    view->setCluster(test::healthyFive());
    EXPECT_EQ(selectedName(), QStringLiteral("reg-1.dc1")) << "it leads there";
    view->setCluster(test::atRiskFive());
    QTest::keyClick(view.get(), Qt::Key_Right);
    view->setCluster(test::healthyFive());
    EXPECT_EQ(selectedName(), QStringLiteral("reg-4.dc2")) << "chosen is chosen";
}

TEST_F(TopologyViewTest, LettersFindByName) {
    QTest::keyClicks(view.get(), QStringLiteral("reg-5"));
    EXPECT_EQ(selectedName(), QStringLiteral("reg-5.dc3"));
}

TEST_F(TopologyViewTest, EnterAsksForTheInspectorAndShiftF10ForTheActions) {
    const QSignalSpy inspector(view.get(), &TopologyView::activated);
    const QSignalSpy actions(view.get(), &TopologyView::actionsRequested);
    QTest::keyClick(view.get(), Qt::Key_Return);
    ASSERT_EQ(inspector.count(), 1);
    EXPECT_EQ(inspector[0][0].toString(), view->selected());
    QTest::keyClick(view.get(), Qt::Key_F10, Qt::ShiftModifier);
    QTest::keyClick(view.get(), Qt::Key_Menu);
    EXPECT_EQ(actions.count(), 2);
}

TEST_F(TopologyViewTest, AClickSelectsTheCardBelowThePointer) {
    const QSignalSpy selections(view.get(), &TopologyView::selectionChanged);
    QTest::mouseClick(view.get(), Qt::LeftButton, {}, view->itemRect(2).center());
    ASSERT_EQ(selections.count(), 1);
    EXPECT_EQ(selectedName(), view->item(2).name);
    QTest::mouseClick(view.get(), Qt::LeftButton, {}, QPoint(2, 2));
    EXPECT_EQ(selections.count(), 1) << "beside the cards nothing is selected";
}

TEST_F(TopologyViewTest, IsAListToAScreenReader) {
    QAccessibleInterface* list = QAccessible::queryAccessibleInterface(view.get());
    ASSERT_NE(list, nullptr);
    EXPECT_EQ(list->role(), QAccessible::List);
    ASSERT_EQ(list->childCount(), 6);
    EXPECT_EQ(list->child(0)->text(QAccessible::Name),
              QStringLiteral("Quorum: 3 of 5 vote, 3 needed; 2 healthy"));
    EXPECT_EQ(list->child(0)->role(), QAccessible::StaticText);
    const QAccessibleInterface* lost = list->child(5);
    EXPECT_EQ(lost->role(), QAccessible::ListItem);
    EXPECT_EQ(lost->text(QAccessible::Name), QStringLiteral("reg-2.dc1, not answering"));
    EXPECT_EQ(lost->text(QAccessible::Description), view->item(4).description);
    EXPECT_FALSE(lost->rect().isEmpty());
    EXPECT_EQ(list->indexOfChild(lost), 5);
    EXPECT_EQ(list->childAt(lost->rect().center().x(), lost->rect().center().y()), lost);
}

TEST_F(TopologyViewTest, AScreenReaderCanMoveThere) {
    QAccessibleInterface* list = QAccessible::queryAccessibleInterface(view.get());
    QAccessibleInterface* item = list->child(3);
    auto* actions =
        static_cast<QAccessibleActionInterface*>(item->interface_cast(QAccessible::ActionInterface));
    ASSERT_NE(actions, nullptr);
    actions->doAction(QAccessibleActionInterface::setFocusAction());
    EXPECT_EQ(view->currentIndex(), 2);
    EXPECT_TRUE(item->state().focused);
    EXPECT_TRUE(item->state().selected);
    EXPECT_EQ(list->focusChild(), item);
    const QSignalSpy inspector(view.get(), &TopologyView::activated);
    actions->doAction(QAccessibleActionInterface::pressAction());
    EXPECT_EQ(inspector.count(), 1);
}

TEST_F(TopologyViewTest, ItemsThatWentAreNotValidAnyMore) {
    QAccessibleInterface* list = QAccessible::queryAccessibleInterface(view.get());
    const QAccessibleInterface* last = list->child(5);
    view->setCluster(test::noQuorumThree());
    EXPECT_EQ(list->childCount(), 4);
    EXPECT_FALSE(last->isValid());
    EXPECT_TRUE(last->text(QAccessible::Name).isEmpty());
}

// Counts paint events of a widget.
class PaintCounter : public QObject {
public:
    explicit PaintCounter(QObject* watched) { watched->installEventFilter(this); }
    int count = 0;

protected:
    bool eventFilter(QObject*, QEvent* event) override {
        count += event->type() == QEvent::Paint ? 1 : 0;
        return false;
    }
};

TEST_F(TopologyViewTest, NothingIsDrawnWhenNothingChanged) {
    QApplication::processEvents();
    const PaintCounter paints(view.get());
    view->setCluster(test::atRiskFive());
    QTest::qWait(60);
    EXPECT_EQ(paints.count, 0);
    models::ClusterView changed = test::atRiskFive();
    changed.replicas[4].detail = QStringLiteral("no answer · 39 s");
    view->setCluster(changed);
    QTest::qWait(60);
    EXPECT_EQ(paints.count, 1);
    EXPECT_TRUE(view->findChildren<QTimer*>().isEmpty());
}

TEST_F(TopologyViewTest, CardsStayWhereTheyAreWhenWordsChange) {
    const QRect before = view->itemRect(1);
    models::ClusterView changed = test::atRiskFive();
    changed.replicas[3].detail = QStringLiteral("ok");
    view->setCluster(changed);
    EXPECT_EQ(view->itemRect(1), before);
}

TEST_F(TopologyViewTest, TheLastLeaderStaysOnTopWhileThereIsNone) {
    models::ClusterView leaderless = test::atRiskFive();
    leaderless.replicas[2].leader = false;
    view->setCluster(leaderless);
    EXPECT_EQ(view->item(0).name, QStringLiteral("reg-3.dc2")) << "nothing turns";
}

TEST_F(TopologyViewTest, CardsHaveRoomForLongWords) {
    models::ClusterView longer = test::atRiskFive();
    for (models::ReplicaView& replica : longer.replicas) {
        replica.name = QStringLiteral("registry-production-frankfurt-1");
        replica.detail =
            QStringLiteral("4 711 Einträge hinter dem Leader zurück, seit 2 Stunden und 14 Minuten");
    }
    view->setCluster(longer);
    view->resize(view->minimumSizeHint());
    QApplication::processEvents();
    for (int i = 0; i < view->itemCount(); ++i) {
        EXPECT_TRUE(view->rect().contains(view->itemRect(i))) << i;
        EXPECT_GE(view->itemRect(i).height(), 76) << "two lines of detail";
    }
}

} // namespace
} // namespace pilothouse::ui
