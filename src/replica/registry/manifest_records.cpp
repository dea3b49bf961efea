// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/manifest_records.h"

namespace pilothouse::registry {
namespace {

state::DescriptorRecord recordOf(const Descriptor& descriptor) {
    return {descriptor.mediaType, descriptor.digest.str(), static_cast<std::int64_t>(descriptor.size)};
}

std::vector<state::DescriptorRecord> recordsOf(const std::vector<Descriptor>& descriptors) {
    std::vector<state::DescriptorRecord> records;
    for (const Descriptor& descriptor : descriptors) {
        if (!descriptor.foreign) {
            records.push_back(recordOf(descriptor));
        }
    }
    return records;
}

state::ReferrerRecord referrerOf(const Manifest& manifest, std::int64_t size) {
    state::ReferrerRecord record;
    record.media_type = manifest.mediaType;
    record.size = size;
    record.artifact_type = manifest.artifactType;
    for (const auto& [name, value] : manifest.annotations) {
        record.annotations.push_back({name, value});
    }
    return record;
}

} // namespace

state::NewManifest recordsOf(const Manifest& manifest, const Pushed& pushed) {
    state::NewManifest made;
    made.repository = pushed.repository;
    made.digest = pushed.digest.str();
    made.tag = pushed.tag;
    made.record.media_type = manifest.mediaType;
    made.record.size = pushed.size;
    made.record.artifact_type = manifest.artifactType;
    made.record.by = pushed.user;
    made.record.through = pushed.replica;
    made.record.from = pushed.from;
    made.record.blobs = recordsOf(manifest.layers);
    if (manifest.config && !manifest.config->foreign) {
        made.record.blobs.insert(made.record.blobs.begin(), recordOf(*manifest.config));
    }
    made.record.manifests = recordsOf(manifest.manifests);
    if (manifest.subject) {
        made.record.subject = manifest.subject->digest.str();
        made.referrer = referrerOf(manifest, pushed.size);
    }
    return made;
}

} // namespace pilothouse::registry
