// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/control.h"

#include "sandbox/name_lock.h"
#include "sandbox/process.h"
#include "sandbox/store.h"

#include <csignal>

namespace pilothouse::sandbox {
namespace {

constexpr Milliseconds lockDeadline{2000}; // for another program that works on the same sandbox

Status stopEach(const api::Sandbox& sandbox, Milliseconds deadline) {
    for (const auto& replica : sandbox.replicas) {
        (void)signalReplica(replica.data_dir, SIGCONT, true);
        (void)signalReplica(replica.data_dir, SIGTERM, false);
    }
    Status result;
    for (const auto& replica : sandbox.replicas) {
        if (auto stopped = stopReplica(replica, deadline); !stopped) {
            result = stopped;
        }
    }
    return result;
}

} // namespace

std::filesystem::path logPath(const api::Sandbox& sandbox, const api::SandboxReplica& replica) {
    return std::filesystem::path(sandbox.dir) / (replica.name + ".log");
}

Status stopReplica(const api::SandboxReplica& replica, Milliseconds deadline) {
    if (!runningReplica(replica.data_dir)) {
        return waitForExit(replica.data_dir, deadline); // its engine may be dying still
    }
    // A paused replica takes SIGTERM only once it goes on.
    (void)signalReplica(replica.data_dir, SIGCONT, true);
    if (auto sent = signalReplica(replica.data_dir, SIGTERM, false);
        !sent && runningReplica(replica.data_dir)) {
        return sent;
    }
    if (waitForExit(replica.data_dir, deadline / 2)) {
        return {};
    }
    (void)signalReplica(replica.data_dir, SIGKILL, true);
    return waitForExit(replica.data_dir, deadline / 2);
}

Status killReplica(const api::SandboxReplica& replica) {
    if (auto sent = signalReplica(replica.data_dir, SIGKILL, false); !sent) {
        return sent;
    }
    return waitForExit(replica.data_dir, Milliseconds(5000));
}

Status pauseReplica(const api::SandboxReplica& replica) {
    return signalReplica(replica.data_dir, SIGSTOP, true);
}

Status resumeReplica(const api::SandboxReplica& replica) {
    return signalReplica(replica.data_dir, SIGCONT, true);
}

Status stopAll(const api::Sandbox& sandbox, Milliseconds deadline) {
    const auto lock = NameLock::acquire(sandbox.name, lockDeadline);
    return lock ? stopEach(sandbox, deadline) : fail(lock.error());
}

Status remove(const api::Sandbox& sandbox, Milliseconds deadline) {
    const auto lock = NameLock::acquire(sandbox.name, lockDeadline);
    if (!lock) {
        return fail(lock.error());
    }
    if (auto stopped = stopEach(sandbox, deadline); !stopped) {
        return stopped;
    }
    return erase(sandbox);
}

} // namespace pilothouse::sandbox
