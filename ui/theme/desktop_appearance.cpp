// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/desktop_appearance.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>

namespace pilothouse::ui {
namespace {

const QString service = QStringLiteral("org.freedesktop.portal.Desktop");
const QString path = QStringLiteral("/org/freedesktop/portal/desktop");
const QString interface = QStringLiteral("org.freedesktop.portal.Settings");
const QString space = QStringLiteral("org.freedesktop.appearance");
const QString key = QStringLiteral("color-scheme");

} // namespace

DesktopAppearance::DesktopAppearance(QObject* parent) : QObject(parent) {
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) {
        return;
    }
    // From whoever sends it: naming the sender would ask the bus who that is, and wait for its answer. The
    // whole message: a slot with typed parameters is not called for what comes as a variant.
    bus.connect(QString(), path, interface, QStringLiteral("SettingChanged"), this,
                SLOT(onSettingChanged(QDBusMessage)));
    QDBusMessage call = QDBusMessage::createMethodCall(service, path, interface, QStringLiteral("Read"));
    call << space << key;
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(call, 2000), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher* finished) {
        const QDBusPendingReply<QDBusVariant> reply = *finished;
        finished->deleteLater();
        if (reply.isValid()) {
            take(reply.value().variant());
        }
    });
}

void DesktopAppearance::onSettingChanged(const QDBusMessage& message) {
    const QList<QVariant> arguments = message.arguments();
    if (arguments.size() == 3 && arguments[0].toString() == space && arguments[1].toString() == key) {
        take(arguments[2].value<QDBusVariant>().variant());
    }
}

void DesktopAppearance::take(const QVariant& value) {
    // Read wraps the value twice. 0 is no preference, 1 dark, 2 light.
    const QVariant inner = value.canConvert<QDBusVariant>() ? value.value<QDBusVariant>().variant() : value;
    std::optional<Appearance> preferred;
    if (inner.toUInt() == 1) {
        preferred = Appearance::dark;
    } else if (inner.toUInt() == 2) {
        preferred = Appearance::light;
    }
    if (preferred != m_preferred) {
        m_preferred = preferred;
        Q_EMIT changed();
    }
}

} // namespace pilothouse::ui
