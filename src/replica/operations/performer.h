// SPDX-License-Identifier: GPL-3.0-or-later
// Who performs the steps of an operation.
#pragma once

#include "domain/operation_plan.h"
#include "replica/operations/course.h"
#include "replica/state/membership.h"

#include <boost/asio/awaitable.hpp>

#include <variant>

namespace pilothouse::operations {

// The step is done.
struct Done {};
// What the first step found; whether that stands in the way is for the caller to say.
struct Checked {
    domain::OperationPlan plan;
    bool draining = false;                                          // the replica, already
    std::optional<std::vector<state::RestartRecord>> restarts = {}; // of those that are to be restarted
};
using StepOutcome = std::variant<Done, Waits, Checked>;

// Every step may be performed again at any time, here or at another replica: what is done already stays as it
// is.
class Performer {
public:
    virtual ~Performer() = default;
    // Goes as far as it can at once. `guard`: the operation's record, for changes that cannot be taken back.
    [[nodiscard]] virtual boost::asio::awaitable<StepOutcome>
    perform(domain::StepKind step, const state::OperationRecord& record,
            state::MembershipService::Guard guard) = 0;
    // Takes a step back.
    [[nodiscard]] virtual boost::asio::awaitable<StepOutcome> undo(domain::StepKind step,
                                                                   const state::OperationRecord& record,
                                                                   state::MembershipService::Guard guard) = 0;
};

} // namespace pilothouse::operations
