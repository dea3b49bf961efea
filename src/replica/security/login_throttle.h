// SPDX-License-Identifier: GPL-3.0-or-later
// Slows down whoever guesses passwords, and nobody else.
#pragma once

#include "base/clock.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace pilothouse::security {

// Failures count per pair of source and account: what a stranger does from elsewhere never delays the owner,
// and an account is never locked. Entries that would be needed beyond the capacity push out the ones that
// failed longest ago; as each failure costs a run of scrypt, pushing one's own out takes longer than waiting.
// Time is given by the caller. Thread-safe. Only for passwords: access tokens have too many bits to be
// guessed.
class LoginThrottle {
public:
    struct Options {
        std::uint32_t freeFailures = 4;             // without any delay
        std::chrono::milliseconds firstDelay{1000}; // after the next one; doubles with each further failure
        std::chrono::milliseconds longestDelay{60000};
        std::chrono::milliseconds forgetAfter{std::chrono::hours(1)}; // since the last failure
        std::size_t capacity = 16384;
    };

    explicit LoginThrottle(Options options) : m_options(options) {}
    LoginThrottle() : LoginThrottle(Options{}) {}

    // Asks to try a password: 0 lets it go on; else nothing may be tried and the answer is 429 with this as
    // Retry-After. Once delays apply, a granted attempt uses up its slot, so that many at once gain nothing.
    [[nodiscard]] std::chrono::milliseconds admit(std::string_view source, std::string_view account,
                                                  MonotonicTime now);
    void failed(std::string_view source, std::string_view account, MonotonicTime now);
    void succeeded(std::string_view source, std::string_view account);
    [[nodiscard]] std::size_t size() const;

    // What counts as one source: an IPv4 address, or the /64 network of an IPv6 address.
    [[nodiscard]] static std::string sourceOf(std::string_view address);

private:
    using Key = std::pair<std::string, std::string>;
    struct Record {
        std::uint32_t failures = 0;
        MonotonicTime notBefore;
        MonotonicTime lastFailure;
        std::list<Key>::iterator order;
    };
    [[nodiscard]] std::chrono::milliseconds delayAfter(std::uint32_t failures) const;
    void dropForgotten(MonotonicTime now);

    const Options m_options;
    mutable std::mutex m_mutex;
    std::list<Key> m_order; // by last failure, oldest first
    std::map<Key, Record> m_records;
};

} // namespace pilothouse::security
