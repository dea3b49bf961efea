// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/panel_focus.h"

#include <QApplication>
#include <QWidget>

namespace pilothouse::ui {
namespace {

bool takesKeys(const QWidget* widget) {
    return widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus) != 0 &&
           widget->focusProxy() == nullptr;
}

} // namespace

bool focusPanel(QWidget* panel) {
    if (panel == nullptr || !panel->isVisible()) {
        return false;
    }
    // A panel may name it. (A focus proxy would make the panel look focused as well to a screen reader.)
    auto* const first = panel->property("firstFocus").value<QWidget*>();
    if (first != nullptr && takesKeys(first)) {
        first->setFocus(Qt::TabFocusReason);
        return true;
    }
    // The chain is the window's tab order: the first in it that lies in the panel is the first to be read.
    QWidget* widget = panel;
    do {
        if ((widget == panel || panel->isAncestorOf(widget)) && takesKeys(widget)) {
            widget->setFocus(Qt::TabFocusReason);
            return true;
        }
        widget = widget->nextInFocusChain();
    } while (widget != panel);
    return false;
}

void focusNextPanel(const QList<QWidget*>& panels, bool backwards) {
    const QWidget* focused = QApplication::focusWidget();
    qsizetype at = backwards ? 0 : -1;
    for (qsizetype i = 0; i < panels.size() && focused != nullptr; ++i) {
        if (panels[i] == focused || panels[i]->isAncestorOf(focused)) {
            at = i;
        }
    }
    const qsizetype step = backwards ? -1 : 1;
    for (qsizetype tried = 0; tried < panels.size(); ++tried) {
        at = (at + step + panels.size()) % panels.size();
        if (focusPanel(panels[at])) {
            return;
        }
    }
}

} // namespace pilothouse::ui
