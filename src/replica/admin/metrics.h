// SPDX-License-Identifier: GPL-3.0-or-later
// What this replica measures, for Prometheus.
#pragma once

#include "api/status.h"
#include "base/clock.h"
#include "replica/admin/context.h"
#include "replica/admin/request_meter.h"
#include "replica/http/server_counts.h"

#include <string>

namespace pilothouse::admin {

struct MetricsInputs {
    const api::ClusterStatus& status;
    api::Health self; // as the health addresses say it
    WallTime now;
    Milliseconds stateBehind{0}; // the read model, behind what is known to exist
    http::ServerCounts connections;
    const RequestMeter& requests;
};

// Text format 0.0.4. Names begin with pilothouse_; what is not known has no sample rather than a 0. Pure.
[[nodiscard]] std::string metricsOf(const MetricsInputs& inputs);

// GET /metrics, for any user: the text names replicas and versions.
void addMetricsRoute(http::Router& router, const Context& context);

} // namespace pilothouse::admin
