// SPDX-License-Identifier: GPL-3.0-or-later
// What goes when a person deletes a tag or a manifest, and how.
//
// More than the registry API's DELETE takes away: with its last tag a manifest would stay, with all its
// bytes, where nobody looks for it. So it goes, too, unless an index needs it; with an index its images that
// nothing else names; and with each manifest what refers to it (signatures, SBOMs). Pure, for the read
// model's thread.
#pragma once

#include "api/repositories.h"
#include "replica/state/registry_plans.h"

#include <string>
#include <vector>

namespace pilothouse::state {

struct DeletionPlan {
    api::Deletion what;
    // One after the other, each a transaction. The first takes what was named; when a later one does not hold
    // any more, somebody needs that manifest again, and it stays.
    std::vector<WritePlan> steps;
};

// `reference`: a tag or a digest. `tagOnly`: the tag goes and nothing else.
// ErrorCode::notFound; ErrorCode::invalid for a digest with `tagOnly`; ErrorCode::conflict while an index
// names the digest, or it has more tags than go at once.
[[nodiscard]] Result<DeletionPlan> planDeletion(Projection& projection, const std::string& repository,
                                                const std::string& reference, bool tagOnly);

// The next part of a repository to go: some of its tags and manifests, whatever they are. `what` counts them.
// No steps: none are left.
[[nodiscard]] Result<DeletionPlan> planEmptying(Projection& projection, const std::string& repository);
// The repository itself, once it is empty.
[[nodiscard]] WritePlan planDeleteRepository(const std::string& repository);

} // namespace pilothouse::state
