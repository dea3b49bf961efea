// SPDX-License-Identifier: GPL-3.0-or-later
// What the registry holds, as the command line prints it.
#pragma once

#include "api/repositories.h"
#include "base/clock.h"

#include <QString>

#include <map>
#include <string>

namespace pilothouse::cli {

// Names of replicas by their ids; one that is missing is shown by its id.
using ReplicaNames = std::map<std::string, std::string>;

void printRepositories(const api::RepositoryPage& page, WallTime now);
void printTags(const api::TagPage& page, const ReplicaNames& names, WallTime now);
void printRepository(const api::Repository& repository, const ReplicaNames& names, WallTime now);
void printManifest(const api::ManifestDetails& details, const ReplicaNames& names, WallTime now);
// What went or would go: each tag and manifest, then the sentence.
void printDeletion(const api::Deletion& deletion);
void printCollected(const api::CollectReport& report);

} // namespace pilothouse::cli
