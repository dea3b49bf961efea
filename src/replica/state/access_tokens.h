// SPDX-License-Identifier: GPL-3.0-or-later
// Access tokens: what programs use instead of a password.
#pragma once

#include "api/admin.h"
#include "replica/security/sealed_box.h"
#include "replica/state/snapshot.h"
#include "replica/state/state_writer.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace pilothouse::state {

// Who an access token speaks for.
struct TokenOwner {
    std::string user;
    api::UserRole role = api::UserRole::reader; // the user's own, now
    std::string tokenId;
};

class AccessTokenService {
public:
    // `box` seals secrets in recorded outcomes, so that a retry gets the same secret; must outlive it.
    AccessTokenService(StateWriter& writer, const security::SealedBox& box) : m_writer(writer), m_box(box) {}

    // The secret is in the answer and nowhere else; only its hash is stored. With a lifetime (at least a
    // minute) the token goes by a lease. ErrorCode::notFound when there is no such user.
    [[nodiscard]] engine::Awaitable<Result<Written<api::CreatedAccessToken>>>
    create(Request request, std::string user, std::string description,
           std::optional<std::chrono::seconds> lifetime);

    // `owner` empty: anybody's (for administrators); else ErrorCode::notFound for another user's token.
    [[nodiscard]] engine::Awaitable<Result<Written<api::AccessToken>>> revoke(Request request, std::string id,
                                                                              std::string owner);

    // The owner of the token with this secret. ErrorCode::unauthorized when there is none. Constant time for
    // the secret; no I/O.
    [[nodiscard]] static Result<TokenOwner> verify(const Snapshot& snapshot, std::string_view secret);

private:
    [[nodiscard]] engine::Awaitable<Result<Change>>
    prepareCreate(const AccessTokenRecord& record, const std::string& secret, std::int64_t lease,
                  const std::string& actor, const Deadline& deadline);
    [[nodiscard]] engine::Awaitable<Result<Change>> prepareRevoke(const std::string& id,
                                                                  const std::string& owner,
                                                                  const std::string& actor,
                                                                  const Deadline& deadline);
    [[nodiscard]] Result<Written<api::CreatedAccessToken>> created(const Result<Committed>& committed) const;

    StateWriter& m_writer;
    const security::SealedBox& m_box;
};

// By id, from a snapshot; `owner` empty: everybody's.
[[nodiscard]] api::AccessTokenList listAccessTokens(const Snapshot& snapshot, std::string_view owner);

} // namespace pilothouse::state
