// SPDX-License-Identifier: GPL-3.0-or-later
// What the console asks of a cluster about changes to it.
#pragma once

#include "api/operations.h"
#include "base/result.h"

#include <QFuture>
#include <QString>

namespace pilothouse::ui {

// GUI thread. Futures end within a deadline, with an error when nobody can answer; they are cancelled when
// the session goes.
class Operations {
public:
    virtual ~Operations() = default;
    // Changes nothing.
    [[nodiscard]] virtual QFuture<Result<api::OperationPlan>> plan(const api::AskPlan& wanted) = 0;
    [[nodiscard]] virtual QFuture<Result<api::Operation>> start(const api::StartOperation& wanted) = 0;
    [[nodiscard]] virtual QFuture<Result<api::Operation>> decide(const QString& operation,
                                                                 const api::DecideOperation& decision) = 0;
    [[nodiscard]] virtual QFuture<Result<api::Operation>> find(const QString& operation) = 0;
    // The running one, and those that are over.
    [[nodiscard]] virtual QFuture<Result<api::OperationList>> list() = 0;
};

} // namespace pilothouse::ui
