// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/icon.h"

#include <QFile>
#include <QGuiApplication>
#include <QPainter>
#include <QSvgRenderer>

namespace pilothouse::ui {
namespace {

constexpr int size = 16; // logical pixels

QPixmap render(QByteArray svg, const QColor& colour, qreal scale) {
    svg.replace("#000", colour.name().toLatin1());
    QSvgRenderer renderer(svg);
    QPixmap pixmap(QSize(size, size) * scale);
    pixmap.setDevicePixelRatio(scale);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    renderer.render(&painter, QRectF(0, 0, size, size));
    return pixmap;
}

} // namespace

QIcon makeIcon(const QString& name, const QColor& colour, const QColor& whenDisabled) {
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    const QByteArray svg = file.readAll();
    QIcon icon;
    for (const qreal scale : {1.0, 2.0, qGuiApp->devicePixelRatio()}) {
        icon.addPixmap(render(svg, colour, scale), QIcon::Normal);
        icon.addPixmap(render(svg, whenDisabled, scale), QIcon::Disabled);
    }
    return icon;
}

} // namespace pilothouse::ui
