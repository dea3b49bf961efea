// SPDX-License-Identifier: GPL-3.0-or-later
// Many writers, one transaction on its way: those that come meanwhile go together with the next.
//
// What costs in the engine is the request, the entry in its log and the wait for the disks, not what is in
// it. (Group commit, as databases have it.)
#pragma once

#include "replica/engine/engine.h"

#include <memory>

namespace pilothouse::state {

// Thread-safe. The engine must outlive it and what it began. A write that is alone goes at once.
class GroupCommit {
public:
    // `attempt`: how long the engine may take for one group.
    GroupCommit(engine::Engine& engine, Milliseconds attempt);

    // As Engine::transact(): ErrorCode::unavailable when it certainly did not happen, timeout when nobody
    // knows. Which others it goes together with makes no difference to what it does.
    [[nodiscard]] engine::Awaitable<Result<engine::TransactionResult>>
    transact(engine::Transaction transaction, Milliseconds deadline);

private:
    struct Write;
    struct Inner;
    using Group = std::vector<std::shared_ptr<Write>>;
    [[nodiscard]] static engine::Awaitable<void> drive(std::shared_ptr<Inner> inner);
    [[nodiscard]] static engine::Awaitable<void> send(Inner& inner, const Group& group);
    [[nodiscard]] static engine::Awaitable<void> sendAlone(Inner& inner, const std::shared_ptr<Write>& write);

    std::shared_ptr<Inner> m_inner;
};

} // namespace pilothouse::state
