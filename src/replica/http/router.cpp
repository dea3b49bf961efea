// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/http/router.h"

#include "replica/http/url.h"

#include <stdexcept>
#include <utility>

namespace pilothouse::http {

namespace {

// Takes the first segment off "/a/b": "a", leaving "/b". Nothing is left of the last one.
std::string_view takeSegment(std::string_view& path) {
    path.remove_prefix(1);
    const auto end = std::min(path.find('/'), path.size());
    const auto segment = path.substr(0, end);
    path.remove_prefix(end);
    return segment;
}

bool isName(std::string_view segment) {
    return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

} // namespace

void Router::add(std::string method, std::string_view pattern, RouteHandler handler) {
    constexpr std::string_view restMark = "...}";
    if (pattern.empty() || pattern.front() != '/') {
        throw std::logic_error("a pattern begins with a slash: " + std::string(pattern));
    }
    Node* node = &m_root;
    for (auto path = pattern; !path.empty();) {
        const auto segment = takeSegment(path);
        if (!isName(segment)) {
            node = &node->fixed[std::string(segment)];
            continue;
        }
        const bool isRest = segment.ends_with(restMark);
        if (isRest && !path.empty()) {
            throw std::logic_error("the rest comes last: " + std::string(pattern));
        }
        auto& place = isRest ? node->rest : node->named;
        const auto name = segment.substr(1, segment.size() - 1 - (isRest ? restMark.size() : 1));
        if (place.empty()) {
            place.emplace_back().name = name;
        } else if (place.front().name != name) {
            throw std::logic_error("two names for one place: " + std::string(pattern));
        }
        node = &place.front();
    }
    if (!node->methods.emplace(method, std::move(handler)).second) {
        throw std::logic_error("added twice: " + std::string(pattern));
    }
    m_routes.push_back({std::move(method), std::string(pattern)});
}

void Router::onMiss(std::function<Response(const Request&, int)> answer) {
    m_onMiss = std::move(answer);
}

bool Router::find(const Node& node, std::string_view path, Match& match) {
    if (path.empty()) {
        match.node = node.methods.empty() ? nullptr : &node;
        return match.node != nullptr;
    }
    auto left = path;
    const auto segment = takeSegment(left);
    const auto decoded = percentDecode(segment);
    if (!decoded) {
        return false;
    }
    if (const auto fixed = node.fixed.find(*decoded);
        fixed != node.fixed.end() && find(fixed->second, left, match)) {
        return true;
    }
    if (!node.named.empty() && !segment.empty() && find(node.named.front(), left, match)) {
        match.parameters[node.named.front().name] = *decoded;
        return true;
    }
    if (node.rest.empty()) {
        return false;
    }
    auto rest = percentDecode(path.substr(1));
    match.node = &node.rest.front();
    match.parameters[node.rest.front().name] = rest ? std::move(*rest) : std::string();
    return rest.has_value();
}

Awaitable<void> Router::handle(Exchange& exchange) const {
    const Request& request = exchange.request();
    Match match;
    const bool isPath = !request.rawPath.empty() && request.rawPath.front() == '/';
    if (isPath && find(m_root, request.rawPath, match)) {
        const auto& methods = match.node->methods;
        auto method = methods.find(request.method);
        if (method == methods.end() && request.method == "HEAD") {
            method = methods.find("GET");
        }
        if (method != methods.end()) {
            co_await method->second(exchange, match.parameters);
            co_return;
        }
    }
    const int status = match.node != nullptr ? 405 : 404;
    auto response = m_onMiss ? m_onMiss(request, status)
                             : textResponse(status, status == 404 ? "there is nothing at this address"
                                                                  : "this address does not take that method");
    if (match.node != nullptr && !response.headers.find("Allow")) {
        response.headers.set("Allow", allowed(*match.node));
    }
    static_cast<void>(co_await exchange.respond(std::move(response)));
}

std::string Router::allowed(const Node& node) {
    std::string list;
    for (const auto& [method, handler] : node.methods) {
        list += (list.empty() ? "" : ", ") + method;
        if (method == "GET" && !node.methods.contains("HEAD")) {
            list += ", HEAD";
        }
    }
    return list;
}

} // namespace pilothouse::http
