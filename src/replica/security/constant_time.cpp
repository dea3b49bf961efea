// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/security/constant_time.h"

#include <openssl/crypto.h>

namespace pilothouse::security {

bool equal(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

} // namespace pilothouse::security
