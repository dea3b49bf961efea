// SPDX-License-Identifier: GPL-3.0-or-later
// What every request needs of the state, in memory and immutable: log-in, status and membership wait for no
// disk.
#pragma once

#include "base/ids.h"
#include "base/result.h"
#include "replica/engine/engine.h"
#include "replica/state/keys.h"
#include "replica/state/records.h"

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace pilothouse::state {

// A record with its revisions, which a transaction can compare.
template <typename Record>
struct Stored {
    Record record;
    Revision created;  // at which the key last came into being
    Revision modified; // of the last change
    friend bool operator==(const Stored&, const Stored&) = default;
};

// Records of one kind by name, shared between the snapshots that agree on them.
template <typename Record>
class Table {
public:
    using Map = std::map<std::string, Stored<Record>, std::less<>>;

    Table() : m_map(std::make_shared<const Map>()) {}
    explicit Table(Map map) : m_map(std::make_shared<const Map>(std::move(map))) {}
    // nullptr when there is none; valid as long as the snapshot.
    [[nodiscard]] const Stored<Record>* find(std::string_view name) const {
        const auto found = m_map->find(name);
        return found != m_map->end() ? &found->second : nullptr;
    }
    [[nodiscard]] const Map& all() const { return *m_map; }
    friend bool operator==(const Table& a, const Table& b) { return *a.m_map == *b.m_map; }

private:
    std::shared_ptr<const Map> m_map;
};

// What the keys begin with that a snapshot is made of; all others are in the read model's file only.
inline constexpr std::array<std::string_view, 10> snapshotKeys{
    "ca/",           "cluster",  "former/",   "members/",       "membership",
    keys::operation, "secrets/", "settings/", "tokens/access/", "users/"};

// Everything of the state that is hot, at one revision.
struct Snapshot {
    Revision revision; // 0: nothing is known yet
    std::optional<Stored<ClusterRecord>> cluster;
    std::optional<Stored<MembershipRecord>> membership;
    std::optional<Stored<OperationRecord>> operation; // the one that is running
    Table<MemberRecord> members;                      // by replica id
    Table<FormerMemberRecord> former;                 // of earlier epochs, by replica id
    Table<UserRecord> users;                          // by name
    Table<AccessTokenRecord> accessTokens;            // by id
    Table<SettingRecord> settings;                    // by name
    Table<SealedSecretRecord> secrets;                // by name
    Table<CertificateRecord> certificates;            // "cluster", "peer"
    std::map<std::string, Error> unreadable;          // by key: records that this version cannot read
    friend bool operator==(const Snapshot&, const Snapshot&) = default;

    // The member whose engine member has this id; nullptr when there is none.
    [[nodiscard]] const MemberRecord* memberByEngineId(std::uint64_t engineMember) const;

    // The snapshot after `batch`.
    [[nodiscard]] Snapshot after(const engine::WatchBatch& batch) const;
};

} // namespace pilothouse::state
