// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/checks.h"
#include "api/json_codec.h"

namespace pilothouse::api {

PILOTHOUSE_JSON(CheckedPort)
PILOTHOUSE_JSON(ReplicaChecks)
PILOTHOUSE_JSON(AskCheck)
PILOTHOUSE_JSON(Cause)
PILOTHOUSE_JSON(ClusterCheck)

} // namespace pilothouse::api
