// SPDX-License-Identifier: GPL-3.0-or-later
// Wire types of the admin API: what the registry holds, and what goes when something is deleted.
//
// All sizes are bytes as they are stored. Whoever asks sees the repositories that he may pull from, and
// `from` only as an administrator.
#pragma once

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pilothouse::api {

// Where the copies of something are, by the answering replica's view: ids of the voters.
struct Copies {
    std::vector<std::string> on;         // in contact, with a copy
    std::vector<std::string> copying_to; // in contact, without one yet
    std::vector<std::string> silent;     // not in contact: nothing counts on them
    friend bool operator==(const Copies&, const Copies&) = default;
};
BOOST_DESCRIBE_STRUCT(Copies, (), (on, copying_to, silent))

// A push of a manifest.
struct Push {
    std::string at;
    std::string by;                  // user
    std::string through;             // replica id
    std::optional<std::string> from; // the client's address
    friend bool operator==(const Push&, const Push&) = default;
};
BOOST_DESCRIBE_STRUCT(Push, (), (at, by, through, from))

struct Repository {
    std::string name;
    std::int64_t tags = 0;
    std::int64_t manifests = 0;
    std::int64_t bytes = 0; // of all that its manifests need, each blob counted once
    std::optional<std::string> last_tag;
    std::optional<Push> last_push; // of that tag
    // With ?search=: how many of its tags hold the text; absent when its name does.
    std::optional<std::int64_t> matching_tags;
    friend bool operator==(const Repository&, const Repository&) = default;
};
BOOST_DESCRIBE_STRUCT(Repository, (), (name, tags, manifests, bytes, last_tag, last_push, matching_tags))

// GET /api/v0/repositories?search=TEXT&after=NAME&limit=N, in the order of the names.
struct RepositoryPage {
    std::vector<Repository> repositories;
    std::optional<std::string> next;         // `after` of the next page; absent: this is the last
    std::optional<std::int64_t> total;       // repositories of the cluster; for those who may see all
    std::optional<std::int64_t> total_bytes; // what is in several repositories counted once
};
BOOST_DESCRIBE_STRUCT(RepositoryPage, (), (repositories, next, total, total_bytes))

struct Tag {
    std::string name;
    std::string digest;
    std::string media_type;
    std::int64_t bytes = 0;             // of all that it needs, of all platforms; each blob counted once
    std::vector<std::string> platforms; // "linux/amd64", "linux/arm/v7"; empty when it is no image
    Push push;
    Copies copies;
    friend bool operator==(const Tag&, const Tag&) = default;
};
BOOST_DESCRIBE_STRUCT(Tag, (), (name, digest, media_type, bytes, platforms, push, copies))

// GET /api/v0/repositories/{repository}/tags?order=newest|name&search=TEXT&after=NEXT&limit=N
struct TagPage {
    std::vector<Tag> tags;
    std::optional<std::string> next; // `after` of the next page, in the same order; absent: this is the last
};
BOOST_DESCRIBE_STRUCT(TagPage, (), (tags, next))

// Manifests of a repository that name a blob.
struct Use {
    std::string repository;
    std::int64_t manifests = 0;
    friend bool operator==(const Use&, const Use&) = default;
};
BOOST_DESCRIBE_STRUCT(Use, (), (repository, manifests))

// A config or layer of a manifest.
struct Layer {
    std::string digest;
    std::string media_type;
    std::int64_t bytes = 0;
    Copies copies;
    // By other manifests, of this repository first; at most 20 repositories, of those that the one who asks
    // may pull from.
    std::vector<Use> also_used;
    friend bool operator==(const Layer&, const Layer&) = default;
};
BOOST_DESCRIBE_STRUCT(Layer, (), (digest, media_type, bytes, copies, also_used))

// A manifest that another one names, or that names another one.
struct RelatedManifest {
    std::string digest;
    std::string media_type;
    std::optional<std::string> artifact_type;
    std::optional<std::string> platform; // of an image in an index
    std::int64_t bytes = 0;              // of all that it needs
    friend bool operator==(const RelatedManifest&, const RelatedManifest&) = default;
};
BOOST_DESCRIBE_STRUCT(RelatedManifest, (), (digest, media_type, artifact_type, platform, bytes))

// GET /api/v0/repositories/{repository}/manifests/{tag or digest}
struct ManifestDetails {
    std::string repository;
    std::string digest;
    std::string media_type;
    std::optional<std::string> artifact_type;
    std::int64_t bytes = 0; // of all that it needs, of all platforms; each blob counted once
    std::vector<std::string> platforms;
    Push push;
    Copies copies;                          // of the least copied of all that it needs
    std::vector<std::string> tags;          // that name it, by name; at most 100
    std::optional<std::string> subject;     // digest of the manifest that it refers to
    std::vector<RelatedManifest> manifests; // of an index
    std::vector<Layer> layers;              // its config comes first
    std::vector<RelatedManifest> referrers; // that refer to it; at most 100
    std::vector<std::string> indexes;       // digests of indexes that name it; at most 100
};
BOOST_DESCRIBE_STRUCT(ManifestDetails, (),
                      (repository, digest, media_type, artifact_type, bytes, platforms, push, copies, tags,
                       subject, manifests, layers, referrers, indexes))

// What a deletion takes away, or took. With ?dry_run=true nothing goes, and this is what would.
//   DELETE /api/v0/repositories/{repository}
//   DELETE /api/v0/repositories/{repository}/manifests/{tag or digest}[?tag_only=true]
struct Deletion {
    std::string repository;
    bool whole_repository = false;
    std::int64_t tag_count = 0;
    std::int64_t manifest_count = 0;
    std::int64_t freed_bytes = 0;  // once the collector has been; what others need, too, is not in it
    std::vector<std::string> tags; // by name; none of a whole repository
    std::vector<RelatedManifest> manifests; // none of a whole repository
    bool dry_run = false;
    friend bool operator==(const Deletion&, const Deletion&) = default;
};
BOOST_DESCRIBE_STRUCT(Deletion, (),
                      (repository, whole_repository, tag_count, manifest_count, freed_bytes, tags, manifests,
                       dry_run))

// POST /api/v0/registry/collect
struct Collect {
    bool dry_run = false;
};
BOOST_DESCRIBE_STRUCT(Collect, (), (dry_run))

// A run of the collector: blobs that no manifest names.
struct CollectReport {
    std::int64_t unreferenced = 0;
    std::int64_t unreferenced_bytes = 0;
    std::int64_t due = 0; // of those: nobody has asked for them for as long as collect_after_minutes says
    std::int64_t due_bytes = 0;
    std::int64_t deleted = 0;
    std::int64_t deleted_bytes = 0;
    bool dry_run = false;
    std::string by; // replica id
    friend bool operator==(const CollectReport&, const CollectReport&) = default;
};
BOOST_DESCRIBE_STRUCT(CollectReport, (),
                      (unreferenced, unreferenced_bytes, due, due_bytes, deleted, deleted_bytes, dry_run, by))

} // namespace pilothouse::api
