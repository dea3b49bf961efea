// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/style_sheet.h"

#include <utility>

namespace pilothouse::ui {
namespace {

// @name stands for a colour.
constexpr const char* sheet = R"(
QToolTip { background: @raised; color: @ink; border: 1px solid @line; padding: 4px 6px; }
QFrame[panel="true"] { background: @surface; border: 1px solid @line; border-radius: 10px; }
QFrame[inset="true"] { background: @window; border: 1px solid @line; border-radius: 8px; }
QFrame[strip="true"] { background: @accentGround; border: none; border-radius: 9px; }
QFrame[strip="attention"] { background: @attentionGround; border: none; border-radius: 9px; }
QWidget[sidebar="true"] { background: @surface; border: none; border-right: 1px solid @line; }
QFrame[line="true"] { background: @line; border: none; }
QLabel { background: transparent; color: @ink; }
QLabel[tone="dim"] { color: @dim; }
QLabel[tone="accent"] { color: @accent; }
QLabel[tone="attention"] { color: @attention; }
QLabel[tone="bad"] { color: @bad; }

QPushButton { background: @surface; color: @ink; border: 1px solid @line; border-radius: 7px;
  min-height: 32px; padding: 0 14px; }
QPushButton:hover { background: @window; border-color: @idle; }
QPushButton:pressed { background: @line; }
QPushButton:disabled { color: @faint; background: @surface; }
QPushButton[kind="primary"] { background: @accent; color: @onAccent; border-color: @accent; font-weight: 600; }
QPushButton[kind="primary"]:hover { border-color: @ink; }
QPushButton[kind="primary"]:disabled { background: @surface; color: @faint; border-color: @line; }
QPushButton[kind="destructive"] { color: @bad; border-color: @bad; background: @surface; }
QPushButton[kind="link"] { color: @accent; background: transparent; border: none; text-align: left;
  padding: 0 6px; min-height: 26px; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="fact"] { color: @dim; background: transparent; border: none; padding: 0 1px; min-height: 24px;
  font-weight: 500; }
QPushButton[kind="fact"]:hover { color: @ink; text-decoration: underline; }
QPushButton[kind="icon"] { padding: 0; min-width: 28px; max-width: 28px; min-height: 26px; max-height: 26px; }

QToolButton { background: transparent; border: none; border-radius: 6px; min-width: 26px; min-height: 26px; }
QToolButton:hover, QToolButton:pressed { background: @window; }
QToolButton::menu-indicator { image: none; width: 0; }

QLineEdit, QSpinBox, QComboBox { background: @surface; color: @ink; border: 1px solid @faint; border-radius: 7px;
  padding: 0 10px; min-height: 32px; selection-background-color: @accent; selection-color: @onAccent; }
QLineEdit:disabled, QComboBox:disabled { color: @faint; border-color: @line; }
QComboBox::drop-down { border: none; width: 28px; }
QComboBox::down-arrow { image: url(@chevron); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: @raised; border: 1px solid @line; padding: 4px; }
QLabel[kind="command"] { background: @window; border: 1px solid @line; border-radius: 6px; padding: 6px 8px; }
QRadioButton { color: @ink; spacing: 9px; background: transparent; min-height: 24px; }
QRadioButton::indicator { width: 16px; height: 16px; border-radius: 9px; border: 1px solid @dim; background: @surface; }
QRadioButton::indicator:checked { border-color: @accent; background: qradialgradient(cx:0.5, cy:0.5, radius:0.5, fx:0.5, fy:0.5, stop:0 @accent, stop:0.52 @accent, stop:0.6 @surface, stop:1 @surface); }
QCheckBox { color: @ink; spacing: 9px; background: transparent; min-height: 24px; }
QCheckBox::indicator { width: 18px; height: 18px; border-radius: 4px; border: 1px solid @dim; background: @surface; }
QCheckBox::indicator:checked { background: @accent; border-color: @accent; image: url(@tick); }

QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: @dim; border: none; border-bottom: 2px solid transparent;
  padding: 7px 1px 8px 1px; margin: 0 24px 0 8px; }
QTabBar::tab:selected { color: @ink; border-bottom-color: @accent; font-weight: 600; }
QTabBar::tab:hover:!selected { color: @ink; }

QTableView, QTreeView, QListView { background: @surface; color: @ink; border: none; outline: none;
  alternate-background-color: @surface; gridline-color: @line;
  selection-background-color: @accentGround; selection-color: @ink; }
QTableView::item { padding: 0 8px; border-bottom: 1px solid @line; }
QTableView::item:selected { background: @accentGround; color: @ink; }
QHeaderView { background: @surface; }
QHeaderView::section { background: @surface; color: @dim; border: none; border-bottom: 1px solid @line;
  padding: 6px 11px; font-weight: 600; }
QTableCornerButton::section { background: @surface; border: none; }

QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @faint; border-radius: 3px; margin: 2px; min-height: 32px; min-width: 32px; }
QScrollBar::handle:hover { background: @dim; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { background: none;
  border: none; width: 0; height: 0; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QSplitter::handle { background: transparent; }

QMenuBar { background: @surface; color: @ink; border-bottom: 1px solid @line; }
QMenuBar::item { padding: 5px 10px; background: transparent; }
QMenuBar::item:selected { background: @accentGround; color: @ink; border-radius: 5px; }
QMenu { background: @raised; color: @ink; border: 1px solid @line; padding: 5px; }
QMenu::item { padding: 6px 26px 6px 14px; border-radius: 5px; min-height: 18px; }
QMenu::item:selected { background: @accentGround; color: @ink; }
QMenu::item:disabled { color: @faint; }
QMenu::separator { height: 1px; background: @line; margin: 5px 8px; }

QProgressBar { background: @line; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
)";

} // namespace

QPalette paletteFor(const Tokens& c) {
    QPalette palette;
    const std::pair<QPalette::ColorRole, QColor> roles[] = {
        {QPalette::Window, c.window},
        {QPalette::WindowText, c.ink},
        {QPalette::Base, c.surface},
        {QPalette::AlternateBase, c.window},
        {QPalette::Text, c.ink},
        {QPalette::PlaceholderText, c.faint},
        {QPalette::Button, c.surface},
        {QPalette::ButtonText, c.ink},
        {QPalette::BrightText, c.bad},
        {QPalette::ToolTipBase, c.raised},
        {QPalette::ToolTipText, c.ink},
        {QPalette::Highlight, c.accent},
        {QPalette::HighlightedText, c.onAccent},
        {QPalette::Link, c.accent},
        {QPalette::LinkVisited, c.accent},
        {QPalette::Light, c.raised},
        {QPalette::Midlight, c.line},
        {QPalette::Mid, c.idle},
        {QPalette::Dark, c.idle},
        {QPalette::Shadow, c.line},
    };
    for (const auto& [role, colour] : roles) {
        palette.setColor(role, colour);
    }
    for (const QPalette::ColorRole role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText}) {
        palette.setColor(QPalette::Disabled, role, c.faint);
    }
    palette.setColor(QPalette::Disabled, QPalette::Highlight, c.line);
    return palette;
}

