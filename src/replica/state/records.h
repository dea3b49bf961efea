// SPDX-License-Identifier: GPL-3.0-or-later
// The records of the replicated state and their JSON in the engine.
//
// Field names are the JSON names; each JSON object carries "schema" besides. Times are RFC 3339 in UTC and
// only label: leases and revisions decide. Fields that this version does not know are ignored; a record whose
// schema is newer than recordSchema is kept as it is and reported, never misread or rewritten.
#pragma once

#include "api/admin.h"
#include "api/operations.h"
#include "base/result.h"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pilothouse::state {

inline constexpr std::int64_t recordSchema = 1;

struct ClusterRecord {
    std::string id; // 32 hexadecimal digits
    std::string name;
    std::string created_at;
    std::int64_t epoch = 1;
    std::int64_t feature_level = 1;          // see feature_level.h
    std::optional<std::string> external_url; // the load balancer's address, as clients use it
    friend bool operator==(const ClusterRecord&, const ClusterRecord&) = default;
};
BOOST_DESCRIBE_STRUCT(ClusterRecord, (), (id, name, created_at, epoch, feature_level, external_url))

enum class Phase { stable, changing };
BOOST_DESCRIBE_ENUM(Phase, stable, changing)

enum class ChangeKind { add, promote, remove };
BOOST_DESCRIBE_ENUM(ChangeKind, add, promote, remove)

// What is being done to the engine's member list while the phase is `changing`.
struct MembershipChange {
    ChangeKind kind = ChangeKind::add;
    std::string replica;
    friend bool operator==(const MembershipChange&, const MembershipChange&) = default;
};
BOOST_DESCRIBE_STRUCT(MembershipChange, (), (kind, replica))

// Mirrors the engine's member list, which no transaction can compare. Replica ids, sorted.
struct MembershipRecord {
    std::int64_t generation = 0; // rises with every change that was made
    Phase phase = Phase::stable;
    std::vector<std::string> voters;
    std::vector<std::string> learners;
    std::string owner;                      // replica id of who changes it now or did so last
    std::optional<MembershipChange> change; // set while changing
    // The voters after a change that is being prepared: while set, a blob must be on a majority of these,
    // too.
    std::optional<std::vector<std::string>> next = {};
    friend bool operator==(const MembershipRecord&, const MembershipRecord&) = default;
};
BOOST_DESCRIBE_STRUCT(MembershipRecord, (), (generation, phase, voters, learners, owner, change, next))

struct MemberRecord {
    std::string id; // replica id
    std::string name;
    std::string url;           // https, as peers and consoles reach it
    std::string http_url;      // plain health checks and redirect
    std::string peer_url;      // of its engine
    std::string engine_member; // the engine's member id as a decimal number; empty until the engine gave one
    std::string version;
    std::int64_t feature_level = 1;
    std::string joined_at;
    friend bool operator==(const MemberRecord&, const MemberRecord&) = default;
};
BOOST_DESCRIBE_STRUCT(MemberRecord, (),
                      (id, name, url, http_url, peer_url, engine_member, version, feature_level, joined_at))

// A member that a repair left behind, in an earlier epoch. It is told of the new one when it asks, and asked
// for blobs that nobody else has. Gone once a replica with its address joins.
struct FormerMemberRecord {
    std::string id;
    std::string name;
    std::string url;
    std::string http_url;
    std::int64_t epoch = 0; // the last that it belonged to
    std::string statement;  // what was said of it, as in api/repair.h; empty: it answered
    friend bool operator==(const FormerMemberRecord&, const FormerMemberRecord&) = default;
};
BOOST_DESCRIBE_STRUCT(FormerMemberRecord, (), (id, name, url, http_url, epoch, statement))

struct UserRecord {
    std::string name;
    api::UserRole role = api::UserRole::reader;
    std::string verifier; // scrypt, with its salt and cost
    std::string created_at;
    std::optional<std::vector<api::Grant>> grants = {}; // by repository; absent: none
    friend bool operator==(const UserRecord&, const UserRecord&) = default;
};
BOOST_DESCRIBE_STRUCT(UserRecord, (), (name, role, verifier, created_at, grants))

// One that expires lies under a lease, which removes it.
struct AccessTokenRecord {
    std::string id;
    std::string user;
    std::string description;
    std::string hash; // of the secret; the id is its beginning
    std::string created_at;
    std::optional<std::string> expires_at;
    friend bool operator==(const AccessTokenRecord&, const AccessTokenRecord&) = default;
};
BOOST_DESCRIBE_STRUCT(AccessTokenRecord, (), (id, user, description, hash, created_at, expires_at))

// A permission for one new replica to join once.
struct JoinTokenRecord {
    std::string cluster_id;
    std::int64_t epoch = 1;
    std::string replica_id; // that the new replica will have
    std::string name;
    std::string url;
    std::string http_url;
    std::string peer_url;
    std::string secret_hash;
    std::string created_at;
    std::string expires_at;
    std::string used_by; // hash of the key that used it up; empty while unused
    friend bool operator==(const JoinTokenRecord&, const JoinTokenRecord&) = default;
};
BOOST_DESCRIBE_STRUCT(JoinTokenRecord, (),
                      (cluster_id, epoch, replica_id, name, url, http_url, peer_url, secret_hash, created_at,
                       expires_at, used_by))

