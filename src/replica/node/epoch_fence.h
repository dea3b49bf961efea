// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps a replica that a repair left behind from taking changes.
//
// A repair goes on from one survivor, in a new epoch. Members of the earlier one that come back find that out
// from its heartbeats, or from each other's: from then on they keep what they have, show it, and wait for the
// operator. That outlasts a restart. Only when the survivor itself is in their epoch again, because the
// repair was put back, do they go on.
#pragma once

#include "api/status.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/result.h"

#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace pilothouse::node {

// Thread-safe.
class EpochFence {
public:
    // Told when it closes or opens, on the thread that heard it.
    using OnChange = std::function<void(const std::optional<api::NewerEpoch>&)>;

    // Who the replica is, and the file that says what was heard before; one that cannot be read closes the
    // fence.
    struct Own {
        std::string replica; // id
        std::int64_t epoch = 0;
        std::filesystem::path file;
    };
    EpochFence(Own own, const Clock& clock, OnChange onChange, Logger log);

    // A member, or former member, answered, and proved who it is. Writes the file when that changes
    // something.
    void heard(const api::Heartbeat& heartbeat, const std::string& name);

    // nullopt: open, this replica is in the newest epoch that it knows of.
    [[nodiscard]] std::optional<api::NewerEpoch> closedBy() const;
    // The same as what changes are refused with.
    [[nodiscard]] std::optional<Error> refusal() const;

private:
    void close(api::NewerEpoch by);
    void open();
    [[nodiscard]] bool isBelieved(const api::NewerEpoch& told) const;

    const Own m_own;
    const Clock& m_clock;
    const OnChange m_onChange;
    const Logger m_log;
    mutable std::mutex m_mutex; // guards what follows
    std::optional<api::NewerEpoch> m_closedBy;
    std::map<std::string, MonotonicTime> m_heardInOwn; // by replica id: when it last said to be in our epoch
};

} // namespace pilothouse::node
