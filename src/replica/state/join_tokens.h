// SPDX-License-Identifier: GPL-3.0-or-later
// Join tokens: each lets one new replica join once.
#pragma once

#include "api/admin.h"
#include "replica/security/sealed_box.h"
#include "replica/state/state_writer.h"

#include <chrono>
#include <string>
#include <vector>

namespace pilothouse::state {

// What a join token tells the new host about the cluster, besides what the state holds.
struct JoinContact {
    std::string ca_sha256;          // of the cluster CA's certificate, 64 hexadecimal digits
    std::vector<std::string> seeds; // https addresses of voters, at least one
    std::string replica_id;         // that the new replica will have; empty: a new one
    // A record that must be as it is now when the token comes into the state: of what it is made for.
    std::optional<engine::Compare> guard = {};
};

// A new host's attempt to use a token.
struct JoinAttempt {
    std::string secret;
    std::string replica_id;
    std::string key_hash; // of the public keys that it asks certificates for
};

// Tokens are bound to cluster, epoch, replica id and addresses. One expires with its lease, and no later than
// its time says.
class JoinTokenService {
public:
    // `box` seals tokens in recorded outcomes, so that a retry gets the same token; must outlive it.
    JoinTokenService(StateWriter& writer, const security::SealedBox& box) : m_writer(writer), m_box(box) {}

    // For one further replica. Lifetime: 60 s to 7 days. ErrorCode::conflict when a member has the name or an
    // address already.
    [[nodiscard]] engine::Awaitable<Result<Written<api::CreatedJoinToken>>>
    create(Request request, api::CreateJoinToken wanted, JoinContact contact);

    // Uses the token up for this key, and gives what it was made for. With the same key it can be repeated as
    // long as the record lasts (a day after expiry). ErrorCode::unauthorized: unknown, or wrong secret;
    // ErrorCode::forbidden: expired, used up by another key, or from before a repair.
    [[nodiscard]] engine::Awaitable<Result<JoinTokenRecord>> consume(JoinAttempt attempt,
                                                                     Milliseconds deadline);

    // Makes the token for that replica useless. Harmless when there is none.
    [[nodiscard]] engine::Awaitable<Status> revoke(std::string replicaId, Milliseconds deadline);

private:
    struct Draft;
    [[nodiscard]] engine::Awaitable<Result<Change>>
    prepareCreate(const Draft& draft, const std::string& actor, const Deadline& deadline);
    [[nodiscard]] engine::Awaitable<Result<Change>> prepareConsume(const JoinAttempt& attempt,
                                                                   const Deadline& deadline);
    [[nodiscard]] Result<Written<api::CreatedJoinToken>> created(const Result<Committed>& committed) const;

    StateWriter& m_writer;
    const security::SealedBox& m_box;
};

} // namespace pilothouse::state
