// SPDX-License-Identifier: GPL-3.0-or-later
// The words for what the registry holds.
#pragma once

#include "base/clock.h"
#include "domain/manifest_kind.h"

#include <QString>

#include <cstdint>
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

// What goes with a deletion.
struct Going {
    QString repository;
    bool whole = false; // the repository
    int tags = 0;
    int manifests = 0;
    std::int64_t freedBytes = 0;
    QString tag; // the one that goes, when it is one
};
// "Tag v1 of team/app goes; the image stays, since others name it." and the like, one to three sentences.
[[nodiscard]] QString whatGoes(const Going& going);

} // namespace pilothouse::text
