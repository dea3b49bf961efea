// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/node/joining.h"

#include "base/encoding.h"
#include "replica/node/issuer.h"
#include "replica/security/certificate_request.h"
#include "replica/security/certificates.h"
#include "replica/security/digest.h"
#include "replica/state/feature_level.h"

namespace pilothouse::node {
namespace {

constexpr Milliseconds stateDeadline{2000};
constexpr Milliseconds memberDeadline{10'000};
constexpr std::chrono::seconds largestClockOffset{30};

api::Member toApi(const state::MemberRecord& record, bool voting) {
    return {.id = record.id,
            .name = record.name,
            .url = record.url,
            .http_url = record.http_url,
            .voting = voting,
            .role = api::Role::unknown,
            .joined_at = record.joined_at};
}

// What the token is bound to when it is used: both keys, however often they are signed anew.
Result<std::string> keysOf(const api::JoinRequest& request) {
    const auto node = security::CertificateRequest::parse(request.node_csr);
    const auto peer = security::CertificateRequest::parse(request.peer_csr);
    if (!node || !peer) {
        return fail(node ? peer.error() : node.error());
    }
    return toHex(security::sha256(node->publicKeySha256() + peer->publicKeySha256()));
}

// The engine's --initial-cluster as the new member must have it: all members with itself.
std::string initialCluster(const state::Snapshot& state, const state::MembershipRecord& membership,
                           const state::JoinTokenRecord& token) {
    std::string text = token.replica_id + "=" + token.peer_url;
    const auto add = [&](const std::vector<std::string>& ids) {
        for (const auto& id : ids) {
            const auto* member = state.members.find(id);
            if (member != nullptr && id != token.replica_id) {
                text += "," + id + "=" + member->record.peer_url;
            }
        }
    };
    add(membership.voters);
    add(membership.learners);
    return text;
}

} // namespace

Joining::Joining(const Clock& clock, StatusBoard& board, state::ReadModel& model,
                 state::StateFollower& follower, state::JoinTokenService& tokens,
                 state::MembershipService& membership, const security::SealedBox& box, std::string clusterKey,
                 Logger log)
    : m_clock(clock), m_board(board), m_model(model), m_follower(follower), m_tokens(tokens),
      m_membership(membership), m_box(box), m_clusterKey(std::move(clusterKey)), m_log(std::move(log)) {}

boost::asio::awaitable<Result<api::CreatedJoinToken>>
Joining::createToken(state::Request request, api::CreateJoinToken wanted, std::optional<Purpose> purpose) {
    if (auto fresh = co_await m_follower.readBarrier(stateDeadline); !fresh) {
        co_return fail(fresh.error());
    }
    const auto state = m_model.snapshot();
    const auto* authority = state->certificates.find("cluster");
    if (authority == nullptr || !state->membership) {
        co_return fail(ErrorCode::unavailable, "The cluster's records are not complete yet",
                       "Try again in a moment");
    }
    const auto facts = security::parseCertificate(authority->record.pem);
    if (!facts) {
        co_return fail(facts.error());
    }
    state::JoinContact contact{.ca_sha256 = facts->sha256, .seeds = {}, .replica_id = {}};
    if (purpose) {
        contact.replica_id = std::move(purpose->replicaId);
        contact.guard = engine::Compare::unchanged(purpose->operation.key, purpose->operation.modified);
    }
    for (const auto& id : state->membership->record.voters) {
        if (const auto* member = state->members.find(id)) {
            contact.seeds.push_back(member->record.url);
        }
    }
    auto written = co_await m_tokens.create(std::move(request), std::move(wanted), std::move(contact));
    if (!written) {
        co_return fail(written.error());
    }
    co_return std::move(written->value);
}

Status Joining::checkHost(const api::JoinRequest& request, const state::Snapshot& state) const {
    const auto theirs = parseRfc3339(request.at);
    if (!theirs) {
        return fail(theirs.error());
    }
    const auto offset = std::chrono::duration_cast<std::chrono::seconds>(*theirs - m_clock.wall());
    if (std::chrono::abs(offset) > largestClockOffset) {
        return fail(ErrorCode::conflict,
                    "The new host's clock is " + std::to_string(std::chrono::abs(offset).count()) + " s " +
                        (offset.count() > 0 ? "ahead of" : "behind") + " this replica's",
                    "Set the clocks (NTP), then join again: the token stays good");
    }
    const auto level = state.cluster ? state.cluster->record.feature_level : 1;
    return state::admitFeatureLevel(request.feature_level, level);
}

Result<Joining::Signed> Joining::sign(const api::JoinRequest& request, const state::JoinTokenRecord& token,
                                      const state::Snapshot& state) const {
    const security::ReplicaName name{ClusterId(token.cluster_id), ReplicaId(token.replica_id)};
    const auto issue = [&](const std::string& csr, security::Profile profile,
                           const std::string& url) -> Result<std::string> {
        const auto authority = openAuthority(state, m_box, profile);
        if (!authority) {
            return fail(authority.error());
        }
        const auto parsed = security::CertificateRequest::parse(csr);
        if (!parsed) {
            return fail(parsed.error());
        }
        return authority->issue(*parsed, {.profile = profile, .replica = name, .names = namesFor(url)},
                                m_clock.wall());
    };
    auto node = issue(request.node_csr, security::Profile::node, token.url);
    if (!node) {
        return fail(node.error());
    }
    auto peer = issue(request.peer_csr, security::Profile::enginePeer, token.peer_url);
    if (!peer) {
        return fail(peer.error());
    }
    return Signed{std::move(*node), std::move(*peer)};
}

// As part of the operation that joins it, if there is one: its record is written now and then by whoever
// carries it out, so that this is tried again when that was all that stood in the way.
boost::asio::awaitable<Result<state::MembershipRecord>> Joining::add(state::MemberRecord member) {
    const MonotonicTime end = m_clock.monotonic() + memberDeadline;
    for (;;) {
        const auto guard = co_await m_membership.joinGuard(member.id, stateDeadline);
        if (!guard) {
            co_return fail(guard.error());
        }
        const auto added = co_await m_membership.addLearner(member, *guard, memberDeadline);
        if (added || !*guard || added.error().code != ErrorCode::conflict || m_clock.monotonic() > end) {
            co_return added;
        }
        const auto now = co_await m_membership.joinGuard(member.id, stateDeadline);
        if (now && *now && (*now)->modified == (*guard)->modified) {
            co_return added;
        }
    }
}

boost::asio::awaitable<Result<api::JoinAnswer>> Joining::join(api::JoinRequest request) {
    if (auto fresh = co_await m_follower.readBarrier(stateDeadline); !fresh) {
        co_return fail(fresh.error());
    }
    if (auto host = checkHost(request, *m_model.snapshot()); !host) { // before the token is used up
        co_return fail(host.error());
    }
    const auto keys = keysOf(request);
    if (!keys) {
        co_return fail(keys.error());
    }
    const state::JoinAttempt attempt{
        .secret = request.secret, .replica_id = request.replica_id, .key_hash = *keys};
    const auto token = co_await m_tokens.consume(attempt, stateDeadline);
    if (!token) {
        co_return fail(token.error());
    }
    const auto certificates = sign(request, *token, *m_model.snapshot());
    if (!certificates) {
        co_return fail(certificates.error());
    }
    state::MemberRecord member{.id = token->replica_id,
                               .name = token->name,
                               .url = token->url,
                               .http_url = token->http_url,
                               .peer_url = token->peer_url,
                               .engine_member = {},
                               .version = request.version,
                               .feature_level = request.feature_level,
                               .joined_at = toRfc3339(m_clock.wall())};
    const auto membership = co_await add(std::move(member));
    if (!membership) {
        co_return fail(membership.error());
    }
    if (auto fresh = co_await m_follower.readBarrier(stateDeadline); !fresh) {
        co_return fail(fresh.error());
    }
    const auto state = m_model.snapshot();
    api::JoinAnswer answer;
    answer.cluster = state->cluster ? state::toApi(state->cluster->record) : api::ClusterInfo{};
    answer.node_certificate = certificates->nodeCertificate;
    answer.peer_certificate = certificates->peerCertificate;
    answer.cluster_ca = state->certificates.find("cluster")->record.pem; // sign() has used both
    answer.peer_ca = state->certificates.find("peer")->record.pem;
    answer.cluster_key = toBase64(m_clusterKey);
    answer.initial_cluster = initialCluster(*state, *membership, *token);
    const auto name = [&](const std::vector<std::string>& ids, bool voting) {
        for (const auto& id : ids) {
            if (const auto* known = state->members.find(id)) {
                answer.members.push_back(toApi(known->record, voting));
            }
        }
    };
    name(membership->voters, true);
    name(membership->learners, false); // the new one among them: it looks for its own name and addresses
    m_log.info(token->name + " joins as a learner", {{"replica", token->replica_id}});
    co_return answer;
}

} // namespace pilothouse::node
