// SPDX-License-Identifier: GPL-3.0-or-later
// Why a step is not done yet, from what went wrong.
#pragma once

#include "base/result.h"
#include "replica/operations/course.h"

namespace pilothouse::operations {

[[nodiscard]] Waits trouble(const Error& error);
// This replica has not heard of that member yet.
[[nodiscard]] Waits notKnownYet(const std::string& name);
// Of a change of the members.
[[nodiscard]] Waits changeWaits(const Error& error);

} // namespace pilothouse::operations