struct SettingRecord {
    std::string name;
    std::string value; // see settings.h
    std::string changed_at;
    friend bool operator==(const SettingRecord&, const SettingRecord&) = default;
};
BOOST_DESCRIBE_STRUCT(SettingRecord, (), (name, value, changed_at))

// A secret that only holders of the cluster key can open.
struct SealedSecretRecord {
    std::string name;
    std::string sealed; // security::SealedBox, bound to the record's key
    std::string created_at;
    friend bool operator==(const SealedSecretRecord&, const SealedSecretRecord&) = default;
};
BOOST_DESCRIBE_STRUCT(SealedSecretRecord, (), (name, sealed, created_at))

struct CertificateRecord {
    std::string pem; // one certificate, or several while one authority replaces another
    friend bool operator==(const CertificateRecord&, const CertificateRecord&) = default;
};
BOOST_DESCRIBE_STRUCT(CertificateRecord, (), (pem))

// api::Event without its revision, which is the record's modification revision in the engine.
struct EventRecord {
    std::string kind;
    std::string at;
    std::string observer;
    std::string subject;
    std::string subject_name;
    std::int64_t term = 0;
    std::string message;
    friend bool operator==(const EventRecord&, const EventRecord&) = default;
};
BOOST_DESCRIBE_STRUCT(EventRecord, (), (kind, at, observer, subject, subject_name, term, message))

// A host that is to become a replica.
struct JoiningHostRecord {
    std::string id; // that it will have as a replica
    std::string name;
    std::string url; // as in MemberRecord
    std::string http_url;
    std::string peer_url;
    std::string sealed_code; // its setup code, sealed with the cluster key
    friend bool operator==(const JoiningHostRecord&, const JoiningHostRecord&) = default;
};
BOOST_DESCRIBE_STRUCT(JoiningHostRecord, (), (id, name, url, http_url, peer_url, sealed_code))

// A replica that is to be restarted, as it was before.
struct RestartRecord {
    std::string replica;  // id
    std::string instance; // as in api::ReplicaStatus
    bool was_draining = false;
    friend bool operator==(const RestartRecord&, const RestartRecord&) = default;
};
BOOST_DESCRIBE_STRUCT(RestartRecord, (), (replica, instance, was_draining))

// A change to the cluster (src/replica/operations). The revision of its record is what fences it: whoever
// carries it out compares that with every step, so that another replica that takes it over stops them.
struct OperationRecord {
    api::Operation operation;
    std::string url;                                         // of the replica: it may have left
    bool was_draining = false;                               // the replica, before the operation began
    std::string cancelled_by;                                // who wants it to be cancelled; empty: nobody
    std::optional<JoiningHostRecord> host = {};              // of a join
    std::optional<std::vector<RestartRecord>> restarts = {}; // those that answered when it was checked
    friend bool operator==(const OperationRecord&, const OperationRecord&) = default;
};
BOOST_DESCRIBE_STRUCT(OperationRecord, (), (operation, url, was_draining, cancelled_by, host, restarts))

// What a write with an operation id did, for whoever asks again. Lies under a lease.
struct OutcomeRecord {
    std::string kind;
    std::string request; // fingerprint of what was asked for
    std::string at;
    std::string outcome; // JSON, without secrets
    std::string sealed;  // a secret of the outcome, sealed with the cluster key; mostly empty
    friend bool operator==(const OutcomeRecord&, const OutcomeRecord&) = default;
};
BOOST_DESCRIBE_STRUCT(OutcomeRecord, (), (kind, request, at, outcome, sealed))

// The JSON of a record, with its schema. Defined for the record types above.
template <typename Record>
[[nodiscard]] std::string encode(const Record& record);

// Reads a record. ErrorCode::conflict: it was written by a newer version of this program (leave it alone);
// ErrorCode::corrupt: it is not what this program writes, with the path of the field.
template <typename Record>
[[nodiscard]] Result<Record> decode(std::string_view json);

[[nodiscard]] api::Event toApi(const EventRecord& record, std::int64_t revision);
// The event in an EventRecord's JSON; one of kind "unreadable" that says why when it cannot be read.
[[nodiscard]] api::Event readEvent(std::string_view json, std::int64_t revision);
[[nodiscard]] api::User toApi(const UserRecord& record);
[[nodiscard]] api::AccessToken toApi(const AccessTokenRecord& record);
[[nodiscard]] api::ClusterInfo toApi(const ClusterRecord& record);
[[nodiscard]] api::FormerMember toApi(const FormerMemberRecord& record);
// As peers are asked, which it may be once more.
[[nodiscard]] api::Member asPeer(const FormerMemberRecord& record);
// In short, for a status.
[[nodiscard]] api::RunningOperation toApi(const OperationRecord& record);

} // namespace pilothouse::state
