// SPDX-License-Identifier: GPL-3.0-or-later
// Roles and verdicts for people; scripts get those of status_json.h.
#pragma once

#include "domain/assessment.h"

#include <QString>

namespace pilothouse::cli {

// A dash where it is not known.
[[nodiscard]] QString roleWord(domain::Role role);
[[nodiscard]] QString verdictWord(domain::Verdict verdict);

} // namespace pilothouse::cli
