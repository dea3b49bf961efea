// SPDX-License-Identifier: GPL-3.0-or-later
// connect(): from a host name to a stream that is ready to use.
#include "replica/http/stream.h"
#include "replica/http/stream_impl.h"
#include "replica/http/url.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <vector>

namespace pilothouse::http {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

struct Lookup {
    explicit Lookup(const Executor& strand) : resolver(strand), done(strand) {}
    tcp::resolver resolver;
    asio::steady_timer done; // ends early when the answer is there
    bool answered = false;
    boost::system::error_code error;
    std::vector<tcp::endpoint> endpoints;
};

// getaddrinfo() cannot be interrupted: past the deadline its answer is left to come for nobody.
Awaitable<NetResult<std::vector<tcp::endpoint>>> resolve(Executor strand, const Origin& origin,
                                                         Deadline deadline) {
    boost::system::error_code noAddress;
    const auto address = asio::ip::make_address(origin.host, noAddress);
    if (!noAddress) {
        co_return std::vector<tcp::endpoint>{tcp::endpoint(address, origin.port)};
    }
    auto lookup = std::make_shared<Lookup>(strand);
    lookup->done.expires_at(deadline);
    auto store = [lookup](const boost::system::error_code& error,
                          const tcp::resolver::results_type& results) {
        lookup->answered = true;
        lookup->error = error;
        for (const auto& result : results) {
            lookup->endpoints.push_back(result.endpoint());
        }
        lookup->done.cancel();
    };
    lookup->resolver.async_resolve(origin.host, std::to_string(origin.port),
                                   asio::bind_executor(strand, store));
    static_cast<void>(co_await lookup->done.async_wait(asio::as_tuple(asio::use_awaitable)));
    if (!lookup->answered) {
        lookup->resolver.cancel();
        co_return netFail(ConnectFailure::timeout, ErrorCode::unavailable,
                          "the name " + origin.host + " was not resolved in time");
    }
    if (lookup->error || lookup->endpoints.empty()) {
        co_return netFail(ConnectFailure::unreachable, ErrorCode::unavailable,
                          "the name " + origin.host + " is not known: " + lookup->error.message());
    }
    co_return lookup->endpoints;
}

// Nothing was sent yet, so whatever happened, the request was not carried out.
tl::unexpected<NetError> notConnected(NetError error, const Origin& origin) {
    if (error.code != ErrorCode::cancelled) {
        error.code = ErrorCode::unavailable;
    }
    if (error.how == ConnectFailure::timeout) {
        error.message = hostAndPort(origin.host, origin.port) + " did not answer in time";
    }
    return tl::unexpected(std::move(error));
}

} // namespace

Awaitable<NetResult<Stream>> connect(Executor strand, const Origin& origin, Deadline deadline) {
    auto endpoints = co_await resolve(strand, origin, deadline);
    if (!endpoints) {
        co_return tl::unexpected(std::move(endpoints.error()));
    }
    NetError last;
    for (std::size_t i = 0; i < endpoints->size(); ++i) {
        // A first address that swallows packets must leave time for the next.
        const auto now = std::chrono::steady_clock::now();
        const bool isLast = i + 1 == endpoints->size();
        const auto until = isLast ? deadline : now + std::max(deadline - now, Deadline::duration::zero()) / 2;

        auto impl = std::make_shared<Stream::Impl>(tcp::socket(strand));
        Stream stream(impl);
        auto connected = co_await impl->connect((*endpoints)[i], until);
        if (!connected) {
            last = std::move(connected.error());
            continue;
        }
        if (origin.tls) {
            const Stream::Expected expected{origin.host, origin.verifyName, origin.requiredUri};
            auto shaken = co_await stream.connectTls(*origin.tls, expected, deadline);
            if (!shaken) {
                co_return notConnected(std::move(shaken.error()), origin);
            }
        }
        co_return std::move(stream);
    }
    co_return notConnected(std::move(last), origin);
}

} // namespace pilothouse::http
