// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accessibility.h"

#include "ui/inspector/sight_matrix_view.h"
#include "ui/inspector/sparkline.h"
#include "ui/status/status_banner.h"
#include "ui/timeline/timeline_plot.h"
#include "ui/topology/accessible_topology.h"
#include "ui/topology/topology_view.h"
#include "ui/widgets/panel.h"
#include "ui/window/toast.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDialog>
#include <QKeyEvent>

namespace pilothouse::ui {
namespace {

// A message that has appeared; its name is what it says.
class AccessibleToast : public QAccessibleWidget {
public:
    explicit AccessibleToast(Toast* toast) : QAccessibleWidget(toast, QAccessible::AlertMessage) {}
    [[nodiscard]] QString text(QAccessible::Text kind) const override {
        return kind == QAccessible::Name ? static_cast<Toast*>(widget())->text()
                                         : QAccessibleWidget::text(kind);
    }
};

QAccessibleInterface* make(const QString&, QObject* object) {
    if (auto* topology = qobject_cast<TopologyView*>(object)) {
        return new AccessibleTopology(topology);
    }
    if (auto* toast = qobject_cast<Toast*>(object)) {
        return new AccessibleToast(toast);
    }
    if (auto* plot = qobject_cast<TimelinePlot*>(object)) {
        return new QAccessibleWidget(plot, QAccessible::Chart);
    }
    if (auto* line = qobject_cast<Sparkline*>(object)) {
        return new QAccessibleWidget(line, QAccessible::Chart);
    }
    if (auto* cell = qobject_cast<SightCell*>(object)) {
        return new QAccessibleWidget(cell, QAccessible::StaticText);
    }
    if (auto* banner = qobject_cast<StatusBanner*>(object)) {
        return new QAccessibleWidget(banner, QAccessible::Grouping);
    }
    if (auto* panel = qobject_cast<Panel*>(object)) {
        return new QAccessibleWidget(panel, QAccessible::Grouping);
    }
    return nullptr;
}

// In a dialog Enter presses its default button; elsewhere Qt leaves a focused button to Space alone, which
// only who knows Qt would try.
class EnterPresses : public QObject {
public:
    using QObject::QObject;
    bool eventFilter(QObject* watched, QEvent* event) override {
        auto* button = event->type() == QEvent::KeyPress ? qobject_cast<QAbstractButton*>(watched) : nullptr;
        if (button == nullptr || !button->isEnabled() ||
            qobject_cast<QDialog*>(button->window()) != nullptr) {
            return false;
        }
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (!enter || key->isAutoRepeat() || (key->modifiers() & ~Qt::KeypadModifier) != Qt::NoModifier) {
            return false;
        }
        button->click();
        return true;
    }
};

} // namespace

void installAccessibility() {
    QAccessible::installFactory(make);
    qApp->installEventFilter(new EnterPresses(qApp));
}

} // namespace pilothouse::ui
