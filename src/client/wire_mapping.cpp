// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/wire_mapping.h"

#include <algorithm>

namespace pilothouse::client {

namespace {

domain::MissingBlobs missingIn(const api::Blobs& blobs) {
    return {blobs.missing, blobs.missing_digests};
}

Result<WallTime> timeAt(const std::string& path, const std::string& text) {
    auto time = parseRfc3339(text);
    return time ? time : Result<WallTime>(failIn(path, {ErrorCode::corrupt, time.error().message, {}}));
}

Result<ReplicaId> idAt(const std::string& path, const std::string& text) {
    auto id = parseReplicaId(text);
    return id ? id : Result<ReplicaId>(failIn(path, {ErrorCode::corrupt, id.error().message, {}}));
}

// From an earlier moment of the same clock to `now`, never negative: a clock that was set back is not the
// future.
Result<std::optional<Milliseconds>> ageAt(const std::string& path, const std::optional<std::string>& text,
                                          WallTime now) {
    if (!text) {
        return std::nullopt;
    }
    const auto then = timeAt(path, *text);
    if (!then) {
        return fail(then.error());
    }
    return std::max(Milliseconds(0), std::chrono::duration_cast<Milliseconds>(now - *then));
}

Result<domain::PeerReport> toPeer(const api::PeerView& view, WallTime now) {
    const auto id = idAt("peers[].id", view.id);
    const auto heard = ageAt("peers[].heard_at", view.heard_at, now);
    const auto failing = ageAt("peers[].failing_since", view.failing_since, now);
    if (!id || !heard || !failing) {
        return fail(!id ? id.error() : !heard ? heard.error() : failing.error());
    }
    domain::PeerReport peer;
    peer.peer = *id;
    peer.reach = toDomain(view.reach);
    peer.heardAgo = *heard;
    peer.failingFor = *failing;
    peer.roundTripMs = view.round_trip_ms;
    peer.clockOffsetMs = view.clock_offset_ms;
    peer.engineAnswers = view.engine_answers;
    if (view.heartbeat && view.heartbeat->blobs) {
        peer.blobsMissing = missingIn(*view.heartbeat->blobs);
    }
    if (view.heartbeat) {
        peer.consensus = toDomain(view.heartbeat->consensus);
        peer.health = toDomain(view.heartbeat->health.code);
    }
    return peer;
}

Status takeMembers(const api::ClusterStatus& status, domain::ReplicaReport& report) {
    for (const auto& member : status.members) {
        auto id = idAt("members[].id", member.id);
        if (!id) {
            return fail(id.error());
        }
        report.members.push_back({*std::move(id), member.name, member.url, member.voting});
    }
    return {};
}

Status takeCertificates(const api::ReplicaStatus& self, domain::ReplicaReport& report) {
    for (const auto& certificate : self.certificates) {
        const auto end = timeAt("self.certificates[].not_after", certificate.not_after);
        if (!end) {
            return fail(end.error());
        }
        report.certificates.push_back({certificate.use, *end});
    }
    return {};
}

Status takePeers(const api::ClusterStatus& status, WallTime now, domain::ReplicaReport& report) {
    for (const auto& view : status.peers) {
        auto peer = toPeer(view, now);
        if (!peer) {
            return fail(peer.error());
        }
        report.peers.push_back(*std::move(peer));
    }
    return {};
}

} // namespace

domain::Role toDomain(api::Role role) {
    switch (role) {
    case api::Role::leader:
        return domain::Role::leader;
    case api::Role::follower:
        return domain::Role::follower;
    case api::Role::learner:
        return domain::Role::learner;
    case api::Role::unknown:
        break;
    }
    return domain::Role::unknown;
}

domain::Unhealthy toDomain(api::Unhealthy reason) {
    switch (reason) {
    case api::Unhealthy::none:
        return domain::Unhealthy::none;
    case api::Unhealthy::engine_down:
        return domain::Unhealthy::engineDown;
    case api::Unhealthy::no_quorum:
        return domain::Unhealthy::noQuorum;
    case api::Unhealthy::projection_behind:
        return domain::Unhealthy::projectionBehind;
    case api::Unhealthy::disk_unwritable:
        return domain::Unhealthy::diskUnwritable;
    case api::Unhealthy::disk_full:
        return domain::Unhealthy::diskFull;
    case api::Unhealthy::draining:
        return domain::Unhealthy::draining;
    case api::Unhealthy::read_only:
        return domain::Unhealthy::readOnly;
    case api::Unhealthy::unknown:
        return domain::Unhealthy::other;
    case api::Unhealthy::starting:
        break;
    }
    return domain::Unhealthy::starting;
}

domain::Reach toDomain(api::Reach reach) {
    switch (reach) {
    case api::Reach::ok:
        return domain::Reach::ok;
    case api::Reach::refused:
        return domain::Reach::refused;
    case api::Reach::timeout:
        return domain::Reach::timeout;
    case api::Reach::unreachable:
        return domain::Reach::unreachable;
    case api::Reach::tls:
        return domain::Reach::tls;
    case api::Reach::rejected:
        return domain::Reach::rejected;
    case api::Reach::unknown:
        break;
    }
    return domain::Reach::unknown;
}

domain::Consensus toDomain(const api::Consensus& consensus) {
    domain::Consensus out;
    out.role = toDomain(consensus.role);
    if (consensus.leader) {
        out.leader = ReplicaId(*consensus.leader);
    }
    out.term = Term(consensus.term);
    out.held = LogIndex(consensus.held_index);
    out.applied = LogIndex(consensus.applied_index);
    out.revision = Revision(consensus.revision);
    out.quorum = consensus.quorum;
    return out;
}

Result<domain::ReplicaReport> toReport(const api::ClusterStatus& status) {
    const auto now = timeAt("observed_at", status.observed_at);
    const auto started = timeAt("self.started_at", status.self.started_at);
    auto id = idAt("observer", status.observer);
    if (!now || !started || !id) {
        return fail(!now ? now.error() : !started ? started.error() : id.error());
    }
    domain::ReplicaReport report;
    report.id = *std::move(id);
    report.name = status.self.name;
    report.version = status.self.version;
    report.epoch = status.cluster.epoch;
    if (status.newer_epoch) {
        const api::NewerEpoch& newer = *status.newer_epoch;
        report.newerEpoch = {newer.epoch, newer.name.empty() ? newer.replica : newer.name};
    }
    report.generation = Generation(status.membership.generation);
    report.health = toDomain(status.self.health.code);
    report.healthReason = status.self.health.reason;
    report.consensus = toDomain(status.self.consensus);
    report.startedAt = *started;
    report.upFor = std::max(Milliseconds(0), std::chrono::duration_cast<Milliseconds>(*now - *started));
    if (status.self.blobs) {
        report.blobsMissing = missingIn(*status.self.blobs);
    }
    for (const auto& alarm : status.alarms) {
        report.alarms.push_back({alarm.kind, ReplicaId(alarm.replica)});
    }
    if (auto taken = takeMembers(status, report); !taken) {
        return fail(taken.error());
    }
    if (auto taken = takePeers(status, *now, report); !taken) {
        return fail(taken.error());
    }
    if (auto taken = takeCertificates(status.self, report); !taken) {
        return fail(taken.error());
    }
    return report;
}

} // namespace pilothouse::client
