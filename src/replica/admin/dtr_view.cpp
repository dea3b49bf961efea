// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/admin/dtr_view.h"

#include "replica/http/url.h"

#include <algorithm>
#include <cmath>

namespace pilothouse::admin {
namespace {

using api::dtr::Alert;

constexpr std::string_view ok = "OK";
constexpr std::string_view never =
    "0001-01-01T00:00:00Z"; // how DTR's own programs write a time that is not set
constexpr std::string_view critical = "critical";
constexpr std::string_view warning = "warning";
constexpr std::chrono::hours certificateTime{21 * 24}; // they renew themselves 30 days before the end
constexpr double clockOffsetMs = 1000;

struct Verdict {
    std::string health;
    std::string timestamp;
    bool readOnly = false;
};

// DTR's words for a verdict that is too old to count; scripts look for them.
std::string tooLongAgo(const std::string& timestamp) {
    return timestamp == never ? std::string("Replica has not reported its health since this replica started")
                              : "Replica reported health too long ago: " + timestamp;
}

bool refusesChanges(const api::Health& health, const api::Consensus& consensus) {
    return !consensus.quorum || health.code == api::Unhealthy::read_only;
}

Verdict ownVerdict(const DtrInputs& inputs) {
    const auto timestamp = toRfc3339(inputs.checkedAt);
    if (!inputs.fresh) {
        return {tooLongAgo(timestamp), timestamp, false};
    }
    return {inputs.self.healthy ? std::string(ok) : inputs.self.reason, timestamp,
            refusesChanges(inputs.self, inputs.status.self.consensus)};
}

Verdict verdictOn(const api::PeerView& peer, bool fresh) {
    const auto timestamp = peer.heard_at.value_or(std::string(never));
    if (!fresh || peer.reach != api::Reach::ok || !peer.heartbeat) {
        const auto old = tooLongAgo(timestamp);
        return {peer.error ? *peer.error + "; " + old : old, timestamp, false};
    }
    const auto& health = peer.heartbeat->health;
    return {health.healthy ? std::string(ok) : health.reason, timestamp,
            refusesChanges(health, peer.heartbeat->consensus)};
}

Verdict verdictOn(const api::Member& member, const DtrInputs& inputs) {
    if (member.id == inputs.status.self.id) {
        return ownVerdict(inputs);
    }
    const auto& peers = inputs.status.peers;
    const auto peer =
        std::find_if(peers.begin(), peers.end(), [&](const auto& each) { return each.id == member.id; });
    return peer != peers.end() ? verdictOn(*peer, inputs.fresh) : verdictOn(api::PeerView{}, false);
}

std::string nameOf(const api::ClusterStatus& status, const std::string& id) {
    const auto found = std::find_if(status.members.begin(), status.members.end(),
                                    [&](const auto& member) { return member.id == id; });
    return found != status.members.end() ? found->name : id;
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
    std::string text;
    for (const auto& part : parts) {
        text += (text.empty() ? std::string() : std::string(between)) + part;
    }
    return text;
}

Alert alert(std::string_view alertClass, std::string id, std::string message) {
    return {.message = std::move(message),
            .class_ = std::string(alertClass),
            .id = std::move(id),
            .img = {},
            .url = {}};
}

void addAlarms(std::vector<Alert>& alerts, const api::ClusterStatus& status) {
    for (const auto& alarm : status.alarms) {
        alerts.push_back(alert(critical, "alarm-" + alarm.kind + "-" + alarm.replica,
                               alarm.message + (alarm.hint.empty() ? "" : ". " + alarm.hint)));
    }
}

void addQuorum(std::vector<Alert>& alerts, const api::ClusterStatus& status) {
    if (!status.self.consensus.quorum && !status.members.empty()) {
        alerts.push_back(alert(critical, "no-quorum",
                               status.self.name + " has no contact with a majority (" +
                                   std::to_string(status.quorum) +
                                   " voting replicas are needed): it refuses every change"));
    }
}

// The banner that DTR shows, word for word but for the names.
void addUnhealthy(std::vector<Alert>& alerts, const DtrInputs& inputs) {
    std::vector<std::string> unhealthy;
    std::vector<std::string> reasons;
    std::vector<std::string> healthy;
    for (const auto& member : inputs.status.members) {
        const auto verdict = verdictOn(member, inputs);
        if (verdict.health == ok) {
            healthy.push_back(member.id);
        } else {
            unhealthy.push_back(member.id);
            reasons.push_back(verdict.health);
        }
    }
    if (unhealthy.empty()) {
        return;
    }
    std::string message = "Warning: The following replicas are unhealthy: " + joined(unhealthy, ", ") +
                          "; Reasons: " + joined(reasons, ", ") + "; ";
    message += healthy.empty() ? "No replica is healthy."
                               : "Replicas " + joined(healthy, ", ") + " are still healthy.";
    alerts.push_back(alert(warning, "unhealthy-replicas", std::move(message)));
}

void addEvenCount(std::vector<Alert>& alerts, const api::ClusterStatus& status) {
    const auto voters = std::count_if(status.members.begin(), status.members.end(),
                                      [](const auto& member) { return member.voting; });
    if (voters > 0 && voters % 2 == 0) {
        alerts.push_back(alert(warning, "even-number-of-replicas",
                               std::to_string(voters) + " replicas vote: an even number tolerates no more "
                                                        "failures than one replica less"));
    }
}

void addCertificates(std::vector<Alert>& alerts, const DtrInputs& inputs) {
    for (const auto& certificate : inputs.status.self.certificates) {
        const auto end = parseRfc3339(certificate.not_after);
        if (end && *end - inputs.now < certificateTime) {
            alerts.push_back(alert(*end < inputs.now ? critical : warning, "certificate-" + certificate.use,
                                   "The " + certificate.use + " certificate of " + inputs.status.self.name +
                                       (*end < inputs.now ? " expired at " : " expires at ") +
                                       certificate.not_after));
        }
    }
}

void addClocks(std::vector<Alert>& alerts, const api::ClusterStatus& status) {
    for (const auto& peer : status.peers) {
        if (peer.clock_offset_ms && std::abs(*peer.clock_offset_ms) > clockOffsetMs) {
            const auto ms = static_cast<std::int64_t>(std::abs(*peer.clock_offset_ms));
            alerts.push_back(alert(warning, "clock-" + peer.id,
                                   "The clock of " + nameOf(status, peer.id) + " is " + std::to_string(ms) +
                                       " ms " + (*peer.clock_offset_ms > 0 ? "ahead of " : "behind ") +
                                       status.self.name + "'s"));
        }
    }
}

void addDatabase(std::vector<Alert>& alerts, const api::ClusterStatus& status) {
    const auto& engine = status.self.engine;
    if (engine.database_quota_bytes > 0 && engine.database_bytes > engine.database_quota_bytes / 5 * 4) {
        alerts.push_back(alert(warning, "engine-database",
                               "The engine's database on " + status.self.name + " has " +
                                   std::to_string(engine.database_bytes) + " of at most " +
                                   std::to_string(engine.database_quota_bytes) +
                                   " bytes; at the limit all changes are refused"));
    }
}

std::int64_t portOf(const std::string& url) {
    const auto parsed = http::parseUrl(url);
    return parsed ? parsed->port : 0;
}

std::string hostOf(const std::string& url) {
    const auto parsed = http::parseUrl(url);
    return parsed ? parsed->host : std::string();
}

// Without the port that goes without saying.
std::string authorityOf(const std::string& url) {
    constexpr std::uint16_t httpsPort = 443;
    const auto parsed = http::parseUrl(url);
    if (!parsed) {
        return {};
    }
    return parsed->port == httpsPort && parsed->host.find(':') == std::string::npos
               ? parsed->host
               : http::hostAndPort(parsed->host, parsed->port);
}

} // namespace

api::dtr::ClusterStatus dtrClusterStatus(const DtrInputs& inputs) {
    api::dtr::ClusterStatus answer;
    answer.gc_lock_holder = inputs.collector;
    for (const auto& member : inputs.status.members) {
        auto verdict = verdictOn(member, inputs);
        answer.replica_health[member.id] = std::move(verdict.health);
        answer.replica_timestamp[member.id] = std::move(verdict.timestamp);
        answer.replica_readonly[member.id] = verdict.readOnly;
    }
    // Before the membership is known a replica can speak for itself alone.
    if (const auto& self = inputs.status.self.id; !answer.replica_health.contains(self)) {
        const auto verdict = ownVerdict(inputs);
        answer.replica_health[self] = verdict.health;
        answer.replica_timestamp[self] = verdict.timestamp;
        answer.replica_readonly[self] = verdict.readOnly;
    }
    return answer;
}

std::vector<Alert> dtrAlerts(const DtrInputs& inputs) {
    std::vector<Alert> alerts;
    addAlarms(alerts, inputs.status);
    addQuorum(alerts, inputs.status);
    addUnhealthy(alerts, inputs);
    addCertificates(alerts, inputs);
    addDatabase(alerts, inputs.status);
    addClocks(alerts, inputs.status);
    addEvenCount(alerts, inputs.status);
    std::stable_partition(alerts.begin(), alerts.end(),
                          [](const Alert& each) { return each.class_ == critical; });
    return alerts;
}

api::dtr::Settings dtrSettings(const api::ClusterStatus& status, const std::string& clusterCa,
                               bool readOnly) {
    api::dtr::Settings settings;
    settings.readOnlyRegistry = readOnly;
    settings.dtrHost = authorityOf(status.cluster.external_url.value_or(status.self.url));
    settings.replicaID = status.self.id;
    settings.webTLSCA = clusterCa;
    for (const auto& member : status.members) {
        settings.replicaSettings[member.id] = {
            .HTTPPort = portOf(member.http_url), .HTTPSPort = portOf(member.url), .node = hostOf(member.url)};
    }
    return settings;
}

} // namespace pilothouse::admin
