// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/platforms.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

namespace pilothouse::registry {

namespace json = boost::json;

namespace {

constexpr std::int64_t mostBytes = std::int64_t{4} * 1024 * 1024;

std::string textIn(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(json::string_view(name.data(), name.size()));
    return value != nullptr && value->is_string()
               ? std::string(value->get_string().data(), value->get_string().size())
               : std::string();
}

std::string platformIn(const json::object& object) {
    const std::string os = textIn(object, "os");
    const std::string architecture = textIn(object, "architecture");
    const std::string variant = textIn(object, "variant");
    if (os.empty() || architecture.empty() || os == "unknown" || architecture == "unknown") {
        return {};
    }
    return os + "/" + architecture + (variant.empty() ? "" : "/" + variant);
}

json::value parsed(std::string_view text) {
    json::error_code error;
    json::value value = json::parse({text.data(), text.size()}, error);
    return error ? json::value() : value;
}

} // namespace

std::vector<NamedPlatform> platformsOfIndex(std::string_view index) {
    std::vector<NamedPlatform> platforms;
    const json::value value = parsed(index);
    const auto* object = value.if_object();
    const auto* manifests = object != nullptr ? object->if_contains("manifests") : nullptr;
    if (manifests == nullptr || !manifests->is_array()) {
        return platforms;
    }
    for (const json::value& entry : manifests->get_array()) {
        const auto* descriptor = entry.if_object();
        const auto* platform = descriptor != nullptr ? descriptor->if_contains("platform") : nullptr;
        if (platform != nullptr && platform->is_object()) {
            std::string name = platformIn(platform->get_object());
            if (!name.empty()) {
                platforms.emplace_back(textIn(*descriptor, "digest"), std::move(name));
            }
        }
    }
    return platforms;
}

std::string platformOfConfig(std::string_view config) {
    const json::value value = parsed(config);
    const auto* object = value.if_object();
    return object != nullptr ? platformIn(*object) : std::string();
}

http::Awaitable<std::vector<NamedPlatform>> Platforms::find(PlatformSource source) {
    const std::string& digest = source.blob.digest.str();
    {
        const std::lock_guard lock(m_mutex);
        if (const Known* known = m_known.find(digest)) {
            co_return *known;
        }
    }
    if (source.size > mostBytes) {
        co_return Known();
    }
    const auto bytes = co_await m_access.readAll(source.blob, static_cast<std::size_t>(source.size));
    if (!bytes) {
        co_return Known();
    }
    Known known;
    if (source.index) {
        known = platformsOfIndex(*bytes);
    } else if (std::string platform = platformOfConfig(*bytes); !platform.empty()) {
        known.emplace_back(std::string(), std::move(platform));
    }
    const std::lock_guard lock(m_mutex);
    m_known.put(digest, known);
    co_return known;
}

} // namespace pilothouse::registry
