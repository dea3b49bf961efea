// SPDX-License-Identifier: GPL-3.0-or-later
#include "balancer.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <thread>

namespace pilothouse::registry::test {
namespace {

namespace json = boost::json;

// A connection is kept for so many requests.
constexpr std::size_t requestsPerConnection = 3;

// The specification's, and those that clients know besides.
constexpr std::array<std::string_view, 17> knownCodes{"BLOB_UNKNOWN",
                                                      "BLOB_UPLOAD_INVALID",
                                                      "BLOB_UPLOAD_UNKNOWN",
                                                      "DIGEST_INVALID",
                                                      "MANIFEST_BLOB_UNKNOWN",
                                                      "MANIFEST_INVALID",
                                                      "MANIFEST_UNKNOWN",
                                                      "NAME_INVALID",
                                                      "NAME_UNKNOWN",
                                                      "SIZE_INVALID",
                                                      "UNAUTHORIZED",
                                                      "DENIED",
                                                      "UNSUPPORTED",
                                                      "TOOMANYREQUESTS",
                                                      "TAG_INVALID",
                                                      "RANGE_INVALID",
                                                      "UNAVAILABLE"};

std::string chunksOf(std::string_view body) {
    std::string text;
    constexpr std::size_t pieceBytes = 10'000;
    for (; !body.empty(); body.remove_prefix(std::min(pieceBytes, body.size()))) {
        const auto piece = body.substr(0, pieceBytes);
        std::array<char, 20> size{};
        std::snprintf(size.data(), size.size(), "%zx\r\n", piece.size());
        text += std::string(size.data()) + std::string(piece) + "\r\n";
    }
    return text + "0\r\n\r\n";
}

std::string faultInError(const Answer& answer) {
    const std::string code = codeOf(answer);
    if (answer.field("content-type") != "application/json") {
        return "an error that is no JSON";
    }
    return std::find(knownCodes.begin(), knownCodes.end(), code) == knownCodes.end()
               ? "an error without a code that clients know: " + code
               : "";
}

} // namespace

std::string wireForm(const Ask& ask, const std::string& login) {
    std::string text = ask.method + " " + ask.target + " HTTP/1.1\r\nHost: registry.example\r\n";
    for (const auto& [name, value] : ask.fields) {
        text += name + ": " + value + "\r\n";
    }
    if (!ask.anonymous) {
        text += "Authorization: " + login + "\r\n";
    }
    if (ask.chunked) {
        return text + "Transfer-Encoding: chunked\r\n\r\n" + chunksOf(ask.body);
    }
    if (!ask.body.empty() || ask.method == "POST" || ask.method == "PUT" || ask.method == "PATCH") {
        text += "Content-Length: " + std::to_string(ask.body.size()) + "\r\n";
    }
    return text + "\r\n" + ask.body;
}

std::string codeOf(const Answer& answer) {
    boost::system::error_code failed;
    const json::value body = json::parse(answer.body, failed);
    if (failed) {
        return {};
    }
    const auto* code = body.find_pointer("/errors/0/code", failed);
    return code != nullptr && code->is_string() ? std::string(code->get_string()) : std::string();
}

std::string faultIn(const Ask& ask, const Answer& answer) {
    if (answer.status == 0) {
        return "no answer";
    }
    if (answer.status >= 500) {
        return "a server's error";
    }
    if (answer.field("docker-distribution-api-version") != "registry/2.0") {
        return "the version of the API is not named";
    }
    if (!answer.field("transfer-encoding").empty()) {
        return "the length is not announced";
    }
    const bool bodiless = answer.status == 204 || answer.status == 304;
    if (!bodiless && answer.field("content-length").empty()) {
        return "there is no Content-Length";
    }
    return answer.status >= 400 && ask.method != "HEAD" ? faultInError(answer) : "";
}

Balancer::Balancer(std::vector<std::uint16_t> ports, std::string authority, std::string login)
    : m_authority(std::move(authority)), m_login(std::move(login)) {
    for (const std::uint16_t port : ports) {
        m_replicas.push_back({port});
    }
}

std::unique_ptr<RawClient> Balancer::connectTo(std::size_t replica, const std::string& from) const {
    http::test::RawTlsOptions tls;
    tls.from = from;
    tls.authorities = m_authority;
    auto client = std::make_unique<RawClient>(m_replicas.at(replica).port, tls);
    EXPECT_EQ(client->tlsError(), "");
    return client;
}

Balancer Balancer::another() const {
    std::vector<std::uint16_t> ports;
    for (const Backend& backend : m_replicas) {
        ports.push_back(backend.port);
    }
    return Balancer(std::move(ports), m_authority, m_login);
}

std::unique_ptr<RawClient> Balancer::connect() {
    return connectTo(next());
}

Answer Balancer::ask(const Ask& ask) {
    return askAt(next(), ask);
}

// A replica on a busy computer may lose its quorum for a moment, and says so; a client asks again.
Answer Balancer::askAt(std::size_t replica, const Ask& ask) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(15);
    for (;;) {
        const Answer answer = askOnce(replica, ask);
        if (answer.status != 503 || std::chrono::steady_clock::now() > end) {
            const std::string fault = faultIn(ask, answer);
            EXPECT_EQ(fault, "") << ask.method << " " << ask.target.substr(0, 400) << " at replica "
                                 << replica + 1 << "\n"
                                 << answer.head << answer.body.substr(0, 1000);
            return answer;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
}

Answer Balancer::askOnce(std::size_t replica, const Ask& ask) {
    Backend& backend = m_replicas.at(replica);
    if (!backend.kept || ++m_asked % requestsPerConnection == 0) {
        backend.kept = connectTo(replica);
    }
    backend.kept->send(wireForm(ask, m_login));
    const Answer answer = backend.kept->answer(ask.method);
    if (answer.status == 0 || answer.field("connection") == "close") {
        backend.kept.reset();
    }
    return answer;
}

} // namespace pilothouse::registry::test