QString styleSheetFor(const Tokens& c) {
    QString text = QString::fromLatin1(sheet);
    // Longer names first, because @good is also the start of @goodGround.
    const std::pair<const char*, QColor> names[] = {
        {"@accentGround", c.accentGround},
        {"@onAccent", c.onAccent},
        {"@accent", c.accent},
        {"@attentionGround", c.attentionGround},
        {"@attention", c.attention},
        {"@surface", c.surface},
        {"@window", c.window},
        {"@raised", c.raised},
        {"@faint", c.faint},
        {"@idle", c.idle},
        {"@line", c.line},
        {"@ink", c.ink},
        {"@dim", c.dim},
        {"@bad", c.bad},
    };
    for (const auto& [name, colour] : names) {
        text.replace(QLatin1String(name), colour.name());
    }
    const bool isDark = c.window.lightness() < 128;
    text.replace(QLatin1String("@chevron"), isDark ? QStringLiteral(":/icons/chevron-dark.svg")
                                                   : QStringLiteral(":/icons/chevron-light.svg"));
    text.replace(QLatin1String("@tick"),
                 isDark ? QStringLiteral(":/icons/tick-dark.svg") : QStringLiteral(":/icons/tick-light.svg"));
    return text;
}

} // namespace pilothouse::ui
