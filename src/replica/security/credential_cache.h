// SPDX-License-Identifier: GPL-3.0-or-later
// Credentials that were verified, so that scrypt does not run for every request, and so that whoever knows a
// password is not held up by those who guess it.
#pragma once

#include "base/clock.h"
#include "replica/security/random.h"

#include <chrono>
#include <cstddef>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace pilothouse::security {

// Holds keyed hashes (HMAC-SHA-256 with a key of this process) over user, password and the verifier that the
// password opened: a changed password changes the verifier, so nothing verified against an old one is ever
// found again, not even when the check was still running during the change. What is older than the lifetime
// is kept, within the capacity, to tell the owner of a password from strangers. Thread-safe.
class CredentialCache {
public:
    struct Options {
        std::chrono::seconds lifetime{300}; // from the verification, not prolonged by use
        std::size_t capacity = 1024;        // the oldest goes first
    };

    CredentialCache(const Clock& clock, const Random& random, Options options);
    CredentialCache(const Clock& clock, const Random& random) : CredentialCache(clock, random, Options{}) {}

    // Whether `password` was verified against this very `verifier` within the lifetime.
    [[nodiscard]] bool knows(std::string_view user, std::string_view password,
                             std::string_view verifier) const;
    // Whether it ever was, as far as that is still kept. Opens nothing: a reason to check it before others.
    [[nodiscard]] bool knew(std::string_view user, std::string_view password,
                            std::string_view verifier) const;
    void remember(std::string_view user, std::string_view password, std::string_view verifier);
    void forgetUser(std::string_view user);
    void clear();
    [[nodiscard]] std::size_t size() const;

private:
    struct Entry {
        std::string tag;
        std::string user;
        MonotonicTime expires;
    };
    [[nodiscard]] std::optional<MonotonicTime> expiryOf(const std::string& tag) const;
    [[nodiscard]] std::string tagOf(std::string_view user, std::string_view password,
                                    std::string_view verifier) const;

    const Clock& m_clock;
    const Options m_options;
    const std::string m_key;
    mutable std::mutex m_mutex;
    std::list<Entry> m_entries; // oldest first
    std::unordered_map<std::string, std::list<Entry>::iterator> m_byTag;
};

} // namespace pilothouse::security
