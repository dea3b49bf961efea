// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/http/head_parser.h"

#include "replica/http/url.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>

namespace pilothouse::http {

namespace beast = boost::beast;

namespace {

using View = beast::string_view;

std::string copy(View text) {
    return {text.data(), text.size()};
}

// Beast's grammar, our storage. Bodies are never shown to it.
template <bool isRequest>
class Sink : public beast::http::basic_parser<isRequest> {
public:
    explicit Sink(std::size_t headBytes) {
        this->header_limit(static_cast<std::uint32_t>(headBytes));
        this->body_limit(boost::none);
        this->skip(true);
        headers.reserve(12);
    }

    std::string method;
    std::string target;
    int status = 0;
    int version = 11;
    Headers headers;

private:
    using Error = beast::error_code;
    void on_request_impl(beast::http::verb, View name, View address, int httpVersion, Error&) override {
        method = copy(name);
        target = copy(address);
        version = httpVersion;
    }
    void on_response_impl(int code, View, int httpVersion, Error&) override {
        status = code;
        version = httpVersion;
    }
    void on_field_impl(beast::http::field, View name, View value, Error&) override {
        headers.add(copy(name), copy(value));
    }
    void on_header_impl(Error&) override {}
    void on_body_init_impl(boost::optional<std::uint64_t> const&, Error&) override {}
    std::size_t on_body_impl(View, Error&) override { return 0; }
    void on_chunk_header_impl(std::uint64_t, View, Error&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, View, Error&) override { return 0; }
    void on_finish_impl(Error&) override {}
};

template <bool isRequest>
beast::error_code parse(Sink<isRequest>& sink, std::string_view head) {
    beast::error_code error;
    const auto used = sink.put(boost::asio::buffer(head.data(), head.size()), error);
    if (!error && (!sink.is_header_done() || used != head.size())) {
        error = beast::http::error::partial_message;
    }
    return error;
}

// "/path?query", "http://host/path?query" (RFC 9112 §3.2.2) or "*" into its parts.
tl::expected<void, Refusal> splitTarget(Request& request) {
    std::string_view target = request.target;
    if (target == "*" && request.method == "OPTIONS") {
        request.rawPath = request.path = "*";
        return {};
    }
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (equalsIgnoringCase(target.substr(0, scheme.size()), scheme)) {
            target.remove_prefix(std::min(target.find('/', scheme.size()), target.size()));
            target = target.empty() ? "/" : target;
            break;
        }
    }
    if (target.empty() || target.front() != '/') {
        return tl::unexpected(Refusal{400, "the request's target is not a path"});
    }
    target = target.substr(0, target.find('#'));
    const auto question = std::min(target.find('?'), target.size());
    request.rawPath = target.substr(0, question);
    auto path = percentDecode(request.rawPath);
    if (!path) {
        return tl::unexpected(Refusal{400, path.error().message});
    }
    request.path = std::move(*path);
    if (question < target.size()) {
        auto query = parseQuery(target.substr(question + 1));
        if (!query) {
            return tl::unexpected(Refusal{400, query.error().message});
        }
        request.query = std::move(*query);
    }
    return {};
}

// RFC 9112 §5.2: a server refuses it, because not everybody reads it alike.
bool hasFoldedLine(std::string_view head) {
    return head.find("\r\n ") != std::string_view::npos || head.find("\r\n\t") != std::string_view::npos;
}

} // namespace

std::optional<std::size_t> findHeadEnd(std::string_view bytes, std::size_t& searched) {
    constexpr std::string_view end = "\r\n\r\n";
    const auto found = bytes.find(end, searched);
    if (found == std::string_view::npos) {
        searched = bytes.size() < end.size() ? 0 : bytes.size() - end.size() + 1;
        return std::nullopt;
    }
    searched = 0;
    return found + end.size();
}

tl::expected<Request, Refusal> parseRequestHead(std::string_view head) {
    if (hasFoldedLine(head)) {
        return tl::unexpected(
            Refusal{400, "a field goes on in the next line, which is not allowed any more"});
    }
    Sink<true> sink(head.size() + 1);
    if (const auto error = parse(sink, head)) {
        if (error == beast::http::error::bad_version) {
            return tl::unexpected(Refusal{505, "this server speaks HTTP/1.1 and HTTP/1.0"});
        }
        return tl::unexpected(Refusal{400, "the request cannot be understood: " + error.message()});
    }
    Request request;
    request.method = std::move(sink.method);
    request.target = std::move(sink.target);
    request.headers = std::move(sink.headers);
    request.versionMinor = sink.version == 10 ? 0 : 1;
    const auto hosts = request.headers.count("Host");
    if (hosts > 1 || (hosts == 0 && request.versionMinor > 0)) { // RFC 9112 §3.2
        return tl::unexpected(Refusal{400, "a request must have exactly one Host field"});
    }
    if (auto split = splitTarget(request); !split) {
        split.error().target = request.target;
        return tl::unexpected(std::move(split.error()));
    }
    return request;
}

tl::expected<ParsedResponse, std::string> parseResponseHead(std::string_view head) {
    Sink<false> sink(head.size() + 1);
    if (const auto error = parse(sink, head)) {
        return tl::unexpected("the answer is no HTTP: " + error.message());
    }
    ParsedResponse parsed;
    parsed.head.status = sink.status;
    parsed.head.headers = std::move(sink.headers);
    parsed.versionMinor = sink.version == 10 ? 0 : 1;
    return parsed;
}

} // namespace pilothouse::http
