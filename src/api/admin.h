// SPDX-License-Identifier: GPL-3.0-or-later
// Wire types of the admin API: events, users, tokens, joining, verbs, and problems (RFC 9457).
#pragma once

#include "api/status.h"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pilothouse::api {

// Every answer of 400 and above outside DTR's own addresses: application/problem+json.
struct Problem {
    std::string type = "about:blank";
    std::string title;
    std::int64_t status = 500;
    std::string detail; // one English sentence: what, where
    std::string code;   // ErrorCode's name, stable
    std::optional<std::string> hint;
};
BOOST_DESCRIBE_STRUCT(Problem, (), (type, title, status, detail, code, hint))

// Something that happened to the cluster, recorded once. `kind` is open: unknown kinds are shown by
// `message`.
struct Event {
    std::int64_t revision = 0; // of the state; also the stream's id
    std::string kind;          // one of the names in api/events.h
    std::string at;            // when it happened, by the observer's clock
    std::string observer;      // replica id
    std::string subject;       // replica id, user name, …; may be empty
    std::string subject_name;  // as it was called then
    std::int64_t term = 0;     // of the group when it happened; 0 when it does not matter
    std::string message;       // one English sentence
};
BOOST_DESCRIBE_STRUCT(Event, (), (revision, kind, at, observer, subject, subject_name, term, message))

// GET /api/v0/events?after=REVISION&limit=N (oldest first) or ?before=REVISION&limit=N (newest first).
struct EventPage {
    std::vector<Event> events;
    bool more = false;
};
BOOST_DESCRIBE_STRUCT(EventPage, (), (events, more))

// A guest may do in the registry what is granted for single repositories, and nothing else.
enum class UserRole { admin, writer, reader, guest };
BOOST_DESCRIBE_ENUM(UserRole, admin, writer, reader, guest)

// What a user may do in some repositories beyond the user's role.
struct Grant {
    std::string repository;           // a name, "team/*" for all below "team/", "*" for all
    UserRole role = UserRole::reader; // writer or reader
    friend bool operator==(const Grant&, const Grant&) = default;
};
BOOST_DESCRIBE_STRUCT(Grant, (), (repository, role))

struct User {
    std::string name;
    UserRole role = UserRole::reader;
    std::string created_at;
    std::optional<std::vector<Grant>> grants = {}; // by repository; absent: none
};
BOOST_DESCRIBE_STRUCT(User, (), (name, role, created_at, grants))

struct UserList {
    std::vector<User> users;
};
BOOST_DESCRIBE_STRUCT(UserList, (), (users))

// POST /api/v0/users; `operation_id` makes a retry harmless.
struct CreateUser {
    std::string name;
    std::string password;
    UserRole role = UserRole::reader;
    std::string operation_id;
};
BOOST_DESCRIBE_STRUCT(CreateUser, (), (name, password, role, operation_id))

// PATCH /api/v0/users/{name}: what is given is changed.
struct ChangeUser {
    std::optional<std::string> password;
    std::optional<UserRole> role;
    std::string operation_id;
};
BOOST_DESCRIBE_STRUCT(ChangeUser, (), (password, role, operation_id))

// PUT /api/v0/users/{name}/grants/{repository}: in place of the grant for the same repository.
struct PutGrant {
    UserRole role = UserRole::reader;
    std::string operation_id;
};
BOOST_DESCRIBE_STRUCT(PutGrant, (), (role, operation_id))

// GET /api/v0/settings
struct Setting {
    std::string name;
    std::string value;
    std::string standard; // the value that holds while nobody has set another
    std::string allowed;  // which values may be set, in words
    friend bool operator==(const Setting&, const Setting&) = default;
};
BOOST_DESCRIBE_STRUCT(Setting, (), (name, value, standard, allowed))

struct SettingList {
    std::vector<Setting> settings;
};
BOOST_DESCRIBE_STRUCT(SettingList, (), (settings))

// PUT /api/v0/settings/{name}
struct PutSetting {
    std::string value;
    std::string operation_id;
};
BOOST_DESCRIBE_STRUCT(PutSetting, (), (value, operation_id))

struct AccessToken {
    std::string id;
    std::string user;
    std::string description;
    std::string created_at;
    std::optional<std::string> expires_at;
};
BOOST_DESCRIBE_STRUCT(AccessToken, (), (id, user, description, created_at, expires_at))

struct AccessTokenList {
    std::vector<AccessToken> tokens;
};
BOOST_DESCRIBE_STRUCT(AccessTokenList, (), (tokens))

// POST /api/v0/tokens
struct CreateAccessToken {
    std::string user; // empty: the one who asks
    std::string description;
    std::optional<std::int64_t> lifetime_s;
    std::string operation_id;
};
BOOST_DESCRIBE_STRUCT(CreateAccessToken, (), (user, description, lifetime_s, operation_id))

struct CreatedAccessToken {
    AccessToken token;
    std::string secret; // shown this once
};
BOOST_DESCRIBE_STRUCT(CreatedAccessToken, (), (token, secret))

// POST /api/v0/cluster/join-tokens: for one further replica, bound to its id and addresses.
struct CreateJoinToken {
    std::string name; // of the new replica
    std::string url;  // https://HOST:PORT, as its peers will reach it
    std::string http_url;
    std::string peer_url; // https://HOST:PORT of its engine's peer port
    std::int64_t lifetime_s = 3600;
    std::string operation_id;
};
BOOST_DESCRIBE_STRUCT(CreateJoinToken, (), (name, url, http_url, peer_url, lifetime_s, operation_id))

struct CreatedJoinToken {
    std::string replica_id; // that the new replica will have
    std::string token;      // one line to hand to `pilothouse-replica join`
    std::string expires_at;
};
BOOST_DESCRIBE_STRUCT(CreatedJoinToken, (), (replica_id, token, expires_at))

// POST /api/v0/cluster/join, authenticated by the token alone. Repeating it with the same key is harmless.
struct JoinRequest {
    std::string secret;
    std::string replica_id;
    std::string node_csr; // PEM, PKCS #10
    std::string peer_csr;
    std::string version;
    std::int64_t feature_level = 0;
    std::string at; // the new host's wall clock: an offset over 30 s is refused
};
BOOST_DESCRIBE_STRUCT(JoinRequest, (), (secret, replica_id, node_csr, peer_csr, version, feature_level, at))

struct JoinAnswer {
    ClusterInfo cluster;
    std::string node_certificate; // PEM
    std::string cluster_ca;
    std::string peer_certificate;
    std::string peer_ca;
    std::string
        cluster_key; // base64; opens what is sealed in the state. Only ever sent over TLS to a new member
    std::string initial_cluster; // engine's --initial-cluster
    std::vector<Member> members;
};
BOOST_DESCRIBE_STRUCT(JoinAnswer, (),
                      (cluster, node_certificate, cluster_ca, peer_certificate, peer_ca, cluster_key,
                       initial_cluster, members))

// POST /api/v0/cluster/leader
struct MakeLeader {
    std::string replica;
};
BOOST_DESCRIBE_STRUCT(MakeLeader, (), (replica))

// PUT /api/v0/replica/drain
struct Drain {
    bool draining = true;
};
BOOST_DESCRIBE_STRUCT(Drain, (), (draining))

// POST /api/v0/replica/restart
struct Restart {
    std::string instance; // that is to end, as in ReplicaStatus
};
BOOST_DESCRIBE_STRUCT(Restart, (), (instance))

} // namespace pilothouse::api
