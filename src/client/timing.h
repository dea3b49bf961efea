// SPDX-License-Identifier: GPL-3.0-or-later
// How long the client waits for what. Tests use shorter ones.
#pragma once

#include "base/clock.h"

namespace pilothouse::client {

struct Timing {
    Milliseconds lateAfter{1000}; // silence that is worth showing
    Milliseconds silentAfter{
        2500}; // silence that means "not answering"; also the deadline of each status request
    Milliseconds pollEvery{700};          // without a stream; less than lateAfter
    Milliseconds pollHidden{10000};       // the same while nobody looks
    Milliseconds streamAgainAfter{30000}; // how often polling looks whether the stream works now
    Milliseconds pingEvery{5000};         // to measure the round trip while on a stream
    Milliseconds backOffFirst{200};
    Milliseconds backOffMost{5000};
    Milliseconds rejectedAgainAfter{15000}; // after a refused password: no hammering
    Milliseconds coalesce{50};              // at most one changed() in this time
    Milliseconds coalesceHidden{1000};      // the same while nobody looks
};

} // namespace pilothouse::client
