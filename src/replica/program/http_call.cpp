// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/program/http_call.h"

#include "api/admin.h"
#include "api/json.h"
#include "replica/http/url.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <future>

namespace pilothouse::program {
namespace {

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
                              Milliseconds deadline) {
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
    auto answer = boost::asio::co_spawn(io, client.request(std::move(request), http::within(deadline)),
                                        boost::asio::use_future);
    // Not to the end of run(): the timers of the kept-alive connection would be waited for.
    while (answer.wait_for(std::chrono::seconds(0)) != std::future_status::ready && io.run_one() > 0) {
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
