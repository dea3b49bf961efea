// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/accessible_topology.h"

#include "ui/topology/topology_view.h"

#include <QWindow>

namespace pilothouse::ui {

bool AccessibleReplica::isValid() const {
    return m_view != nullptr && m_index < m_view->itemCount();
}

QAccessibleInterface* AccessibleReplica::parent() const {
    return QAccessible::queryAccessibleInterface(m_view);
}

QString AccessibleReplica::text(QAccessible::Text kind) const {
    if (!isValid()) {
        return {};
    }
    if (m_index < 0) {
        return kind == QAccessible::Name ? m_view->quorumText() : QString();
    }
    const models::ReplicaView& replica = m_view->item(m_index);
    switch (kind) {
    case QAccessible::Name:
        return TopologyView::tr("%1, %2").arg(replica.name, replica.stateWord);
    case QAccessible::Description:
        return replica.description;
    default:
        return {};
    }
}

QRect AccessibleReplica::rect() const {
    if (!isValid()) {
        return {};
    }
    const QRect local = m_index < 0 ? m_view->rect() : m_view->itemRect(m_index);
    return {m_view->mapToGlobal(local.topLeft()), local.size()};
}

QAccessible::Role AccessibleReplica::role() const {
    return m_index < 0 ? QAccessible::StaticText : QAccessible::ListItem;
}

QAccessible::State AccessibleReplica::state() const {
    QAccessible::State state;
    if (!isValid()) {
        state.invalid = true;
        return state;
    }
    if (m_index >= 0) {
        const bool current = m_view->currentIndex() == m_index;
        state.focusable = true;
        state.selectable = true;
        state.selected = current;
        state.focused = current && m_view->hasFocus();
    }
    state.invisible = !m_view->isVisible();
    state.offscreen = state.invisible;
    return state;
}

void* AccessibleReplica::interface_cast(QAccessible::InterfaceType type) {
    return type == QAccessible::ActionInterface && m_index >= 0
               ? static_cast<QAccessibleActionInterface*>(this)
               : nullptr;
}

QStringList AccessibleReplica::actionNames() const {
    return m_index < 0 ? QStringList() : QStringList{setFocusAction(), pressAction(), showMenuAction()};
}

void AccessibleReplica::doAction(const QString& name) {
    if (!isValid() || m_index < 0) {
        return;
    }
    const QString id = m_view->item(m_index).id;
    if (name == setFocusAction()) {
        m_view->select(id);
        m_view->setFocus(Qt::OtherFocusReason);
    } else if (name == pressAction()) {
        m_view->activate(id);
    } else if (name == showMenuAction()) {
        m_view->requestActions(id);
    }
}

AccessibleTopology::AccessibleTopology(TopologyView* view) : QAccessibleWidget(view, QAccessible::List) {}

AccessibleTopology::~AccessibleTopology() {
    for (const QAccessible::Id id : std::as_const(m_children)) {
        QAccessible::deleteAccessibleInterface(id);
    }
}

TopologyView* AccessibleTopology::view() const {
    return static_cast<TopologyView*>(widget());
}

int AccessibleTopology::childCount() const {
    return view()->itemCount() + 1;
}

QAccessibleInterface* AccessibleTopology::child(int index) const {
    if (index < 0 || index >= childCount()) {
        return nullptr;
    }
    if (!m_children.contains(index)) {
        m_children.insert(index,
                          QAccessible::registerAccessibleInterface(new AccessibleReplica(view(), index - 1)));
    }
    return QAccessible::accessibleInterface(m_children.value(index));
}

QAccessibleInterface* AccessibleTopology::childAt(int x, int y) const {
    const QPoint local = view()->mapFromGlobal(QPoint(x, y));
    for (int i = 0; i < view()->itemCount(); ++i) {
        if (view()->itemRect(i).contains(local)) {
            return child(i + 1);
        }
    }
    return nullptr;
}

QAccessibleInterface* AccessibleTopology::focusChild() const {
    const int index = view()->currentIndex();
    return view()->hasFocus() && index >= 0 ? child(index + 1) : nullptr;
}

int AccessibleTopology::indexOfChild(const QAccessibleInterface* wanted) const {
    for (int i = 0; i < childCount(); ++i) {
        if (child(i) == wanted) {
            return i;
        }
    }
    return -1;
}

} // namespace pilothouse::ui
