// SPDX-License-Identifier: GPL-3.0-or-later
// Error codes of the registry API and their JSON (OCI distribution specification 1.1, "Error Codes").
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pilothouse::registry {

enum class Fault {
    blobUnknown,         // blob unknown to registry
    blobUploadInvalid,   // blob upload invalid
    blobUploadUnknown,   // blob upload unknown to registry
    digestInvalid,       // provided digest did not match uploaded content
    manifestBlobUnknown, // manifest references a manifest or blob unknown to registry
    manifestInvalid,
    manifestUnknown,
    nameInvalid,
    nameUnknown,
    sizeInvalid, // provided length did not match content length
    unauthorized,
    denied,
    unsupported,
    tooManyRequests,
    tagInvalid, // not of the specification's list, but known to clients
    rangeInvalid,
    unavailable, // the same
};

// "BLOB_UNKNOWN".
[[nodiscard]] std::string_view codeOf(Fault fault);
// The status that goes with it where nothing better is said: 404 for what is unknown, 400 for what is
// invalid.
[[nodiscard]] int statusOf(Fault fault);

// {"errors":[{"code":…,"message":…,"detail":…}]}. `message` is one sentence; `detail` what it is about, left
// out when empty.
[[nodiscard]] std::string errorBody(Fault fault, std::string_view message, std::string_view detail = {});

} // namespace pilothouse::registry
