// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/provision/names.h"

#include <algorithm>
#include <arpa/inet.h>

namespace pilothouse::provision {

namespace {

constexpr std::string_view lettersAndDigits =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
constexpr std::size_t maxClusterName = 40;
constexpr std::size_t maxName = 63;
constexpr std::size_t maxHost = 253;

std::string quoted(std::string_view text) {
    return "\"" + std::string(text.substr(0, maxName)) + "\"";
}

} // namespace

Status checkClusterName(std::string_view name) {
    const auto isControl = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
    const auto startsCharacter = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
    const auto characters = std::count_if(name.begin(), name.end(), startsCharacter);
    if (name.empty() || characters > static_cast<std::ptrdiff_t>(maxClusterName) ||
        std::any_of(name.begin(), name.end(), isControl)) {
        return fail(ErrorCode::invalid,
                    "the cluster's name must have 1 to 40 characters and no control characters");
    }
    return {};
}

Status checkName(std::string_view name, std::string_view what) {
    const std::string allowed = std::string(lettersAndDigits) + "._-";
    if (name.empty() || name.size() > maxName || name.find_first_not_of(allowed) != std::string_view::npos ||
        lettersAndDigits.find(name.front()) == std::string_view::npos) {
        return fail(
            ErrorCode::invalid, quoted(name) + " cannot be the name of a " + std::string(what),
            "Use 1 to 63 letters, digits, dots, underscores and hyphens, beginning with a letter or digit");
    }
    return {};
}

Status checkHost(std::string_view host) {
    const std::string allowed = std::string(lettersAndDigits) + ".-";
    if (isIpAddress(host)) {
        return {};
    }
    if (host.empty() || host.size() > maxHost || host.find_first_not_of(allowed) != std::string_view::npos) {
        return fail(ErrorCode::invalid, quoted(host) + " is neither a host name nor an IP address");
    }
    return {};
}

Status checkPort(std::int64_t port, std::string_view what) {
    if (port < 1 || port > 65535) {
        return fail(ErrorCode::invalid,
                    std::string(what) + ": " + std::to_string(port) + " is not a port (1 to 65535)");
    }
    return {};
}

bool isIpAddress(std::string_view text) {
    const std::string host(text);
    unsigned char octets[sizeof(in6_addr)];
    return ::inet_pton(AF_INET, host.c_str(), octets) == 1 ||
           ::inet_pton(AF_INET6, host.c_str(), octets) == 1;
}

std::string listenHostFor(std::string_view host) {
    if (host == "localhost") {
        return "127.0.0.1";
    }
    if (!isIpAddress(host)) {
        return "0.0.0.0";
    }
    if (host == "::1" || host.starts_with("127.")) {
        return std::string(host);
    }
    return host.find(':') == std::string_view::npos ? "0.0.0.0" : "::";
}

} // namespace pilothouse::provision
