// SPDX-License-Identifier: GPL-3.0-or-later
// One linearizable read for all who ask at the same time.
#pragma once

#include "replica/engine/engine.h"

#include <memory>

namespace pilothouse::state {

// Thread-safe. A barrier serves those who asked before it started; whoever asks while one is under way shares
// the next. The engine must outlive the barriers that are under way.
class SharedBarrier {
public:
    // `deadline` is for each barrier.
    SharedBarrier(engine::Engine& engine, Milliseconds deadline);

    // What Engine::barrier() gives. ErrorCode::timeout when it does not come within `deadline`.
    [[nodiscard]] engine::Awaitable<Result<Revision>> wait(Milliseconds deadline);

private:
    struct Round;
    struct Inner;
    [[nodiscard]] static engine::Awaitable<void> drive(std::shared_ptr<Inner> inner);

    std::shared_ptr<Inner> m_inner;
};

} // namespace pilothouse::state
