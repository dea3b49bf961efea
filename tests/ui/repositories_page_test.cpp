// SPDX-License-Identifier: GPL-3.0-or-later
#include "main_window_fixture.h"
#include "ui/pages/repositories_page.h"
#include "ui/repositories/delete_dialog.h"
#include "ui/repositories/image_panel.h"
#include "ui/repositories/repository_panel.h"
#include "views.h"

#include <QClipboard>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QTableView>

namespace pilothouse::ui {
namespace {

class RepositoriesPageTest : public test::MainWindowFixture {
protected:
    void open() {
        session = add(test::healthyFive());
        session->registryOf = &registry;
        show();
        window->clusterPage()->tabs()->setCurrentIndex(2);
        ASSERT_TRUE(page().isVisible());
    }
    [[nodiscard]] RepositoriesPage& page() const { return *window->clusterPage()->repositoriesPage(); }
    [[nodiscard]] static bool wait(const std::function<bool()>& holds) {
        return QTest::qWaitFor(holds, 5000);
    }
    [[nodiscard]] int tagRows() const { return page().tags()->model()->rowCount(); }
    [[nodiscard]] bool says(const QString& words) const {
        for (const QLabel* label : page().findChildren<QLabel*>()) {
            if (label->isVisible() && label->text().contains(words)) {
                return true;
            }
        }
        return false;
    }
    [[nodiscard]] DeleteDialog* dialog() const {
        DeleteDialog* found = nullptr;
        (void)wait([&] {
            found = page().findChild<DeleteDialog*>();
            return found != nullptr && found->isVisible();
        });
        return found;
    }

