// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/main_window.h"

#include "ui/pages/cluster_page.h"
#include "ui/pages/first_run_page.h"
#include "ui/pages/topology_page.h"
#include "ui/session/sessions.h"
#include "ui/sidebar/sidebar.h"
#include "ui/topology/topology_view.h"
#include "ui/widgets/focus_frame.h"
#include "ui/window/panel_focus.h"
#include "ui/window/toast.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QHBoxLayout>
#include <QIcon>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>

namespace pilothouse::ui {

MainWindow::MainWindow(Theme& theme, Sessions& sessions, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_sessions(sessions), m_menu(new QMenu(this)),
      m_sidebar(new Sidebar(theme, sessions.list())), m_content(new QStackedWidget),
      m_firstRun(new FirstRunPage(theme)), m_cluster(new ClusterPage(theme)),
      m_splitter(new QSplitter(Qt::Horizontal)), m_toast(new Toast(theme, this)) {
    setWindowTitle(QStringLiteral("Pilothouse"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/pilothouse.svg")));
    buildLayout();
    buildActions();
    connectSessions();
    new FocusFrame(theme, this);
    resize(1440, 900);
}

void MainWindow::buildLayout() {
    m_content->addWidget(m_firstRun);
    m_content->addWidget(m_cluster);
    // Read in the order in which it matters, the list of clusters last; shown from left to right.
    m_splitter->addWidget(m_content);
    m_splitter->insertWidget(0, m_sidebar);
    m_content->raise();
    m_sidebar->raise();
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setSizes({248, 1192});
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_splitter);
    m_sidebar->setMenu(m_menu);

    connect(m_cluster, &ClusterPage::told, this, &MainWindow::tell);
    connect(m_sidebar, &Sidebar::selectionChanged, this, &MainWindow::showCluster);
    connect(m_sidebar, &Sidebar::connectRequested, this, &MainWindow::connectRequested);
    connect(m_sidebar, &Sidebar::sandboxRequested, this, &MainWindow::sandboxRequested);
    connect(m_sidebar, &Sidebar::removeRequested, this, &MainWindow::removeRequested);
    connect(m_firstRun, &FirstRunPage::connectRequested, this, &MainWindow::connectRequested);
    connect(m_firstRun, &FirstRunPage::sandboxRequested, this, &MainWindow::sandboxRequested);
}

void MainWindow::buildActions() {
    const auto add = [this](const QString& text, const QKeySequence& keys, auto slot) {
        QAction* action = m_menu->addAction(text, this, slot);
        action->setShortcut(keys);
        addAction(action); // so that the keys work while the menu is closed
    };
    add(tr("Connect to a cluster…"), QKeySequence::New, [this] { Q_EMIT connectRequested(); });
    add(tr("Start a local sandbox…"), QKeySequence(tr("Ctrl+Shift+N")),
        [this] { Q_EMIT sandboxRequested(); });
    m_menu->addSeparator();
    add(tr("Ask again now"), QKeySequence::Refresh, [this] {
        if (m_cluster->session() != nullptr) {
            m_cluster->session()->retryNow();
        }
    });
    add(tr("Check cluster…"), QKeySequence(tr("Ctrl+D")), [this] { m_cluster->openCheck(); });
    add(tr("Restart all replicas…"), {}, [this] { m_cluster->openRestart(); });
    add(tr("Topology as a table"), QKeySequence(tr("Ctrl+T")), [this] { m_cluster->toggleTable(); });
    for (int page = 0; page < m_cluster->tabs()->count(); ++page) {
        add(m_cluster->tabs()->tabText(page), QKeySequence(tr("Ctrl+%1").arg(page + 1)),
            [this, page] { m_cluster->tabs()->setCurrentIndex(page); });
    }
    m_menu->addSeparator();
    add(tr("Next panel"), QKeySequence(Qt::Key_F6), [this] { cyclePanels(false); });
    add(tr("Previous panel"), QKeySequence(Qt::SHIFT | Qt::Key_F6), [this] { cyclePanels(true); });
    addAppearanceMenu(*m_menu);
    m_menu->addSeparator();
    add(tr("Close"), QKeySequence::Quit, [this] { close(); });
}

void MainWindow::addAppearanceMenu(QMenu& menu) {
    QMenu* appearance = menu.addMenu(tr("Appearance"));
    auto* group = new QActionGroup(this);
    for (const auto& [text, choice] : {std::pair{tr("As the system"), ThemeChoice::system},
                                       {tr("Light"), ThemeChoice::light},
                                       {tr("Dark"), ThemeChoice::dark}}) {
        QAction* action =
            appearance->addAction(text, this, [this, choice = choice] { m_theme.apply(*qApp, choice); });
        action->setCheckable(true);
        group->addAction(action);
        connect(appearance, &QMenu::aboutToShow, action,
                [this, action, choice = choice] { action->setChecked(m_theme.choice() == choice); });
    }
}

void MainWindow::connectSessions() {
    connect(&m_sessions, &Sessions::added, this, [this](const QString& key) {
        if (m_cluster->session() == nullptr || key == m_wanted) {
            display(key);
        }
    });
    connect(&m_sessions, &Sessions::aboutToRemove, this, [this](const QString& key) {
        if (m_cluster->session() == m_sessions.find(key)) {
            m_cluster->setSession(nullptr);
        }
        m_announcements.erase(key);
    });
    connect(&m_sessions, &Sessions::removed, this, [this] {
        if (m_sessions.empty()) {
            m_content->setCurrentWidget(m_firstRun);
        } else if (m_cluster->session() == nullptr) {
            display(m_sessions.list().index(0).data(models::ClusterListModel::KeyRole).toString());
        }
    });
    connect(&m_sessions, &Sessions::changed, this, &MainWindow::onSessionChanged);
    connect(&m_sessions, &Sessions::message, this, &MainWindow::tell);
}

void MainWindow::onSessionChanged(const QString& key) {
    const ClusterSession* session = m_sessions.find(key);
    const QString words = m_announcements[key].next(session->view());
    if (!words.isEmpty() && !m_hidden) {
        m_toast->announce(words);
    }
    if (session == m_cluster->session()) {
        setWindowTitle(tr("%1: %2 – Pilothouse").arg(session->view().name, session->view().headline));
    }
}

void MainWindow::showCluster(const QString& key) {
    if (m_sessions.find(key) == nullptr) {
        m_wanted = key;
        return;
    }
    m_wanted.clear();
    display(key);
}

void MainWindow::display(const QString& key) {
    ClusterSession* session = m_sessions.find(key);
    if (session == nullptr || session == m_cluster->session()) {
        return;
    }
    m_content->setCurrentWidget(m_cluster);
    const bool first = m_cluster->session() == nullptr;
    m_cluster->setSession(session);
    const QSignalBlocker quiet(m_sidebar); // it follows the window here, not the other way round
    m_sidebar->select(key);
    setWindowTitle(tr("%1: %2 – Pilothouse").arg(session->view().name, session->view().headline));
    if (first) {
        m_cluster->topologyPage()->topology()->setFocus(Qt::OtherFocusReason);
    }
}

ClusterSession* MainWindow::shownSession() const {
    return m_cluster->session();
}

bool MainWindow::showReplica(const QString& nameOrId) {
    if (m_cluster->session() == nullptr) {
        return false;
    }
    for (const models::ReplicaView& replica : m_cluster->session()->view().replicas) {
        if (replica.name == nameOrId || replica.id == nameOrId) {
            m_cluster->select(replica.id);
            return true;
        }
    }
    return false;
}

void MainWindow::tell(const QString& sentence, bool failed) {
    m_toast->tell(sentence, failed);
}

void MainWindow::cyclePanels(bool backwards) {
    const bool firstRun = m_content->currentWidget() == m_firstRun;
    const QList<QWidget*> panels = firstRun ? QList<QWidget*>{m_firstRun} : m_cluster->panels();
    focusNextPanel(panels + QList<QWidget*>{m_sidebar}, backwards);
}

void MainWindow::restore(const WindowState& state) {
    m_wanted = state.cluster;
    if (!state.geometry.isEmpty()) {
        restoreGeometry(state.geometry);
        m_splitter->restoreState(state.splitter);
        m_cluster->topologyPage()->restoreState(state.topologyPage);
    }
}

WindowState MainWindow::state() const {
    return {.geometry = saveGeometry(),
            .splitter = m_splitter->saveState(),
            .topologyPage = m_cluster->topologyPage()->saveState(),
            .cluster = m_sidebar->selected(),
            .theme = m_theme.choice()};
}

void MainWindow::noteVisibility() {
    const bool hidden = !isVisible() || isMinimized();
    if (hidden != m_hidden) {
        m_hidden = hidden;
        m_sessions.setHidden(hidden);
    }
}

void MainWindow::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::WindowStateChange) {
        noteVisibility();
    }
}

void MainWindow::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    noteVisibility();
}

void MainWindow::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    noteVisibility();
}

} // namespace pilothouse::ui
