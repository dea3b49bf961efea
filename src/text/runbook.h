// SPDX-License-Identifier: GPL-3.0-or-later
// The runbook of a change, as Markdown in the language of the installed translation: what it is for, what
// must be so before, what each step does and the commands that do or check the same by hand, how to go back,
// and how to go on when something dies in the middle. Of one that has begun also what really happened.
//
// Kinds and steps of a newer version are there under their own names, with how to watch them.
#pragma once

#include "domain/operation.h"
#include "text/operation_report.h"

#include <QStringList>

#include <optional>
#include <string>

namespace pilothouse::text {

// Setup codes are never in it: commands name a file that has one.
[[nodiscard]] QString runbook(const api::OperationPlan& plan, const DocumentContext& context);
[[nodiscard]] QString runbook(const api::Operation& operation, const DocumentContext& context);

// What a runbook says of one step.
struct StepGuide {
    QString does;
    QStringList commands; // that do or check the same by hand
    QString goOn;         // what to see before going on
};
// `cluster`: for the commands; empty: the only one that is known.
[[nodiscard]] StepGuide guideTo(const api::OperationStep& step, const api::Operation& operation,
                                const QString& cluster);
// What follows "pilothousectl" to do the same: "remove reg-2"; empty where no command does.
[[nodiscard]] QString verbFor(const api::Operation& operation);
// "pilothousectl VERB --cluster NAME"
[[nodiscard]] QString commandIn(const QString& cluster, const QString& verb);

} // namespace pilothouse::text
