// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/admin/metrics.h"

#include "replica/admin/health_routes.h"
#include "replica/admin/metrics_text.h"

#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>

#include <algorithm>
#include <optional>

namespace pilothouse::admin {
namespace {

constexpr double msPerSecond = 1000;

double flag(bool holds) {
    return holds ? 1 : 0;
}

double number(std::int64_t value) {
    return static_cast<double>(value);
}

// Seconds since 1970; nullopt when it is no time.
std::optional<double> timestamp(const std::string& rfc3339) {
    const auto time = parseRfc3339(rfc3339);
    return time ? std::optional(std::chrono::duration<double>(time->time_since_epoch()).count())
                : std::nullopt;
}

void addIdentity(MetricsText& text, const api::ClusterStatus& status) {
    const auto& self = status.self;
    text.family("pilothouse_build_info", "gauge", "Version of this replica and of its engine; always 1.");
    text.sample(1, {{"version", self.version},
                    {"feature_level", std::to_string(self.feature_level)},
                    {"engine_version", self.engine.version}});
    text.family("pilothouse_replica_info", "gauge", "Which replica of which cluster this is; always 1.");
    text.sample(1, {{"cluster", status.cluster.name},
                    {"cluster_id", status.cluster.id},
                    {"replica", self.id},
                    {"name", self.name}});
    if (const auto started = timestamp(self.started_at)) {
        text.gauge("pilothouse_start_time_seconds", "When this replica started, in seconds since 1970.",
                   *started);
    }
    text.gauge("pilothouse_uptime_seconds", "For how long this replica has been running.",
               number(self.uptime_s));
}

void addHealth(MetricsText& text, const MetricsInputs& inputs) {
    text.gauge("pilothouse_healthy", "Whether this replica takes traffic, as /_ping says.",
               flag(inputs.self.healthy));
    text.family("pilothouse_unhealthy", "gauge",
                "Why this replica takes no traffic: 1 for the reason that holds, 0 for the others.");
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<api::Unhealthy>>([&](auto each) {
        if (each.value != api::Unhealthy::none) {
            text.sample(flag(inputs.self.code == each.value), {{"reason", each.name}});
        }
    });
    text.gauge("pilothouse_draining", "Whether this replica was told to give up its traffic.",
               flag(inputs.status.self.draining));
}

// The longest log that this replica knows of, its own included.
std::int64_t longestLog(const api::ClusterStatus& status) {
    auto longest = status.self.consensus.held_index;
    for (const auto& peer : status.peers) {
        if (peer.reach == api::Reach::ok && peer.heartbeat) {
            longest = std::max(longest, peer.heartbeat->consensus.held_index);
        }
    }
    return longest;
}

void addConsensus(MetricsText& text, const MetricsInputs& inputs) {
    const auto& consensus = inputs.status.self.consensus;
    text.gauge("pilothouse_quorum",
               "Whether a linearizable read succeeded within the last two election time-outs.",
               flag(consensus.quorum));
    text.gauge("pilothouse_has_leader", "Whether this replica sees a leader.",
               flag(consensus.leader.has_value()));
    text.gauge("pilothouse_is_leader", "Whether this replica is the leader.",
               flag(consensus.role == api::Role::leader));
    text.gauge("pilothouse_term", "The group's term as this replica sees it.", number(consensus.term));
    text.gauge("pilothouse_log_held_index", "The last entry in this replica's log.",
               number(consensus.held_index));
    text.gauge("pilothouse_log_applied_index", "The last entry that this replica's engine has applied.",
               number(consensus.applied_index));
    text.gauge("pilothouse_log_missing_entries",
               "Entries that another replica in contact holds and this one does not.",
               number(longestLog(inputs.status) - consensus.held_index));
    text.gauge("pilothouse_log_unapplied_entries", "Entries that this replica holds and has not applied.",
               number(consensus.held_index - consensus.applied_index));
    text.gauge("pilothouse_state_revision", "The last revision that this replica's read model holds.",
               number(consensus.revision));
    text.gauge("pilothouse_state_behind_seconds",
               "For how long this replica's read model has been behind what is known to exist.",
               static_cast<double>(inputs.stateBehind.count()) / msPerSecond);
}

void addMembership(MetricsText& text, const api::ClusterStatus& status) {
    const auto voters = std::count_if(status.members.begin(), status.members.end(),
                                      [](const auto& member) { return member.voting; });
    text.family("pilothouse_members", "gauge", "Replicas of the cluster by the membership record.");
    text.sample(number(voters), {{"kind", "voter"}});
    text.sample(number(static_cast<std::int64_t>(status.members.size()) - voters), {{"kind", "learner"}});
    text.gauge("pilothouse_quorum_size", "Voters that must be in contact for a change.",
               number(status.quorum));
    text.gauge("pilothouse_membership_generation", "Grows with each change of the membership.",
               number(status.membership.generation));
    text.family("pilothouse_alarm", "gauge", "Alarms that are raised; 1 each, absent when not.");
    for (const auto& alarm : status.alarms) {
        text.sample(1, {{"kind", alarm.kind}, {"replica", alarm.replica}});
    }
}

// One family over all peers, for those of which there is a value.
template <typename Value>
void addPeerFamily(MetricsText& text, const api::ClusterStatus& status, std::string_view name,
                   std::string_view help, Value value) {
    text.family(name, "gauge", help);
    for (const auto& peer : status.peers) {
        const auto member = std::find_if(status.members.begin(), status.members.end(),
                                         [&](const auto& each) { return each.id == peer.id; });
        if (const std::optional<double> known = value(peer)) {
            text.sample(*known, {{"peer", peer.id},
                                 {"peer_name", member != status.members.end() ? member->name : peer.id}});
        }
    }
}

void addPeers(MetricsText& text, const api::ClusterStatus& status) {
    using api::PeerView;
    using Known = std::optional<double>;
    addPeerFamily(text, status, "pilothouse_peer_reachable",
                  "Whether the peer answers this replica; absent until it was asked.",
                  [](const PeerView& peer) {
                      return peer.reach == api::Reach::unknown ? Known() : flag(peer.reach == api::Reach::ok);
                  });
    addPeerFamily(text, status, "pilothouse_peer_healthy",
                  "Whether the peer says that it takes traffic; absent while it does not answer.",
                  [](const PeerView& peer) {
                      return peer.reach == api::Reach::ok && peer.heartbeat
                                 ? Known(flag(peer.heartbeat->health.healthy))
                                 : Known();
                  });
    addPeerFamily(text, status, "pilothouse_peer_round_trip_seconds", "How long the peer's last answer took.",
                  [](const PeerView& peer) {
                      return peer.round_trip_ms ? Known(*peer.round_trip_ms / msPerSecond) : Known();
                  });
    addPeerFamily(text, status, "pilothouse_peer_clock_offset_seconds",
                  "The peer's clock minus this replica's, at its last answer.", [](const PeerView& peer) {
                      return peer.clock_offset_ms ? Known(*peer.clock_offset_ms / msPerSecond) : Known();
                  });
    addPeerFamily(text, status, "pilothouse_peer_last_answer_timestamp_seconds",
                  "When the peer last answered, by this replica's clock, in seconds since 1970.",
                  [](const PeerView& peer) { return peer.heard_at ? timestamp(*peer.heard_at) : Known(); });
    addPeerFamily(text, status, "pilothouse_peer_log_held_index",
                  "The last entry in the peer's log, at its last answer.", [](const PeerView& peer) {
                      return peer.heartbeat ? Known(number(peer.heartbeat->consensus.held_index)) : Known();
                  });
}

void addEngine(MetricsText& text, const api::Engine& engine) {
    text.gauge("pilothouse_engine_up", "Whether this replica's engine answers.", flag(engine.running));
    text.gauge("pilothouse_engine_database_bytes", "Size of the engine's database.",
               number(engine.database_bytes));
    text.gauge("pilothouse_engine_database_quota_bytes",
               "Size at which the engine refuses every change of the cluster's state.",
               number(engine.database_quota_bytes));
    text.counter("pilothouse_engine_restarts_total",
                 "How often the engine had to be started again since this replica started.",
                 number(engine.restarts));
}

void addHost(MetricsText& text, const api::HostFacts& host) {
    if (host.disk_bytes > 0) {
        text.gauge("pilothouse_disk_size_bytes", "Size of the file system that holds the data folder.",
                   number(host.disk_bytes));
        text.gauge("pilothouse_disk_free_bytes", "What is free there.", number(host.disk_free_bytes));
    }
    if (host.disk_sync_ms) {
        text.gauge("pilothouse_disk_sync_seconds",
                   "How long the last small file took to become durable in the data folder.",
                   *host.disk_sync_ms / msPerSecond);
    }
    if (host.memory_bytes > 0) {
        text.gauge("pilothouse_memory_size_bytes", "Memory of the host.", number(host.memory_bytes));
        text.gauge("pilothouse_memory_available_bytes", "Memory that the host can still give.",
                   number(host.memory_available_bytes));
        text.gauge("pilothouse_resident_memory_bytes", "Memory that replica and engine hold together.",
                   number(host.process_resident_bytes));
    }
}

void addCertificates(MetricsText& text, const MetricsInputs& inputs) {
    const auto& certificates = inputs.status.self.certificates;
    text.family("pilothouse_certificate_expiry_seconds", "gauge",
                "Time until the certificate expires; negative when it has.");
    for (const auto& certificate : certificates) {
        if (const auto end = parseRfc3339(certificate.not_after)) {
            text.sample(std::chrono::duration<double>(*end - inputs.now).count(), {{"use", certificate.use}});
        }
    }
    text.family("pilothouse_certificate_not_after_timestamp_seconds", "gauge",
                "When the certificate expires, in seconds since 1970.");
    for (const auto& certificate : certificates) {
        if (const auto end = timestamp(certificate.not_after)) {
            text.sample(*end, {{"use", certificate.use}});
        }
    }
}

void addRequests(MetricsText& text, const MetricsInputs& inputs) {
    using Port = RequestMeter::Port;
    text.family("pilothouse_http_requests_total", "counter",
                "Answered requests by port and status; code \"none\": the client went before the answer.");
    for (const auto port : {Port::https, Port::http}) {
        for (const auto& [status, count] : inputs.requests.answers(port)) {
            const auto code = status == 0 ? std::string("none") : std::to_string(status);
            text.sample(static_cast<double>(count),
                        {{"port", port == Port::https ? "https" : "http"}, {"code", code}});
        }
    }
    text.family(
        "pilothouse_http_request_duration_seconds", "histogram",
        "From a request's head to the end of its answer, without streams, health checks, heartbeats.");
    const auto durations = inputs.requests.durations();
    std::uint64_t cumulative = 0;
    for (std::size_t i = 0; i < durations.buckets.size(); ++i) {
        cumulative += durations.buckets[i];
        const auto bound =
            i < RequestMeter::bounds.size() ? MetricsText::number(RequestMeter::bounds[i]) : "+Inf";
        text.sample("_bucket", static_cast<double>(cumulative), {{"le", bound}});
    }
    text.sample("_sum", durations.seconds);
    text.sample("_count", static_cast<double>(cumulative));
    text.gauge("pilothouse_http_requests_running",
               "Requests that are being answered, without streams, health checks and heartbeats.",
               number(inputs.status.self.traffic.requests_running));
}

void addRouteDurations(MetricsText& text, const RouteMeter::Figures& figures) {
    const std::string_view route = nameOf(figures.route);
    std::uint64_t cumulative = 0;
    for (std::size_t i = 0; i < figures.buckets.size(); ++i) {
        cumulative += figures.buckets[i];
        const auto bound =
            i < RouteMeter::bounds.size() ? MetricsText::number(RouteMeter::bounds[i]) : "+Inf";
        text.sample("_bucket", static_cast<double>(cumulative),
                    {{"route", route}, {"method", figures.method}, {"le", bound}});
    }
    text.sample("_sum", figures.seconds, {{"route", route}, {"method", figures.method}});
    text.sample("_count", static_cast<double>(cumulative), {{"route", route}, {"method", figures.method}});
}

// Of the routes and methods that occurred.
void addRoutes(MetricsText& text, const RouteMeter& meter) {
    const auto routes = meter.figures();
    text.family("pilothouse_route_requests_total", "counter",
                "Answered requests of the HTTPS port by what they were about and class of status; code "
                "\"none\": the client went before the answer.");
    for (const auto& figures : routes) {
        for (std::size_t i = 0; i < figures.answers.size(); ++i) {
            if (figures.answers[i] > 0) {
                text.sample(static_cast<double>(figures.answers[i]), {{"route", nameOf(figures.route)},
                                                                      {"method", figures.method},
                                                                      {"code", RouteMeter::classes[i]}});
            }
        }
    }
    text.family(
        "pilothouse_route_request_duration_seconds", "histogram",
        "From a request's head to the end of its answer, without streams, health checks, heartbeats.");
    for (const auto& figures : routes) {
        addRouteDurations(text, figures);
    }
    text.family("pilothouse_route_received_bytes_total", "counter", "Bytes of the bodies of requests.");
    for (const auto& figures : routes) {
        text.sample(static_cast<double>(figures.received),
                    {{"route", nameOf(figures.route)}, {"method", figures.method}});
    }
    text.family("pilothouse_route_sent_bytes_total", "counter", "Bytes of the bodies of answers.");
    for (const auto& figures : routes) {
        text.sample(static_cast<double>(figures.sent),
                    {{"route", nameOf(figures.route)}, {"method", figures.method}});
    }
}

void addConnections(MetricsText& text, const http::ServerCounts& connections) {
    text.family("pilothouse_http_connections", "gauge", "Clients' connections by what they are doing.");
    text.sample(number(connections.reading), {{"state", "reading"}});
    text.sample(number(connections.writing), {{"state", "writing"}});
    text.sample(number(connections.waiting()), {{"state", "waiting"}});
    text.counter("pilothouse_http_connections_accepted_total", "Clients' connections since the start.",
                 static_cast<double>(connections.accepted));
    text.counter("pilothouse_http_connections_refused_total",
                 "Of those, turned away because there were too many.",
                 static_cast<double>(connections.accepted - connections.handled));
}

} // namespace

std::string metricsOf(const MetricsInputs& inputs) {
    MetricsText text;
    addIdentity(text, inputs.status);
    addHealth(text, inputs);
    addConsensus(text, inputs);
    addMembership(text, inputs.status);
    addPeers(text, inputs.status);
    addEngine(text, inputs.status.self.engine);
    addHost(text, inputs.status.self.host);
    addCertificates(text, inputs);
    addRequests(text, inputs);
    addRoutes(text, inputs.requests.byRoute());
    addConnections(text, inputs.connections);
    return text.take();
}

void addMetricsRoute(http::Router& router, const Context& context) {
    router.add("GET", "/metrics",
               guarded(context, Access::reader,
                       [&context](http::Exchange& exchange, const http::PathParameters&,
                                  const Principal&) -> http::Awaitable<void> {
                           const auto look = context.board.look();
                           http::Response response;
                           response.headers.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
                           response.headers.set("Cache-Control", "no-store");
                           response.body = metricsOf({.status = look.snapshot->status,
                                                      .self = currentHealth(look),
                                                      .now = context.clock.wall(),
                                                      .stateBehind = context.follower.lag().time,
                                                      .connections = context.connections(),
                                                      .requests = context.requests});
                           (void)co_await exchange.respond(std::move(response));
                       }));
}

} // namespace pilothouse::admin
