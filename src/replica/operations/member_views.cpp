// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/operations/member_views.h"

#include "api/json.h"
#include "replica/state/waiter.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <memory>
#include <mutex>
#include <utility>

namespace pilothouse::operations {
namespace {

bool isWell(const api::ReplicaStatus& status) {
    return status.health.healthy || status.health.code == api::Unhealthy::draining;
}

std::optional<domain::MissingBlobs> lacks(const api::ReplicaStatus& status) {
    if (!status.blobs) {
        return std::nullopt;
    }
    const bool named =
        static_cast<std::int64_t>(status.blobs->missing_digests.size()) == status.blobs->missing;
    return domain::MissingBlobs{status.blobs->missing,
                                named ? status.blobs->missing_digests : std::vector<std::string>()};
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

// Answers on their way: shared, because some may come after the asker has gone on.
struct Gathering {
    std::mutex mutex; // guards what follows
    MemberViews views;
    std::size_t running = 0;
    std::shared_ptr<state::Waiter> waiter;
};

boost::asio::awaitable<void> askOne(std::shared_ptr<Gathering> gathering, node::PeerClient& peers,
                                    api::Member member, Milliseconds deadline) {
    http::ClientRequest request;
    request.target = "/api/v0/cluster";
    const auto answer = co_await peers.send(member, std::move(request), deadline);
    auto status = answer ? api::fromJson<api::ClusterStatus>(*answer)
                         : Result<api::ClusterStatus>(fail(ErrorCode::unavailable, "no answer"));
    const std::lock_guard lock(gathering->mutex);
    if (status && status->self.id == member.id) {
        gathering->views.others.emplace(member.id, std::move(*status));
    }
    if (--gathering->running == 0) {
        gathering->waiter->wake();
    }
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
        each.lacks = status != nullptr ? lacks(*status) : std::nullopt;
        each.databaseFull = hasFullDatabase(views, member.id);
        facts.members.push_back(std::move(each));
    }
    return facts;
}

boost::asio::awaitable<MemberViews> askMembers(node::StatusBoard& board, node::PeerClient& peers,
                                               Milliseconds deadline) {
    const auto executor = co_await boost::asio::this_coro::executor;
    const auto gathering = std::make_shared<Gathering>();
    gathering->views.own = board.snapshot()->status;
    gathering->waiter = std::make_shared<state::Waiter>(executor);
    std::vector<api::Member> others = gathering->views.own.members;
    std::erase_if(others, [&](const api::Member& each) { return each.id == gathering->views.own.self.id; });
    gathering->running = others.size();
    for (api::Member& member : others) {
        boost::asio::co_spawn(executor, askOne(gathering, peers, std::move(member), deadline),
                              boost::asio::detached);
    }
    if (!others.empty()) {
        (void)co_await gathering->waiter->wait(deadline);
    }
    const std::lock_guard lock(gathering->mutex);
    co_return gathering->views;
}

} // namespace pilothouse::operations
