// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/json.h"
#include "cli/await.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/session.h"
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

int listSettings(Session& session, bool json) {
    const auto list = await(session.commands().settings());
    if (!list) {
        return reportError(list.error());
    }
    if (json) {
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

// One verb below `setting`, with the options that both have.
CLI::App* addVerb(CLI::App& parent, const std::string& verb, const std::string& help, Command& chosen,
                  const std::shared_ptr<SettingOptions>& options,
                  std::function<int(Session&, SettingOptions&)> act) {
    auto* command = parent.add_subcommand(verb, help);
    options->target = addTargetOptions(*command);
    command->add_flag("--json", options->json, "Print JSON");
    command->callback([&chosen, options, act = std::move(act)] {
        chosen = [options, act] {
            return withSession(*options->target, [&](Session& s) { return act(s, *options); });
        };
    });
    return command;
}

} // namespace

void addSettingCommands(CLI::App& app, Command& chosen) {
    auto* setting = app.add_subcommand("setting", "The cluster's settings");
    setting->require_subcommand(1);
    setting->footer("Examples:\n"
                    "  pilothousectl setting list\n"
                    "  pilothousectl setting set read_only_registry true");
    addVerb(*setting, "list", "All settings, their values and what may be set", chosen,
            std::make_shared<SettingOptions>(),
            [](Session& session, SettingOptions& options) { return listSettings(session, options.json); });
    auto changing = std::make_shared<SettingOptions>();
    auto* set =
        addVerb(*setting, "set", "Change a setting; it counts at once, at every replica", chosen, changing,
                [](Session& session, SettingOptions& options) { return putSetting(session, options); });
    set->add_option("name", changing->name, "The setting's name")->required();
    set->add_option("value", changing->value, "Its new value")->required();
}

} // namespace pilothouse::cli
