// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/json_codec.h"
#include "api/status.h"

namespace pilothouse::api {

PILOTHOUSE_JSON(Health)
PILOTHOUSE_JSON(Consensus)
PILOTHOUSE_JSON(Engine)
PILOTHOUSE_JSON(Traffic)
PILOTHOUSE_JSON(Certificate)
PILOTHOUSE_JSON(HostFacts)
PILOTHOUSE_JSON(Blobs)
PILOTHOUSE_JSON(ReplicaStatus)
PILOTHOUSE_JSON(NewerEpoch)
PILOTHOUSE_JSON(Heartbeat)
PILOTHOUSE_JSON(PeerView)
PILOTHOUSE_JSON(Member)
PILOTHOUSE_JSON(Membership)
PILOTHOUSE_JSON(Alarm)
PILOTHOUSE_JSON(ClusterInfo)
PILOTHOUSE_JSON(FormerMember)
PILOTHOUSE_JSON(ClusterStatus)

} // namespace pilothouse::api
