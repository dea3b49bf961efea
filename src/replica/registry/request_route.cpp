// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/request_route.h"

#include "replica/admin/routes.h"
#include "replica/registry/path.h"
#include "replica/registry/routes.h"

namespace pilothouse::registry {

using admin::Route;

namespace {

Route routeOf(Resource resource) {
    switch (resource) {
    case Resource::base:
        return Route::base;
    case Resource::catalog:
        return Route::catalog;
    case Resource::tags:
        return Route::tags;
    case Resource::manifest:
        return Route::manifest;
    case Resource::blob:
        return Route::blob;
    case Resource::uploads:
        return Route::uploads;
    case Resource::upload:
        return Route::upload;
    case Resource::referrers:
        return Route::referrers;
    case Resource::none:
        break;
    }
    return Route::unknown;
}

} // namespace

Route routeOf(const http::Request& request) {
    constexpr std::string_view prefix = "/v2/";
    const std::string_view path = request.path;
    if (!isTarget(path)) {
        return path == "/auth/token"         ? Route::token
               : admin::isEarlyCopy(request) ? Route::earlyCopy
               : admin::isCopy(request)      ? Route::copy
                                             : Route::admin;
    }
    return path.starts_with(prefix) ? routeOf(resourceOf(path.substr(prefix.size()))) : Route::unknown;
}

} // namespace pilothouse::registry
