// SPDX-License-Identifier: GPL-3.0-or-later
// The look of the whole console: which of the two palettes is on, and how it reaches style and widgets.
#pragma once

#include "ui/theme/tokens.h"

#include <QObject>

class QApplication;

namespace pilothouse::ui {

class DesktopAppearance;

enum class ThemeChoice { system, light, dark };

// One per program; GUI thread. Widgets keep a reference and repaint on QEvent::PaletteChange, which every
// change of theme sends them.
class Theme : public QObject {
    Q_OBJECT
public:
    explicit Theme(QObject* parent = nullptr);
    ~Theme() override;

    // Sets Fusion, fonts, palette and stylesheet. With ThemeChoice::system the desktop is asked without
    // waiting; until it answers the palette that the platform started with decides.
    void apply(QApplication& application, ThemeChoice choice);
    // The same without the stylesheet, for the time in which windows are built: under a stylesheet everything
    // below a widget is styled anew each time that it gets another parent. apply() is to follow before they
    // are shown.
    void prepare(QApplication& application, ThemeChoice choice);

    [[nodiscard]] ThemeChoice choice() const { return m_choice; }
    [[nodiscard]] Appearance appearance() const { return m_appearance; }
    [[nodiscard]] const Tokens& colours() const { return tokens(m_appearance); }

Q_SIGNALS:
    void changed();

private:
    void show(Appearance appearance);

    QApplication* m_application = nullptr;
    DesktopAppearance* m_desktop = nullptr;
    bool m_preparing = false; // the stylesheet is still to come
    ThemeChoice m_choice = ThemeChoice::system;
    Appearance m_platform = Appearance::light;
    Appearance m_appearance = Appearance::light;
};

[[nodiscard]] ThemeChoice themeChoiceFrom(const QString& name); // "light", "dark"; all else is the system's
[[nodiscard]] QString nameOf(ThemeChoice choice);

} // namespace pilothouse::ui
