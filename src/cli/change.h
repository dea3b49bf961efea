// SPDX-License-Identifier: GPL-3.0-or-later
// One change to a cluster: its plan is printed, what is missing is asked for, then it is begun and followed.
#pragma once

#include "api/operations.h"
#include "cli/operation_documents.h"
#include "cli/session.h"
#include "cli/target_options.h"

#include <CLI/App.hpp>

#include <memory>
#include <string>

namespace pilothouse::cli {

struct ChangeOptions {
    std::shared_ptr<TargetOptions> target;
    std::string replica;
    std::string newName;       // that it is to have
    std::string setupCodeFile; // of a host that is to join
    std::string reason;
    std::string force;
    DocumentOptions documents;
    bool dryRun = false;
    bool yes = false;
    bool noWait = false;
    bool off = false; // the opposite
    bool json = false;
};

// --dry-run, --reason, --no-wait and the documents, and --yes where it has to be said.
void addCommonOptions(CLI::App& command, ChangeOptions& options, bool asksForYes = true);

// Gives the exit code.
[[nodiscard]] int carryOut(Session& session, const ChangeOptions& options, const api::AskPlan& asked);
// The same with a plan that was made already.
[[nodiscard]] int carryOut(Session& session, const ChangeOptions& options, const api::AskPlan& asked,
                           const api::OperationPlan& plan);

} // namespace pilothouse::cli
