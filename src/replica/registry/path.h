// SPDX-License-Identifier: GPL-3.0-or-later
// Addresses of the registry (OCI distribution specification 1.1, "Endpoints").
#pragma once

#include <string>
#include <string_view>

namespace pilothouse::registry {

enum class Resource {
    base,      // /v2/
    catalog,   // /v2/_catalog
    tags,      // /v2/<name>/tags/list
    manifest,  // /v2/<name>/manifests/<reference>
    blob,      // /v2/<name>/blobs/<digest>
    uploads,   // /v2/<name>/blobs/uploads/
    upload,    // /v2/<name>/blobs/uploads/<id>
    referrers, // /v2/<name>/referrers/<digest>
    none,
};

struct Path {
    Resource resource = Resource::none;
    std::string name; // of the repository; not checked
    std::string last; // reference, digest or id; not checked
    friend bool operator==(const Path&, const Path&) = default;
};

// Reads what follows "/v2/", decoded. A name may hold slashes, and anything that the fixed words are: the end
// of the path decides.
[[nodiscard]] Path parsePath(std::string_view rest);
// The same, of the resource alone; takes no memory.
[[nodiscard]] Resource resourceOf(std::string_view rest);

} // namespace pilothouse::registry
