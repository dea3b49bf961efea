// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/repositories_page.h"

#include "text/format.h"
#include "ui/repositories/deletion.h"
#include "ui/repositories/first_push_panel.h"
#include "ui/repositories/image_panel.h"
#include "ui/repositories/registry_delegate.h"
#include "ui/repositories/repository_panel.h"
#include "ui/session/cluster_session.h"
#include "ui/session/when_answered.h"
#include "ui/widgets/label.h"
#include "ui/widgets/table.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace pilothouse::ui {

using models::TagModel;

namespace {

constexpr int pageSize = 100;
constexpr int againMs = 10'000;

} // namespace

template <typename T>
void RepositoriesPage::ask(Question question, QFuture<Result<T>> future, std::function<void(const T&)> then) {
    const int generation = ++m_generation[question];
    whenAnswered(this, future, [this, question, generation, then = std::move(then)](const Result<T>& result) {
        if (generation != m_generation[question]) {
            return;
        }
        if (result) {
            then(*result);
            return;
        }
        m_repositoryList.stopWaiting();
        m_tagList.stopWaiting();
        showProblem(QString::fromStdString(result.error().text()));
    });
}

RepositoriesPage::RepositoriesPage(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_repositories(new RepositoryPanel(theme, m_repositoryList)),
      m_tagPanel(new Panel(tr("Tags"))), m_title(makeLabel(TextRole::title)),
      m_lastPush(makeParagraph(TextRole::secondary, Ink::dim)),
      m_problem(makeParagraph(TextRole::secondary, Ink::attention)),
      m_deleteRepository(new QPushButton(tr("Delete repository…"))), m_tags(makeTable(tr("Tags"))),
      m_image(new ImagePanel(theme)), m_firstPush(new FirstPushPanel(theme)),
      m_deletion(new Deletion(theme, this)), m_stack(new QStackedWidget) {
    buildTagPanel();
    auto* right = new QSplitter(Qt::Vertical);
    right->setChildrenCollapsible(false);
    right->setHandleWidth(16);
    right->addWidget(m_tagPanel);
    right->addWidget(m_image);
    right->setStretchFactor(0, 4);
    right->setStretchFactor(1, 3);
    auto* across = new QSplitter(Qt::Horizontal);
    across->setChildrenCollapsible(false);
    across->setHandleWidth(16);
    across->addWidget(m_repositories);
    across->addWidget(right);
    across->setStretchFactor(1, 1);
    across->setSizes({330, 800});
    right->setSizes({400, 300});
    m_stack->addWidget(across);
    m_stack->addWidget(m_firstPush);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_problem);
    layout->addWidget(m_stack, 1);
    m_problem->hide();
    m_again.setInterval(againMs);
    m_again.setTimerType(Qt::CoarseTimer);
    connectParts();
    showTitle();
}

void RepositoriesPage::buildTagPanel() {
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_title->setMinimumWidth(1); // a long name must not widen the window
    m_deleteRepository->setProperty("kind", QStringLiteral("link"));
    m_tags->setModel(&m_tagList);
    m_tags->setProperty("ownFocus", true);
    m_tags->setItemDelegate(new RegistryDelegate(
        m_theme, {TagModel::Digest, TagModel::Platforms, TagModel::Pushed}, TagModel::Digest, m_tags));
    m_tags->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tags->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_tags->horizontalHeader()->setResizeContentsPrecision(100);
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_title, 1);
    head->addWidget(m_deleteRepository);
    auto* layout = new QVBoxLayout(m_tagPanel);
    layout->setContentsMargins(20, 12, 20, 12);
    layout->setSpacing(2);
    layout->addLayout(head);
    layout->addWidget(m_lastPush);
    layout->addSpacing(6);
    layout->addWidget(m_tags, 1);
}

