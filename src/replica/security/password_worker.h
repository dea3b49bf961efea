// SPDX-License-Identifier: GPL-3.0-or-later
// Runs scrypt away from the I/O threads, one at a time.
#pragma once

#include "base/result.h"

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <memory>
#include <string>

namespace pilothouse::security {

// One thread and a bounded queue: however many people log in at once, they take one core and 16 MiB. The
// calls are for coroutines of any executor and resume on it. Beyond the queue's limit they answer
// ErrorCode::exhausted at once (429), after stop() ErrorCode::cancelled. Sources share the queue as FairQueue
// does: one that finds it full of another's calls takes the place of the newest of these, which is answered
// `exhausted` instead. Preferred calls go before the others and have a limit of their own, so that a queue
// full of strangers' guesses holds none of them up for long. Stop it, or destroy it, before the executor's
// context goes.
class PasswordWorker {
public:
    explicit PasswordWorker(std::size_t queueLimit = 32);
    ~PasswordWorker();
    PasswordWorker(const PasswordWorker&) = delete;
    PasswordWorker& operator=(const PasswordWorker&) = delete;

    enum class Order { asTheyCome, preferred };

    // As verifyPassword() and makeVerifier() of password.h. `source`: where the call comes from.
    [[nodiscard]] boost::asio::awaitable<Result<bool>> verify(std::string password, std::string verifier,
                                                              std::string source = {},
                                                              Order order = Order::asTheyCome);
    [[nodiscard]] boost::asio::awaitable<Result<std::string>> makeVerifier(std::string password);

    // Answers what is still queued with ErrorCode::cancelled and waits for the running one (some 50 ms).
    void stop();

private:
    class Queue;
    std::unique_ptr<Queue> m_queue;
};

} // namespace pilothouse::security
