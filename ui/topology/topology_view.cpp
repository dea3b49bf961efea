// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/topology_view.h"

#include "ui/theme/theme.h"
#include "ui/topology/topology_painter.h"

#include <QAccessible>
#include <QApplication>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <tuple>

namespace pilothouse::ui {

using models::ReplicaView;

TopologyView::TopologyView(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme) {
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Topology"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

// Whether both are drawn alike; ages and the inspector's lines are not part of the picture.
static bool looksSame(const models::ClusterView& a, const models::ClusterView& b) {
    const auto frame = [](const models::ClusterView& view) {
        return std::tuple(view.key, view.verdict, view.voting, view.voters, view.quorum, view.partition,
                          view.cutLabel, view.notLive.isEmpty(), view.replicas.size());
    };
    const auto card = [](const ReplicaView& replica) {
        return std::tuple(replica.id, replica.name, replica.state, replica.role, replica.leader,
                          replica.replicates, replica.cutOff, replica.joinedPercent, replica.detail);
    };
    return frame(a) == frame(b) && std::equal(a.replicas.begin(), a.replicas.end(), b.replicas.begin(),
                                              [&card](const ReplicaView& one, const ReplicaView& other) {
                                                  return card(one) == card(other);
                                              });
}

void TopologyView::setCluster(const models::ClusterView& cluster) {
    const bool sameCluster = cluster.key == m_cluster.key;
    const bool same = looksSame(cluster, m_cluster);
    const int before = itemCount();
    m_cluster = cluster;
    if (!sameCluster) {
        m_card = {};
        m_top.clear();
    }
    order();
    if (m_quietly && m_cluster.leader() != nullptr) {
        m_selected = m_cluster.leader()->id;
    }
    if (same) {
        return;
    }
    arrange();
    if (m_cluster.find(m_selected) == nullptr) {
        m_selected.clear();
    }
    update();
    if (QAccessible::isActive()) {
        QAccessibleEvent changed(this, before == itemCount() ? QAccessible::NameChanged
                                                             : QAccessible::ObjectReorder);
        QAccessible::updateAccessibility(&changed);
    }
}

void TopologyView::order() {
    if (const ReplicaView* leader = m_cluster.leader()) {
        m_top = leader->id;
    }
    m_voters.clear();
    m_learners.clear();
    // The ring is of voters; before anybody has said who votes, of all.
    const auto& replicas = std::as_const(m_cluster.replicas);
    const bool known = std::any_of(replicas.begin(), replicas.end(),
                                   [](const ReplicaView& replica) { return replica.voting; });
    for (const ReplicaView& replica : replicas) {
        (replica.voting || !known ? m_voters : m_learners).append(&replica);
    }
    const auto top = std::find_if(m_voters.begin(), m_voters.end(),
                                  [this](const ReplicaView* replica) { return replica->id == m_top; });
    if (top != m_voters.end()) {
        std::rotate(m_voters.begin(), top, m_voters.end());
    }
    m_items = m_voters + m_learners;
}

void TopologyView::arrange() {
    // Cards only grow while a cluster is shown: words that come and go must not move them.
    m_card = m_card.expandedTo(TopologyPainter::cardSize(m_cluster.replicas, this));
    m_layout = layOut({.area = size(),
                       .card = m_card,
                       .voters = static_cast<int>(m_voters.size()),
                       .learners = static_cast<int>(m_learners.size())});
    updateGeometry();
}

QSize TopologyView::sizeHint() const {
    return minimumSizeHint().expandedTo(QSize(760, 440));
}

QSize TopologyView::minimumSizeHint() const {
    const QSizeF card = m_card.isEmpty() ? QSizeF(190, 62) : m_card;
    return smallestArea(card, std::max(1, static_cast<int>(m_voters.size())),
                        static_cast<int>(m_learners.size()))
        .toSize();
}

QRect TopologyView::itemRect(int index) const {
    const qsizetype voters = m_voters.size();
    return (index < voters ? m_layout.voters[index] : m_layout.learners[index - voters]).toAlignedRect();
}

int TopologyView::currentIndex() const {
    const auto at = std::find_if(m_items.begin(), m_items.end(),
                                 [this](const ReplicaView* replica) { return replica->id == m_selected; });
    return at == m_items.end() ? -1 : static_cast<int>(at - m_items.begin());
}

int TopologyView::leaderIndex() const {
    const auto at = std::find_if(m_items.begin(), m_items.end(),
                                 [](const ReplicaView* replica) { return replica->leader; });
    return at == m_items.end() ? 0 : static_cast<int>(at - m_items.begin());
}

QString TopologyView::quorumText() const {
    if (m_cluster.healthy != m_cluster.voting) { // some vote and are not well: behind, draining
        return tr("Quorum: %1 of %2 vote, %3 needed; %4 healthy")
            .arg(m_cluster.voting)
            .arg(m_cluster.voters)
            .arg(m_cluster.quorum)
            .arg(m_cluster.healthy);
    }
    return tr("Quorum: %1 of %2 healthy, %3 needed")
        .arg(m_cluster.healthy)
        .arg(m_cluster.voters)
        .arg(m_cluster.quorum);
}

void TopologyView::setInspected(const QString& replicaId) {
    if (replicaId != m_inspected) {
        m_inspected = replicaId;
        update();
    }
}

void TopologyView::select(const QString& replicaId) {
    if (m_cluster.find(replicaId) == nullptr || (replicaId == m_selected && !m_quietly)) {
        return;
    }
    m_quietly = false;
    m_selected = replicaId;
    update();
    announceFocus();
    Q_EMIT selectionChanged(replicaId);
}

void TopologyView::activate(const QString& replicaId) {
    select(replicaId);
    Q_EMIT activated(replicaId);
}

void TopologyView::requestActions(const QString& replicaId) {
    select(replicaId);
    const int index = currentIndex();
    if (index >= 0) {
        Q_EMIT actionsRequested(replicaId, mapToGlobal(itemRect(index).bottomLeft()));
    }
}

void TopologyView::selectIndex(int index) {
    if (index >= 0 && index < itemCount()) {
        select(m_items[index]->id);
    }
}

void TopologyView::move(int by) {
    if (itemCount() > 0) {
        selectIndex((std::max(0, currentIndex()) + by + itemCount()) % itemCount());
    }
}

bool TopologyView::selectByName(const QString& typed) {
    if (typed.isEmpty() || !typed.front().isPrint() || itemCount() == 0) {
        return false;
    }
    const bool continued =
        m_sinceTyped.isValid() && m_sinceTyped.elapsed() < QApplication::keyboardInputInterval();
    m_typed = continued ? m_typed + typed : typed;
    m_sinceTyped.start();
    // A first letter goes on to the next; more letters stay where they fit.
    const int start = std::max(0, currentIndex()) + (m_typed.size() == 1 ? 1 : 0);
    for (int i = 0; i < itemCount(); ++i) {
        const int index = (start + i) % itemCount();
        if (m_items[index]->name.startsWith(m_typed, Qt::CaseInsensitive)) {
            selectIndex(index);
            break;
        }
    }
    return true;
}

void TopologyView::keyPressEvent(QKeyEvent* event) {
    const bool shift = event->modifiers().testFlag(Qt::ShiftModifier);
    switch (event->key()) {
    case Qt::Key_Right:
    case Qt::Key_Down:
        return move(1);
    case Qt::Key_Left:
    case Qt::Key_Up:
        return move(-1);
    case Qt::Key_Home:
        return selectIndex(leaderIndex());
    case Qt::Key_End:
        return selectIndex(itemCount() - 1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return m_selected.isEmpty() ? void() : activate(m_selected);
    case Qt::Key_Menu:
        return requestActions(m_selected);
    case Qt::Key_F10:
        if (shift) {
            return requestActions(m_selected);
        }
        break;
    default:
        break;
    }
    const bool plain = (event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)) == 0;
    if (!plain || !selectByName(event->text())) {
        QWidget::keyPressEvent(event);
    }
}

void TopologyView::announceFocus() {
    const int index = currentIndex();
    if (hasFocus() && index >= 0 && QAccessible::isActive()) {
        QAccessibleEvent focus(this, QAccessible::Focus);
        focus.setChild(index + 1); // the first child says how the quorum is
        QAccessible::updateAccessibility(&focus);
    }
}

void TopologyView::focusInEvent(QFocusEvent* event) {
    // Quietly: the keyboard has to be somewhere, but nobody has chosen yet.
    if (m_selected.isEmpty() && itemCount() > 0) {
        m_selected = m_items[leaderIndex()]->id;
        m_quietly = true;
    }
    QWidget::focusInEvent(event);
    update();
    announceFocus();
}

void TopologyView::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    update();
}

int TopologyView::indexAt(const QPointF& position) const {
    for (int i = 0; i < itemCount(); ++i) {
        if (itemRect(i).contains(position.toPoint())) {
            return i;
        }
    }
    return -1;
}

void TopologyView::mousePressEvent(QMouseEvent* event) {
    selectIndex(indexAt(event->position()));
}

void TopologyView::mouseDoubleClickEvent(QMouseEvent* event) {
    const int index = indexAt(event->position());
    if (index >= 0) {
        activate(m_items[index]->id);
    }
}

void TopologyView::contextMenuEvent(QContextMenuEvent* event) {
    if (event->reason() == QContextMenuEvent::Keyboard) {
        return; // the key itself has been handled
    }
    const int index = indexAt(event->pos());
    if (index >= 0) {
        selectIndex(index);
        Q_EMIT actionsRequested(m_items[index]->id, event->globalPos());
    }
}

bool TopologyView::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        auto* help = static_cast<QHelpEvent*>(event);
        const int index = indexAt(help->pos());
        if (index >= 0) {
            QToolTip::showText(help->globalPos(), m_items[index]->description, this, itemRect(index));
        } else {
            QToolTip::hideText();
        }
        return true;
    }
    return QWidget::event(event);
}

void TopologyView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

void TopologyView::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        m_card = {};
        arrange();
    }
    update();
}

void TopologyView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    TopologyPainter topology(painter, m_theme.colours());
    const bool live = m_cluster.notLive.isEmpty();
    if (m_cluster.partition) {
        topology.cut(m_layout, m_voters, m_cluster.cutLabel, rect());
    }
    const int leader = leaderIndex();
    if (itemCount() > 0 && m_items[leader]->leader) {
        for (int i = 0; i < m_voters.size(); ++i) {
            if (i != leader) {
                topology.link(linkPath(m_layout, itemRect(leader), itemRect(i)), *m_items[i], live);
            }
        }
    }
    if (!m_voters.isEmpty()) {
        topology.ring(m_layout, m_voters, m_learners, m_cluster);
    }
    for (int i = 0; i < itemCount(); ++i) {
        const bool current = m_items[i]->id == m_selected;
        topology.card(itemRect(i), *m_items[i],
                      {.sign = shownSign(*m_items[i], live),
                       .selected = m_items[i]->id == m_inspected,
                       .focused = current && hasFocus(),
                       .live = live});
    }
}

} // namespace pilothouse::ui
