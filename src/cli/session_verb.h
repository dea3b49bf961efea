// SPDX-License-Identifier: GPL-3.0-or-later
// A verb of a group of commands (user, token, setting) that asks a cluster one thing.
#pragma once

#include "cli/commands.h"
#include "cli/session.h"

#include <CLI/App.hpp>

#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

namespace pilothouse::cli {

// Adds `verb` to `group`, with the options that all have: which cluster, and --json. `Options` has `target`
// and `json`. `act` gives the exit code.
template <typename Options>
CLI::App* addSessionVerb(CLI::App& group, const std::string& verb, const std::string& help, Command& chosen,
                         const std::shared_ptr<Options>& options,
                         std::type_identity_t<std::function<int(Session&, const Options&)>> act) {
    auto* command = group.add_subcommand(verb, help);
    options->target = addTargetOptions(*command);
    command->add_flag("--json", options->json, "Print JSON");
    command->callback([&chosen, options, act = std::move(act)] {
        chosen = [options, act] {
            return withSession(*options->target, [&](Session& session) { return act(session, *options); });
        };
    });
    return command;
}

} // namespace pilothouse::cli
