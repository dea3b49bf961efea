// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer's way into the reader of tokens (-DPILOTHOUSE_FUZZ=ON, clang): whatever is read, nothing is taken
// for signed with a key that signed nothing, and what is refused is refused with a sentence.
#include "replica/security/jwt.h"

#include <cstdio>
#include <cstdlib>

using namespace pilothouse;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    static const auto key = security::SigningKey::generate().value();
    const auto token = security::parseJwt({reinterpret_cast<const char*>(data), size});
    const char* fault = nullptr;
    if (token) {
        fault = security::isSignedBy(*token, key) ? "a token that nobody signed is good" : nullptr;
    } else if (token.error().code != ErrorCode::unauthorized || token.error().message.empty()) {
        fault = "a malformed token is not refused as one";
    }
    if (fault != nullptr) {
        std::fprintf(stderr, "%s\n", fault);
        std::abort();
    }
    return 0;
}
