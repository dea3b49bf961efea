// SPDX-License-Identifier: GPL-3.0-or-later
// What each of the four lines that push and pull an image is for.
#pragma once

#include "domain/registry_lines.h"

#include <QString>

namespace pilothouse::text {

// One short sentence without a full stop.
[[nodiscard]] QString explanation(domain::RegistryStep step);

} // namespace pilothouse::text
