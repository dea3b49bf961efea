// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/dtr.h"
#include "api/json_codec.h"

namespace pilothouse::api {

PILOTHOUSE_JSON(dtr::Ping)
PILOTHOUSE_JSON(dtr::RethinkSystemTables)
PILOTHOUSE_JSON(dtr::ClusterStatus)
PILOTHOUSE_JSON(dtr::ReplicaSettings)
PILOTHOUSE_JSON(dtr::Settings)
PILOTHOUSE_JSON(dtr::Alert)
PILOTHOUSE_JSON(std::vector<dtr::Alert>)

} // namespace pilothouse::api
