// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/panel.h"

#include <QScrollArea>
#include <QVBoxLayout>

namespace pilothouse::ui {

Panel::Panel(const QString& name, QWidget* parent) : QFrame(parent) {
    setProperty("panel", true);
    setAccessibleName(name);
}

QWidget* scrollingPanel(QWidget* content, const QString& name) {
    auto* panel = new Panel(name);
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    content->setMinimumHeight(1); // else as high as its paragraphs in the narrowest of columns
    scroll->setWidget(content);
    auto* layout = new QVBoxLayout(panel);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->addWidget(scroll);
    return panel;
}

} // namespace pilothouse::ui
