// SPDX-License-Identifier: GPL-3.0-or-later
// The records of the registry. See records.h for what holds for all records; the bytes of blobs and manifests
// are files (blobs/blob_store.h), only what is known of them is here.
#pragma once

#include "replica/state/records.h"

namespace pilothouse::state {

// `live`: pushed, on a majority of the voters of `generation`. `dying`: the collector found it unreferenced;
// whoever asks is told that it is not there, and may push it anew. `dead`: every voter knows; its files go.
enum class BlobPhase { live, dying, dead };
BOOST_DESCRIBE_ENUM(BlobPhase, live, dying, dead)

// A blob of the cluster, below keys::blobs. Written again, unchanged, when somebody is told that it is there:
// the collector compares the record's revision.
struct BlobRecord {
    std::int64_t size = 0;       // bytes
    std::string incarnation;     // of its files; see blobs::Incarnation
    std::int64_t generation = 0; // of the membership whose majority has it
    BlobPhase phase = BlobPhase::live;
    std::string created_at;
    friend bool operator==(const BlobRecord&, const BlobRecord&) = default;
};
BOOST_DESCRIBE_STRUCT(BlobRecord, (), (size, incarnation, generation, phase, created_at))

// A repository's permission to serve a blob, below keys::links. Goes when the blob begins to die.
struct LinkRecord {
    std::string at;
    friend bool operator==(const LinkRecord&, const LinkRecord&) = default;
};
BOOST_DESCRIBE_STRUCT(LinkRecord, (), (at))

// A manifest's need of a blob, its own bytes included, below keys::references. There as long as the manifest.
struct ReferenceRecord {
    std::string media_type; // of the blob, as the manifest says
    friend bool operator==(const ReferenceRecord&, const ReferenceRecord&) = default;
};
BOOST_DESCRIBE_STRUCT(ReferenceRecord, (), (media_type))

struct RepositoryRecord {
    std::string created_at;
    std::string by; // user
    friend bool operator==(const RepositoryRecord&, const RepositoryRecord&) = default;
};
BOOST_DESCRIBE_STRUCT(RepositoryRecord, (), (created_at, by))

struct DescriptorRecord {
    std::string media_type;
    std::string digest;
    std::int64_t size = 0;
    friend bool operator==(const DescriptorRecord&, const DescriptorRecord&) = default;
};
BOOST_DESCRIBE_STRUCT(DescriptorRecord, (), (media_type, digest, size))

// A manifest in a repository, below keys::manifests. Written anew with each tag that is put on it.
struct ManifestRecord {
    std::string media_type;
    std::int64_t size = 0; // bytes of the manifest itself
    std::string artifact_type;
    std::optional<std::string> subject;      // digest
    std::vector<DescriptorRecord> blobs;     // config and layers that are kept here
    std::vector<DescriptorRecord> manifests; // of an index
    std::string pushed_at;                   // when it came, or came again
    std::string by;                          // user
    std::string through;                     // replica id
    std::optional<std::string> from = {};    // the client's address
    friend bool operator==(const ManifestRecord&, const ManifestRecord&) = default;
};
BOOST_DESCRIBE_STRUCT(ManifestRecord, (),
                      (media_type, size, artifact_type, subject, blobs, manifests, pushed_at, by, through,
                       from))

// Below keys::tags. What is served for the tag is in it: a tag is read with one look.
struct TagRecord {
    std::string digest;
    std::string media_type;
    std::int64_t size = 0; // bytes of the manifest
    std::string pushed_at;
    std::string by;
    std::string through;
    std::optional<std::string> from = {};
    friend bool operator==(const TagRecord&, const TagRecord&) = default;
};
BOOST_DESCRIBE_STRUCT(TagRecord, (), (digest, media_type, size, pushed_at, by, through, from))

struct AnnotationRecord {
    std::string name;
    std::string value;
    friend bool operator==(const AnnotationRecord&, const AnnotationRecord&) = default;
};
BOOST_DESCRIBE_STRUCT(AnnotationRecord, (), (name, value))

// A manifest that has a subject, below keys::referrers: a descriptor of the referrers' list.
struct ReferrerRecord {
    std::string media_type;
    std::int64_t size = 0;
    std::string artifact_type;
    std::vector<AnnotationRecord> annotations;
    friend bool operator==(const ReferrerRecord&, const ReferrerRecord&) = default;
};
BOOST_DESCRIBE_STRUCT(ReferrerRecord, (), (media_type, size, artifact_type, annotations))

} // namespace pilothouse::state
