// SPDX-License-Identifier: GPL-3.0-or-later
// The topology for a screen reader: a list whose first child says how the quorum is and whose others are the
// replicas in ring order.
#pragma once

#include <QAccessibleWidget>
#include <QHash>
#include <QPointer>

namespace pilothouse::ui {

class TopologyView;

// One replica, or (index -1) the line about the quorum.
class AccessibleReplica : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    AccessibleReplica(TopologyView* view, int index) : m_view(view), m_index(index) {}

    [[nodiscard]] bool isValid() const override;
    [[nodiscard]] QObject* object() const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* parent() const override;
    [[nodiscard]] QAccessibleInterface* child(int) const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    [[nodiscard]] QString text(QAccessible::Text kind) const override;
    void setText(QAccessible::Text, const QString&) override {}
    [[nodiscard]] QRect rect() const override;
    [[nodiscard]] QAccessible::Role role() const override;
    [[nodiscard]] QAccessible::State state() const override;
    [[nodiscard]] void* interface_cast(QAccessible::InterfaceType type) override;

    [[nodiscard]] QStringList actionNames() const override;
    void doAction(const QString& name) override;
    [[nodiscard]] QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
    QPointer<TopologyView> m_view;
    int m_index;
};

class AccessibleTopology : public QAccessibleWidget {
public:
    explicit AccessibleTopology(TopologyView* view);
    ~AccessibleTopology() override;

    [[nodiscard]] int childCount() const override;
    [[nodiscard]] QAccessibleInterface* child(int index) const override;
    [[nodiscard]] QAccessibleInterface* childAt(int x, int y) const override;
    [[nodiscard]] QAccessibleInterface* focusChild() const override;
    [[nodiscard]] int indexOfChild(const QAccessibleInterface* child) const override;

private:
    [[nodiscard]] TopologyView* view() const;
    mutable QHash<int, QAccessible::Id> m_children; // made when asked for
};

} // namespace pilothouse::ui
