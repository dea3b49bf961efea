// SPDX-License-Identifier: GPL-3.0-or-later
// Deletes what people no longer want of the registry: tags, images, repositories. See deletion_plan.h.
#pragma once

#include "replica/state/deletion_plan.h"
#include "replica/state/follower.h"
#include "replica/state/read_model.h"
#include "replica/state/state_writer.h"

#include <string>

namespace pilothouse::state {

// Thread-safe. All that it works with must outlive it. Errors as StateWriter::write().
class RepositoryService {
public:
    RepositoryService(StateWriter& writer, ReadModel& model, StateFollower& follower)
        : m_writer(writer), m_model(model), m_follower(follower) {}

    // What remove() and removeRepository() would take away now. Errors as planDeletion().
    [[nodiscard]] engine::Awaitable<Result<api::Deletion>>
    preview(std::string repository, std::string reference, bool tagOnly, Milliseconds deadline);
    [[nodiscard]] engine::Awaitable<Result<api::Deletion>> previewRepository(std::string repository,
                                                                             Milliseconds deadline);

    // Deletes a tag or digest, with what only it needs, and records who did so.
    [[nodiscard]] engine::Awaitable<Result<Written<api::Deletion>>>
    remove(Request request, std::string repository, std::string reference, bool tagOnly);
    // Deletes everything in the repository, in parts, and then itself. When the deadline comes first
    // (ErrorCode::timeout), or this replica dies, a part has gone; asked again, it goes on.
    [[nodiscard]] engine::Awaitable<Result<Written<api::Deletion>>> removeRepository(Request request,
                                                                                     std::string repository);

private:
    using Query = std::function<Result<DeletionPlan>(Projection&)>;
    // Runs the query on a read model that holds all that was acknowledged before.
    [[nodiscard]] engine::Awaitable<Result<DeletionPlan>> planNow(Query query, Deadline deadline);
    [[nodiscard]] engine::Awaitable<Status> empty(std::string repository, api::Deletion& gone,
                                                  Deadline deadline);
    // Whether the step was taken; false when something that it relies on has changed.
    [[nodiscard]] engine::Awaitable<Result<bool>> take(WritePlan step, Deadline deadline);
    [[nodiscard]] engine::Awaitable<Result<std::vector<std::string>>> linksOf(std::string repository,
                                                                              Deadline deadline);
    [[nodiscard]] engine::Awaitable<Result<std::int64_t>> bytesOnlyIn(std::string repository,
                                                                      Deadline deadline);
    [[nodiscard]] engine::Awaitable<Status> unlink(std::vector<std::string> links, Deadline deadline);

    StateWriter& m_writer;
    ReadModel& m_model;
    StateFollower& m_follower;
};

} // namespace pilothouse::state
