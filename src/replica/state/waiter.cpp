// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/waiter.h"

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/system/error_code.hpp>

#include <utility>

namespace pilothouse::state {

namespace asio = boost::asio;

asio::awaitable<bool> Waiter::wait(Milliseconds deadline) {
    auto initiate = [self = shared_from_this(), deadline](Handler handler) {
        self->begin(std::move(handler), deadline);
    };
    return asio::async_initiate<const asio::use_awaitable_t<>, void(bool)>(std::move(initiate),
                                                                           asio::use_awaitable);
}

// The timer's operation owns the coroutine's handler, so that it goes with the context if nobody wakes it.
void Waiter::begin(Handler handler, Milliseconds deadline) {
    if (auto slot = asio::get_associated_cancellation_slot(handler); slot.is_connected()) {
        slot.assign([weak = weak_from_this()](asio::cancellation_type) {
            if (const auto self = weak.lock()) {
                const std::lock_guard lock(self->m_mutex);
                self->m_timer.cancel();
            }
        });
    }
    const std::lock_guard lock(m_mutex);
    m_timer.expires_after(m_woken ? Milliseconds(0) : deadline);
    m_timer.async_wait(
        [self = shared_from_this(), done = std::move(handler)](boost::system::error_code) mutable {
            const auto executor = asio::get_associated_executor(done);
            asio::post(executor,
                       [woken = self->woken(), done = std::move(done)]() mutable { std::move(done)(woken); });
        });
}

void Waiter::wake() {
    const std::lock_guard lock(m_mutex);
    m_woken = true;
    m_timer.cancel();
}

bool Waiter::woken() {
    const std::lock_guard lock(m_mutex);
    return m_woken;
}

} // namespace pilothouse::state
