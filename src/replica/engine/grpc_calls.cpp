// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/engine/grpc_calls.h"

namespace pilothouse::engine {

GrpcCalls::~GrpcCalls() {
    std::unique_lock lock(m_mutex);
    m_ending = true;
    const auto running = m_running;
    lock.unlock();
    for (const auto& [call, end] : running) {
        end();
    }
    lock.lock();
    m_left.wait(lock, [this] { return m_running.empty(); });
}

void GrpcCalls::enter(const void* call, std::function<void()> end) {
    bool late = false;
    {
        const std::lock_guard lock(m_mutex);
        m_running.emplace(call, end);
        late = m_ending;
    }
    if (late) {
        end();
    }
}

void GrpcCalls::leave(const void* call) {
    const std::lock_guard lock(m_mutex);
    m_running.erase(call);
    m_left.notify_all();
}

} // namespace pilothouse::engine
