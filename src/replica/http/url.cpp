// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/http/url.h"

#include <boost/asio/ip/address.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>

namespace pilothouse::http {

namespace {

int hexValue(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool isUnreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

} // namespace

Result<Url> parseUrl(std::string_view text) {
    const std::string quoted = "\"" + std::string(text) + "\"";
    const auto parsed = boost::urls::parse_uri({text.data(), text.size()});
    if (!parsed) {
        return fail(ErrorCode::invalid, quoted + " is not a URL", "Write it as https://host:port");
    }
    Url url;
    const auto& view = parsed.value();
    if (view.scheme_id() != boost::urls::scheme::https && view.scheme_id() != boost::urls::scheme::http) {
        return fail(ErrorCode::invalid, quoted + " is neither an https nor an http URL");
    }
    if (view.has_userinfo() || view.has_fragment()) {
        return fail(ErrorCode::invalid, quoted + " has a user or a fragment, which is not allowed here");
    }
    url.tls = view.scheme_id() == boost::urls::scheme::https;
    const auto host = view.host_address();
    url.host.assign(host.data(), host.size());
    std::transform(url.host.begin(), url.host.end(), url.host.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (url.host.empty()) {
        return fail(ErrorCode::invalid, quoted + " names no host");
    }
    url.port = view.has_port() ? view.port_number() : static_cast<std::uint16_t>(url.tls ? 443 : 80);
    if (url.port == 0) {
        return fail(ErrorCode::invalid, quoted + " has no valid port", "A port is a number from 1 to 65535");
    }
    const auto path = view.encoded_path();
    url.target = path.empty() ? std::string("/") : std::string(path.data(), path.size());
    if (view.has_query()) {
        url.target += '?';
        url.target.append(view.encoded_query().data(), view.encoded_query().size());
    }
    return url;
}

std::string hostAndPort(std::string_view host, std::uint16_t port) {
    std::string text;
    const bool isV6 = host.find(':') != std::string_view::npos;
    text += isV6 ? "[" : "";
    text += host;
    text += isV6 ? "]:" : ":";
    return text + std::to_string(port);
}

Result<std::string> percentDecode(std::string_view text, bool plusIsSpace) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            const int high = i + 2 < text.size() ? hexValue(text[i + 1]) : -1;
            const int low = high >= 0 ? hexValue(text[i + 2]) : -1;
            if (low < 0) {
                return fail(ErrorCode::invalid,
                            "a % in the address is not followed by two hexadecimal digits");
            }
            c = static_cast<char>(high * 16 + low);
            i += 2;
        } else if (c == '+' && plusIsSpace) {
            c = ' ';
        }
        if (c == '\0') {
            return fail(ErrorCode::invalid, "the address contains a NUL byte");
        }
        decoded += c;
    }
    return decoded;
}

std::string percentEncode(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    encoded.reserve(text.size());
    for (const char c : text) {
        if (isUnreserved(c)) {
            encoded += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            encoded += {'%', digits[byte >> 4U], digits[byte & 15U]};
        }
    }
    return encoded;
}

bool isLoopback(std::string_view url) {
    const auto parsed = parseUrl(url);
    if (!parsed) {
        return false;
    }
    boost::system::error_code noAddress;
    const auto address = boost::asio::ip::make_address(parsed->host, noAddress);
    return parsed->host == "localhost" || (!noAddress && address.is_loopback());
}

Result<std::vector<std::pair<std::string, std::string>>> parseQuery(std::string_view query) {
    std::vector<std::pair<std::string, std::string>> pairs;
    while (!query.empty()) {
        const auto end = std::min(query.find('&'), query.size());
        const auto part = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        if (part.empty()) {
            continue;
        }
        const auto equals = std::min(part.find('='), part.size());
        auto name = percentDecode(part.substr(0, equals), true);
        auto value = percentDecode(part.substr(std::min(equals + 1, part.size())), true);
        if (!name || !value) {
            return fail(name ? value.error() : name.error());
        }
        pairs.emplace_back(std::move(*name), std::move(*value));
    }
    return pairs;
}

} // namespace pilothouse::http
