// SPDX-License-Identifier: GPL-3.0-or-later
// Whether this replica is draining: local, kept over restarts, and changed without quorum.
#pragma once

#include "base/result.h"
#include "replica/state/worker.h"

#include <boost/asio/awaitable.hpp>

#include <atomic>
#include <filesystem>
#include <functional>

namespace pilothouse::node {

// Thread-safe.
class DrainSwitch {
public:
    // `marker`: the file whose presence means draining. `onChange` is called after each change.
    DrainSwitch(std::filesystem::path marker, std::function<void(bool draining)> onChange);

    [[nodiscard]] bool draining() const { return m_draining; }
    // Durable before it returns; a small synchronous write. Setting what is set changes nothing.
    [[nodiscard]] Status set(bool draining);
    // The same on a thread of its own, behind which no other work waits. ErrorCode::timeout when the disk
    // hangs.
    [[nodiscard]] boost::asio::awaitable<Status> change(bool draining);
    // Waits for the write that runs. Nothing may be changed afterwards.
    void stop() { m_disk.stop(); }

private:
    const std::filesystem::path m_marker;
    std::function<void(bool)> m_onChange;
    std::atomic<bool> m_draining;
    state::Worker m_disk; // last: it ends before the rest goes
};

} // namespace pilothouse::node
