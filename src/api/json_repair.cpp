// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/json_codec.h"
#include "api/repair.h"

namespace pilothouse::api {

PILOTHOUSE_JSON(SilentMember)
PILOTHOUSE_JSON(SeenMember)
PILOTHOUSE_JSON(AskRepair)
PILOTHOUSE_JSON(EngineLog)
PILOTHOUSE_JSON(SurvivorReport)
PILOTHOUSE_JSON(Survivor)
PILOTHOUSE_JSON(RepairPlan)
PILOTHOUSE_JSON(StartRepair)
PILOTHOUSE_JSON(Repair)
PILOTHOUSE_JSON(PutBack)

} // namespace pilothouse::api
