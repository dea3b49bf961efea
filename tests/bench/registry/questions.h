// SPDX-License-Identifier: GPL-3.0-or-later
// What the clients of a registry ask, as askers of a load.
#pragma once

#include "content.h"
#include "load_client.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace pilothouse::bench {

using AskerMaker = std::function<std::unique_ptr<Asker>()>;

// One request with a bearer token.
[[nodiscard]] std::string requestText(const std::string& method, const std::string& target,
                                      const std::string& token, const std::string& headers = {},
                                      const std::string& body = {});
// A Location, which may be absolute, as the target of a request.
[[nodiscard]] std::string targetOf(std::string_view location);
// A target with the query "digest=…" added.
[[nodiscard]] std::string withDigest(const std::string& target, const std::string& digest);

// Reads of things that are drawn evenly from all.
[[nodiscard]] AskerMaker manifestsByDigest(const Content& content, const std::string& token);
[[nodiscard]] AskerMaker manifestsByTag(const Content& content, const std::string& token);
[[nodiscard]] AskerMaker blobHeads(const Content& content, const std::string& token);
[[nodiscard]] AskerMaker blobs(const Content& content, const std::string& token);

// Each number that `next` gives is pushed once; nothing ends it.
using Numbers = std::function<std::optional<std::uint64_t>()>;
// Small blobs: POST, then PUT with all bytes.
[[nodiscard]] AskerMaker blobPushes(Numbers next, const std::string& token);
// Manifests, by the tag "v<number>".
[[nodiscard]] AskerMaker manifestPuts(const Content& content, Numbers next, const std::string& token);

} // namespace pilothouse::bench
