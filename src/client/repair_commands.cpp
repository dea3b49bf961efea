// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/repair_commands.h"

#include "api/json.h"
#include "domain/repair.h"

#include <QPromise>
#include <QUuid>

#include <algorithm>
#include <memory>

namespace pilothouse::client {
namespace {

// It asks every other member first, each with a deadline.
constexpr std::chrono::seconds inquiry{25};

const QString repairPath = QStringLiteral("/api/v0/repair");

template <typename T>
QByteArray json(const T& value) {
    return QByteArray::fromStdString(api::toJson(value));
}

template <typename T>
Outcome<T> parse(const AnswerOrFailure& outcome) {
    if (!outcome) {
        return tl::unexpected(outcome.error());
    }
    auto value =
        api::fromJson<T>({outcome->body.constData(), static_cast<std::size_t>(outcome->body.size())});
    if (!value) {
        return tl::unexpected(protocolFailure(outcome->url, value.error().message));
    }
    return *std::move(value);
}

domain::RepairMember toMember(const api::Survivor& survivor) {
    domain::RepairMember member{.id = ReplicaId(survivor.replica), .name = survivor.name};
    if (survivor.log) {
        member.log = {survivor.log->last_term, survivor.log->last, survivor.log->committed};
    }
    if (survivor.missing_blobs) {
        member.lacks = domain::MissingBlobs{*survivor.missing_blobs, {}};
    }
    return member;
}

} // namespace

template <typename T>
QFuture<Outcome<T>> RepairCommands::ask(const Endpoint& to, Request request) {
    auto promise = std::make_shared<QPromise<Outcome<T>>>();
    promise->start();
    m_network.send(to, request, this, [promise](const AnswerOrFailure& outcome) {
        promise->addResult(parse<T>(outcome));
        promise->finish();
    });
    return promise->future();
}

QFuture<Outcome<api::RepairPlan>> RepairCommands::plan(const Endpoint& survivor,
                                                       const api::AskRepair& wanted) {
    return ask<api::RepairPlan>(survivor, {.method = "POST",
                                           .path = repairPath + QStringLiteral("/plan"),
                                           .body = json(wanted),
                                           .deadline = inquiry});
}

QFuture<Outcome<api::Repair>> RepairCommands::start(const Endpoint& survivor,
                                                    const api::StartRepair& wanted) {
    return ask<api::Repair>(
        survivor, {.method = "POST", .path = repairPath, .body = json(wanted), .deadline = inquiry});
}

QFuture<Outcome<api::Repair>> RepairCommands::putBack(const Endpoint& survivor, const api::PutBack& wanted) {
    return ask<api::Repair>(survivor, {.method = "POST",
                                       .path = repairPath + QStringLiteral("/put-back"),
                                       .body = json(wanted),
                                       .deadline = inquiry});
}

QFuture<Outcome<api::Repair>> RepairCommands::state(const Endpoint& survivor) {
    return ask<api::Repair>(survivor, {.path = repairPath, .body = {}});
}

std::string newOperationId() {
    return QUuid::createUuid().toString(QUuid::Id128).toStdString();
}

std::vector<api::SeenMember> seenMembers(const CollectedObservation& seen) {
    using domain::Reach;
    std::vector<api::SeenMember> members;
    for (const auto& replica : seen.observation.replicas) {
        if (replica.id.empty()) {
            continue; // an address that nobody knows more of
        }
        const bool answers = replica.reach == Reach::ok || replica.reach == Reach::rejected ||
                             replica.reach == Reach::notReady;
        const bool quorum = replica.reach == Reach::ok && replica.report && replica.report->consensus.quorum;
        members.push_back({replica.id.str(), answers, quorum});
    }
    return members;
}

std::vector<ReplicaId> possibleSurvivors(const CollectedObservation& seen) {
    std::int64_t newest = 0;
    for (const auto& [id, status] : seen.statuses) {
        newest = std::max(newest, status.cluster.epoch);
    }
    std::vector<ReplicaId> ids;
    for (const auto& replica : seen.observation.replicas) {
        const auto status = seen.statuses.find(replica.id);
        if (status == seen.statuses.end() || status->second.cluster.epoch < newest ||
            status->second.self.health.code == api::Unhealthy::read_only) {
            continue;
        }
        const auto& members = status->second.members;
        if (std::any_of(members.begin(), members.end(), [&](const api::Member& member) {
                return member.id == replica.id.str() && member.voting;
            })) {
            ids.push_back(replica.id);
        }
    }
    return ids;
}

std::vector<api::Survivor> rankSurvivors(const std::vector<api::RepairPlan>& plans) {
    std::vector<api::Survivor> survivors;
    for (const auto& plan : plans) {
        const auto own =
            std::find_if(plan.survivors.begin(), plan.survivors.end(),
                         [&](const api::Survivor& each) { return each.replica == plan.replica; });
        if (own != plan.survivors.end()) {
            survivors.push_back(*own);
        }
    }
    std::stable_sort(survivors.begin(), survivors.end(),
                     [](const auto& a, const auto& b) { return isBetterSurvivor(toMember(a), toMember(b)); });
    return survivors;
}

} // namespace pilothouse::client
