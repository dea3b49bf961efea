// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/operations/member_views.h"

#include "replica/operations/ask_each.h"
#include "replica/operations/conversion.h"

#include <algorithm>
#include <utility>

namespace pilothouse::operations {
namespace {

bool isWell(const api::ReplicaStatus& status) {
    return status.health.healthy || status.health.code == api::Unhealthy::draining;
}

bool hears(const api::ClusterStatus& view, const std::string& replica) {
    return std::any_of(view.peers.begin(), view.peers.end(), [&](const api::PeerView& peer) {
        return peer.id == replica && peer.reach == api::Reach::ok;
    });
}

std::vector<std::string> whoHears(const MemberViews& views, const std::string& replica) {
    std::vector<std::string> names;
    for (const auto& [id, view] : views.others) {
        if (id != replica && hears(view, replica)) {
            names.push_back(views.nameOf(id));
        }
    }
    return names;
}

bool hasFullDatabase(const MemberViews& views, const std::string& replica) {
    return std::any_of(views.own.alarms.begin(), views.own.alarms.end(), [&](const api::Alarm& alarm) {
        return alarm.kind == "NOSPACE" && alarm.replica == replica;
    });
}

boost::asio::awaitable<std::optional<api::ClusterStatus>> askOne(node::PeerClient& peers, api::Member member,
                                                                 Milliseconds deadline) {
    const std::string id = member.id;
    auto status =
        co_await askMember<api::ClusterStatus>(peers, std::move(member), "/api/v0/cluster", deadline);
    if (status && status->self.id != id) {
        status.reset();
    }
    co_return status;
}

} // namespace

const api::ReplicaStatus* MemberViews::of(const std::string& replica) const {
    if (replica == own.self.id) {
        return &own.self;
    }
    const auto found = others.find(replica);
    return found != others.end() ? &found->second.self : nullptr;
}

const api::Member* MemberViews::member(const std::string& replica) const {
    const auto found = std::find_if(own.members.begin(), own.members.end(),
                                    [&](const api::Member& each) { return each.id == replica; });
    return found != own.members.end() ? &*found : nullptr;
}

std::vector<std::string> MemberViews::voters(const std::string& without) const {
    std::vector<std::string> voters;
    for (const api::Member& member : own.members) {
        if (member.voting && member.id != without) {
            voters.push_back(member.id);
        }
    }
    std::sort(voters.begin(), voters.end());
    return voters;
}

std::vector<api::Member> MemberViews::otherMembers() const {
    return operations::otherMembers(own);
}

std::vector<api::Member> otherMembers(const api::ClusterStatus& status) {
    std::vector<api::Member> members = status.members;
    std::erase_if(members, [&](const api::Member& each) { return each.id == status.self.id; });
    return members;
}

std::string MemberViews::nameOf(const std::string& replica) const {
    const auto* found = member(replica);
    return found != nullptr ? found->name : replica;
}

domain::ChangeFacts factsOf(const MemberViews& views, std::optional<domain::RunningOperation> running) {
    domain::ChangeFacts facts;
    facts.quorum = views.own.self.consensus.quorum;
    facts.running = std::move(running);
    for (const api::Member& member : views.own.members) {
        const auto* status = views.of(member.id);
        domain::MemberFacts each{.id = ReplicaId(member.id), .name = member.name, .voting = member.voting};
        each.answers = status != nullptr;
        each.well = status != nullptr && isWell(*status);
        each.heardBy = whoHears(views, member.id);
        each.lacks = status != nullptr ? missingIn(status->blobs) : std::nullopt;
        each.databaseFull = hasFullDatabase(views, member.id);
        each.url = member.url;
        each.version = status != nullptr ? status->version : std::string();
        each.draining = status != nullptr && status->draining;
        each.leads = views.own.self.consensus.leader == member.id;
        each.restartable = status != nullptr && status->instance.has_value();
        each.machine = status != nullptr ? status->host.machine_id : std::string();
        facts.members.push_back(std::move(each));
    }
    return facts;
}

boost::asio::awaitable<MemberViews> askMembers(node::StatusBoard& board, node::PeerClient& peers,
                                               Milliseconds deadline) {
    MemberViews views;
    views.own = board.snapshot()->status;
    const Asker<api::ClusterStatus> ask = [&peers, deadline](api::Member member) {
        return askOne(peers, std::move(member), deadline);
    };
    views.others = co_await askEach<api::ClusterStatus>(views.otherMembers(), ask, deadline);
    co_return views;
}

} // namespace pilothouse::operations