void RepositoriesPage::connectParts() {
    connect(m_repositories, &RepositoryPanel::searched, this, [this] {
        m_repositoryList.clear();
        readRepositories(false);
    });
    connect(m_repositories, &RepositoryPanel::chosen, this, &RepositoriesPage::choose);
    connect(&m_repositoryList, &models::RepositoryListModel::moreWanted, this,
            [this] { readRepositories(true); });
    connect(&m_tagList, &TagModel::moreWanted, this, [this] { readTags(true); });
    connect(m_tags->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                if (current.isValid()) {
                    m_wantedTag = current.data(TagModel::NameRole).toString();
                    readImage();
                }
            });
    connect(m_tags, &QWidget::customContextMenuRequested, this, &RepositoriesPage::showTagMenu);
    connect(m_image, &ImagePanel::deleteRequested, this, [this] { askToDelete(chosenTag()); });
    connect(m_deleteRepository, &QPushButton::clicked, this, [this] { askToDelete({}); });
    connect(m_deletion, &Deletion::told, this, &RepositoriesPage::told);
    connect(m_deletion, &Deletion::ended, this, &RepositoriesPage::update);
    connect(&m_again, &QTimer::timeout, this, &RepositoriesPage::update);
}

Registry* RepositoriesPage::registry() const {
    return m_session == nullptr ? nullptr : m_session->registry();
}

QString RepositoriesPage::chosenTag() const {
    const QModelIndex current = m_tags->currentIndex();
    return current.isValid() ? current.data(TagModel::NameRole).toString() : QString();
}

// Tags are searched only where the repository was found by them.
QString RepositoriesPage::tagSearch() const {
    const api::Repository* repository = m_repositoryList.at(m_repositoryList.rowOf(m_repository));
    return repository != nullptr && repository->matching_tags ? m_repositories->search() : QString();
}

void RepositoriesPage::setSession(ClusterSession* session) {
    if (session == m_session) {
        return;
    }
    m_session = session;
    m_deletion->forget();
    for (int& generation : m_generation) {
        ++generation; // what is on its way is another cluster's
    }
    m_repositories->clearSearch();
    m_repositoryList.clear();
    m_repository.clear();
    m_wantedTag.clear();
    m_tagList.clear();
    m_image->clear();
    m_stack->setCurrentIndex(0);
    showProblem({});
    showTitle();
    refresh();
    if (isVisible()) {
        update();
    }
}

void RepositoriesPage::refresh() {
    models::ReplicaNames names;
    if (m_session != nullptr) {
        for (const models::ReplicaView& replica : m_session->view().replicas) {
            names.insert(replica.id, replica.name);
        }
    }
    if (names != m_names) {
        m_names = names;
        m_tagList.setReplicas(names);
        showTitle();
    }
}

void RepositoriesPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    m_again.start();
    update();
}

void RepositoriesPage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (isVisible()) {
        spreadColumns(*m_tags);
    }
}

void RepositoriesPage::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    m_again.stop();
}

// What is loaded far down is left as it is: it is read again with the next search or choice.
void RepositoriesPage::update() {
    if (registry() == nullptr) {
        return;
    }
    m_tagList.setNow(systemClock().wall());
    if (m_repositoryList.rowCount() <= models::RepositoryListModel::mostReplaced) {
        readRepositories(false);
    }
    if (!m_repository.isEmpty() && m_tagList.rowCount() <= TagModel::mostReplaced) {
        readTags(false);
    }
    if (!chosenTag().isEmpty()) {
        readImage();
    }
}

void RepositoriesPage::readRepositories(bool more) {
    if (registry() == nullptr) {
        return;
    }
    const QString after = more ? m_repositoryList.next() : QString();
    const int limit = more ? pageSize : std::max(pageSize, m_repositoryList.rowCount());
    ask<api::RepositoryPage>(repositoriesQuestion,
                             registry()->repositories(m_repositories->search(), after, limit),
                             [this, more](const auto& page) { showRepositories(page, more); });
}

void RepositoriesPage::showRepositories(const api::RepositoryPage& page, bool more) {
    showProblem({});
    if (more) {
        m_repositoryList.append(page);
    } else {
        m_repositoryList.replace(page);
    }
    m_repositories->setTotals(page);
    const bool none = m_repositoryList.rowCount() == 0;
    const bool searching = !m_repositories->search().isEmpty();
    m_repositories->setNote(none && searching ? tr("No repository or tag has this in its name.") : QString());
    if (none && !searching) {
        m_firstPush->setLines(registry()->firstLines(), m_session->view().name);
    }
    m_stack->setCurrentIndex(none && !searching ? 1 : 0);
    if (m_repositoryList.rowOf(m_repository) < 0) {
        m_repository.clear();
        m_tagList.clear();
        m_image->clear();
    }
    if (m_repositories->selected().isEmpty() && !none) { // a search empties the list before it fills it
        m_repositories->select(m_repository.isEmpty() ? QString::fromStdString(m_repositoryList.at(0)->name)
                                                      : m_repository);
    }
    showTitle();
}

