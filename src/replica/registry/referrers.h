// SPDX-License-Identifier: GPL-3.0-or-later
// Manifests that refer to another one (OCI distribution specification 1.1, "Listing Referrers").
#pragma once

#include "replica/registry/context.h"
#include "replica/registry/manifest.h"

#include <string>
#include <vector>

namespace pilothouse::registry {

struct Referrers {
    // Each as a descriptor's JSON object, and what it is filtered by.
    struct Entry {
        std::string artifactType;
        std::string descriptor;
    };
    std::vector<Entry> entries;
    std::string last; // digest of the last that is recorded
    bool more = false;
};

// Those recorded after `after`, a page of them, as the cluster knows them now; with the first page those that
// a client without referrers has put into the index of the tag schema ("sha256-<hex>").
[[nodiscard]] http::Awaitable<Result<Referrers>> findReferrers(const Context& context, std::string repository,
                                                               blobs::Digest subject, std::string after);

// The image index that is answered; `artifactType` empty: of all types.
[[nodiscard]] std::string referrersIndex(const Referrers& referrers, std::string_view artifactType);

} // namespace pilothouse::registry
