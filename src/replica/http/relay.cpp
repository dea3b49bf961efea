// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/http/relay.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace pilothouse::http {
namespace {

constexpr std::size_t pieceBytes = std::size_t{256} * 1024;

// What is meant for the next hop only (RFC 9110 §7.6.1, §11.7), besides what "Connection" names.
constexpr std::array<std::string_view, 10> hopByHop{"Connection",
                                                    "Keep-Alive",
                                                    "Proxy-Connection",
                                                    "Proxy-Authenticate",
                                                    "Proxy-Authorization",
                                                    "TE",
                                                    "Trailer",
                                                    "Transfer-Encoding",
                                                    "Upgrade",
                                                    "Proxy-Authentication-Info"};
// Our server has answered Expect; our client frames the body anew.
constexpr std::array<std::string_view, 2> ofRequest{"Expect", "Content-Length"};
// Our server writes its own.
constexpr std::array<std::string_view, 1> ofAnswer{"Date"};

template <typename Names>
bool contains(const Names& names, std::string_view name) {
    return std::any_of(names.begin(), names.end(),
                       [name](std::string_view other) { return equalsIgnoringCase(name, other); });
}

template <typename Names>
Headers endToEnd(const Headers& headers, const Names& ours, const std::vector<std::string>& dropped) {
    Headers kept;
    kept.reserve(headers.size());
    for (const auto& [name, value] : headers) {
        if (!contains(hopByHop, name) && !contains(ours, name) && !contains(dropped, name) &&
            !headers.hasToken("Connection", name)) {
            kept.add(name, value);
        }
    }
    return kept;
}

// Kept by the relay itself, because the client would not tell it from a failure of the other server.
struct ClientBody {
    bool failed = false;
};

BodySource bodyOf(Exchange& exchange, const RelayOptions& options, ClientBody& body) {
    BodySource source;
    source.length = exchange.bodyLeft();
    source.progress = options.progress;
    // The server has time-outs of its own for this, and an answer to them.
    source.read = [&exchange, &body](std::span<char> into, Deadline) -> Awaitable<Result<std::size_t>> {
        auto count = co_await exchange.readBody(into);
        body.failed = !count && count.error().code != ErrorCode::cancelled;
        co_return count;
    };
    source.interrupt = exchange.bodyInterrupt();
    return source;
}

ClientRequest requestFor(Exchange& exchange, const RelayOptions& options, ClientBody& body) {
    ClientRequest request;
    request.method = exchange.request().method;
    request.target = exchange.request().target;
    request.connect = options.connect;
    request.headers = endToEnd(exchange.request().headers, ofRequest, options.dropped);
    for (const auto& [name, value] : options.headers) {
        request.headers.remove(name);
    }
    for (const auto& [name, value] : options.headers) {
        request.headers.add(name, value);
    }
    if (exchange.bodyLeft() != 0) {
        exchange.limitBody(options.bodyBytes);
        request.source = bodyOf(exchange, options, body);
    }
    return request;
}

ResponseHead headFor(const ResponseHead& answer, const RelayOptions& options) {
    ResponseHead head{answer.status, endToEnd(answer.headers, ofAnswer, options.droppedFromAnswer)};
    if (head.status == 204) { // RFC 9110 §8.6
        head.headers.remove("Content-Length");
    }
    return head;
}

RelayOutcome outcomeOf(RelayOutcome::Kind kind, const AnswerStream& answer,
                       std::optional<NetError> error = std::nullopt) {
    return {kind, answer.head().status, std::move(error)};
}

// The body, after the head was sent.
Awaitable<RelayOutcome> passOn(Exchange& exchange, AnswerStream& answer, const RelayOptions& options) {
    std::vector<char> buffer(pieceBytes);
    for (;;) {
        auto count = co_await answer.read(buffer, within(options.progress));
        if (!count) {
            exchange.cut();
            co_return outcomeOf(RelayOutcome::Kind::cut, answer, std::move(count.error()));
        }
        if (*count == 0) {
            const auto finished = co_await exchange.finish();
            co_return outcomeOf(finished ? RelayOutcome::Kind::answered : RelayOutcome::Kind::clientFailed,
                                answer);
        }
        const std::string_view piece(buffer.data(), *count);
        if (const auto written = co_await exchange.write(piece); !written) {
            co_return outcomeOf(RelayOutcome::Kind::clientFailed, answer);
        }
    }
}

} // namespace

Awaitable<RelayOutcome> relay(Exchange& exchange, Client& client, RelayOptions options) {
    ClientBody body;
    auto request = requestFor(exchange, options, body);
    auto answer = co_await client.stream(std::move(request), within(options.answer));
    if (!answer) {
        const auto kind = body.failed                                     ? RelayOutcome::Kind::clientFailed
                          : answer.error().code == ErrorCode::unavailable ? RelayOutcome::Kind::unavailable
                                                                          : RelayOutcome::Kind::unknown;
        co_return RelayOutcome{kind, 0, std::move(answer.error())};
    }
    auto head = headFor(answer->head(), options);
    if (const auto started = co_await exchange.start(std::move(head)); !started) {
        co_return outcomeOf(RelayOutcome::Kind::clientFailed, *answer);
    }
    co_return co_await passOn(exchange, *answer, options);
}

} // namespace pilothouse::http
