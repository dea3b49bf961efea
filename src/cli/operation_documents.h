// SPDX-License-Identifier: GPL-3.0-or-later
// Reports and runbooks of changes, as files or on standard output.
#pragma once

#include "api/operations.h"
#include "cli/commands.h"
#include "cli/session.h"

#include <CLI/App.hpp>

#include <string>

namespace pilothouse::cli {

// Files to be written of a plan; empty: none. Their ending decides: .json, or Markdown.
struct DocumentOptions {
    std::string report;
    std::string runbook;
};

// Adds --report and --runbook.
void addDocumentOptions(CLI::App& command, DocumentOptions& options);
// Writes what was asked for.
[[nodiscard]] Status writeDocuments(Session& session, const DocumentOptions& options,
                                    const api::OperationPlan& plan);
// Adds "operations export".
void addExport(CLI::App& group, Command& chosen);

} // namespace pilothouse::cli
