// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/node/local_wire.h"

#include "api/json_codec.h"

namespace pilothouse::api {

PILOTHOUSE_JSON(node::LocalRequest)
PILOTHOUSE_JSON(node::Defragmented)
PILOTHOUSE_JSON(node::LocalAnswer)

} // namespace pilothouse::api
