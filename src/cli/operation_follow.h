// SPDX-License-Identifier: GPL-3.0-or-later
// Following an operation until it has ended.
#pragma once

#include "api/operations.h"
#include "cli/session.h"
#include "domain/operation.h"

namespace pilothouse::cli {

// Prints each step as it is done and what is waited for, or with `json` each state that differs from the one
// before as one object a line. Gives the exit code: exitDone when the operation ends as `wanted`, exitFailed
// when it ends otherwise, or when no replica has told of it for a minute. A signal ends the following, never
// the operation.
[[nodiscard]] int followOperation(Session& session, const api::Operation& operation, bool json,
                                  domain::OperationPhase wanted);

} // namespace pilothouse::cli
