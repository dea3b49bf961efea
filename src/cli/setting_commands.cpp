// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/json.h"
#include "cli/await.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/session_verb.h"
#include "cli/table.h"
#include "cli/text.h"

#include <CLI/CLI.hpp>

#include <memory>

namespace pilothouse::cli {
namespace {

struct SettingOptions {
    std::shared_ptr<TargetOptions> target;
    std::string name;
    std::string value;
    bool json = false;
};

int listSettings(Session& session, const SettingOptions& options) {
    const auto list = await(session.commands().settings());
    if (!list) {
        return reportError(list.error());
    }
    if (options.json) {
        printJsonText(api::toJson(*list));
        return exitDone;
    }
    Table table({{Text::tr("SETTING")}, {Text::tr("VALUE")}, {Text::tr("DEFAULT")}, {Text::tr("ALLOWED")}});
    for (const auto& setting : list->settings) {
        table.add({QString::fromStdString(setting.name), QString::fromStdString(setting.value),
                   QString::fromStdString(setting.standard), QString::fromStdString(setting.allowed)});
    }
    printTable(table);
    return exitDone;
}

int putSetting(Session& session, const SettingOptions& options) {
    const auto setting = await(session.commands().putSetting(QString::fromStdString(options.name),
                                                             {.value = options.value, .operation_id = {}}));
    if (!setting) {
        return reportError(setting.error());
    }
    if (options.json) {
        printJsonText(api::toJson(*setting));
    } else {
        printLine(QStringLiteral("%1 = %2").arg(QString::fromStdString(setting->name),
                                                QString::fromStdString(setting->value)));
    }
    return exitDone;
}

} // namespace

void addSettingCommands(CLI::App& app, Command& chosen) {
    auto* setting = app.add_subcommand("setting", "The cluster's settings");
    setting->require_subcommand(1);
    setting->footer("Examples:\n"
                    "  pilothousectl setting list\n"
                    "  pilothousectl setting set read_only_registry true");
    addSessionVerb(*setting, "list", "All settings, their values and what may be set", chosen,
                   std::make_shared<SettingOptions>(), listSettings);
    auto changing = std::make_shared<SettingOptions>();
    auto* set = addSessionVerb(*setting, "set", "Change a setting; it counts at once, at every replica",
                               chosen, changing, putSetting);
    set->add_option("name", changing->name, "The setting's name")->required();
    set->add_option("value", changing->value, "Its new value")->required();
}

} // namespace pilothouse::cli
