// SPDX-License-Identifier: GPL-3.0-or-later
// Names of repositories, tags and references (OCI distribution specification 1.1, "Pulling manifests").
#pragma once

#include "base/result.h"
#include "replica/blobs/digest.h"

#include <string>
#include <string_view>
#include <variant>

namespace pilothouse::registry {

// Components of lower-case letters, digits and single separators (".", "_", "__", any number of "-"), with
// slashes between them; at most 255 characters in all, as clients take them.
[[nodiscard]] bool isRepositoryName(std::string_view text);

// A letter, digit or "_", then up to 127 of those, "." and "-".
[[nodiscard]] bool isTag(std::string_view text);

// What a manifest is asked for by.
struct Tag {
    std::string name;
    friend bool operator==(const Tag&, const Tag&) = default;
};
using Reference = std::variant<Tag, blobs::Digest>;

// A text with a colon is a digest, any other a tag. ErrorCode::invalid says what is wrong with it.
[[nodiscard]] Result<Reference> parseReference(std::string_view text);

} // namespace pilothouse::registry
