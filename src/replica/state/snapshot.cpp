// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/snapshot.h"

#include "replica/state/keys.h"

namespace pilothouse::state {

namespace {

// One snapshot on its way to the next: tables are copied when the first change meets them.
class Successor {
public:
    explicit Successor(Snapshot& snapshot) : m_snapshot(snapshot) {}

    void apply(const engine::Change& change) {
        m_snapshot.unreadable.erase(change.entry.key);
        applyOne(change, keys::cluster, m_snapshot.cluster) ||
            applyOne(change, keys::membership, m_snapshot.membership) ||
            applyOne(change, keys::operation, m_snapshot.operation) ||
            applyBelow(change, keys::members, m_snapshot.members, m_members) ||
            applyBelow(change, keys::former, m_snapshot.former, m_former) ||
            applyBelow(change, keys::users, m_snapshot.users, m_users) ||
            applyBelow(change, keys::accessTokens, m_snapshot.accessTokens, m_accessTokens) ||
            applyBelow(change, keys::settings, m_snapshot.settings, m_settings) ||
            applyBelow(change, keys::secrets, m_snapshot.secrets, m_secrets) ||
            applyBelow(change, "ca/", m_snapshot.certificates, m_certificates);
    }

    void finish() {
        store(m_snapshot.members, m_members);
        store(m_snapshot.former, m_former);
        store(m_snapshot.users, m_users);
        store(m_snapshot.accessTokens, m_accessTokens);
        store(m_snapshot.settings, m_settings);
        store(m_snapshot.secrets, m_secrets);
        store(m_snapshot.certificates, m_certificates);
    }

private:
    template <typename Record>
    using Copy = std::optional<typename Table<Record>::Map>;

    template <typename Record>
    std::optional<Stored<Record>> read(const engine::Entry& entry) {
        Result<Record> record = decode<Record>(entry.value);
        if (!record) {
            m_snapshot.unreadable.emplace(entry.key, record.error());
            return std::nullopt;
        }
        return Stored<Record>{std::move(*record), entry.created, entry.modified};
    }

    template <typename Record>
    bool applyOne(const engine::Change& change, std::string_view key, std::optional<Stored<Record>>& slot) {
        if (change.entry.key != key) {
            return false;
        }
        slot = change.deleted ? std::nullopt : read<Record>(change.entry);
        return true;
    }

    template <typename Record>
    bool applyBelow(const engine::Change& change, std::string_view prefix, const Table<Record>& table,
                    Copy<Record>& copy) {
        if (!change.entry.key.starts_with(prefix)) {
            return false;
        }
        if (!copy) {
            copy = table.all();
        }
        const std::string name(keys::nameBelow(prefix, change.entry.key));
        std::optional<Stored<Record>> stored = change.deleted ? std::nullopt : read<Record>(change.entry);
        if (stored) {
            copy->insert_or_assign(name, std::move(*stored));
        } else {
            copy->erase(name);
        }
        return true;
    }

    template <typename Record>
    static void store(Table<Record>& table, Copy<Record>& copy) {
        if (copy) {
            table = Table<Record>(std::move(*copy));
        }
    }

    Snapshot& m_snapshot;
    Copy<MemberRecord> m_members;
    Copy<FormerMemberRecord> m_former;
    Copy<UserRecord> m_users;
    Copy<AccessTokenRecord> m_accessTokens;
    Copy<SettingRecord> m_settings;
    Copy<SealedSecretRecord> m_secrets;
    Copy<CertificateRecord> m_certificates;
};

} // namespace

const MemberRecord* Snapshot::memberByEngineId(std::uint64_t engineMember) const {
    const std::string wanted = std::to_string(engineMember);
    for (const auto& [id, member] : members.all()) {
        if (member.record.engine_member == wanted) {
            return &member.record;
        }
    }
    return nullptr;
}

Snapshot Snapshot::after(const engine::WatchBatch& batch) const {
    Snapshot next = *this;
    next.revision = batch.revision;
    Successor successor(next);
    for (const engine::Change& change : batch.changes) {
        successor.apply(change);
    }
    successor.finish();
    return next;
}

} // namespace pilothouse::state
