// SPDX-License-Identifier: GPL-3.0-or-later
#include "round_trip.h"

namespace pilothouse::api::wire {

INSTANTIATE_TYPED_TEST_SUITE_P(Check, RoundTrip, CheckTypes::Tests);
INSTANTIATE_TYPED_TEST_SUITE_P(Operation, RoundTrip, OperationTypes::Tests);
INSTANTIATE_TYPED_TEST_SUITE_P(Repair, RoundTrip, RepairTypes::Tests);
INSTANTIATE_TYPED_TEST_SUITE_P(Setup, RoundTrip, SetupTypes::Tests);

} // namespace pilothouse::api::wire
