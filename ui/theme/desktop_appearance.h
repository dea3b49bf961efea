// SPDX-License-Identifier: GPL-3.0-or-later
// Light or dark as the desktop wants it: org.freedesktop.portal.Settings, key org.freedesktop.appearance
// color-scheme (XDG Desktop Portal). Asked without waiting; silent where there is no portal.
#pragma once

#include "ui/theme/tokens.h"

#include <QDBusMessage>
#include <QObject>

#include <optional>

namespace pilothouse::ui {

class DesktopAppearance : public QObject {
    Q_OBJECT
public:
    explicit DesktopAppearance(QObject* parent = nullptr);

    // What the desktop said last; nullopt: nothing yet, or no preference.
    [[nodiscard]] std::optional<Appearance> preferred() const { return m_preferred; }

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void onSettingChanged(const QDBusMessage& message);

private:
    void take(const QVariant& value);

    std::optional<Appearance> m_preferred;
};

} // namespace pilothouse::ui
