// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/admin.h"
#include "api/json.h"
#include "replica/http/url.h"
#include "replica/program/command.h"
#include "replica/program/http_call.h"
#include "replica/program/report.h"
#include "replica/provision/identity.h"
#include "replica/security/certificates.h"
#include "replica/security/files.h"
#include "replica/security/random.h"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

namespace pilothouse::program {
namespace {

constexpr Milliseconds deadline{15'000};

struct TokenOptions {
    std::filesystem::path dataDir = defaultDataDir;
    std::string name;
    std::string host;
    int httpsPort = 443;
    int httpPort = 80;
    int peerPort = 7443;
    std::int64_t lifetimeMinutes = 60;
    bool json = false;
};

api::CreateJoinToken wantedToken(const TokenOptions& options) {
    const auto url = [&](const char* scheme, int port) {
        return std::string(scheme) + http::hostAndPort(options.host, static_cast<std::uint16_t>(port));
    };
    return {.name = options.name,
            .url = url("https://", options.httpsPort),
            .http_url = url("http://", options.httpPort),
            .peer_url = url("https://", options.peerPort),
            .lifetime_s = options.lifetimeMinutes * 60,
            .operation_id = security::systemRandom().hex(16)};
}

// Root on a replica's host speaks as that replica: with the key in its data folder.
Result<api::CreatedJoinToken> askForToken(const TokenOptions& options) {
    const provision::Layout layout(options.dataDir);
    const auto identity = provision::loadIdentity(layout);
    if (!identity) {
        return fail(identity.error());
    }
    const auto files = http::readTlsFiles({.certificates = layout.nodeCertificate().string(),
                                           .privateKey = layout.nodeKey().string(),
                                           .authorities = layout.clusterCa().string(),
                                           .clientCertificate = http::ClientCertificate::none});
    if (!files) {
        return fail(files.error());
    }
    const auto tls = http::TlsContext::client(*files);
    if (!tls) {
        return fail(tls.error());
    }
    http::ClientRequest request;
    request.method = "POST";
    request.target = "/api/v0/cluster/join-tokens";
    request.headers.set("Content-Type", "application/json");
    request.body = api::toJson(wantedToken(options));
    const auto body = callHttps(
        identity->url, *tls, security::replicaUri({ClusterId(identity->cluster_id), ReplicaId(identity->id)}),
        std::move(request), deadline);
    return body ? api::fromJson<api::CreatedJoinToken>(*body) : fail(body.error());
}

int runToken(const TokenOptions& options) {
    const auto token = askForToken(options);
    if (!token) {
        return reportError(token.error());
    }
    if (options.json) {
        printLine(api::toJson(*token));
        return exitDone;
    }
    // The token alone on standard output, so that it can be redirected into a file.
    std::cerr << "For " << options.name << ", replica " << token->replica_id << ", to be used once until "
              << token->expires_at
              << ".\nOn its host: pilothouse-replica join --token-file FILE --data-dir FOLDER\n";
    printLine(token->token);
    return exitDone;
}

} // namespace

void addToken(CLI::App& app, Command& chosen) {
    auto* token = app.add_subcommand(
        "token", "Make a one-time token with which one further replica joins; to be run on a replica's host");
    auto options = std::make_shared<TokenOptions>();
    token->add_option("--data-dir", options->dataDir, "The data folder of the replica on this host")
        ->envname("PILOTHOUSE_DATA_DIR")
        ->capture_default_str();
    token->add_option("--name", options->name, "The new replica's name")->required();
    token->add_option("--host", options->host, "Name or address under which peers and clients will reach it")
        ->required();
    token->add_option("--https-port", options->httpsPort, "Registry, admin API, blob copies")
        ->check(CLI::Range(1, 65535))
        ->capture_default_str();
    token->add_option("--http-port", options->httpPort, "Health checks and redirect")
        ->check(CLI::Range(1, 65535))
        ->capture_default_str();
    token->add_option("--peer-port", options->peerPort, "Between the replicas' engines")
        ->check(CLI::Range(1, 65535))
        ->capture_default_str();
    token->add_option("--lifetime", options->lifetimeMinutes, "Minutes until it expires")
        ->check(CLI::Range(1, 7 * 24 * 60))
        ->capture_default_str();
    token->add_flag("--json", options->json, "Print one JSON object");
    token->callback([&chosen, options] { chosen = [options] { return runToken(*options); }; });
}

} // namespace pilothouse::program
