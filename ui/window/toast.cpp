// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/toast.h"

#include "ui/theme/glyph.h"
#include "ui/theme/type.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>
#include <utility>

namespace pilothouse::ui {

Toast::Toast(const Theme& theme, QWidget* window) : QLabel(window), m_theme(theme) {
    setFont(fontFor(TextRole::text));
    setWordWrap(true);
    setTextFormat(Qt::PlainText);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setContentsMargins(40, 10, 16, 10);
    window->installEventFilter(this);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        hide();
        if (!m_waiting.isEmpty()) {
            announce(std::exchange(m_waiting, {}));
        }
    });
    hide();
}

void Toast::tell(const QString& sentence, bool failed) {
    m_failed = failed;
    appear(sentence, true);
    m_timer.start(failed ? 12'000 : 5'000);
}

void Toast::announce(const QString& sentence) {
    if (isVisible() && m_visibly) {
        m_waiting = sentence; // the newest: what it tells of is how things are now
        return;
    }
    appear(sentence, false);
    m_timer.start(1000);
}

void Toast::appear(const QString& sentence, bool visibly) {
    hide(); // appearing is what is announced
    m_visibly = visibly;
    setText(sentence);
    place();
    show();
    raise();
}

void Toast::place() {
    const QWidget* window = parentWidget();
    if (!m_visibly) {
        setGeometry(0, window->height() - 1, 1, 1);
        return;
    }
    const int width = std::min(620, window->width() - 64);
    const int natural = fontMetrics().horizontalAdvance(text()) + 60;
    resize(std::min(width, natural), heightForWidth(std::min(width, natural)));
    move((window->width() - this->width()) / 2, window->height() - height() - 24);
}

bool Toast::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize && isVisible()) {
        place();
    }
    return QLabel::eventFilter(watched, event);
}

void Toast::paintEvent(QPaintEvent* event) {
    if (!m_visibly) {
        return;
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens& colours = m_theme.colours();
    const models::Sign sign = m_failed ? models::Sign{models::Shape::cross, models::Tone::bad}
                                       : models::Sign{models::Shape::dot, models::Tone::good};
    painter.setPen(QPen(m_failed ? colours.bad : colours.idle, 1));
    painter.setBrush(colours.raised);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 9, 9);
    drawSign(painter, QRectF(17, height() / 2.0 - 5.5, 11, 11), sign, colours);
    painter.end();
    QLabel::paintEvent(event);
}

} // namespace pilothouse::ui
