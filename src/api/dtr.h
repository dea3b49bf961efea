// SPDX-License-Identifier: GPL-3.0-or-later
// Wire types of the addresses that DTR 2.x's monitoring scripts know.
#pragma once

#include <boost/describe/class.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace pilothouse::api::dtr {

// /_ping and /health: both keys are always there.
struct Ping {
    std::string Error;
    bool Healthy = false;
};
BOOST_DESCRIBE_STRUCT(Ping, (), (Error, Healthy))

// The engine is not RethinkDB: its tables are always empty arrays here.
struct RethinkSystemTables {
    std::vector<std::string> cluster_config, current_issues, db_config, server_status, stats, table_config,
        table_status;
};
BOOST_DESCRIBE_STRUCT(RethinkSystemTables, (),
                      (cluster_config, current_issues, db_config, server_status, stats, table_config,
                       table_status))

// GET /api/v0/meta/cluster_status. The maps go by replica id.
struct ClusterStatus {
    std::map<std::string, std::string> replica_health;    // "OK" or the reason
    std::map<std::string, std::string> replica_timestamp; // RFC 3339
    std::map<std::string, bool> replica_readonly;
    std::string gc_lock_holder;
    RethinkSystemTables rethink_system_tables;
};
BOOST_DESCRIBE_STRUCT(ClusterStatus, (),
                      (replica_health, replica_timestamp, replica_readonly, gc_lock_holder,
                       rethink_system_tables))

struct ReplicaSettings {
    std::int64_t HTTPPort = 0;
    std::int64_t HTTPSPort = 0;
    std::string node;
};
BOOST_DESCRIBE_STRUCT(ReplicaSettings, (), (HTTPPort, HTTPSPort, node))

// GET /api/v0/meta/settings: the part of DTR's settings that exists here.
struct Settings {
    std::string dtrHost;
    std::map<std::string, ReplicaSettings> replicaSettings;
    std::string replicaID;
    bool readOnlyRegistry = false;
    std::string webTLSCA;
};
BOOST_DESCRIBE_STRUCT(Settings, (), (dtrHost, replicaSettings, replicaID, readOnlyRegistry, webTLSCA))

// An element of GET /api/v0/meta/alerts.
struct Alert {
    std::string message;
    std::string class_; // "class" in JSON
    std::string id;
    std::string img;
    std::string url;
};
BOOST_DESCRIBE_STRUCT(Alert, (), (message, class_, id, img, url))

} // namespace pilothouse::api::dtr
