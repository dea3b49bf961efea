// SPDX-License-Identifier: GPL-3.0-or-later
#include "round_trip.h"

namespace pilothouse::api::wire {

INSTANTIATE_TYPED_TEST_SUITE_P(Registry, RoundTrip, RegistryTypes::Tests);

} // namespace pilothouse::api::wire
