// SPDX-License-Identifier: GPL-3.0-or-later
// Widget tests run without a display and with accessibility on.
#include "ui/accessibility.h"

#include <QAccessible>
#include <QApplication>
#include <QStandardPaths>

#include <gtest/gtest.h>

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_LINUX_ACCESSIBILITY_ALWAYS_ON", "1");
    QStandardPaths::setTestModeEnabled(true);
    QApplication application(argc, argv);
    pilothouse::ui::installAccessibility();
    QAccessible::setActive(true);
    return RUN_ALL_TESTS();
}
