// SPDX-License-Identifier: GPL-3.0-or-later
// A cluster's status as Markdown, for a ticket: sentence, replicas with observer and age, last events.
#pragma once

#include "client/observation_collector.h"
#include "domain/assessment.h"

#include <QString>

namespace pilothouse::cli {

// English field names, times in UTC.
[[nodiscard]] QString statusReport(const client::CollectedObservation& collected,
                                   const domain::Assessment& assessment,
                                   const std::vector<api::Event>& lastEvents = {});

} // namespace pilothouse::cli
