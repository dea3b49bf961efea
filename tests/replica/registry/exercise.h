// SPDX-License-Identifier: GPL-3.0-or-later
// Reads bytes as each of the registry's readers would, and says what is wrong with the outcome. Shared by the
// mutation tests and the fuzzer.
#pragma once

#include "replica/registry/byte_range.h"
#include "replica/registry/manifest.h"
#include "replica/registry/names.h"
#include "replica/registry/path.h"
#include "replica/registry/scopes.h"

#include <string>
#include <string_view>

namespace pilothouse::registry::test {

// What a name must never hold: it becomes part of addresses, keys and headers.
inline bool hasForeign(std::string_view text) {
    return text.find_first_of(std::string_view("\0\r\n %?#\\:", 10)) != std::string_view::npos ||
           text.find("..") != std::string_view::npos;
}

inline std::string faultInNames(std::string_view text) {
    if (isRepositoryName(text) && (text.empty() || text.size() > 255 || hasForeign(text) ||
                                   text.front() == '/' || text.back() == '/')) {
        return "a name that is none was accepted";
    }
    const auto reference = parseReference(text);
    if (!reference) {
        return reference.error().code == ErrorCode::invalid ? "" : "a bad reference is not called invalid";
    }
    if (const auto* digest = std::get_if<blobs::Digest>(&*reference)) {
        return digest->str() == text ? "" : "a digest does not read back as it was written";
    }
    return isTag(text) && std::get<Tag>(*reference).name == text ? "" : "a tag that is none was accepted";
}

inline std::string faultInRanges(std::string_view field, std::uint64_t size) {
    const auto answer = answerRange(field, size);
    if (const auto* range = std::get_if<ByteRange>(&answer);
        range != nullptr && (range->first > range->last || range->last >= size)) {
        return "a range lies outside of the blob";
    }
    const auto chunk = parseChunkRange(field);
    return chunk && (chunk->first > chunk->last || chunk->size() == 0) ? "a chunk ends before it begins" : "";
}

inline std::string faultInScopes(std::string_view text) {
    for (const auto& scope : parseScopes({text})) {
        const std::string written = toText(scope);
        if (parseScopes({written}) != std::vector{scope}) {
            return "a scope does not read back as it was written: " + written;
        }
    }
    return {};
}

// Of addresses below /v2/, those of uploads among them.
inline std::string faultInPath(std::string_view text) {
    const Path path = parsePath(text);
    const bool isNamed = path.resource != Resource::none && path.resource != Resource::base &&
                         path.resource != Resource::catalog;
    if (isNamed && text.find(path.name) == std::string_view::npos) {
        return "a path names a repository that is not in it";
    }
    if (text.find(path.last) == std::string_view::npos) {
        return "a path ends with what is not in it";
    }
    return {};
}

inline std::string faultInManifest(std::string_view body) {
    for (const auto type : {std::string_view(), media::ociManifest, media::ociIndex, media::dockerManifest}) {
        const auto manifest = parseManifest(type, body);
        if (!manifest) {
            if (manifest.error().code != ErrorCode::invalid || manifest.error().message.empty()) {
                return "a malformed manifest is not called invalid";
            }
            continue;
        }
        if (!type.empty() && manifest->mediaType != type) {
            return "a manifest has another type than it was sent with";
        }
        if (manifest->isIndex() ? manifest->config || !manifest->layers.empty()
                                : !manifest->config || !manifest->manifests.empty()) {
            return "a manifest is an image and an index at once";
        }
    }
    return {};
}

// The first byte chooses the reader.
inline std::string faultInReading(std::string_view input) {
    if (input.empty()) {
        return {};
    }
    const auto choice = static_cast<unsigned char>(input.front());
    const auto text = input.substr(1);
    switch (choice % 5) {
    case 0:
        return faultInNames(text);
    case 1:
        return faultInRanges(text, choice);
    case 2:
        return faultInScopes(text);
    case 3:
        return faultInPath(text);
    default:
        return faultInManifest(text);
    }
}

} // namespace pilothouse::registry::test
