// SPDX-License-Identifier: GPL-3.0-or-later
// What the registry holds: repositories at the left, the tags of one at the right, and what an image is made
// of below.
//
// Everything is asked of the cluster as it is needed, page by page, and read again now and then while the
// page is shown. What cannot be asked now is said; what was shown stays.
#pragma once

#include "models/repository_list_model.h"
#include "models/tag_model.h"
#include "ui/session/registry.h"

#include <QFutureWatcher>
#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <functional>

class QLabel;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QTableView;

namespace pilothouse::ui {

class ClusterSession;
class Deletion;
class FirstPushPanel;
class ImagePanel;
class RepositoryPanel;
class Theme;

class RepositoriesPage : public QWidget {
    Q_OBJECT
public:
    explicit RepositoriesPage(const Theme& theme, QWidget* parent = nullptr);

    void setSession(ClusterSession* session); // null: none
    // The cluster's view has changed: names of replicas, the registry's address.
    void refresh();
    [[nodiscard]] QList<QWidget*> panels() const; // of what is visible, in reading order
    [[nodiscard]] RepositoryPanel* repositories() const { return m_repositories; }
    [[nodiscard]] QTableView* tags() const { return m_tags; }
    [[nodiscard]] ImagePanel* image() const { return m_image; }

Q_SIGNALS:
    void told(const QString& sentence, bool failed);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildTagPanel();
    void connectParts();
    void update(); // reads again what is shown
    void readRepositories(bool more);
    void readTags(bool more);
    void readImage();
    void showRepositories(const api::RepositoryPage& page, bool more);
    void showTags(const api::TagPage& page, bool more);
    void choose(const QString& repository);
    void showTitle();
    void showProblem(const QString& sentence);
    void askToDelete(const QString& tag); // of the chosen repository; empty: all of it
    void showTagMenu(const QPoint& at);
    [[nodiscard]] Registry* registry() const;
    [[nodiscard]] QString chosenTag() const;
    [[nodiscard]] QString tagSearch() const;

    // Hands what comes to `then`, unless another question of the same kind came after it, or the session
    // went.
    enum Question { repositoriesQuestion, tagsQuestion, imageQuestion, questions };
    template <typename T>
    void ask(Question question, QFuture<Result<T>> future, std::function<void(const T&)> then);

    const Theme& m_theme;
    QPointer<ClusterSession> m_session;
    models::RepositoryListModel m_repositoryList;
    models::TagModel m_tagList;
    models::ReplicaNames m_names;
    RepositoryPanel* m_repositories;
    QWidget* m_tagPanel;
    QLabel* m_title;
    QLabel* m_lastPush;
    QLabel* m_problem;
    QPushButton* m_deleteRepository;
    QTableView* m_tags;
    ImagePanel* m_image;
    FirstPushPanel* m_firstPush;
    Deletion* m_deletion;
    QStackedWidget* m_stack;
    QString m_repository; // chosen
    QString m_wantedTag;  // to be chosen when it is there (again)
    QTimer m_again;       // runs while the page is shown
    int m_generation[questions] = {};
};

} // namespace pilothouse::ui
