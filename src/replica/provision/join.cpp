// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/provision/join.h"

#include "base/encoding.h"
#include "base/ids.h"
#include "replica/http/url.h"
#include "replica/provision/folder_writer.h"
#include "replica/provision/member_folder.h"
#include "replica/provision/names.h"
#include "replica/provision/pending_join.h"
#include "replica/security/certificate_request.h"
#include "replica/security/certificates.h"
#include "replica/security/sealed_box.h"

#include <algorithm>

namespace pilothouse::provision {

namespace {

constexpr const char* distrust = "Do not use this cluster's answer: ask its administrator for a new token";

tl::unexpected<Error> untrusted(const std::string& why) {
    return fail(ErrorCode::unauthorized, "the cluster's answer cannot be trusted: " + why, distrust);
}

tl::unexpected<Error> incomplete(const std::string& what) {
    return fail(ErrorCode::invalid, "the cluster's answer " + what,
                "Look at that replica's log, then try again");
}

Status checkListen(const JoinOptions& options) {
    if (options.listen_host && !isIpAddress(*options.listen_host)) {
        return fail(ErrorCode::invalid, "\"" + *options.listen_host + "\" is not an IP address to listen on");
    }
    return checkPort(options.https_port.value_or(443), "https_port")
        .and_then([&] { return checkPort(options.http_port.value_or(80), "http_port"); })
        .and_then([&] { return checkPort(options.peer_port.value_or(7443), "peer_port"); })
        .and_then([&] { return checkPort(options.engine_port, "engine_port"); });
}

// That `certificate` was issued under `authority` for this replica and for the key that it sent.
Status checkCertificate(const char* what, const std::string& certificate, const std::string& authority,
                        const std::string& keyPem, const security::JoinToken& token, WallTime now) {
    using namespace security;
    const Result<CertificateFacts> facts = parseCertificate(certificate);
    const Result<PrivateKey> key = PrivateKey::fromPem(keyPem);
    if (!facts || !key) {
        return failIn(what, facts ? key.error() : facts.error());
    }
    if (facts->publicKeySha256 != key->publicKeySha256()) {
        return untrusted(std::string(what) + " is for another key");
    }
    if (replicaNameOf(*facts) != ReplicaName{ClusterId(token.cluster_id), ReplicaId(token.replica_id)}) {
        return untrusted(std::string(what) + " names another replica");
    }
    for (const Purpose purpose : {Purpose::tlsServer, Purpose::tlsClient}) {
        if (const Status status = verifyCertificate(certificate, authority, purpose, now); !status) {
            return untrusted(std::string(what) + ": " + status.error().message);
        }
    }
    return {};
}

// The answer's authority, and nothing that came with it.
Result<std::string> authorityIn(const api::JoinAnswer& answer, const security::JoinToken& token) {
    Result<std::string> authority = security::pinnedCertificate(answer.cluster_ca, token.ca_sha256);
    if (!authority && authority.error().code == ErrorCode::unauthorized) {
        return untrusted(authority.error().message);
    }
    return authority ? authority : incomplete("has no readable authority: " + authority.error().message);
}

Status checkAnswer(const api::JoinAnswer& answer, const std::string& authority,
                   const security::JoinToken& token, const PendingJoin& pending, WallTime now) {
    if (answer.cluster.id != token.cluster_id || answer.cluster.epoch != token.epoch) {
        return untrusted("it comes from another cluster or epoch than the token");
    }
    return checkCertificate("the node certificate", answer.node_certificate, authority, pending.node_key,
                            token, now)
        .and_then([&] {
            return checkCertificate("the engine peer certificate", answer.peer_certificate, answer.peer_ca,
                                    pending.peer_key, token, now);
        });
}

// The address in "id=address,…" that belongs to `id`; empty when there is none.
std::string peerUrlOf(std::string_view initialCluster, const std::string& id) {
    while (!initialCluster.empty()) {
        const std::string_view item = initialCluster.substr(0, initialCluster.find(','));
        if (item.starts_with(id + "=")) {
            return std::string(item.substr(id.size() + 1));
        }
        initialCluster.remove_prefix(std::min(item.size() + 1, initialCluster.size()));
    }
    return {};
}

// Ports are those of the addresses that the token was made for, unless the options say otherwise.
Result<Listen> listenOf(const JoinOptions& options, const api::Member& member, const std::string& peerUrl) {
    const Result<http::Url> https = http::parseUrl(member.url);
    const Result<http::Url> plain = http::parseUrl(member.http_url);
    const Result<http::Url> peer = http::parseUrl(peerUrl);
    if (!https || !plain || !peer) {
        return incomplete("has an address that cannot be read");
    }
    return Listen{options.listen_host.value_or(listenHostFor(https->host)),
                  options.https_port.value_or(https->port), options.http_port.value_or(plain->port),
                  options.engine_port, options.peer_port.value_or(peer->port)};
}

Result<Identity> identityOf(const PreparedJoin& prepared, const api::JoinAnswer& answer, WallTime now) {
    const std::string& id = prepared.token.replica_id;
    const auto member = std::find_if(answer.members.begin(), answer.members.end(),
                                     [&id](const api::Member& each) { return each.id == id; });
    const std::string peerUrl = peerUrlOf(answer.initial_cluster, id);
    if (member == answer.members.end() || peerUrl.empty()) {
        return incomplete("does not name this replica (" + id + ") among the members");
    }
    return listenOf(prepared.options, *member, peerUrl).map([&](const Listen& listen) {
        return Identity{.id = id,
                        .name = member->name,
                        .cluster_id = answer.cluster.id,
                        .cluster_name = answer.cluster.name,
                        .epoch = answer.cluster.epoch,
                        .url = member->url,
                        .http_url = member->http_url,
                        .peer_url = peerUrl,
                        .listen = listen,
                        .created_at = toRfc3339(now),
                        .initial_cluster = answer.initial_cluster,
                        .initial_cluster_state = "existing"};
    });
}

} // namespace

Result<PreparedJoin> prepareJoin(const JoinOptions& options, std::int64_t featureLevel, const Clock& clock) {
    if (const Status status = checkListen(options); !status) {
        return fail(status.error());
    }
    Result<security::JoinToken> token = security::parseJoinToken(options.token);
    if (!token) {
        return fail(token.error());
    }
    const Result<PendingJoin> pending = beginPendingJoin(Layout(options.data_dir), *token);
    if (!pending) {
        return fail(pending.error());
    }
    const auto requestFor = [&](const std::string& keyPem) {
        return security::PrivateKey::fromPem(keyPem).and_then([&](const security::PrivateKey& key) {
            return security::CertificateRequest::make(key, token->replica_id);
        });
    };
    Result<std::string> node = requestFor(pending->node_key);
    Result<std::string> peer = requestFor(pending->peer_key);
    if (!node || !peer) {
        return fail(node ? peer.error() : node.error());
    }
    api::JoinRequest request{token->secret,      token->replica_id, std::move(*node),       std::move(*peer),
                             PILOTHOUSE_VERSION, featureLevel,      toRfc3339(clock.wall())};
    return PreparedJoin{options, std::move(*token), std::move(request)};
}

Result<Identity> finishJoin(const PreparedJoin& prepared, const api::JoinAnswer& answer, const Clock& clock) {
    const WallTime now = clock.wall();
    const Layout layout(prepared.options.data_dir);
    const Result<PendingJoin> pending = beginPendingJoin(layout, prepared.token);
    if (!pending) {
        return fail(pending.error());
    }
    const Result<std::string> authority = authorityIn(answer, prepared.token);
    if (!authority) {
        return fail(authority.error());
    }
    if (const Status status = checkAnswer(answer, *authority, prepared.token, *pending, now); !status) {
        return fail(status.error());
    }
    const Result<std::string> clusterKey = fromBase64(answer.cluster_key);
    if (!clusterKey || clusterKey->size() != security::SealedBox::keyBytes) {
        return incomplete("has no usable cluster key");
    }
    const Result<Identity> identity = identityOf(prepared, answer, now);
    if (!identity) {
        return identity;
    }
    FolderWriter writer;
    const MemberFiles files{pending->node_key,       answer.node_certificate, *authority, pending->peer_key,
                            answer.peer_certificate, answer.peer_ca,          *clusterKey};
    const Status status = writeMemberFiles(writer, layout, files, now).and_then([&] {
        writer.made(layout.identity());
        return saveIdentity(layout, *identity);
    });
    if (!status) {
        return fail(status.error());
    }
    writer.keep();
    endPendingJoin(layout);
    return identity;
}

} // namespace pilothouse::provision