void RepositoriesPage::choose(const QString& repository) {
    if (repository == m_repository) {
        return;
    }
    m_repository = repository;
    m_wantedTag.clear();
    m_tagList.clear();
    m_image->clear();
    showTitle();
    readTags(false);
}

void RepositoriesPage::readTags(bool more) {
    if (registry() == nullptr || m_repository.isEmpty()) {
        return;
    }
    const QString after = more ? m_tagList.next() : QString();
    const int limit = more ? pageSize * 2 : std::max(pageSize, m_tagList.rowCount());
    ask<api::TagPage>(tagsQuestion, registry()->tags(m_repository, tagSearch(), after, limit),
                      [this, more](const auto& page) { showTags(page, more); });
}

void RepositoriesPage::showTags(const api::TagPage& page, bool more) {
    const bool first = m_tagList.rowCount() == 0;
    m_tagList.setNow(systemClock().wall());
    if (more) {
        m_tagList.append(page);
    } else {
        m_tagList.replace(page);
    }
    if (first && m_tagList.rowCount() > 0) {
        spreadColumns(*m_tags);
    }
    const int row = std::max(0, m_tagList.rowOf(m_wantedTag));
    if (m_tagList.rowCount() == 0) {
        m_image->clear();
    } else if (!m_tags->currentIndex().isValid()) {
        m_tags->setCurrentIndex(m_tagList.index(row, 0));
    }
    showTitle();
}

void RepositoriesPage::readImage() {
    const QString tag = chosenTag();
    if (registry() == nullptr || tag.isEmpty()) {
        return;
    }
    ask<api::ManifestDetails>(
        imageQuestion, registry()->manifest(m_repository, tag),
        [this, tag](const auto& details) { m_image->show(details, tag, registry()->address(), m_names); });
}

void RepositoriesPage::showTitle() {
    const api::Repository* repository = m_repositoryList.at(m_repositoryList.rowOf(m_repository));
    m_deleteRepository->setVisible(repository != nullptr);
    if (repository == nullptr) {
        setTextOf(*m_title, tr("No repository chosen"));
        setTextOf(*m_lastPush, QString());
        return;
    }
    setTextOf(*m_title, m_repository);
    QString words = tr("%n tags", nullptr, static_cast<int>(repository->tags));
    if (repository->matching_tags) {
        words = tr("%1 of %2 match").arg(text::count(*repository->matching_tags), words);
    }
    if (repository->last_push) {
        words +=
            QStringLiteral(" · ") +
            tr("last pushed %1").arg(models::describe(*repository->last_push, m_names, systemClock().wall()));
    }
    setTextOf(*m_lastPush, words);
}

void RepositoriesPage::showProblem(const QString& sentence) {
    setTextOf(*m_problem, sentence.isEmpty() ? QString() : tr("This may be old: %1").arg(sentence));
    m_problem->setVisible(!sentence.isEmpty());
}

void RepositoriesPage::askToDelete(const QString& tag) {
    if (registry() != nullptr && !m_repository.isEmpty()) {
        m_deletion->begin(*registry(), m_repository, tag);
    }
}

void RepositoriesPage::showTagMenu(const QPoint& at) {
    const api::Tag* tag = m_tagList.at(m_tags->indexAt(at).row());
    if (tag == nullptr || registry() == nullptr) {
        return;
    }
    const QString name = QString::fromStdString(tag->name);
    const QString digest = QString::fromStdString(tag->digest);
    const QString pull =
        QStringLiteral("docker pull %1/%2:%3").arg(registry()->address(), m_repository, name);
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Copy digest"), this, [digest] { QGuiApplication::clipboard()->setText(digest); });
    menu->addAction(tr("Copy pull command"), this, [pull] { QGuiApplication::clipboard()->setText(pull); });
    menu->addSeparator();
    menu->addAction(tr("Delete…"), this, [this, name] { askToDelete(name); });
    menu->popup(m_tags->viewport()->mapToGlobal(at));
}

QList<QWidget*> RepositoriesPage::panels() const {
    if (m_stack->currentWidget() == m_firstPush) {
        return {m_firstPush};
    }
    return {m_repositories, m_tagPanel, m_image};
}

} // namespace pilothouse::ui
