// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/json_codec.h"
#include "api/operations.h"

namespace pilothouse::api {

PILOTHOUSE_JSON(Finding)
PILOTHOUSE_JSON(Margin)
PILOTHOUSE_JSON(AskPlan)
PILOTHOUSE_JSON(OperationPlan)
PILOTHOUSE_JSON(StartOperation)
PILOTHOUSE_JSON(DecideOperation)
PILOTHOUSE_JSON(Waiting)
PILOTHOUSE_JSON(OperationStep)
PILOTHOUSE_JSON(JournalLine)
PILOTHOUSE_JSON(Operation)
PILOTHOUSE_JSON(RunningOperation)
PILOTHOUSE_JSON(OperationList)

} // namespace pilothouse::api
