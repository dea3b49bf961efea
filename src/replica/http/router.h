// SPDX-License-Identifier: GPL-3.0-or-later
// Which handler answers a request.
#pragma once

#include "replica/http/exchange.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace pilothouse::http {

// What the pattern's names stood for, percent-decoded.
using PathParameters = std::map<std::string, std::string, std::less<>>;
using RouteHandler = std::function<Awaitable<void>(Exchange&, const PathParameters&)>;

// Patterns are paths of segments: fixed text ("/api/v0/users"), a name for one non-empty segment ("{name}"),
// or, as the last, a name for all the rest ("{rest...}", may be empty). Fixed text wins over a name, a name
// over the rest. A segment is decoded after splitting, so "%2F" stays within it. Filled before the server
// starts, constant after.
class Router {
public:
    // HEAD is answered by GET's handler unless it has its own.
    void add(std::string method, std::string_view pattern, RouteHandler handler);
    // What to answer when no pattern fits (404) or the method does not (405; Allow is added
    // unless it is there). Default: one
    // line of text.
    void onMiss(std::function<Response(const Request&, int status)> answer);
    // Everything that was added, in order.
    struct Route {
        std::string method;
        std::string pattern;
    };
    [[nodiscard]] const std::vector<Route>& routes() const { return m_routes; }

    [[nodiscard]] Awaitable<void> handle(Exchange& exchange) const;

private:
    struct Node {
        std::map<std::string, Node, std::less<>> fixed;
        std::vector<Node> named; // at most one
        std::string name;        // of this node, when it stands for a name or the rest
        std::vector<Node> rest;  // at most one
        std::map<std::string, RouteHandler, std::less<>> methods;
    };
    struct Match {
        const Node* node = nullptr;
        PathParameters parameters;
    };
    [[nodiscard]] static bool find(const Node& node, std::string_view path, Match& match);
    [[nodiscard]] static std::string allowed(const Node& node);

    Node m_root;
    std::vector<Route> m_routes;
    std::function<Response(const Request&, int status)> m_onMiss;
};

} // namespace pilothouse::http