    test::ScriptedRegistry registry;
    test::ScriptedSession* session = nullptr;
};

TEST_F(RepositoriesPageTest, ShowsTheFirstRepositoryItsTagsAndAnImage) {
    open();
    ASSERT_TRUE(wait([this] { return tagRows() == 7 && !page().image()->pullCommand().isEmpty(); }));
    EXPECT_EQ(page().repositories()->selected(), QStringLiteral("data/etl"));
    EXPECT_EQ(page().image()->pullCommand(),
              QStringLiteral("docker pull registry.example.com/data/etl:pr-1881"));
    EXPECT_TRUE(says(QStringLiteral("refer to it")));
    EXPECT_TRUE(says(QStringLiteral("49.6")));
    const QAbstractItemModel* tags = page().tags()->model();
    EXPECT_EQ(tags->index(0, 5).data().toString(), QStringLiteral("2 of 3 · copying to reg-3"));
    EXPECT_EQ(tags->index(1, 1).data().toString(), QStringLiteral("sha256:9f3c…b1e7"));
}

TEST_F(RepositoriesPageTest, FollowsTheKeyboardThroughRepositoriesAndTags) {
    open();
    ASSERT_TRUE(wait([this] { return tagRows() == 7; }));
    page().repositories()->list()->setFocus();
    QTest::keyClick(page().repositories()->list(), Qt::Key_Down);
    EXPECT_EQ(page().repositories()->selected(), QStringLiteral("data/notebooks"));
    ASSERT_TRUE(wait([this] { return registry.asked.contains(QStringLiteral("tags data/notebooks ")); }));
    ASSERT_TRUE(wait([this] { return tagRows() == 7; }));
    page().tags()->setFocus();
    QTest::keyClick(page().tags(), Qt::Key_Down);
    EXPECT_TRUE(
        wait([this] { return page().image()->pullCommand().endsWith(QStringLiteral("notebooks:v4.12.0")); }));
}

TEST_F(RepositoriesPageTest, FindsARepository) {
    open();
    ASSERT_TRUE(wait([this] { return tagRows() == 7; }));
    QTest::keyClicks(page().repositories()->field(), QStringLiteral("data"));
    EXPECT_TRUE(wait([this] { return page().repositories()->list()->model()->rowCount() == 2; }));
    EXPECT_EQ(page().repositories()->selected(), QStringLiteral("data/etl"))
        << "it is still there, and chosen";
    page().repositories()->field()->clear();
    QTest::keyClicks(page().repositories()->field(), QStringLiteral("alpine"));
    EXPECT_TRUE(
        wait([this] { return page().repositories()->selected() == QStringLiteral("mirror/alpine"); }));
    QTest::keyClicks(page().repositories()->field(), QStringLiteral("-nowhere"));
    EXPECT_TRUE(wait([this] { return says(QStringLiteral("No repository or tag has this in its name.")); }));
    EXPECT_EQ(tagRows(), 0);
}

TEST_F(RepositoriesPageTest, LoadsMoreTagsAsOneScrolls) {
    const api::Tag one = registry.allTags.back();
    for (int i = 0; i < 5000; ++i) {
        registry.allTags.push_back(one);
        registry.allTags.back().name = "build-" + std::to_string(i);
    }
    open();
    ASSERT_TRUE(wait([this] { return tagRows() == 100; })) << tagRows();
    page().tags()->scrollToBottom();
    EXPECT_TRUE(wait([this] { return tagRows() > 100; }));
    EXPECT_LT(tagRows(), 5000) << "no more than is looked at";
}

TEST_F(RepositoriesPageTest, DeletesOnlyAfterSayingWhatGoes) {
    open();
    ASSERT_TRUE(wait([this] { return !page().image()->pullCommand().isEmpty(); }));
    page().image()->deleteButton()->click();
    DeleteDialog* asked = dialog();
    ASSERT_NE(asked, nullptr);
    EXPECT_TRUE(registry.deleted.isEmpty());
    QTest::keyClick(asked, Qt::Key_Return);
    ASSERT_TRUE(wait([this] { return page().findChild<DeleteDialog*>() == nullptr; })) << "Enter keeps it";
    EXPECT_TRUE(registry.deleted.isEmpty());
    page().image()->deleteButton()->click();
    asked = dialog();
    ASSERT_NE(asked, nullptr);
    asked->deleteButton()->click();
    ASSERT_TRUE(wait([this] { return registry.deleted.size() == 1; }));
    EXPECT_EQ(registry.deleted[0].reference, QStringLiteral("pr-1881"));
}

TEST_F(RepositoriesPageTest, AWholeRepositoryGoesOnlyWhenItsNameIsTyped) {
    open();
    ASSERT_TRUE(wait([this] { return tagRows() == 7; }));
    for (QPushButton* button : page().findChildren<QPushButton*>()) {
        if (button->text() == QStringLiteral("Delete repository…")) {
            button->click();
        }
    }
    DeleteDialog* asked = dialog();
    ASSERT_NE(asked, nullptr);
    EXPECT_FALSE(asked->deleteButton()->isEnabled());
    QTest::keyClicks(asked->nameField(), QStringLiteral("data/etl"));
    EXPECT_TRUE(asked->deleteButton()->isEnabled());
    asked->deleteButton()->click();
    ASSERT_TRUE(wait([this] { return registry.deleted.size() == 1; }));
    EXPECT_EQ(registry.deleted[0].repository, QStringLiteral("data/etl"));
    EXPECT_TRUE(registry.deleted[0].reference.isEmpty());
}

TEST_F(RepositoriesPageTest, SaysHowToBeginWhileNothingIsThere) {
    registry.all.clear();
    open();
    EXPECT_TRUE(wait([this] { return says(QStringLiteral("Nothing has been pushed yet")); }));
    EXPECT_TRUE(wait([this] { return says(QStringLiteral("podman push 127.0.0.1:20001")); }));
}

TEST_F(RepositoriesPageTest, SaysWhatCannotBeAskedAndKeepsWhatIsShown) {
    open();
    ASSERT_TRUE(wait([this] { return tagRows() == 7; }));
    registry.failure = Error{ErrorCode::unavailable, "there is no quorum", {}};
    window->clusterPage()->tabs()->setCurrentIndex(0);
    window->clusterPage()->tabs()->setCurrentIndex(2);
    EXPECT_TRUE(wait([this] { return says(QStringLiteral("This may be old: there is no quorum")); }));
    EXPECT_EQ(tagRows(), 7);
    registry.failure.reset();
    window->clusterPage()->tabs()->setCurrentIndex(0);
    window->clusterPage()->tabs()->setCurrentIndex(2);
    EXPECT_TRUE(wait([this] { return !says(QStringLiteral("This may be old")); }));
}

TEST_F(RepositoriesPageTest, AnotherClusterShowsItsOwn) {
    open();
    ASSERT_TRUE(wait([this] { return tagRows() == 7; }));
    test::ScriptedRegistry empty;
    empty.all.clear();
    auto view = test::hiddenThree();
    view.key = QStringLiteral("another");
    test::ScriptedSession* other = add(view);
    other->registryOf = &empty;
    window->showCluster(view.key);
    EXPECT_TRUE(wait([this] { return says(QStringLiteral("Nothing has been pushed yet")); }));
    window->clusterPage()->setSession(nullptr); // before `empty` goes
}

} // namespace
} // namespace pilothouse::ui
