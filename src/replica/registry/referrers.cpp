// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/referrers.h"

#include "replica/registry/lookup.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <set>

namespace pilothouse::registry {

using http::Awaitable;
namespace json = boost::json;

namespace {

constexpr std::int64_t pageSize = 500;

std::string descriptorOf(const state::Referrer& referrer) {
    json::object descriptor{{"mediaType", referrer.record.media_type},
                            {"digest", referrer.digest},
                            {"size", referrer.record.size}};
    if (!referrer.record.artifact_type.empty()) {
        descriptor["artifactType"] = referrer.record.artifact_type;
    }
    if (!referrer.record.annotations.empty()) {
        json::object annotations;
        for (const auto& annotation : referrer.record.annotations) {
            annotations[annotation.name] = annotation.value;
        }
        descriptor["annotations"] = std::move(annotations);
    }
    return json::serialize(descriptor);
}

std::string textIn(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(json::string_view(name.data(), name.size()));
    return value != nullptr && value->is_string()
               ? std::string(value->get_string().data(), value->get_string().size())
               : std::string();
}

// Entries of an index as they stand in it; what is no index has none.
void addEntriesOf(std::string_view index, std::set<std::string>& known, Referrers& referrers) {
    json::error_code error;
    const json::value value = json::parse({index.data(), index.size()}, error);
    const auto* object = error ? nullptr : value.if_object();
    const auto* manifests = object != nullptr ? object->if_contains("manifests") : nullptr;
    if (manifests == nullptr || !manifests->is_array()) {
        return;
    }
    for (const json::value& entry : manifests->get_array()) {
        if (entry.is_object() && known.insert(textIn(entry.get_object(), "digest")).second) {
            referrers.entries.push_back({textIn(entry.get_object(), "artifactType"), json::serialize(entry)});
        }
    }
}

// "sha256:abc…" is "sha256-abc…" in the tag schema, with at most 64 characters of the hash.
std::string tagOf(const blobs::Digest& subject) {
    constexpr std::size_t longestHash = 64;
    std::string tag = subject.str();
    const auto colon = tag.find(':');
    tag[colon] = '-';
    return tag.substr(0, colon + 1 + longestHash);
}

Awaitable<void> addFromTagSchema(const Context& context, std::string repository, blobs::Digest subject,
                                 std::set<std::string> known, Referrers& referrers) {
    const auto found = co_await findTagged(context, std::move(repository), tagOf(subject));
    if (!found || found->mediaType != media::ociIndex) {
        co_return;
    }
    const auto index = co_await context.blobs.readAll(found->id, static_cast<std::size_t>(found->size));
    if (index) {
        addEntriesOf(*index, known, referrers);
    }
}

} // namespace

Awaitable<Result<Referrers>> findReferrers(const Context& context, std::string repository,
                                           blobs::Digest subject, std::string after) {
    const std::function<Result<std::vector<state::Referrer>>(state::Projection&)> query =
        [repository, subject, after](state::Projection& projection) {
            return state::referrersAfter(projection, repository, subject.str(), after, pageSize + 1);
        };
    const auto found = co_await queryNow<std::vector<state::Referrer>>(context, query);
    if (!found) {
        co_return fail(found.error());
    }
    Referrers referrers;
    referrers.more = static_cast<std::int64_t>(found->size()) > pageSize;
    std::set<std::string> known;
    for (const state::Referrer& referrer : *found) {
        if (static_cast<std::int64_t>(referrers.entries.size()) < pageSize) {
            referrers.entries.push_back({referrer.record.artifact_type, descriptorOf(referrer)});
            referrers.last = referrer.digest;
            known.insert(referrer.digest);
        }
    }
    if (after.empty()) {
        co_await addFromTagSchema(context, std::move(repository), subject, std::move(known), referrers);
    }
    co_return referrers;
}

std::string referrersIndex(const Referrers& referrers, std::string_view artifactType) {
    std::string index =
        R"({"schemaVersion":2,"mediaType":")" + std::string(media::ociIndex) + R"(","manifests":[)";
    bool first = true;
    for (const Referrers::Entry& entry : referrers.entries) {
        if (artifactType.empty() || entry.artifactType == artifactType) {
            index += first ? "" : ",";
            index += entry.descriptor;
            first = false;
        }
    }
    return index + "]}";
}

} // namespace pilothouse::registry
