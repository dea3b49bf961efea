// SPDX-License-Identifier: GPL-3.0-or-later
// What OpenSSL found, in words.
#pragma once

#include "replica/http/tls.h"

#include <optional>
#include <string>
#include <string_view>

struct ssl_st;

namespace pilothouse::http {

void clearTlsErrors();
// The newest error of this thread in OpenSSL's words; empties the queue.
[[nodiscard]] std::string lastTlsError();
// Why a handshake or a read failed, from the session and this thread's error queue, which it empties: "the
// certificate of alpha:443 expired on …". `other` names the other side, `expectedName` what was asked of it.
[[nodiscard]] std::string describeTlsFailure(ssl_st* session, std::string_view other,
                                             std::string_view expectedName);
// Who the other side is; nothing without a verified certificate.
[[nodiscard]] std::optional<PeerIdentity> identityOf(ssl_st* session);

} // namespace pilothouse::http
