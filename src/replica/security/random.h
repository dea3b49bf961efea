// SPDX-License-Identifier: GPL-3.0-or-later
// Randomness, injected, so that tests can foresee it.
#pragma once

#include <cstddef>
#include <string>

namespace pilothouse::security {

// A source of unpredictable bytes. Implementations are thread-safe.
class Random {
public:
    virtual ~Random() = default;
    [[nodiscard]] virtual std::string bytes(std::size_t count) const = 0;
    // `count` bytes as 2 * count lower-case hexadecimal digits.
    [[nodiscard]] std::string hex(std::size_t count) const;
};

// OpenSSL's generator for secrets; lives as long as the program. Ends the program when the operating system
// gives no randomness: nothing that it would make then could be trusted.
[[nodiscard]] const Random& systemRandom();

} // namespace pilothouse::security
