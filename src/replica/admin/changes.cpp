// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/admin/changes.h"

#include <utility>

namespace pilothouse::admin {

namespace {

constexpr Milliseconds barrierDeadline{1500};

}

state::Request requestOf(const Principal& principal, std::string operationId) {
    return {.operationId = std::move(operationId), .actor = nameOf(principal)};
}

http::Awaitable<Result<std::shared_ptr<const state::Snapshot>>> freshState(const Context& context) {
    const Status fresh = co_await context.follower.readBarrier(barrierDeadline);
    if (!fresh) {
        co_return fail(fresh.error());
    }
    co_return context.model.snapshot();
}

} // namespace pilothouse::admin
