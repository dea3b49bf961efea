// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/operations/check_facts.h"

#include "replica/http/url.h"

#include <algorithm>

namespace pilothouse::operations {
namespace {

domain::Unhealthy toDomain(api::Unhealthy reason) {
    using api::Unhealthy;
    switch (reason) {
    case Unhealthy::none:
        return domain::Unhealthy::none;
    case Unhealthy::starting:
        return domain::Unhealthy::starting;
    case Unhealthy::engine_down:
        return domain::Unhealthy::engineDown;
    case Unhealthy::no_quorum:
        return domain::Unhealthy::noQuorum;
    case Unhealthy::projection_behind:
        return domain::Unhealthy::projectionBehind;
    case Unhealthy::disk_unwritable:
        return domain::Unhealthy::diskUnwritable;
    case Unhealthy::disk_full:
        return domain::Unhealthy::diskFull;
    case Unhealthy::draining:
        return domain::Unhealthy::draining;
    case Unhealthy::read_only:
        return domain::Unhealthy::readOnly;
    case Unhealthy::unknown:
        break;
    }
    return domain::Unhealthy::other;
}

std::string nameIn(const api::ClusterStatus& status, const std::string& id) {
    const auto found = std::find_if(status.members.begin(), status.members.end(),
                                    [&](const api::Member& each) { return each.id == id; });
    return found != status.members.end() ? found->name : std::string();
}

void takeHost(const api::ReplicaChecks& checks, domain::CheckedReplica& replica) {
    const api::HostFacts& host = checks.status.self.host;
    replica.machine = host.machine_id;
    replica.hostname = host.hostname;
    replica.diskDevice = host.disk_device;
    replica.cores = host.cores;
    replica.memoryBytes = host.memory_bytes;
    replica.openFiles = checks.open_files;
    replica.diskFreeBytes = host.disk_free_bytes;
    replica.diskGrowth = checks.disk_growth_bytes_per_day;
    if (!checks.disk_error) {
        replica.syncMs = host.disk_sync_ms;
    }
    replica.diskError = checks.disk_error.value_or("");
}

// `own`: who knows the names of all members.
void take(const api::ReplicaChecks& checks, const api::ClusterStatus& own, WallTime now,
          domain::CheckedReplica& replica) {
    const api::ReplicaStatus& self = checks.status.self;
    replica.reports = true;
    replica.health = toDomain(self.health.healthy ? api::Unhealthy::none : self.health.code);
    replica.why = self.health.reason;
    replica.quorum = self.consensus.quorum;
    replica.version = self.version;
    replica.featureLevel = self.feature_level;
    replica.databaseBytes = self.engine.database_bytes;
    replica.databaseQuota = self.engine.database_quota_bytes;
    if (self.blobs) {
        replica.missingBlobs = self.blobs->missing;
        replica.missingBytes = self.blobs->missing_bytes;
    }
    takeHost(checks, replica);
    for (const api::Alarm& alarm : checks.status.alarms) {
        if (alarm.replica == self.id) {
            replica.alarms.push_back(alarm.kind);
        }
    }
    for (const api::Certificate& certificate : checks.certificates) {
        if (const auto end = parseRfc3339(certificate.not_after)) {
            const auto left = std::chrono::duration_cast<std::chrono::seconds>(*end - now);
            replica.certificates.push_back({certificate.use, left.count()});
        }
    }
    for (const api::PeerView& peer : checks.status.peers) {
        const std::string name = nameIn(own, peer.id);
        if (peer.reach == api::Reach::ok && peer.clock_offset_ms && !name.empty()) {
            replica.clockOffsets.emplace(name, *peer.clock_offset_ms);
        }
    }
}

} // namespace

domain::PortState portStateOf(const api::CheckedPort& port) {
    using domain::PortState;
    switch (port.connection) {
    case api::Reach::refused:
        return PortState::refused;
    case api::Reach::timeout:
        return PortState::silent;
    case api::Reach::unreachable:
        return PortState::unreachable;
    default:
        break;
    }
    switch (port.answer) {
    case api::Reach::ok:
        return PortState::open;
    case api::Reach::timeout:
        return PortState::hangs;
    case api::Reach::tls:
        return PortState::tls;
    case api::Reach::rejected:
        return PortState::rejected;
    case api::Reach::refused: // it has just gone
        return PortState::refused;
    case api::Reach::unreachable:
        return PortState::unreachable;
    case api::Reach::unknown:
        break;
    }
    return port.connection == api::Reach::ok ? PortState::open : PortState::unknown;
}

domain::ClusterCheckFacts checkFactsOf(const api::ClusterStatus& own,
                                       const std::map<std::string, HeardChecks>& heard, WallTime now) {
    domain::ClusterCheckFacts facts;
    for (const api::Member& member : own.members) {
        domain::CheckedReplica replica{
            .id = ReplicaId(member.id), .name = member.name, .voting = member.voting};
        replica.loopback = http::isLoopback(member.url);
        const auto said = heard.find(member.id);
        if (said != heard.end()) {
            replica.tooOld = said->second.tooOld;
            if (const auto& checks = said->second.checks) {
                take(*checks, own, now, replica);
                facts.blobBytes = std::max(facts.blobBytes, checks->blob_bytes.value_or(0));
                for (const api::CheckedPort& port : checks->ports) {
                    if (const std::string to = nameIn(own, port.replica); !to.empty()) {
                        facts.ports.push_back({member.name, to, port.port, portStateOf(port)});
                    }
                }
            }
        }
        facts.replicas.push_back(std::move(replica));
    }
    if (own.operation) {
        facts.running = {own.operation->kind, own.operation->name};
    }
    return facts;
}

} // namespace pilothouse::operations
