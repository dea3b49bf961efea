// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/focus_frame.h"

#include <QApplication>
#include <QEvent>
#include <QPainter>

namespace pilothouse::ui {

constexpr int reach = 4; // of the frame beyond the widget

FocusFrame::FocusFrame(const Theme& theme, QWidget* window) : QWidget(window), m_theme(theme) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAttribute(Qt::WA_NoSystemBackground);
    setFocusPolicy(Qt::NoFocus);
    hide();
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) { follow(now); });
}

void FocusFrame::follow(QWidget* target) {
    if (m_target != nullptr) {
        m_target->removeEventFilter(this);
    }
    const bool ours =
        target != nullptr && target->window() == parentWidget() && !target->property("ownFocus").toBool();
    m_target = ours ? target : nullptr;
    if (m_target == nullptr) {
        hide();
        return;
    }
    m_target->installEventFilter(this);
    place();
}

void FocusFrame::place() {
    // Parts that are scrolled away must not be framed outside their area: the frame lives in the window.
    const QRect box(m_target->mapTo(parentWidget(), QPoint(0, 0)), m_target->size());
    setGeometry(box.adjusted(-reach, -reach, reach, reach));
    raise();
    setVisible(m_target->isVisible() && !m_target->visibleRegion().isEmpty());
}

bool FocusFrame::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
    case QEvent::Move:
    case QEvent::Resize:
    case QEvent::Show:
    case QEvent::Hide:
        place();
        break;
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

void FocusFrame::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.colours().accent, 2));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 9, 9);
}

} // namespace pilothouse::ui
