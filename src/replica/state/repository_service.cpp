// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/repository_service.h"

#include "api/events.h"
#include "api/json.h"
#include "replica/state/keys.h"
#include "replica/state/registry_keys.h"
#include "replica/state/registry_queries.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace pilothouse::state {

using engine::Awaitable;

namespace {

constexpr Milliseconds stepDeadline{5'000};
constexpr std::int64_t pageSize = 5'000;   // of what is looked through: a few ms of the read model's thread
constexpr std::size_t linksAtOnce = 2'000; // that go in one transaction

EventRecord deletionEvent(std::string_view kind, const api::Deletion& what, std::string message) {
    EventRecord event;
    event.kind = kind;
    event.subject = what.repository;
    event.subject_name = what.repository;
    event.message = std::move(message);
    return event;
}

std::string byActor(const std::string& actor) {
    return actor.empty() ? std::string() : " by " + actor;
}

// ", with 2 tags and 3 manifests"; empty when there is nothing to count.
std::string withThem(std::int64_t tags, std::int64_t manifests) {
    const auto counted = [](std::int64_t count, const std::string& one) {
        return std::to_string(count) + " " + one + (count == 1 ? "" : "s");
    };
    std::string words;
    if (tags > 0) {
        words = counted(tags, "tag");
    }
    if (manifests > 0) {
        words += (words.empty() ? "" : " and ") + counted(manifests, "manifest");
    }
    return words.empty() ? words : ", with " + words;
}

// "Tag v1 of team/app was deleted by ada, with 3 manifests".
std::string sentenceFor(const api::Deletion& what, const std::string& reference, const std::string& actor) {
    const bool digest = reference.find(':') != std::string::npos;
    return (digest ? "Manifest " : "Tag ") + reference + " of " + what.repository + " was deleted" +
           byActor(actor) +
           withThem(what.tag_count - (digest ? 0 : 1), what.manifest_count - (digest ? 1 : 0));
}

Result<Written<api::Deletion>> written(const Result<Committed>& committed) {
    if (!committed) {
        return fail(committed.error());
    }
    auto deletion = api::fromJson<api::Deletion>(committed->outcome);
    if (!deletion) {
        return failIn("outcome", deletion.error());
    }
    return Written<api::Deletion>{std::move(*deletion), committed->revision, committed->repeated};
}

} // namespace

Awaitable<Result<DeletionPlan>> RepositoryService::planNow(Query query, Deadline deadline) {
    const Status barrier = co_await m_follower.readBarrier(deadline.remaining());
    if (!barrier) {
        co_return fail(barrier.error());
    }
    co_return co_await m_model.read<DeletionPlan>(std::move(query), deadline.remaining());
}

Awaitable<Result<bool>> RepositoryService::take(WritePlan step, Deadline deadline) {
    engine::Transaction transaction;
    transaction.compares = std::move(step.compares);
    transaction.then = std::move(step.operations);
    const auto done = co_await m_writer.engine().transact(std::move(transaction),
                                                          std::min(stepDeadline, deadline.remaining()));
    if (!done) {
        co_return fail(done.error());
    }
    m_follower.expect(done->revision);
    const Status caughtUp = co_await m_follower.waitFor(done->revision, deadline.remaining());
    co_return caughtUp ? Result<bool>(done->succeeded) : fail(caughtUp.error());
}

Awaitable<Result<api::Deletion>> RepositoryService::preview(std::string repository, std::string reference,
                                                            bool tagOnly, Milliseconds within) {
    const Query query = [=](Projection& projection) {
        return planDeletion(projection, repository, reference, tagOnly);
    };
    auto plan = co_await planNow(query, Deadline(m_writer.clock(), within));
    if (!plan) {
        co_return fail(plan.error());
    }
    plan->what.dry_run = true;
    co_return std::move(plan->what);
}

Awaitable<Result<Written<api::Deletion>>> RepositoryService::remove(Request request, std::string repository,
                                                                    std::string reference, bool tagOnly) {
    const Query query = [=](Projection& projection) {
        return planDeletion(projection, repository, reference, tagOnly);
    };
    std::vector<WritePlan> rest;
    const std::string actor = request.actor;
    const Deadline end(m_writer.clock(), request.deadline);
    StateWriter::Prepare prepare = [&](const Deadline& deadline) -> Awaitable<Result<Change>> {
        auto plan = co_await planNow(query, deadline);
        if (!plan) {
            co_return fail(plan.error());
        }
        Change change;
        change.compares = std::move(plan->steps.front().compares);
        change.operations = std::move(plan->steps.front().operations);
        change.event =
            deletionEvent(api::event::imageDeleted, plan->what, sentenceFor(plan->what, reference, actor));
        change.outcome = api::toJson(plan->what);
        plan->steps.erase(plan->steps.begin());
        rest = std::move(plan->steps);
        co_return change;
    };
    const std::string words = repository + (tagOnly ? " only " : " ") + reference;
    const auto committed =
        co_await m_writer.write(std::move(request), "image-delete", words, std::move(prepare));
    if (committed && !committed->repeated) {
        for (WritePlan& step : rest) {
            (void)co_await take(std::move(step), end); // what somebody needs meanwhile stays
        }
    }
    co_return written(committed);
}

Awaitable<Result<std::int64_t>> RepositoryService::bytesOnlyIn(std::string repository, Deadline deadline) {
    using Uses = std::vector<SizedUse>;
    std::int64_t bytes = 0;
    SizedUse last; // where the next page begins
    SizedUse only; // the blob that is being looked at, while this repository alone has it
    bool shared = false;
    for (;;) {
        const std::function<Result<Uses>(Projection&)> query = [last](Projection& projection) {
            return projection.repositories().usesAfter(last.digest, last.repository, pageSize);
        };
        const auto page = co_await m_model.read<Uses>(query, deadline.remaining());
        if (!page) {
            co_return fail(page.error());
        }
        for (const SizedUse& use : *page) {
            if (use.digest != only.digest) {
                bytes += !shared && only.repository == repository ? only.size : 0;
                only = use;
                shared = false;
            } else {
                shared = true;
            }
        }
        if (page->empty()) {
            co_return bytes + (!shared && only.repository == repository ? only.size : 0);
        }
        last = page->back();
    }
}

Awaitable<Result<api::Deletion>> RepositoryService::previewRepository(std::string repository,
                                                                      Milliseconds within) {
    const Deadline deadline(m_writer.clock(), within);
    const Status barrier = co_await m_follower.readBarrier(deadline.remaining());
    if (!barrier) {
        co_return fail(barrier.error());
    }
    using Counts = std::optional<RepositoryCounts>;
    const std::function<Result<Counts>(Projection&)> query = [repository](Projection& projection) {
        return projection.repositories().counts(repository);
    };
    const auto counts = co_await m_model.read<Counts>(query, deadline.remaining());
    if (!counts || !*counts) {
        co_return counts ? fail(ErrorCode::notFound, "there is no repository " + repository)
                         : fail(counts.error());
    }
    const auto bytes = co_await bytesOnlyIn(repository, deadline);
    if (!bytes) {
        co_return fail(bytes.error());
    }
    api::Deletion what;
    what.repository = repository;
    what.whole_repository = true;
    what.tag_count = (*counts)->tags;
    what.manifest_count = (*counts)->manifests;
    what.freed_bytes = *bytes;
    what.dry_run = true;
    co_return what;
}

Awaitable<Status> RepositoryService::empty(std::string repository, api::Deletion& gone, Deadline deadline) {
    const Query query = [repository](Projection& projection) { return planEmptying(projection, repository); };
    for (;;) {
        auto plan = co_await planNow(query, deadline);
        if (!plan || plan->steps.empty()) {
            co_return plan ? Status() : fail(plan.error());
        }
        const auto taken = co_await take(std::move(plan->steps.front()), deadline);
        if (!taken) {
            co_return fail(taken.error());
        }
        gone.tag_count += *taken ? plan->what.tag_count : 0;
        gone.manifest_count += *taken ? plan->what.manifest_count : 0;
        if (deadline.passed()) {
            co_return fail(ErrorCode::timeout, "a part of " + repository + " is deleted, and more is left",
                           "Delete it again to go on");
        }
    }
}

// Links are found by blob; of a repository only by a look through all.
Awaitable<Result<std::vector<std::string>>> RepositoryService::linksOf(std::string repository,
                                                                       Deadline deadline) {
    using Keys = std::vector<std::string>;
    const std::string end = "/" + repository;
    Keys links;
    std::string after;
    for (;;) {
        const std::function<Result<Keys>(Projection&)> query = [after](Projection& projection) {
            return projection.keys(std::string(keys::links), after, pageSize);
        };
        auto page = co_await m_model.read<Keys>(query, deadline.remaining());
        if (!page || page->empty()) {
            co_return page ? Result<Keys>(std::move(links)) : fail(page.error());
        }
        after = page->back();
        for (std::string& key : *page) {
            // "links/DIGEST/NAME": the digest has no slash.
            if (key.find('/', keys::links.size()) + end.size() == key.size() && key.ends_with(end)) {
                links.push_back(std::move(key));
            }
        }
    }
}

Awaitable<Status> RepositoryService::unlink(std::vector<std::string> links, Deadline deadline) {
    for (std::size_t i = 0; i < links.size(); i += linksAtOnce) {
        WritePlan step;
        for (std::size_t j = i; j < std::min(i + linksAtOnce, links.size()); ++j) {
            step.operations.emplace_back(engine::Delete{links[j], {}});
        }
        const auto taken = co_await take(std::move(step), deadline);
        if (!taken) {
            co_return fail(taken.error());
        }
    }
    co_return Status();
}

Awaitable<Result<Written<api::Deletion>>> RepositoryService::removeRepository(Request request,
                                                                              std::string repository) {
    api::Deletion gone;
    gone.repository = repository;
    gone.whole_repository = true;
    const std::string actor = request.actor;
    StateWriter::Prepare prepare = [&](const Deadline& deadline) -> Awaitable<Result<Change>> {
        auto before = co_await previewRepository(repository, deadline.remaining());
        if (!before) {
            co_return fail(before.error());
        }
        gone.freed_bytes += before->freed_bytes;
        const Status emptied = co_await empty(repository, gone, deadline);
        if (!emptied) {
            co_return fail(emptied.error());
        }
        auto links = co_await linksOf(repository, deadline);
        if (!links) {
            co_return fail(links.error());
        }
        const Status unlinked = co_await unlink(std::move(*links), deadline);
        if (!unlinked) {
            co_return fail(unlinked.error());
        }
        WritePlan plan = planDeleteRepository(repository);
        Change change;
        change.compares = std::move(plan.compares);
        change.operations = std::move(plan.operations);
        change.event = deletionEvent(api::event::repositoryDeleted, gone,
                                     "Repository " + repository + " was deleted" + byActor(actor) +
                                         withThem(gone.tag_count, gone.manifest_count));
        change.outcome = api::toJson(gone);
        co_return change;
    };
    const std::string words = repository;
    co_return written(
        co_await m_writer.write(std::move(request), "repository-delete", words, std::move(prepare)));
}

} // namespace pilothouse::state
