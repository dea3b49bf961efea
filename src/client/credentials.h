// SPDX-License-Identifier: GPL-3.0-or-later
// A name and a secret, for HTTP Basic (RFC 7617).
#pragma once

#include <QString>

namespace pilothouse::client {

struct Credentials {
    QString user;
    QString secret; // password or access token; never logged
    [[nodiscard]] bool empty() const { return user.isEmpty() || secret.isEmpty(); }
    friend bool operator==(const Credentials&, const Credentials&) = default;
};

} // namespace pilothouse::client
