// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/program/status_text.h"

#include <algorithm>
#include <vector>

namespace pilothouse::program {
namespace {

constexpr std::int64_t mib = 1024 * 1024;

using Rows = std::vector<std::vector<std::string>>;

// Columns as wide as their widest text, two blanks between them.
std::string table(const Rows& rows) {
    std::vector<std::size_t> widths;
    for (const auto& row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths[i] = std::max(widths[i], row[i].size());
        }
    }
    std::string text;
    for (const auto& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            line += row[i] + std::string(i + 1 < row.size() ? widths[i] - row[i].size() + 2 : 0, ' ');
        }
        text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    }
    return text;
}

const char* word(api::Role role) {
    switch (role) {
    case api::Role::leader:
        return "leader";
    case api::Role::follower:
        return "follower";
    case api::Role::learner:
        return "learner";
    case api::Role::unknown:
        break;
    }
    return "unknown";
}

const char* word(api::Reach reach) {
    switch (reach) {
    case api::Reach::ok:
        return "answers";
    case api::Reach::refused:
        return "refuses";
    case api::Reach::timeout:
        return "silent";
    case api::Reach::unreachable:
        return "unreachable";
    case api::Reach::tls:
        return "not trusted";
    case api::Reach::rejected:
        return "rejects us";
    case api::Reach::unknown:
        break;
    }
    return "not heard yet";
}

std::string nameOf(const api::ClusterStatus& status, const std::string& id) {
    const auto found = std::find_if(status.members.begin(), status.members.end(),
                                    [&](const api::Member& member) { return member.id == id; });
    return found == status.members.end() ? id : found->name;
}

std::string engineText(const api::Engine& engine) {
    if (!engine.running) {
        return "does not answer" + (engine.error ? ": " + *engine.error : std::string());
    }
    return "etcd " + engine.version + ", " + std::to_string(engine.database_bytes / mib) + " of " +
           std::to_string(engine.database_quota_bytes / mib) + " MiB, restarted " +
           std::to_string(engine.restarts) + " times";
}

Rows ownRows(const api::ClusterStatus& status) {
    const auto& self = status.self;
    const auto& consensus = self.consensus;
    Rows rows{{"Replica", self.name + " (" + self.id + "), version " + self.version},
              {"Cluster", status.cluster.name + " (" + status.cluster.id + ")"},
              {"Address", self.url},
              {"Health", self.health.healthy ? "healthy" : "not healthy: " + self.health.reason},
              {"Draining", self.draining ? "yes" : "no"},
              {"Role", std::string(word(consensus.role)) + ", term " + std::to_string(consensus.term)},
              {"Leader", consensus.leader ? nameOf(status, *consensus.leader) : "none seen"},
              {"Quorum", consensus.quorum ? "yes" : "no"},
              {"Log", "holds " + std::to_string(consensus.held_index) + ", applied " +
                          std::to_string(consensus.applied_index) + ", read model at revision " +
                          std::to_string(consensus.revision)},
              {"Engine", engineText(self.engine)},
              {"Disk", std::to_string(self.host.disk_free_bytes / mib) + " of " +
                           std::to_string(self.host.disk_bytes / mib) + " MiB free"}};
    for (const auto& certificate : self.certificates) {
        rows.push_back({"Certificate", certificate.use + " until " + certificate.not_after});
    }
    for (const auto& alarm : status.alarms) {
        rows.push_back({"ALARM", alarm.kind + " at " + nameOf(status, alarm.replica) + ": " + alarm.message +
                                     (alarm.hint.empty() ? "" : ". " + alarm.hint)});
    }
    return rows;
}

} // namespace

std::string statusText(const api::ClusterStatus& status) {
    std::string text = table(ownRows(status));
    Rows peers{{"PEER", "SEEN", "VOTES", "ROLE", "LAST HEARD", "WHY"}};
    for (const auto& peer : status.peers) {
        const auto member = std::find_if(status.members.begin(), status.members.end(),
                                         [&](const api::Member& each) { return each.id == peer.id; });
        const bool known = member != status.members.end();
        peers.push_back({known ? member->name : peer.id, word(peer.reach),
                         known && member->voting ? "yes" : "no", known ? word(member->role) : "unknown",
                         peer.heard_at.value_or("never"), peer.error.value_or("")});
    }
    if (peers.size() > 1) {
        text +=
            "\nPeers as " + status.self.name + " sees them at " + status.observed_at + ":\n" + table(peers);
    }
    return text;
}

} // namespace pilothouse::program
