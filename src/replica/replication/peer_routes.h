// SPDX-License-Identifier: GPL-3.0-or-later
// What replicas ask each other about blobs, for members alone:
//   PUT, GET /api/v0/replica/blobs/{digest}/{incarnation}
//   PUT      /api/v0/replica/uploads/{incarnation}?algorithm=A    of a blob that is still growing: its digest
//                                                                 follows as a trailer field
//   GET      /api/v0/replica/applied?revision=N&within_ms=N
#pragma once

#include "replica/admin/context.h"
#include "replica/http/router.h"
#include "replica/replication/local_blobs.h"

namespace pilothouse::replication {

// `context` and `local` outlive the router.
void addPeerRoutes(http::Router& router, const admin::Context& context, LocalBlobs& local);

} // namespace pilothouse::replication
