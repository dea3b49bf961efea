// SPDX-License-Identifier: GPL-3.0-or-later
// Passwords of people: rules, and scrypt verifiers (RFC 7914).
#pragma once

#include "base/result.h"
#include "replica/security/random.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace pilothouse::security {

// scrypt's cost: N = 2^logN, block size r, parallelisation p. 2^14/8/1 takes 16 MiB and some 50 ms of a core.
struct ScryptCost {
    std::uint32_t logN = 14;
    std::uint32_t r = 8;
    std::uint32_t p = 1;
};

// scrypt itself: `length` raw bytes. ErrorCode::invalid for a cost that needs more than 64 MiB.
[[nodiscard]] Result<std::string> scrypt(std::string_view password, std::string_view salt,
                                         const ScryptCost& cost, std::size_t length);

// At least 8 characters, at most 1024 bytes of UTF-8, no control characters (RFC 7617 §2 forbids them in
// Basic).
[[nodiscard]] Status checkPasswordRules(std::string_view password);

// "$scrypt$ln=14,r=8,p=1$<salt>$<hash>" (base64 without padding) with a new salt of 16 bytes. Slow on
// purpose: not for I/O threads (see PasswordWorker). The rules are not checked.
[[nodiscard]] Result<std::string> makeVerifier(std::string_view password, const Random& random,
                                               const ScryptCost& cost = {});

// Whether `password` made `verifier`; as slow as makeVerifier. ErrorCode::corrupt when it is no verifier.
[[nodiscard]] Result<bool> verifyPassword(std::string_view password, std::string_view verifier);

// A verifier that no password opens and that costs as much as a real one: used for unknown users, so that the
// time of the answer does not tell who exists.
[[nodiscard]] const std::string& decoyVerifier();

// A password that a person can copy by hand: 20 letters and digits without look-alikes, over 110 bits.
[[nodiscard]] std::string generatePassword(const Random& random);

} // namespace pilothouse::security
