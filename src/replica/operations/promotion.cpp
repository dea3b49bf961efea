// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/operations/promotion.h"

#include "replica/node/sleep.h"
#include "replica/operations/step_performer.h"
#include "replica/state/turn.h"

#include <algorithm>

namespace pilothouse::operations {

using boost::asio::awaitable;

namespace {

constexpr Milliseconds askDeadline{1000};
constexpr Milliseconds changeDeadline{5000};
constexpr Milliseconds copyPatience{5000};
constexpr Milliseconds betweenLooks{50};
constexpr Milliseconds memberDeadline{10'000};
// What clients push meanwhile is always under way; so much is there within the patience above.
constexpr std::int64_t fewBlobs = 100;
constexpr std::int64_t fewBytes = std::int64_t{64} << 20;

Status checkComplete(const MemberViews& views, const std::string& replica) {
    const auto* status = views.of(replica);
    if (status == nullptr || !status->blobs) {
        return fail(ErrorCode::conflict, views.nameOf(replica) + " has not counted its blobs yet");
    }
    if (!almostComplete(*status->blobs)) {
        return fail(ErrorCode::conflict, views.nameOf(replica) + " still lacks " +
                                             std::to_string(status->blobs->missing) + " blobs");
    }
    return {};
}

} // namespace

bool almostComplete(const api::Blobs& blobs) {
    return blobs.missing <= fewBlobs && blobs.missing_bytes <= fewBytes;
}

awaitable<Status> Promotion::promote(ReplicaId replica) {
    const state::Turn turn(m_busy);
    if (!turn.mine()) {
        co_return fail(ErrorCode::unavailable, "another replica is being promoted", "Try again in a moment");
    }
    const Result<Revision> ready = co_await prepared(replica.str());
    if (!ready) {
        co_return fail(ready.error());
    }
    const auto promoted =
        co_await m_membership.promote(std::move(replica), *ready, std::nullopt, memberDeadline);
    if (!promoted) {
        (void)co_await m_membership.setNext(std::nullopt, std::nullopt, changeDeadline);
        co_return fail(promoted.error());
    }
    co_return Status();
}

// Only a learner that has all but what is being pushed right now counts: while it does, no push is
// acknowledged without it or one more of the others.
awaitable<Result<Revision>> Promotion::prepared(const std::string& replica) {
    const MemberViews views = co_await askMembers(m_board, m_peers, askDeadline);
    const api::Member* member = views.member(replica);
    if (member == nullptr) {
        co_return fail(ErrorCode::notFound, "There is no replica " + replica + " in this cluster");
    }
    if (member->voting) {
        co_return Revision(); // which promote() does not look at then
    }
    if (const Status complete = checkComplete(views, replica); !complete) {
        co_return fail(complete.error());
    }
    std::vector<std::string> voters = views.voters();
    voters.push_back(replica);
    std::sort(voters.begin(), voters.end());
    const Result<Revision> since = co_await m_membership.setNext(voters, std::nullopt, changeDeadline);
    if (!since) {
        co_return fail(since.error());
    }
    if (const Status done = co_await copied(replica, voters, *since); !done) {
        (void)co_await m_membership.setNext(std::nullopt, std::nullopt, changeDeadline);
        co_return fail(done.error());
    }
    co_return *since;
}

awaitable<Status> Promotion::copied(const std::string& replica, const std::vector<std::string>& voters,
                                    Revision since) {
    const MonotonicTime end = m_clock.monotonic() + copyPatience;
    for (;;) {
        const MemberViews views = co_await askMembers(m_board, m_peers, askDeadline);
        const StepOutcome all = copiesUpTo(views, voters, since);
        const StepOutcome itself = copiesUpTo(views, {replica}, since);
        if (std::holds_alternative<Done>(all) && std::holds_alternative<Done>(itself)) {
            co_return Status();
        }
        if (m_clock.monotonic() > end) {
            co_return fail(ErrorCode::conflict,
                           "not every blob is on a majority with " + views.nameOf(replica) + " yet");
        }
        co_await node::sleepFor(betweenLooks);
    }
}

} // namespace pilothouse::operations
