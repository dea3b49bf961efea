// SPDX-License-Identifier: GPL-3.0-or-later
// The report of the checks of a change, as Markdown in the language of the installed translation.
#pragma once

#include "api/operations.h"
#include "base/clock.h"

#include <QHash>
#include <QString>

namespace pilothouse::text {

// What a document says of where and when it was written.
struct DocumentContext {
    QString cluster; // its name
    WallTime at{};
    QHash<QString, QString> names = {}; // of replicas, by their ids
};

// Verdict, what can be lost before, during and after, and what the checks found, the worst first. Setup codes
// are never in it: a plan has none.
[[nodiscard]] QString checksReport(const api::OperationPlan& plan, const DocumentContext& context);
// Of the last time that they were run.
[[nodiscard]] QString checksReport(const api::Operation& operation, const DocumentContext& context);

// A plan as the operation that it would become: without id, nothing begun.
[[nodiscard]] api::Operation asOperation(const api::OperationPlan& plan);

// For the two kinds of document, in the order and under the headings of the severities; `level`: of these.
[[nodiscard]] QString findingsMarkdown(const std::vector<api::Finding>& findings, int level);
[[nodiscard]] QString marginsMarkdown(const api::Operation& operation);
// "2026-11-28 13:02:11 (CET)"
[[nodiscard]] QString timeWithZone(WallTime time);

// "remove-reg-3-checks.md": `what` is "checks" or "runbook", `replica` a name.
[[nodiscard]] QString documentName(const std::string& kind, const std::string& replica, const QString& what);

} // namespace pilothouse::text
