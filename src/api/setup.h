// SPDX-License-Identifier: GPL-3.0-or-later
// Wire types between a cluster and a new host that waits to be joined to it.
//
// The host's addresses lie below /api/v0/setup on its HTTPS port; its setup code
// (replica/security/setup_code.h) says by which certificate it is known, and holds the secret that each
// request carries.
#pragma once

#include "api/status.h"

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pilothouse::api {

// A way that is to be tried: whether a TCP connection can be made.
struct PathQuery {
    std::string name;    // of the replica at its end
    std::string port;    // which of its ports: "https", "http", "engine"
    std::string address; // HOST:PORT
    friend bool operator==(const PathQuery&, const PathQuery&) = default;
};
BOOST_DESCRIBE_STRUCT(PathQuery, (), (name, port, address))

struct PathAnswer {
    std::string name;
    std::string port;
    std::string address;
    Reach reach = Reach::unknown;
    std::optional<double> ms; // how long it took; absent when it was not reached
    friend bool operator==(const PathAnswer&, const PathAnswer&) = default;
};
BOOST_DESCRIBE_STRUCT(PathAnswer, (), (name, port, address, reach, ms))

// POST /api/v0/replica/paths, between replicas: tries each of at most 64 ways once.
struct AskPaths {
    std::vector<PathQuery> paths;
};
BOOST_DESCRIBE_STRUCT(AskPaths, (), (paths))

struct PathReport {
    std::vector<PathAnswer> paths; // in the order of the question
};
BOOST_DESCRIBE_STRUCT(PathReport, (), (paths))

// POST /api/v0/setup/inspect: what kind of host it is. Changes nothing.
struct InspectHost {
    std::string secret;           // of the setup code
    std::string cluster_id;       // the machine's id is hashed with it
    std::vector<PathQuery> paths; // to the members, tried from the host
};
BOOST_DESCRIBE_STRUCT(InspectHost, (), (secret, cluster_id, paths))

struct HostReport {
    std::string name;     // that the new replica is to have
    std::string url;      // https://HOST:PORT, as peers and clients will reach it
    std::string http_url; // http://HOST:PORT
    std::string peer_url; // https://HOST:PORT of its engine's peer port
    std::string version;  // of this program
    std::int64_t feature_level = 0;
    std::string engine_version;  // empty: no engine was found
    std::string at;              // the host's wall clock, RFC 3339
    std::int64_t open_files = 0; // that the process may have
    HostFacts host;              // of the disk that the data folder is to lie on; its sync time is a median
    std::vector<PathAnswer> paths;
};
BOOST_DESCRIBE_STRUCT(HostReport, (),
                      (name, url, http_url, peer_url, version, feature_level, engine_version, at, open_files,
                       host, paths))

// POST /api/v0/setup/join: joins with the token. Answers at once; asked again with the same token, it tells
// how that goes. Once the host is a replica, this address is gone.
struct AdmitHost {
    std::string secret; // of the setup code
    std::string token;  // the cluster's, for this host
};
BOOST_DESCRIBE_STRUCT(AdmitHost, (), (secret, token))

struct SetupState {
    std::string phase; // "waiting", "joining" or "failed" (it can be tried again)
    std::string error; // one sentence, while it failed
};
BOOST_DESCRIBE_STRUCT(SetupState, (), (phase, error))

} // namespace pilothouse::api
