// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/repository_routes.h"

#include "api/json.h"
#include "replica/admin/changes.h"
#include "replica/registry/access.h"
#include "replica/registry/audit.h"
#include "replica/registry/deletion.h"
#include "replica/registry/names.h"
#include "replica/replication/copier.h"
#include "replica/state/settings.h"

#include <charconv>

namespace pilothouse::registry {

using admin::Access;
using admin::Principal;
using http::Awaitable;

namespace {

constexpr std::int64_t mostInPage = 1000;
constexpr std::int64_t usualPage = 100;
constexpr Milliseconds previewDeadline{5'000};
constexpr Milliseconds imageDeadline{8'000};
constexpr Milliseconds repositoryDeadline{50'000};
constexpr Milliseconds collectDeadline{60'000};

const std::string& named(const http::PathParameters& parameters, std::string_view name) {
    return parameters.find(name)->second; // the route has it
}

std::string textOf(const http::Request& request, std::string_view name) {
    return std::string(request.parameter(name).value_or(""));
}

Result<bool> switchOf(const http::Request& request, std::string_view name) {
    const std::string text = textOf(request, name);
    if (!text.empty() && text != "true" && text != "false") {
        return fail(ErrorCode::invalid, std::string(name) + ": expected true or false");
    }
    return text == "true";
}

Result<std::int64_t> limitOf(const http::Request& request) {
    const std::string text = textOf(request, "limit");
    if (text.empty()) {
        return usualPage;
    }
    std::int64_t limit = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), limit);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size() || limit < 1 || limit > mostInPage) {
        return fail(ErrorCode::invalid, "limit: expected a whole number from 1 to 1000");
    }
    return limit;
}

// Whether the one who asks may do it in the repository. Members and root on the host may do all.
bool may(const admin::Context& context, const Principal& principal, std::string_view repository,
         Action action) {
    const auto* user = std::get_if<admin::UserPrincipal>(&principal);
    if (user == nullptr) {
        return true;
    }
    const auto state = context.model.snapshot();
    const auto* found = state->users.find(user->name);
    return found != nullptr && isAllowed(*state, &found->record, repository, action);
}

Viewer viewerOf(const admin::Context& context, const Principal& principal) {
    return {.maySee =
                [&context, principal](std::string_view repository) {
                    return may(context, principal, repository, Action::pull);
                },
            .seesAll = admin::mayAccess(principal, Access::reader),
            .seesAddresses = admin::mayAccess(principal, Access::admin)};
}

Awaitable<Result<api::RepositoryPage>> list(const RepositoryContext& context, http::Exchange& exchange,
                                            const Principal& principal) {
    const http::Request& request = exchange.request();
    const auto limit = limitOf(request);
    if (!limit) {
        co_return fail(limit.error());
    }
    RepositoriesAsked asked{textOf(request, "search"), textOf(request, "after"), *limit};
    co_return co_await context.views.list(viewerOf(context.admin, principal), std::move(asked));
}

Awaitable<Result<api::TagPage>> listTags(const RepositoryContext& context, http::Exchange& exchange,
                                         std::string repository, const Principal& principal) {
    const http::Request& request = exchange.request();
    const auto limit = limitOf(request);
    const std::string order = textOf(request, "order");
    if (!limit) {
        co_return fail(limit.error());
    }
    if (!order.empty() && order != "newest" && order != "name") {
        co_return fail(ErrorCode::invalid, "order: expected newest or name");
    }
    TagsAsked asked{order != "name", textOf(request, "search"), textOf(request, "after"), *limit};
    co_return co_await context.views.tags(viewerOf(context.admin, principal), std::move(repository),
                                          std::move(asked));
}

// Who may not see it learns nothing of it; who may not delete is told so.
Status mayDelete(const admin::Context& context, const Principal& principal, const std::string& repository) {
    if (!may(context, principal, repository, Action::pull) || !isRepositoryName(repository)) {
        return fail(ErrorCode::notFound, "there is no repository " + repository);
    }
    if (!may(context, principal, repository, Action::remove)) {
        return fail(ErrorCode::forbidden, "you may not delete in " + repository);
    }
    if (state::settingSwitch(*context.model.snapshot(), state::setting::readOnlyRegistry)) {
        return fail(ErrorCode::forbidden, "the registry is read-only",
                    "An administrator can change the setting read_only_registry");
    }
    return {};
}

state::Request deletionRequest(const http::Request& request, const Principal& principal,
                               Milliseconds deadline) {
    auto made = admin::requestOf(principal, textOf(request, "operation_id"));
    made.deadline = deadline;
    return made;
}

Awaitable<Result<api::Deletion>> deleted(const RepositoryContext& context, Change change,
                                         Result<state::Written<api::Deletion>> written) {
    if (!written) {
        audit(context.registry, change, written.error().message);
        co_return fail(written.error());
    }
    co_await waitEverywhere(context.registry, written->revision);
    audit(context.registry, change, "done");
    co_return std::move(written->value);
}

Awaitable<Result<api::Deletion>> deleteImage(const RepositoryContext& context, http::Exchange& exchange,
                                             const http::PathParameters& parameters,
                                             const Principal& principal) {
    const std::string& repository = named(parameters, "repository");
    const std::string& reference = named(parameters, "reference");
    const http::Request& request = exchange.request();
    const auto dryRun = switchOf(request, "dry_run");
    const auto tagOnly = switchOf(request, "tag_only");
    if (!dryRun || !tagOnly) {
        co_return fail(dryRun ? tagOnly.error() : dryRun.error());
    }
    if (const Status allowed = mayDelete(context.admin, principal, repository); !allowed) {
        co_return fail(allowed.error());
    }
    if (*dryRun) {
        co_return co_await context.service.preview(repository, reference, *tagOnly, previewDeadline);
    }
    auto wanted = deletionRequest(request, principal, imageDeadline);
    auto written = co_await context.service.remove(std::move(wanted), repository, reference, *tagOnly);
    Change change{request, std::string(*tagOnly ? "delete tag " : "delete image ") + reference, repository,
                  admin::nameOf(principal)};
    co_return co_await deleted(context, std::move(change), std::move(written));
}

Awaitable<Result<api::Deletion>> deleteRepository(const RepositoryContext& context, http::Exchange& exchange,
                                                  const http::PathParameters& parameters,
                                                  const Principal& principal) {
    const std::string& repository = named(parameters, "repository");
    const auto dryRun = switchOf(exchange.request(), "dry_run");
    if (!dryRun) {
        co_return fail(dryRun.error());
    }
    if (const Status allowed = mayDelete(context.admin, principal, repository); !allowed) {
        co_return fail(allowed.error());
    }
    if (*dryRun) {
        co_return co_await context.service.previewRepository(repository, previewDeadline);
    }
    auto wanted = deletionRequest(exchange.request(), principal, repositoryDeadline);
    auto written = co_await context.service.removeRepository(std::move(wanted), repository);
    Change change{exchange.request(), "delete repository", repository, admin::nameOf(principal)};
    co_return co_await deleted(context, std::move(change), std::move(written));
}

api::CollectReport reportOf(const CollectorReport& report, bool dryRun, const ReplicaId& by) {
    return {.unreferenced = report.unreferenced,
            .unreferenced_bytes = report.unreferencedBytes,
            .due = report.due,
            .due_bytes = report.dueBytes,
            .deleted = report.deleted,
            .deleted_bytes = report.deletedBytes,
            .dry_run = dryRun,
            .by = by.str()};
}

// Only the leader's collector knows for how long blobs have been unreferenced.
Awaitable<Result<api::CollectReport>> collectAtLeader(const RepositoryContext& context, bool dryRun) {
    const auto state = context.admin.model.snapshot();
    const auto leader = context.admin.board.snapshot()->status.self.consensus.leader;
    const auto* member = leader ? state->members.find(*leader) : nullptr;
    if (member == nullptr) {
        co_return fail(ErrorCode::unavailable, "no leader is known that could collect",
                       "Try again in a moment");
    }
    http::ClientRequest request;
    request.method = "POST";
    request.target = "/api/v0/registry/collect";
    request.headers.set("Content-Type", "application/json");
    request.body = api::toJson(api::Collect{dryRun});
    const api::Member peer = replication::peerOf(member->record);
    const auto answered = co_await context.registry.peers.send(peer, std::move(request), collectDeadline);
    if (!answered) {
        co_return fail(ErrorCode::unavailable,
                       "the leader " + peer.name + " did not collect: " + answered.error().message);
    }
    co_return api::fromJson<api::CollectReport>(*answered);
}

Awaitable<Result<api::CollectReport>> collect(const RepositoryContext& context, bool dryRun,
                                              const Principal& principal) {
    const auto role = context.admin.board.snapshot()->status.self.consensus.role;
    if (role == api::Role::leader) {
        const auto report = co_await context.collect(dryRun);
        co_return report ? Result<api::CollectReport>(reportOf(*report, dryRun, context.registry.self))
                         : fail(report.error());
    }
    if (std::holds_alternative<admin::ReplicaPrincipal>(principal)) {
        co_return fail(ErrorCode::unavailable, "this replica does not lead any more",
                       "Try again in a moment");
    }
    co_return co_await collectAtLeader(context, dryRun);
}

void addViews(http::Router& router, const RepositoryContext& context) {
    router.add("GET", "/api/v0/repositories",
               guarded(context.admin, Access::user,
                       [&context](http::Exchange& exchange, const http::PathParameters&,
                                  const Principal& principal) -> Awaitable<void> {
                           const auto page = co_await list(context, exchange, principal);
                           co_await admin::answer(exchange, page);
                       }));
    router.add("GET", "/api/v0/repositories/{repository}",
               guarded(context.admin, Access::user,
                       [&context](http::Exchange& exchange, const http::PathParameters& parameters,
                                  const Principal& principal) -> Awaitable<void> {
                           const auto found = co_await context.views.repository(
                               viewerOf(context.admin, principal), named(parameters, "repository"));
                           co_await admin::answer(exchange, found);
                       }));
    router.add("GET", "/api/v0/repositories/{repository}/tags",
               guarded(context.admin, Access::user,
                       [&context](http::Exchange& exchange, const http::PathParameters& parameters,
                                  const Principal& principal) -> Awaitable<void> {
                           const auto page = co_await listTags(context, exchange,
                                                               named(parameters, "repository"), principal);
                           co_await admin::answer(exchange, page);
                       }));
    router.add("GET", "/api/v0/repositories/{repository}/manifests/{reference}",
               guarded(context.admin, Access::user,
                       [&context](http::Exchange& exchange, const http::PathParameters& parameters,
                                  const Principal& principal) -> Awaitable<void> {
                           const auto details = co_await context.views.details(
                               viewerOf(context.admin, principal), named(parameters, "repository"),
                               named(parameters, "reference"));
                           co_await admin::answer(exchange, details);
                       }));
}

void addChanges(http::Router& router, const RepositoryContext& context) {
    router.add("DELETE", "/api/v0/repositories/{repository}",
               guarded(context.admin, Access::user,
                       [&context](http::Exchange& exchange, const http::PathParameters& parameters,
                                  const Principal& principal) -> Awaitable<void> {
                           const auto gone =
                               co_await deleteRepository(context, exchange, parameters, principal);
                           co_await admin::answer(exchange, gone);
                       }));
    router.add("DELETE", "/api/v0/repositories/{repository}/manifests/{reference}",
               guarded(context.admin, Access::user,
                       [&context](http::Exchange& exchange, const http::PathParameters& parameters,
                                  const Principal& principal) -> Awaitable<void> {
                           const auto gone = co_await deleteImage(context, exchange, parameters, principal);
                           co_await admin::answer(exchange, gone);
                       }));
    router.add("POST", "/api/v0/registry/collect",
               guarded(context.admin, Access::admin,
                       [&context](http::Exchange& exchange, const http::PathParameters&,
                                  const Principal& principal) -> Awaitable<void> {
                           const auto wanted = co_await admin::readJson<api::Collect>(exchange);
                           if (!wanted) {
                               co_return;
                           }
                           const auto report = co_await collect(context, wanted->dry_run, principal);
                           co_await admin::answer(exchange, report);
                       }));
}

} // namespace

void addRepositoryRoutes(http::Router& router, const RepositoryContext& context) {
    addViews(router, context);
    addChanges(router, context);
}

} // namespace pilothouse::registry
