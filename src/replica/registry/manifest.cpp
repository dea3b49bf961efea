// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/manifest.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>

namespace pilothouse::registry {

namespace {

namespace json = boost::json;

constexpr std::array knownTypes{media::ociManifest, media::ociIndex, media::dockerManifest,
                                media::dockerList};
constexpr std::string_view dockerForeignLayer = "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip";
constexpr std::string_view ociForeignLayer = "application/vnd.oci.image.layer.nondistributable.v1.";

tl::unexpected<Error> malformed(const std::string& path, std::string_view what) {
    return fail(ErrorCode::invalid, "the manifest's " + path + ' ' + std::string(what));
}

// Without parameters: a client may send "; charset=utf-8".
std::string_view bareType(std::string_view contentType) {
    contentType = contentType.substr(0, contentType.find(';'));
    while (contentType.ends_with(' ')) {
        contentType.remove_suffix(1);
    }
    return contentType;
}

// The text there; empty when the field is missing.
Result<std::string> textAt(const json::object& object, std::string_view name, const std::string& path) {
    const auto* value = object.if_contains(name);
    if (value == nullptr) {
        return std::string();
    }
    if (!value->is_string()) {
        return malformed(path + std::string(name), "is not a text");
    }
    return std::string(value->get_string());
}

Result<std::uint64_t> sizeAt(const json::object& object, const std::string& path) {
    const auto* value = object.if_contains("size");
    if (value != nullptr && value->is_uint64()) {
        return value->get_uint64();
    }
    if (value == nullptr || !value->is_int64() || value->get_int64() < 0) {
        return malformed(path + "size", "is not a number of bytes");
    }
    return static_cast<std::uint64_t>(value->get_int64());
}

bool isForeign(const json::object& object, std::string_view mediaType) {
    const auto* urls = object.if_contains("urls");
    const bool elsewhere = urls != nullptr && urls->is_array() && !urls->get_array().empty();
    return elsewhere && (mediaType == dockerForeignLayer || mediaType.starts_with(ociForeignLayer));
}

Result<Descriptor> descriptorOf(const json::value& value, const std::string& path) {
    if (!value.is_object()) {
        return malformed(path, "is not an object");
    }
    const auto& object = value.get_object();
    const auto mediaType = textAt(object, "mediaType", path + '.');
    const auto digestText = textAt(object, "digest", path + '.');
    const auto size = sizeAt(object, path + '.');
    if (!mediaType || !digestText || !size) {
        return fail(!mediaType ? mediaType.error() : !digestText ? digestText.error() : size.error());
    }
    const auto digest = blobs::Digest::parse(*digestText);
    if (!digest) {
        return malformed(path + ".digest", "is none: " + digest.error().message);
    }
    return Descriptor{*mediaType, *digest, *size, isForeign(object, *mediaType)};
}

Result<std::optional<Descriptor>> descriptorAt(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    if (value == nullptr || value->is_null()) {
        return std::nullopt;
    }
    auto descriptor = descriptorOf(*value, std::string(name));
    return descriptor ? Result<std::optional<Descriptor>>(*std::move(descriptor)) : fail(descriptor.error());
}

Result<std::vector<Descriptor>> descriptorsAt(const json::object& object, std::string_view name) {
    std::vector<Descriptor> descriptors;
    const auto* value = object.if_contains(name);
    if (value == nullptr || value->is_null()) { // Go writes null for an empty list
        return descriptors;
    }
    if (!value->is_array()) {
        return malformed(std::string(name), "is not a list");
    }
    for (const auto& each : value->get_array()) {
        auto descriptor =
            descriptorOf(each, std::string(name) + '[' + std::to_string(descriptors.size()) + ']');
        if (!descriptor) {
            return fail(descriptor.error());
        }
        descriptors.push_back(*std::move(descriptor));
    }
    return descriptors;
}

Result<std::map<std::string, std::string>> annotationsOf(const json::object& object) {
    std::map<std::string, std::string> annotations;
    const auto* value = object.if_contains("annotations");
    if (value == nullptr || value->is_null()) {
        return annotations;
    }
    if (!value->is_object()) {
        return malformed("annotations", "is not an object");
    }
    for (const auto& [name, text] : value->get_object()) {
        if (!text.is_string()) {
            return malformed("annotations." + std::string(name), "is not a text");
        }
        annotations.emplace(name, text.get_string());
    }
    return annotations;
}

Result<std::string> typeOf(const json::object& object, std::string_view contentType) {
    auto own = textAt(object, "mediaType", {});
    if (!own) {
        return own;
    }
    const auto sent = bareType(contentType);
    if (!sent.empty() && !own->empty() && sent != *own) {
        return fail(ErrorCode::invalid,
                    "the manifest was sent as " + std::string(sent) + " and calls itself " + *own);
    }
    const std::string type = sent.empty() ? *own : std::string(sent);
    if (std::find(knownTypes.begin(), knownTypes.end(), type) == knownTypes.end()) {
        return fail(ErrorCode::invalid, type.empty()
                                            ? "the manifest does not say of which type it is"
                                            : "manifests of the type " + type + " are not stored here");
    }
    return type;
}

// What would be read as an image by one client and as an index by another.
Status checkOneKind(const json::object& object, const Manifest& manifest) {
    const auto* version = object.if_contains("schemaVersion");
    if (version == nullptr || !version->is_int64() || version->get_int64() != 2) {
        return malformed("schemaVersion", "is not 2");
    }
    const bool image = object.contains("layers") || object.contains("config");
    if (manifest.isIndex() ? image : object.contains("manifests")) {
        return fail(ErrorCode::invalid, "the manifest has the fields of an image and of an index");
    }
    if (!manifest.isIndex() && !manifest.config) {
        return malformed("config", "is missing");
    }
    if (manifest.isIndex() && !object.contains("manifests")) {
        return malformed("manifests", "is missing");
    }
    return {};
}

Result<Manifest> read(const json::object& object, std::string_view contentType) {
    auto type = typeOf(object, contentType);
    auto config = descriptorAt(object, "config");
    auto layers = descriptorsAt(object, "layers");
    auto manifests = descriptorsAt(object, "manifests");
    auto subject = descriptorAt(object, "subject");
    auto artifactType = textAt(object, "artifactType", {});
    auto annotations = annotationsOf(object);
    for (const Error* error :
         {type ? nullptr : &type.error(), config ? nullptr : &config.error(),
          layers ? nullptr : &layers.error(), manifests ? nullptr : &manifests.error(),
          subject ? nullptr : &subject.error(), artifactType ? nullptr : &artifactType.error(),
          annotations ? nullptr : &annotations.error()}) {
        if (error != nullptr) {
            return fail(*error);
        }
    }
    Manifest manifest{*std::move(type),       *std::move(config),  *std::move(layers),
                      *std::move(manifests),  *std::move(subject), *std::move(artifactType),
                      *std::move(annotations)};
    if (manifest.artifactType.empty() && manifest.config) {
        manifest.artifactType = manifest.config->mediaType;
    }
    const auto oneKind = checkOneKind(object, manifest);
    return oneKind ? Result<Manifest>(std::move(manifest)) : fail(oneKind.error());
}

} // namespace

Result<Manifest> parseManifest(std::string_view contentType, std::string_view body) {
    boost::system::error_code error;
    const json::value value = json::parse(body, error); // at most 32 levels deep
    if (error) {
        return fail(ErrorCode::invalid, "the manifest is not JSON: " + error.message());
    }
    if (!value.is_object()) {
        return fail(ErrorCode::invalid, "the manifest is not a JSON object");
    }
    return read(value.get_object(), contentType);
}

} // namespace pilothouse::registry
