// SPDX-License-Identifier: GPL-3.0-or-later
// A coroutine's pause.
#pragma once

#include "base/clock.h"

#include <boost/asio/awaitable.hpp>

namespace pilothouse::node {

// Suspends for `duration` on the caller's executor; throws boost::system::system_error when cancelled.
[[nodiscard]] boost::asio::awaitable<void> sleepFor(Milliseconds duration);

} // namespace pilothouse::node
