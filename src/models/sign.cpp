// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sign.h"

#include "api/events.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace pilothouse::models {
namespace {

using domain::ReplicaState;
using domain::Role;
using domain::Verdict;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(pilothouse::models)
};

template <std::size_t N>
bool isOneOf(const QString& kind, const std::array<std::string_view, N>& kinds) {
    return std::any_of(kinds.begin(), kinds.end(), [&kind](std::string_view known) {
        return kind == QLatin1String(known.data(), static_cast<qsizetype>(known.size()));
    });
}

} // namespace

Sign signOf(ReplicaState state) {
    switch (state) {
    case ReplicaState::healthy:
        return {Shape::dot, Tone::good};
    case ReplicaState::notAnswering:
        return {Shape::cross, Tone::bad};
    case ReplicaState::disagreed:
    case ReplicaState::behind:
    case ReplicaState::unhealthy:
        return {Shape::triangle, Tone::attention};
    case ReplicaState::draining:
        return {Shape::arrowOut, Tone::attention};
    case ReplicaState::joining:
        return {Shape::arc, Tone::accent};
    case ReplicaState::stopped:
        return {Shape::square, Tone::neutral};
    case ReplicaState::late:
    case ReplicaState::toldByPeers:
    case ReplicaState::unknown:
        break;
    }
    return {Shape::dashedRing, Tone::neutral};
}

Sign signOf(Verdict verdict) {
    switch (verdict) {
    case Verdict::healthy:
        return {Shape::dot, Tone::good};
    case Verdict::degraded:
    case Verdict::atRisk:
        return {Shape::triangle, Tone::attention};
    case Verdict::noQuorum:
    case Verdict::unreachable:
        return {Shape::cross, Tone::bad};
    case Verdict::starting:
        break;
    }
    return {Shape::dashedRing, Tone::neutral};
}

Sign signOfEvent(const QString& kind) {
    namespace event = api::event;
    constexpr std::array good{event::quorumRegained, event::replicaReturned, event::replicaJoined,
                              event::replicaStarted, event::clusterCreated};
    constexpr std::array bad{event::quorumLost, event::replicaLost};
    constexpr std::array stopped{event::replicaStopped, event::replicaLeft};
    if (isOneOf(kind, good)) {
        return {Shape::dot, Tone::good};
    }
    if (isOneOf(kind, bad)) {
        return {Shape::cross, Tone::bad};
    }
    if (isOneOf(kind, stopped)) {
        return {Shape::square, Tone::neutral};
    }
    if (isOneOf(kind, std::array{event::engineRestarted})) {
        return {Shape::triangle, Tone::attention};
    }
    if (isOneOf(kind, std::array{event::drained})) {
        return {Shape::arrowOut, Tone::attention};
    }
    if (isOneOf(kind, std::array{event::replicaJoining})) {
        return {Shape::arc, Tone::accent};
    }
    return {Shape::dashedRing, Tone::accent};
}

QString wordFor(ReplicaState state) {
    switch (state) {
    case ReplicaState::healthy:
        return Words::tr("healthy");
    case ReplicaState::late:
        return Words::tr("late");
    case ReplicaState::notAnswering:
        return Words::tr("not answering");
    case ReplicaState::toldByPeers:
        return Words::tr("not reachable from here");
    case ReplicaState::disagreed:
        return Words::tr("replicas disagree");
    case ReplicaState::behind:
        return Words::tr("behind");
    case ReplicaState::unhealthy:
        return Words::tr("takes no traffic");
    case ReplicaState::draining:
        return Words::tr("draining");
    case ReplicaState::joining:
        return Words::tr("joining");
    case ReplicaState::stopped:
        return Words::tr("stopped");
    case ReplicaState::unknown:
        break;
    }
    return Words::tr("not known yet");
}

QString wordFor(Verdict verdict) {
    switch (verdict) {
    case Verdict::healthy:
        return Words::tr("healthy");
    case Verdict::degraded:
        return Words::tr("degraded");
    case Verdict::atRisk:
        return Words::tr("at risk");
    case Verdict::noQuorum:
        return Words::tr("no quorum");
    case Verdict::unreachable:
        return Words::tr("not reachable");
    case Verdict::starting:
        break;
    }
    return Words::tr("starting");
}

QString wordFor(Role role) {
    switch (role) {
    case Role::leader:
        return Words::tr("Leader");
    case Role::follower:
        return Words::tr("Follower");
    case Role::learner:
        return Words::tr("Learner");
    case Role::unknown:
        break;
    }
    return Words::tr("Not known");
}

} // namespace pilothouse::models
