// SPDX-License-Identifier: GPL-3.0-or-later
// The words for what the registry holds.
#pragma once

#include "api/repositories.h"
#include "base/clock.h"
#include "domain/manifest_kind.h"

#include <QString>

#include <vector>

namespace pilothouse::text {

// "sha256:9f3c…b1e7"; what is no digest as it is.
[[nodiscard]] QString shortDigest(const QString& digest);
// How long ago that was: "6 min ago"; under a minute "just now". Of a time to come, by a clock that is off:
// "just now", too.
[[nodiscard]] QString ago(Milliseconds age);
// "1 signature", "2 SBOMs", "3 images".
[[nodiscard]] QString counted(domain::ManifestKind kind, int count);
// The parts of a list with commas: "1 signature, 2 SBOMs"; empty when there is none.
[[nodiscard]] QString counted(const std::vector<domain::ManifestKind>& kinds);
// "linux/amd64" as "amd64"; others as they are.
[[nodiscard]] QString shortPlatform(const QString& platform);

// What a manifest is to people.
[[nodiscard]] domain::ManifestKind kindOf(const api::RelatedManifest& manifest);
// "The tag v1 of team/app goes. What it names stays." and the like: what a deletion takes, and what becomes
// free.
[[nodiscard]] QString whatGoes(const api::Deletion& deletion);

} // namespace pilothouse::text
