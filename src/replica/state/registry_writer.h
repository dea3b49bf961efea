// SPDX-License-Identifier: GPL-3.0-or-later
// Changes to what the registry holds, each one transaction.
//
// What a write relies on is read from the read model and compared in the transaction; when that moved on, it
// is read again. An attempt whose answer was lost may have been done, and may be done yet. What concerns a
// blob is the same when it is done twice. What concerns tags and manifests compares what it changes, so that
// of all attempts one is done at most: a tag that others moved meanwhile is not moved back.
#pragma once

#include "replica/state/deadline.h"
#include "replica/state/follower.h"
#include "replica/state/group_commit.h"
#include "replica/state/read_model.h"
#include "replica/state/registry_plans.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pilothouse::state {

// Thread-safe. Engine, read model, follower and clock must outlive it.
//
// Errors of all: unavailable and timeout without quorum; timeout, too, when an answer was lost and others
// have changed the same since; conflict when others keep changing the same.
class RegistryWriter {
public:
    RegistryWriter(engine::Engine& engine, ReadModel& model, StateFollower& follower, const Clock& clock);

    // The repository serves the blob from now on. When the cluster has a live one already that is used, and
    // the files of `blob` are nobody's. ErrorCode::conflict: the membership is another than the one counted
    // by.
    [[nodiscard]] engine::Awaitable<Status> addBlob(DurableBlob blob, std::string repository,
                                                    Milliseconds deadline);
    // The same for a blob that is there, in the cluster or (`from`) in another repository.
    // ErrorCode::notFound when it is not.
    [[nodiscard]] engine::Awaitable<Status> linkBlob(std::string digest, std::string repository,
                                                     std::optional<std::string> from, Milliseconds deadline);
    // Somebody was told that it is there: the collector's time begins anew. ErrorCode::notFound when it dies.
    [[nodiscard]] engine::Awaitable<Status> touchBlob(std::string digest, Milliseconds deadline);
    // The repository does not serve it any more. ErrorCode::notFound; ErrorCode::forbidden while one of its
    // manifests names it.
    [[nodiscard]] engine::Awaitable<Result<Revision>> unlinkBlob(std::string digest, std::string repository,
                                                                 Milliseconds deadline);

    // ErrorCode::notFound: it names a blob or manifest that the repository does not have; the sentence says
    // which. ErrorCode::conflict: its own bytes are not in the cluster (any more), and `bytes` is empty.
    [[nodiscard]] engine::Awaitable<Status> putManifest(NewManifest manifest, Milliseconds deadline);
    // Its tags go with it.
    [[nodiscard]] engine::Awaitable<Result<Revision>>
    deleteManifest(std::string repository, std::string digest, Milliseconds deadline);
    [[nodiscard]] engine::Awaitable<Result<Revision>> deleteTag(std::string repository, std::string tag,
                                                                Milliseconds deadline);

private:
    // Reads the read model and says what to write.
    using Planner = std::function<Result<WritePlan>(Projection&)>;
    enum class Purpose { addition, removal };
    struct Written {
        Revision revision;                      // by which it was so
        std::map<std::string, Revision> before; // see WritePlan
    };
    [[nodiscard]] engine::Awaitable<Result<Written>> write(Planner planner, Milliseconds deadline,
                                                           Purpose purpose = Purpose::addition);
    [[nodiscard]] engine::Awaitable<Result<Revision>> remove(Planner planner, Milliseconds deadline);
    [[nodiscard]] engine::Awaitable<Result<WritePlan>> plan(const Planner& planner, bool& fresh,
                                                            const Deadline& deadline);
    [[nodiscard]] engine::Awaitable<Result<engine::TransactionResult>>
    send(const engine::Transaction& transaction, bool& unknown, const Deadline& deadline);
    [[nodiscard]] std::string now() const { return toRfc3339(m_clock.wall()); }

    GroupCommit m_commit;
    ReadModel& m_model;
    StateFollower& m_follower;
    const Clock& m_clock;
};

} // namespace pilothouse::state
