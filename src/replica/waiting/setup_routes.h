// SPDX-License-Identifier: GPL-3.0-or-later
// What a host answers while it waits to be joined.
//
//     GET  /ca                      the wait's authority, PEM; the setup code has its fingerprint
//     GET  /_ping, /health          503, as an unhealthy replica's
//     GET  /load_balancer_status    the same
//     POST /api/v0/setup/inspect    api::InspectHost → api::HostReport
//     POST /api/v0/setup/join       api::AdmitHost → api::SetupState
//
// A join goes on by itself: asked again with the same token it answers "joining" until it is over. A failure
// is told once ("failed"); the next call tries again. A success is told by nobody: the ports close, and the
// replica's own open in their place.
//
// Problems are application/problem+json. 401: the setup code is wrong; 403: five wrong ones were given.
#pragma once

#include "api/setup.h"
#include "base/clock.h"
#include "replica/http/router.h"
#include "replica/state/worker.h"
#include "replica/waiting/host_report.h"
#include "replica/waiting/setup_desk.h"

#include <string>

namespace pilothouse::waiting {

// What the routes work with; outlives the servers.
struct SetupContext {
    SetupDesk& desk;
    const Clock& clock;
    state::Worker& worker; // for what blocks
    ProbedHost host;
    api::HostReport known; // what does not have to be measured
    std::string authority; // PEM
};

void addSetupRoutes(http::Router& router, const SetupContext& context);
// The health addresses, of each port that speaks HTTP to others.
void addWaitingHealthRoutes(http::Router& router);
// The answer of the engine's port, to whoever asks there.
[[nodiscard]] http::Response waitsAnswer();

} // namespace pilothouse::waiting
