// SPDX-License-Identifier: GPL-3.0-or-later
// Addresses of replicas, as people write them and as they are saved.
#pragma once

#include "base/ids.h"

#include <QString>
#include <QUrl>

namespace pilothouse::client {

// A replica that is known by name from an earlier answer.
struct KnownMember {
    ReplicaId id;
    QString name;
    QUrl url; // https
    friend bool operator==(const KnownMember&, const KnownMember&) = default;
};

// "reg-1.example.com", "10.0.0.5:4443", "[::1]:443" or "https://reg-1" as "https://HOST[:PORT]" without path.
// Other schemes, a user name and a path are refused with a sentence.
[[nodiscard]] Result<QUrl> parseAddress(const QString& text);

} // namespace pilothouse::client
