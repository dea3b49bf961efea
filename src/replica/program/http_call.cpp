// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/program/http_call.h"

#include "api/admin.h"
#include "api/json.h"
#include "replica/http/url.h"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <future>

namespace pilothouse::program {
namespace {

constexpr Milliseconds lookAgain{200};

ErrorCode codeOf(int status) {
    switch (status) {
    case 400:
        return ErrorCode::invalid;
    case 401:
        return ErrorCode::unauthorized;
    case 403:
        return ErrorCode::forbidden;
    case 404:
        return ErrorCode::notFound;
    case 409:
        return ErrorCode::conflict;
    case 429:
        return ErrorCode::exhausted;
    default:
        return ErrorCode::unavailable;
    }
}

Error problemIn(const std::string& url, const http::Response& response) {
    const auto problem = api::fromJson<api::Problem>(response.body);
    if (!problem) {
        return {
            codeOf(response.status), url + " answered with status " + std::to_string(response.status), {}};
    }
    return {codeOf(response.status), problem->detail, problem->hint.value_or("")};
}

} // namespace

Result<std::string> callHttps(const std::string& url, std::shared_ptr<http::TlsContext> tls,
                              const std::string& requiredUri, http::ClientRequest request,
                              Milliseconds deadline, const std::function<bool()>& cancelled) {
    const auto parsed = http::parseUrl(url);
    if (!parsed) {
        return fail(parsed.error());
    }
    boost::asio::io_context io;
    http::Client client(io.get_executor(),
                        {.host = parsed->host,
                         .port = parsed->port,
                         .tls = std::move(tls),
                         .verifyName = false, // the pinned authority and the id say who it is
                         .requiredUri = requiredUri});
    boost::asio::cancellation_signal stop;
    auto answer =
        boost::asio::co_spawn(io, client.request(std::move(request), http::within(deadline)),
                              boost::asio::bind_cancellation_slot(stop.slot(), boost::asio::use_future));
    // Not to the end of run(): the timers of the kept-alive connection would be waited for.
    bool stopped = false;
    while (answer.wait_for(std::chrono::seconds(0)) != std::future_status::ready && !io.stopped()) {
        io.run_one_for(cancelled && !stopped ? lookAgain : deadline);
        if (cancelled && !stopped && cancelled()) {
            stopped = true;
            stop.emit(boost::asio::cancellation_type::terminal);
        }
    }
    if (stopped) {
        return fail(ErrorCode::cancelled, "the call of " + url + " was cancelled");
    }
    auto response = answer.get();
    if (!response) {
        return failIn(url, response.error());
    }
    if (response->status >= 300) {
        return fail(problemIn(url, *response));
    }
    return std::move(response->body);
}

} // namespace pilothouse::program
