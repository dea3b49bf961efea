// SPDX-License-Identifier: GPL-3.0-or-later
// What routes that change the state, and read it back, have in common.
#pragma once

#include "replica/admin/context.h"

#include <memory>
#include <string>

namespace pilothouse::admin {

// Who asks for the change, and the id that makes a retry harmless.
[[nodiscard]] state::Request requestOf(const Principal& principal, std::string operationId);

// What was written, once this replica's own read model has it: a new token opens this replica with the next
// request, and a changed password does not. That the read model is late takes nothing from what was written.
template <typename T>
[[nodiscard]] http::Awaitable<Result<T>> settled(const Context& context, Result<state::Written<T>> written) {
    constexpr Milliseconds settleTime{1000};
    if (!written) {
        co_return fail(written.error());
    }
    (void)co_await context.follower.waitFor(written->revision, settleTime);
    co_return std::move(written->value);
}

// The state after a barrier: it holds what was just written through another replica.
[[nodiscard]] http::Awaitable<Result<std::shared_ptr<const state::Snapshot>>>
freshState(const Context& context);

} // namespace pilothouse::admin
