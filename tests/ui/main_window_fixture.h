// SPDX-License-Identifier: GPL-3.0-or-later
// A main window with scripted sessions.
#pragma once

#include "scripted_session.h"
#include "ui/pages/cluster_page.h"
#include "ui/pages/topology_page.h"
#include "ui/session/sessions.h"
#include "ui/sidebar/sidebar.h"
#include "ui/status/status_banner.h"
#include "ui/theme/theme.h"
#include "ui/window/main_window.h"

#include <QApplication>
#include <QTabBar>
#include <QTest>

#include <gtest/gtest.h>

#include <memory>

namespace pilothouse::ui::test {

class MainWindowFixture : public testing::Test {
protected:
    void SetUp() override {
        theme.apply(*qApp, ThemeChoice::light);
        window = std::make_unique<MainWindow>(theme, sessions);
    }
    ScriptedSession* add(const models::ClusterView& view) {
        auto session = std::make_unique<ScriptedSession>(view);
        ScriptedSession* raw = session.get();
        sessions.add(view.key, std::move(session));
        return raw;
    }
    void show() {
        window->show();
        window->activateWindow();
        ASSERT_TRUE(QTest::qWaitForWindowActive(window.get()));
    }
    // The panel that has the keyboard.
    [[nodiscard]] std::string panel() const {
        const QWidget* focused = QApplication::focusWidget();
        const TopologyPage* page = window->clusterPage()->topologyPage();
        const QList<QWidget*> topologyPanels = page->panels();
        const std::pair<const QWidget*, const char*> panels[] = {{window->clusterPage()->banner(), "banner"},
                                                                 {window->clusterPage()->tabs(), "tabs"},
                                                                 {topologyPanels[0], "topology"},
                                                                 {topologyPanels[1], "inspector"},
                                                                 {topologyPanels[2], "timeline"},
                                                                 {window->sidebar(), "clusters"}};
        for (const auto& [widget, name] : panels) {
            if (focused != nullptr && (widget == focused || widget->isAncestorOf(focused))) {
                return name;
            }
        }
        return "nowhere";
    }

    Theme theme;
    Sessions sessions;
    std::unique_ptr<MainWindow> window;
};

} // namespace pilothouse::ui::test
