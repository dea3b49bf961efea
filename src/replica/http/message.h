// SPDX-License-Identifier: GPL-3.0-or-later
// HTTP messages (RFC 9110, RFC 9112) as values.
#pragma once

#include "replica/http/tls.h"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pilothouse::http {

// Fields in order; names compare without regard to case (RFC 9110 §5.1).
class Headers {
public:
    using Field = std::pair<std::string, std::string>;

    Headers() = default;
    Headers(std::initializer_list<Field> fields) : m_fields(fields) {}

    void add(std::string name, std::string value);
    void set(std::string name, std::string value); // replaces all of that name
    void remove(std::string_view name);
    void reserve(std::size_t count) { m_fields.reserve(count); }

    // The first of that name.
    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
    [[nodiscard]] std::string_view value(std::string_view name) const; // empty when absent
    [[nodiscard]] std::size_t count(std::string_view name) const;
    // Whether one of the comma-separated elements of that name is `token` ("Connection: keep-alive, close").
    [[nodiscard]] bool hasToken(std::string_view name, std::string_view token) const;

    [[nodiscard]] auto begin() const { return m_fields.begin(); }
    [[nodiscard]] auto end() const { return m_fields.end(); }
    [[nodiscard]] std::size_t size() const { return m_fields.size(); }

private:
    std::vector<Field> m_fields;
};

[[nodiscard]] bool equalsIgnoringCase(std::string_view a, std::string_view b);

// A request as a server sees it. Method, target and headers come from outside: syntactically sound, nothing
// more.
struct Request {
    std::string method;  // "GET"; case-sensitive
    std::string target;  // as sent: "/api/v0/users?limit=10"
    std::string rawPath; // the target's path as sent, for splitting at slashes before decoding: "/v2/a%2Fb"
    std::string path;    // percent-decoded: "/v2/a/b"; "*" for OPTIONS *
    std::vector<std::pair<std::string, std::string>> query; // decoded, in order
    int versionMinor = 1;                                   // HTTP/1.<this>: 0 or 1
    Headers headers;

    bool overTls = false;
    std::string id;                     // what logs and the answer call it; "" where the server names none
    std::string remote;                 // "192.0.2.1:40312"
    const PeerIdentity* peer = nullptr; // of a verified client certificate; lives as long as the exchange

    // The first value of that name in the query.
    [[nodiscard]] std::optional<std::string_view> parameter(std::string_view name) const;
};

// Where the request comes from, without the port: "192.0.2.1", "[2001:db8::1]".
[[nodiscard]] inline std::string addressOf(const Request& request) {
    return request.remote.substr(0, request.remote.rfind(':'));
}

// Status line and fields of an answer. The server adds Date, Content-Length or Transfer-Encoding, Connection.
struct ResponseHead {
    int status = 200;
    Headers headers;
};

// An answer with its whole body.
struct Response : ResponseHead {
    std::string body;
};

// An answer of one line of text (a newline is appended).
[[nodiscard]] Response textResponse(int status, std::string_view line);
// "Not Found" for 404; "Unknown" for what RFC 9110 does not name.
[[nodiscard]] std::string_view reasonPhrase(int status);

} // namespace pilothouse::http
