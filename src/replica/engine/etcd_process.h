// SPDX-License-Identifier: GPL-3.0-or-later
// This replica's etcd as a child process: started, watched, restarted, stopped; it never outlives the
// replica.
#pragma once

#include "base/log.h"
#include "replica/engine/etcd_options.h"

#include <functional>
#include <memory>
#include <optional>

namespace pilothouse::engine {

// Thread-safe. The child is forked by one thread that lives as long as it does, because the signal that ends
// it with its parent (PR_SET_PDEATHSIG, prctl(2)) follows that thread.
class EtcdProcess {
public:
    // Told on the supervisor's thread; must not block.
    struct Listener {
        std::function<void(int pid)> onStarted;
        // It died by itself and is started again after a pause.
        std::function<void(const Error& why)> onRestart;
        // It does not stay up: not started again.
        std::function<void(const Error& why)> onGivenUp;
    };

    // Ends an engine that an earlier replica left on this data folder, then starts. Errors: etcd is missing
    // or of an unknown version, or cannot be run at all.
    [[nodiscard]] static Result<std::unique_ptr<EtcdProcess>> start(EtcdOptions options, Listener listener,
                                                                    Logger log);
    ~EtcdProcess(); // as stop() with a second's grace

    [[nodiscard]] std::optional<int> pid() const;
    [[nodiscard]] int restarts() const;
    // SIGTERM, then SIGKILL when `grace` has passed. Blocks until it is gone; one that a disk keeps in the
    // kernel is left behind a second later.
    void stop(Milliseconds grace);

private:
    class Supervisor;
    explicit EtcdProcess(std::unique_ptr<Supervisor> supervisor);
    std::unique_ptr<Supervisor> m_supervisor;
};

} // namespace pilothouse::engine
