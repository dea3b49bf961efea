// SPDX-License-Identifier: GPL-3.0-or-later
// Where the registry's records lie in the engine's key space.
//
// Names of repositories hold no colon, digests no slash: both end a part of a key. What a transaction must
// compare as a whole ("no manifest names this blob") lies below one prefix.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pilothouse::state::keys {

inline constexpr std::string_view blobs = "blobs/";               // BlobRecord
inline constexpr std::string_view links = "links/";               // LinkRecord
inline constexpr std::string_view references = "references/";     // ReferenceRecord
inline constexpr std::string_view repositories = "repositories/"; // RepositoryRecord
inline constexpr std::string_view manifests = "manifests/";       // ManifestRecord
inline constexpr std::string_view tags = "tags/";                 // TagRecord
inline constexpr std::string_view referrers = "referrers/";       // ReferrerRecord

[[nodiscard]] std::string blob(std::string_view digest);
// All links of a blob, and the one of a repository.
[[nodiscard]] std::string linksOf(std::string_view digest);
[[nodiscard]] std::string link(std::string_view digest, std::string_view repository);
// All references to a blob, and the one from a manifest of a repository.
[[nodiscard]] std::string referencesTo(std::string_view digest);
[[nodiscard]] std::string reference(std::string_view digest, std::string_view repository,
                                    std::string_view manifest);
[[nodiscard]] std::string repository(std::string_view name);
[[nodiscard]] std::string manifestsOf(std::string_view repository);
[[nodiscard]] std::string manifest(std::string_view repository, std::string_view digest);
[[nodiscard]] std::string tagsOf(std::string_view repository);
[[nodiscard]] std::string tag(std::string_view repository, std::string_view name);
[[nodiscard]] std::string referrersOf(std::string_view repository, std::string_view subject);
[[nodiscard]] std::string referrer(std::string_view repository, std::string_view subject,
                                   std::string_view manifest);

// What comes after `prefix`; nullopt when the key does not begin with it.
[[nodiscard]] std::optional<std::string_view> below(std::string_view prefix, std::string_view key);
// The repository's name in what follows the prefix of a tag or manifest: "NAME:…".
[[nodiscard]] std::string repositoryIn(std::string_view rest);

} // namespace pilothouse::state::keys
