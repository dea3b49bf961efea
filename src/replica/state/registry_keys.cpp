// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/registry_keys.h"

#include <initializer_list>

namespace pilothouse::state::keys {
namespace {

std::string join(std::initializer_list<std::string_view> parts) {
    std::size_t size = 0;
    for (const auto part : parts) {
        size += part.size();
    }
    std::string key;
    key.reserve(size);
    for (const auto part : parts) {
        key += part;
    }
    return key;
}

} // namespace

std::string blob(std::string_view digest) {
    return join({blobs, digest});
}

std::string linksOf(std::string_view digest) {
    return join({links, digest, "/"});
}

std::string link(std::string_view digest, std::string_view repository) {
    return join({links, digest, "/", repository});
}

std::string referencesTo(std::string_view digest) {
    return join({references, digest, "/"});
}

std::string reference(std::string_view digest, std::string_view repository, std::string_view manifest) {
    return join({references, digest, "/", repository, ":", manifest});
}

std::string repository(std::string_view name) {
    return join({repositories, name});
}

std::string manifestsOf(std::string_view repository) {
    return join({manifests, repository, ":"});
}

std::string manifest(std::string_view repository, std::string_view digest) {
    return join({manifests, repository, ":", digest});
}

std::string tagsOf(std::string_view repository) {
    return join({tags, repository, ":"});
}

std::string tag(std::string_view repository, std::string_view name) {
    return join({tags, repository, ":", name});
}

std::string referrersOf(std::string_view repository, std::string_view subject) {
    return join({referrers, repository, ":", subject, "/"});
}

std::string referrer(std::string_view repository, std::string_view subject, std::string_view manifest) {
    return join({referrers, repository, ":", subject, "/", manifest});
}

std::optional<std::string_view> below(std::string_view prefix, std::string_view key) {
    return key.starts_with(prefix) ? std::optional(key.substr(prefix.size())) : std::nullopt;
}

std::string repositoryIn(std::string_view rest) {
    return std::string(rest.substr(0, rest.find(':')));
}

} // namespace pilothouse::state::keys
