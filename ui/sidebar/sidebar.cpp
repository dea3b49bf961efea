// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sidebar/sidebar.h"

#include "models/cluster_list_model.h"
#include "ui/sidebar/cluster_delegate.h"
#include "ui/theme/theme.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/label.h"

#include <QKeyEvent>
#include <QListView>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

namespace pilothouse::ui {

using models::ClusterListModel;

namespace {

QPushButton* makeLink(const QString& text) {
    auto* link = new QPushButton(text);
    link->setProperty("kind", QStringLiteral("link"));
    link->setCursor(Qt::PointingHandCursor);
    return link;
}

// As high as its rows, also when words go on a second line because there is less room.
class ClusterList : public QListView {
public:
    // One row; a scroll area's own is two rows high.
    [[nodiscard]] QSize minimumSizeHint() const override {
        return {QListView::minimumSizeHint().width(), 44};
    }

protected:
    void updateGeometries() override {
        QListView::updateGeometries();
        if (std::exchange(m_height, contentsSize().height()) != contentsSize().height()) {
            updateGeometry();
        }
    }

private:
    int m_height = 0;
};

} // namespace

Sidebar::Sidebar(const Theme& theme, ClusterListModel& clusters, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_clusters(clusters),
      m_caption(makeLabel(TextRole::caption, Ink::dim, tr("CLUSTERS"))),
      m_empty(makeLabel(TextRole::secondary, Ink::dim, tr("No clusters yet"))), m_list(new ClusterList),
      m_links(new QWidget), m_menuButton(new QToolButton) {
    m_list->setModel(&clusters);
    m_list->setItemDelegate(new ClusterDelegate(theme, m_list));
    m_list->setAccessibleName(tr("Clusters"));
    m_list->setProperty("ownFocus", true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setMouseTracking(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_list->setSizeAdjustPolicy(QAbstractScrollArea::AdjustToContents);

    auto* connectLink = makeLink(tr("+ Connect to a cluster…"));
    auto* sandboxLink = makeLink(tr("▷ Start a local sandbox…"));
    auto* links = new QVBoxLayout(m_links);
    links->setContentsMargins(14, 0, 0, 0);
    links->setSpacing(2);
    links->addWidget(connectLink);
    links->addWidget(sandboxLink);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 18, 1, 16);
    layout->setSpacing(0);
    const auto indented = [layout](QLabel* label, int below) {
        label->setContentsMargins(20, 0, 12, below);
        layout->addWidget(label);
    };
    auto* head = new QHBoxLayout;
    head->setContentsMargins(20, 0, 10, 14);
    head->addWidget(makeLabel(TextRole::title, Ink::value, QStringLiteral("Pilothouse")), 1);
    head->addWidget(m_menuButton);
    layout->addLayout(head);
    indented(m_empty, 0);
    indented(m_caption, 8);
    auto* listFrame = new QVBoxLayout;
    listFrame->setContentsMargins(6, 0, 6, 10);
    listFrame->addWidget(m_list);
    layout->addLayout(listFrame);
    layout->addWidget(m_links);
    layout->addSpacerItem(new QSpacerItem(184, 0));
    layout->addStretch(1);
    setProperty("firstFocus", QVariant::fromValue<QWidget*>(m_list)); // where F6 goes
    QWidget::setTabOrder(m_list, connectLink);
    QWidget::setTabOrder(connectLink, sandboxLink);
    QWidget::setTabOrder(sandboxLink, m_menuButton);

    connect(connectLink, &QPushButton::clicked, this, &Sidebar::connectRequested);
    connect(sandboxLink, &QPushButton::clicked, this, &Sidebar::sandboxRequested);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& now) {
                Q_EMIT selectionChanged(now.data(ClusterListModel::KeyRole).toString());
            });
    connect(m_list, &QListView::customContextMenuRequested, this, &Sidebar::showMenu);
    connect(&clusters, &ClusterListModel::rowsInserted, this, &Sidebar::onRowsChanged);
    connect(&clusters, &ClusterListModel::rowsRemoved, this, &Sidebar::onRowsChanged);
    onRowsChanged();
}

void Sidebar::setMenu(QMenu* menu) {
    m_menuButton->setAccessibleName(tr("Menu"));
    m_menuButton->setToolTip(tr("Menu (F10)"));
    m_menuButton->setShortcut(QKeySequence(Qt::Key_F10));
    m_menuButton->setPopupMode(QToolButton::InstantPopup);
    m_menuButton->setFocusPolicy(Qt::TabFocus);
    m_menuButton->setMenu(menu);
    m_menuButton->setIcon(makeIcon(QStringLiteral("menu"), m_theme.colours().ink, m_theme.colours().faint));
}

void Sidebar::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        m_menuButton->setIcon(
            makeIcon(QStringLiteral("menu"), m_theme.colours().ink, m_theme.colours().faint));
    }
}

void Sidebar::onRowsChanged() {
    const bool any = m_clusters.rowCount() > 0;
    m_empty->setVisible(!any);
    m_caption->setVisible(any);
    m_list->setVisible(any);
    m_links->setVisible(any);
    m_list->updateGeometry();
}

void Sidebar::select(const QString& clusterKey) {
    const int row = m_clusters.rowOf(clusterKey);
    if (row >= 0) {
        m_list->setCurrentIndex(m_clusters.index(row));
    }
}

QString Sidebar::selected() const {
    return m_list->currentIndex().data(ClusterListModel::KeyRole).toString();
}

void Sidebar::showMenu(const QPoint& at) {
    const QModelIndex index = m_list->indexAt(at);
    // A sandbox is in the list because it runs here; it goes when it is removed there.
    if (!index.isValid() || index.data(ClusterListModel::SandboxRole).toBool()) {
        return;
    }
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QString key = index.data(ClusterListModel::KeyRole).toString();
    menu->addAction(tr("Take “%1” off this list").arg(index.data().toString()), this,
                    [this, key] { Q_EMIT removeRequested(key); });
    menu->popup(m_list->viewport()->mapToGlobal(at));
}

void Sidebar::keyPressEvent(QKeyEvent* event) {
    const QModelIndex index = m_list->currentIndex();
    if (event->key() == Qt::Key_Delete && index.isValid() &&
        !index.data(ClusterListModel::SandboxRole).toBool()) {
        Q_EMIT removeRequested(selected());
        return;
    }
    QWidget::keyPressEvent(event);
}

void Sidebar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.colours().surface);
    painter.fillRect(QRect(width() - 1, 0, 1, height()), m_theme.colours().line);
}

} // namespace pilothouse::ui
