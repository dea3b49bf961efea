// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/request_route.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace pilothouse::registry {
namespace {

using admin::Route;

TEST(RequestRoute, IsOneOfAFixedSet) {
    const std::string digest = "sha256:" + std::string(64, '0');
    const std::vector<std::pair<std::string, Route>> expected{
        {"/v2/", Route::base},
        {"/v2/_catalog", Route::catalog},
        {"/v2/team/app/tags/list", Route::tags},
        {"/v2/team/app/referrers/" + digest, Route::referrers},
        {"/v2/team/app/manifests/latest", Route::manifest},
        {"/v2/team/app/blobs/" + digest, Route::blob},
        {"/v2/team/app/blobs/uploads/", Route::uploads},
        {"/v2/team/app/blobs/uploads", Route::uploads},
        {"/v2/team/app/blobs/uploads/0123456789ab-1", Route::upload},
        {"/v2/blobs/uploads/manifests/blobs", Route::manifest},
        {"/v2", Route::unknown},
        {"/v2/team/app", Route::unknown},
        {"/v2/team/app/elsewhere/x", Route::unknown},
        {"/auth/token", Route::token},
        {"/auth/token/", Route::admin},
        {"/_ping", Route::admin},
        {"/metrics", Route::admin},
        {"/api/v0/cluster", Route::admin},
        {"/api/v0/replica/blobs/" + digest + "/0123456789abcdef", Route::copy},
        {"/api/v0/replica/uploads/0123456789abcdef", Route::earlyCopy},
        {"/api/v0/replica/blobs", Route::admin},
        {"/v20/app/manifests/latest", Route::admin},
        {"", Route::admin},
        {"*", Route::admin},
    };
    for (const auto& [path, route] : expected) {
        http::Request request;
        request.path = path;
        EXPECT_EQ(nameOf(routeOf(request)), nameOf(route)) << path;
    }
}

} // namespace
} // namespace pilothouse::registry
