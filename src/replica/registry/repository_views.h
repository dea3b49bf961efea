// SPDX-License-Identifier: GPL-3.0-or-later
// What the registry holds, for people: repositories, their tags, and what a manifest is made of.
#pragma once

#include "api/repositories.h"
#include "replica/node/status_board.h"
#include "replica/registry/copies.h"
#include "replica/registry/platforms.h"
#include "replica/state/follower.h"
#include "replica/state/read_model.h"
#include "replica/state/registry_queries.h"

#include <functional>
#include <string>

namespace pilothouse::registry {

// Who asks.
struct Viewer {
    std::function<bool(std::string_view repository)> maySee;
    bool seesAll = false;       // of the repositories, and how much they have together
    bool seesAddresses = false; // where pushes came from
};

struct RepositoriesAsked {
    std::string search; // part of a name or of a tag, in whatever case; empty: all
    std::string after;
    std::int64_t limit = 100;
};
struct TagsAsked {
    bool newestFirst = true;
    std::string search;
    std::string after; // TagPage::next of the page before
    std::int64_t limit = 100;
};

// Thread-safe; all that it works with must outlive it. Everything is as it is now in the cluster, by a
// barrier: ErrorCode::unavailable without quorum. ErrorCode::notFound also for what the viewer may not see.
class RepositoryViews {
public:
    RepositoryViews(state::ReadModel& model, state::StateFollower& follower, node::StatusBoard& board,
                    replication::BlobAccess& access)
        : m_model(model), m_follower(follower), m_board(board), m_platforms(access) {}

    [[nodiscard]] http::Awaitable<Result<api::RepositoryPage>> list(Viewer viewer, RepositoriesAsked asked);
    [[nodiscard]] http::Awaitable<Result<api::Repository>> repository(Viewer viewer, std::string name);
    // ErrorCode::invalid for an `after` that is none.
    [[nodiscard]] http::Awaitable<Result<api::TagPage>> tags(Viewer viewer, std::string repository,
                                                             TagsAsked asked);
    // `reference`: a tag or a digest.
    [[nodiscard]] http::Awaitable<Result<api::ManifestDetails>> details(Viewer viewer, std::string repository,
                                                                        std::string reference);

private:
    template <typename T>
    [[nodiscard]] http::Awaitable<Result<T>> read(std::function<Result<T>(state::Projection&)> query);
    [[nodiscard]] http::Awaitable<Result<std::int64_t>> matchingTags(std::string repository,
                                                                     std::string search);
    [[nodiscard]] http::Awaitable<std::vector<std::string>> platformsOf(std::optional<PlatformSource> source);

    state::ReadModel& m_model;
    state::StateFollower& m_follower;
    node::StatusBoard& m_board;
    Platforms m_platforms;
};

} // namespace pilothouse::registry
