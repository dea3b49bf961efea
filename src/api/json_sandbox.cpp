// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/json_codec.h"
#include "api/sandbox.h"

namespace pilothouse::api {

PILOTHOUSE_JSON(SandboxReplica)
PILOTHOUSE_JSON(Sandbox)

} // namespace pilothouse::api
