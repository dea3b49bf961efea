// SPDX-License-Identifier: GPL-3.0-or-later
// An engine that runs for one piece of work, while no replica does.
#pragma once

#include "base/log.h"
#include "replica/engine/etcd_engine.h"
#include "replica/engine/etcd_options.h"

#include <functional>
#include <mutex>
#include <optional>

namespace pilothouse::engine {

// Why the engine does not stay up; nullopt as long as it does. Thread-safe.
class EngineEnd {
public:
    void set(const Error& why);
    [[nodiscard]] std::optional<Error> why() const;

private:
    mutable std::mutex m_mutex;
    std::optional<Error> m_why;
};

// Starts the engine, does the work, which waits until it is up and has a deadline of its own, and stops the
// engine, for which it has 10 s. Blocks. Gives what the work gives; errors as EtcdProcess::start() else.
[[nodiscard]] Status runEngineFor(const std::function<Awaitable<Status>(Engine&, const EngineEnd&)>& work,
                                  const EtcdOptions& options, const EngineAddress& address,
                                  const Logger& log);

} // namespace pilothouse::engine
