// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/security/random.h"

#include "base/encoding.h"

#include <openssl/rand.h>

#include <cstdio>
#include <cstdlib>

namespace pilothouse::security {

namespace {

class SystemRandom final : public Random {
public:
    [[nodiscard]] std::string bytes(std::size_t count) const override {
        std::string out(count, '\0');
        // RAND_priv_bytes has a generator of its own, so that public values such as serial numbers tell
        // nothing about secrets.
        if (RAND_priv_bytes(reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(count)) != 1) {
            std::fputs("pilothouse: the operating system gives no randomness\n", stderr);
            std::abort();
        }
        return out;
    }
};

} // namespace

std::string Random::hex(std::size_t count) const {
    return toHex(bytes(count));
}

const Random& systemRandom() {
    static const SystemRandom random;
    return random;
}

} // namespace pilothouse::security
