// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/json_codec.h"
#include "api/repositories.h"

namespace pilothouse::api {

PILOTHOUSE_JSON(Copies)
PILOTHOUSE_JSON(Push)
PILOTHOUSE_JSON(Repository)
PILOTHOUSE_JSON(RepositoryPage)
PILOTHOUSE_JSON(Tag)
PILOTHOUSE_JSON(TagPage)
PILOTHOUSE_JSON(Use)
PILOTHOUSE_JSON(Layer)
PILOTHOUSE_JSON(RelatedManifest)
PILOTHOUSE_JSON(ManifestDetails)
PILOTHOUSE_JSON(Deletion)
PILOTHOUSE_JSON(Collect)
PILOTHOUSE_JSON(CollectReport)

} // namespace pilothouse::api
