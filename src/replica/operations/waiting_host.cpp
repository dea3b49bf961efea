// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/operations/waiting_host.h"

#include "api/json.h"
#include "replica/http/client.h"
#include "replica/http/url.h"
#include "replica/node/problem.h"
#include "replica/security/certificates.h"

namespace pilothouse::operations {

using boost::asio::awaitable;

namespace {

Result<http::Origin> originOf(const std::string& url, std::shared_ptr<http::TlsContext> tls) {
    const auto parsed = http::parseUrl(url);
    if (!parsed) {
        return fail(parsed.error());
    }
    return http::Origin{.host = parsed->host,
                        .port = parsed->port,
                        .tls = std::move(tls),
                        .verifyName = false, // the pinned authority has signed for this host alone
                        .requiredUri = {}};
}

} // namespace

// Anybody on the way may have written this answer: it is taken only with the code's fingerprint.
awaitable<Result<std::string>> WaitingHost::authority(http::Deadline deadline) {
    const auto tls = http::TlsContext::clientOfAnyServer();
    auto origin = tls ? originOf(m_code.url, *tls) : Result<http::Origin>(fail(tls.error()));
    if (!origin) {
        co_return fail(origin.error());
    }
    http::Client client(m_executor, std::move(*origin));
    http::ClientRequest request;
    request.target = "/ca";
    const auto answer = co_await client.request(std::move(request), deadline);
    if (!answer) {
        co_return fail(answer.error());
    }
    auto pinned = security::pinnedCertificate(answer->body, m_code.ca_sha256);
    if (answer->status != 200 || !pinned) {
        co_return fail(ErrorCode::unauthorized, "another host than the setup code's answers at " + m_code.url,
                       "If its wait began anew, take the code that it shows now");
    }
    co_return pinned;
}

awaitable<Result<std::string>> WaitingHost::post(std::string target, std::string body,
                                                 Milliseconds deadline) {
    const auto until = http::within(deadline);
    const auto pinned = co_await authority(until);
    if (!pinned) {
        co_return fail(pinned.error());
    }
    const auto tls = http::TlsContext::client({.certificates = {}, .privateKey = {}, .authorities = *pinned});
    auto origin = tls ? originOf(m_code.url, *tls) : Result<http::Origin>(fail(tls.error()));
    if (!origin) {
        co_return fail(origin.error());
    }
    http::Client client(m_executor, std::move(*origin));
    http::ClientRequest request;
    request.method = "POST";
    request.target = std::move(target);
    request.headers.set("Content-Type", "application/json");
    request.body = std::move(body);
    auto answer = co_await client.request(std::move(request), until);
    if (!answer) {
        co_return fail(answer.error());
    }
    if (answer->status >= 300) {
        co_return fail(node::errorIn(m_code.url, *answer));
    }
    co_return std::move(answer->body);
}

awaitable<Result<api::HostReport>>
WaitingHost::inspect(std::string clusterId, std::vector<api::PathQuery> paths, Milliseconds deadline) {
    std::string body = api::toJson(api::InspectHost{m_code.secret, std::move(clusterId), std::move(paths)});
    const auto answer = co_await post("/api/v0/setup/inspect", std::move(body), deadline);
    co_return answer ? api::fromJson<api::HostReport>(*answer) : fail(answer.error());
}

awaitable<Result<api::SetupState>> WaitingHost::admit(std::string token, Milliseconds deadline) {
    std::string body = api::toJson(api::AdmitHost{m_code.secret, std::move(token)});
    const auto answer = co_await post("/api/v0/setup/join", std::move(body), deadline);
    co_return answer ? api::fromJson<api::SetupState>(*answer) : fail(answer.error());
}

} // namespace pilothouse::operations
