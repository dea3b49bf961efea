// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

#include "ui/theme/desktop_appearance.h"
#include "ui/theme/style_sheet.h"
#include "ui/theme/type.h"

#include <QApplication>
#include <QStyle>
#include <QStyleFactory>

namespace pilothouse::ui {

Theme::Theme(QObject* parent) : QObject(parent) {}
Theme::~Theme() = default;

void Theme::prepare(QApplication& application, ThemeChoice choice) {
    m_preparing = true;
    apply(application, choice);
    m_preparing = false;
}

void Theme::apply(QApplication& application, ThemeChoice choice) {
    if (m_application == nullptr) {
        m_application = &application;
        const bool darkPlatform = application.palette().color(QPalette::Window).lightness() < 128;
        m_platform = darkPlatform ? Appearance::dark : Appearance::light;
        application.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
        application.setFont(fontFor(TextRole::text));
    }
    m_choice = choice;
    if (choice != ThemeChoice::system) {
        delete std::exchange(m_desktop, nullptr);
        show(choice == ThemeChoice::dark ? Appearance::dark : Appearance::light);
        return;
    }
    if (m_desktop == nullptr) {
        m_desktop = new DesktopAppearance(this);
        connect(m_desktop, &DesktopAppearance::changed, this,
                [this] { show(m_desktop->preferred().value_or(m_platform)); });
    }
    show(m_desktop->preferred().value_or(m_platform));
}

void Theme::show(Appearance appearance) {
    m_appearance = appearance;
    // The palette first: a stylesheet that is set before it keeps the old colours.
    m_application->setPalette(paletteFor(colours()));
    if (m_preparing) {
        return;
    }
    m_application->setStyleSheet(styleSheetFor(colours()));
    Q_EMIT changed();
}

ThemeChoice themeChoiceFrom(const QString& name) {
    if (name == QLatin1String("light")) {
        return ThemeChoice::light;
    }
    return name == QLatin1String("dark") ? ThemeChoice::dark : ThemeChoice::system;
}

QString nameOf(ThemeChoice choice) {
    switch (choice) {
    case ThemeChoice::light:
        return QStringLiteral("light");
    case ThemeChoice::dark:
        return QStringLiteral("dark");
    case ThemeChoice::system:
        break;
    }
    return QStringLiteral("system");
}

} // namespace pilothouse::ui
