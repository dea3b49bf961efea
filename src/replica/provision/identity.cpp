// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/provision/identity.h"

#include "api/json_codec.h"
#include "base/clock.h"
#include "base/ids.h"
#include "replica/http/url.h"
#include "replica/provision/names.h"
#include "replica/security/files.h"

#include <boost/describe/class.hpp>

namespace pilothouse::provision {

BOOST_DESCRIBE_STRUCT(Listen, (), (host, https_port, http_port, engine_client_port, engine_peer_port))
BOOST_DESCRIBE_STRUCT(Identity, (),
                      (schema, id, name, cluster_id, cluster_name, epoch, url, http_url, peer_url, listen,
                       created_at, initial_cluster, initial_cluster_state))

namespace {

constexpr std::size_t maxBytes = 1 << 20;
constexpr std::size_t clusterIdDigits = 32;

Status wrong(const std::string& field, const std::string& why) {
    return fail(ErrorCode::invalid, field + ": " + why);
}

Status checkUrl(const std::string& field, const std::string& text, bool tls) {
    const Result<http::Url> url = http::parseUrl(text);
    if (!url) {
        return wrong(field, url.error().message);
    }
    return url->tls == tls ? Status()
                           : wrong(field, tls ? "must begin with https://" : "must begin with http://");
}

Status checkListen(const Listen& listen) {
    if (!isIpAddress(listen.host)) {
        return wrong("listen.host", "\"" + listen.host + "\" is not an IP address");
    }
    return checkPort(listen.https_port, "listen.https_port")
        .and_then([&] { return checkPort(listen.http_port, "listen.http_port"); })
        .and_then([&] { return checkPort(listen.engine_client_port, "listen.engine_client_port"); })
        .and_then([&] { return checkPort(listen.engine_peer_port, "listen.engine_peer_port"); });
}

Status check(const Identity& identity) {
    const std::string& cluster = identity.cluster_id;
    if (const Result<ReplicaId> id = parseReplicaId(identity.id); !id) {
        return wrong("id", id.error().message);
    }
    if (cluster.size() != clusterIdDigits ||
        cluster.find_first_not_of("0123456789abcdef") != std::string::npos) {
        return wrong("cluster_id", "expected 32 hexadecimal digits");
    }
    if (identity.epoch < 1) {
        return wrong("epoch", "must be 1 or more");
    }
    if (!parseRfc3339(identity.created_at)) {
        return wrong("created_at", "is not a time");
    }
    if (identity.initial_cluster.find(identity.id + "=") == std::string::npos) {
        return wrong("initial_cluster", "does not name this replica");
    }
    if (identity.initial_cluster_state != "new" && identity.initial_cluster_state != "existing") {
        return wrong("initial_cluster_state", "expected \"new\" or \"existing\"");
    }
    return checkName(identity.name, "replica")
        .and_then([&] { return checkClusterName(identity.cluster_name); })
        .and_then([&] { return checkUrl("url", identity.url, true); })
        .and_then([&] { return checkUrl("http_url", identity.http_url, false); })
        .and_then([&] { return checkUrl("peer_url", identity.peer_url, true); })
        .and_then([&] { return checkListen(identity.listen); });
}

tl::unexpected<Error> damaged(const Layout& layout, const std::string& why) {
    return fail(ErrorCode::corrupt, layout.identity().string() + " cannot be used: " + why,
                "Restore the file from a backup, or join again with an empty data folder");
}

} // namespace

Status saveIdentity(const Layout& layout, const Identity& identity) {
    if (const Status status = check(identity); !status) {
        return status;
    }
    return security::writePrivateFile(layout.identity(), api::toJson(identity) + "\n");
}

Result<Identity> loadIdentity(const Layout& layout) {
    const Result<std::string> text = security::readPrivateFile(layout.identity(), maxBytes);
    if (!text) {
        return text.error().code == ErrorCode::notFound
                   ? fail(ErrorCode::notFound,
                          layout.root().string() + " is not the data folder of a replica",
                          "Make one with: pilothouse-replica init, or: pilothouse-replica join, or wait to "
                          "be joined with: pilothouse-replica serve --join-host HOST")
                   : fail(text.error());
    }
    Result<Identity> identity = api::fromJson<Identity>(*text);
    if (!identity) {
        return damaged(layout, identity.error().message);
    }
    if (identity->schema != 1) {
        return fail(ErrorCode::conflict, layout.identity().string() + " was written by a newer version",
                    "Update this program");
    }
    if (const Status status = check(*identity); !status) {
        return damaged(layout, status.error().message);
    }
    return identity;
}

} // namespace pilothouse::provision
