// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/json_codec.h"
#include "api/setup.h"

namespace pilothouse::api {

PILOTHOUSE_JSON(PathQuery)
PILOTHOUSE_JSON(PathAnswer)
PILOTHOUSE_JSON(AskPaths)
PILOTHOUSE_JSON(PathReport)
PILOTHOUSE_JSON(InspectHost)
PILOTHOUSE_JSON(HostReport)
PILOTHOUSE_JSON(AdmitHost)
PILOTHOUSE_JSON(SetupState)

} // namespace pilothouse::api
