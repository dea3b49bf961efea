// SPDX-License-Identifier: GPL-3.0-or-later
// The admin API's addresses for what the registry holds: repositories, tags, manifests, the collector.
//
// Here and not in admin/, since they stand on the registry's own rules of who may do what.
#pragma once

#include "replica/admin/context.h"
#include "replica/registry/collector.h"
#include "replica/registry/context.h"
#include "replica/registry/repository_views.h"
#include "replica/state/repository_service.h"

#include <functional>

namespace pilothouse::registry {

// What the routes work with; all of it outlives the server.
struct RepositoryContext {
    const admin::Context& admin;
    const Context& registry;
    RepositoryViews& views;
    state::RepositoryService& service;
    // One run of this replica's collector, on its strand.
    std::function<http::Awaitable<Result<CollectorReport>>(bool dryRun)> collect;
};

void addRepositoryRoutes(http::Router& router, const RepositoryContext& context);

} // namespace pilothouse::registry
