// SPDX-License-Identifier: GPL-3.0-or-later
#include "round_trip.h"

namespace pilothouse::api::wire {

INSTANTIATE_TYPED_TEST_SUITE_P(Other, RoundTrip, OtherTypes::Tests);

} // namespace pilothouse::api::wire
