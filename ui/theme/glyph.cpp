// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/glyph.h"

#include <QPainter>
#include <QPainterPath>

namespace pilothouse::ui {
namespace {

using models::Shape;
using models::Tone;

void drawCross(QPainter& painter, const QRectF& box, const QColor& colour, double width) {
    painter.setPen(QPen(colour, width, Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(box.topLeft(), box.bottomRight());
    painter.drawLine(box.topRight(), box.bottomLeft());
}

void drawDashedRing(QPainter& painter, const QRectF& box, const QColor& colour, double width) {
    // Eight dashes, whatever the size: lengths are in units of the pen's width.
    const double dash = box.width() * 3.14159265 / 8 / width;
    QPen pen(colour, width, Qt::CustomDashLine, Qt::FlatCap);
    pen.setDashPattern({dash * 0.58, dash * 0.42});
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(box);
}

void drawTriangle(QPainter& painter, const QRectF& box, const QColor& colour) {
    QPainterPath path;
    path.moveTo(box.center().x(), box.top() + box.height() * 0.04);
    path.lineTo(box.right(), box.bottom() - box.height() * 0.06);
    path.lineTo(box.left(), box.bottom() - box.height() * 0.06);
    path.closeSubpath();
    painter.setPen(QPen(colour, box.width() * 0.1, Qt::SolidLine, Qt::SquareCap, Qt::RoundJoin));
    painter.setBrush(colour);
    painter.drawPath(path);
}

void drawArrowOut(QPainter& painter, const QRectF& box, const QColor& colour, double width) {
    const double y = box.center().y();
    const double head = box.width() * 0.36;
    painter.setPen(QPen(colour, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y));
    painter.drawPolyline(QPolygonF{QPointF(box.right() - head, y - head), QPointF(box.right(), y),
                                   QPointF(box.right() - head, y + head)});
}

void drawArc(QPainter& painter, const QRectF& box, const QColor& colour, const QColor& rest, double width,
             double progress) {
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(rest, width, Qt::SolidLine, Qt::FlatCap));
    painter.drawEllipse(box);
    painter.setPen(QPen(colour, width, Qt::SolidLine, Qt::FlatCap));
    painter.drawArc(box, 90 * 16, -static_cast<int>(360 * 16 * progress));
}

void drawTick(QPainter& painter, const QRectF& box, const QColor& colour) {
    const auto at = [&box](double x, double y) {
        return QPointF(box.left() + x * box.width(), box.top() + y * box.height());
    };
    painter.setPen(QPen(colour, box.width() * 0.09, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(QPolygonF{at(0.26, 0.53), at(0.43, 0.69), at(0.74, 0.35)});
}

void drawExclamation(QPainter& painter, const QRectF& box, const QColor& colour) {
    const double x = box.center().x();
    painter.setPen(QPen(colour, box.width() * 0.1, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(x, box.top() + box.height() * 0.24),
                     QPointF(x, box.top() + box.height() * 0.57));
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawEllipse(QPointF(x, box.top() + box.height() * 0.75), box.width() * 0.06, box.width() * 0.06);
}

} // namespace

QColor colourOf(Tone tone, const Tokens& colours) {
    switch (tone) {
    case Tone::good:
        return colours.good;
    case Tone::attention:
        return colours.attention;
    case Tone::bad:
        return colours.bad;
    case Tone::accent:
        return colours.accent;
    case Tone::neutral:
        break;
    }
    return colours.dim;
}

QColor groundOf(Tone tone, const Tokens& colours) {
    switch (tone) {
    case Tone::good:
        return colours.goodGround;
    case Tone::attention:
        return colours.attentionGround;
    case Tone::bad:
        return colours.badGround;
    case Tone::accent:
        return colours.accentGround;
    case Tone::neutral:
        break;
    }
    return colours.surface;
}

QColor textColourOf(Tone tone, const Tokens& colours) {
    return tone == Tone::good ? colours.dim : colourOf(tone, colours);
}

void drawSign(QPainter& painter, const QRectF& box, models::Sign sign, const Tokens& colours,
              double progress) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor colour = colourOf(sign.tone, colours);
    const double width = box.width() * 0.17;
    const double half = width / 2;
    const QRectF inner = box.adjusted(half, half, -half, -half);
    switch (sign.shape) {
    case Shape::dot:
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawEllipse(box);
        break;
    case Shape::dashedRing:
        drawDashedRing(painter, inner, colour, width);
        break;
    case Shape::cross:
        drawCross(painter, inner, colour, box.width() * 0.24);
        break;
    case Shape::triangle:
        drawTriangle(painter, box, colour);
        break;
    case Shape::arrowOut:
        drawArrowOut(painter, inner, colour, width);
        break;
    case Shape::arc:
        drawArc(painter, inner, colour, colours.line, width, progress);
        break;
    case Shape::square:
        painter.fillRect(box.adjusted(half / 2, half / 2, -half / 2, -half / 2), colour);
        break;
    }
    painter.restore();
}

void drawBigSign(QPainter& painter, const QRectF& box, models::Sign sign, const Tokens& colours) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor colour = colourOf(sign.tone, colours);
    const QColor ground = sign.tone == Tone::neutral ? colours.surface : groundOf(sign.tone, colours);
    if (sign.shape == Shape::dashedRing || sign.shape == Shape::arc) {
        drawSign(painter, box.adjusted(2, 2, -2, -2), sign, colours);
        painter.restore();
        return;
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawEllipse(box);
    if (sign.tone == Tone::good) {
        drawTick(painter, box, ground);
    } else if (sign.tone == Tone::bad) {
        const double inset = box.width() * 0.3;
        painter.setPen(Qt::NoPen);
        drawCross(painter, box.adjusted(inset, inset, -inset, -inset), ground, box.width() * 0.09);
    } else {
        drawExclamation(painter, box, ground);
    }
    painter.restore();
}

} // namespace pilothouse::ui
