// SPDX-License-Identifier: GPL-3.0-or-later
// Looks at what a TLS server shows.
#pragma once

#include "base/result.h"
#include "replica/security/certificates.h"

#include <cstdint>
#include <string>

namespace pilothouse::test {

// Connects to 127.0.0.1:`port`, verifies the server's certificate against `authorities` (PEM) as any client
// would, now; its facts, or why it is not to be trusted. `client`: certificate and key (PEM files) to show;
// may be empty.
struct ClientFiles {
    std::string certificate;
    std::string key;
};
[[nodiscard]] Result<security::CertificateFacts> peekTls(std::uint16_t port, const std::string& authorities,
                                                         const ClientFiles& client = {});

} // namespace pilothouse::test
