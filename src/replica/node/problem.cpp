// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/node/problem.h"

#include "api/admin.h"
#include "api/json.h"

namespace pilothouse::node {
namespace {

ErrorCode codeOf(int status) {
    return status == 404   ? ErrorCode::notFound
           : status == 409 ? ErrorCode::conflict
           : status >= 500 ? ErrorCode::unavailable
                           : ErrorCode::forbidden;
}

} // namespace

Error errorIn(const std::string& who, const http::Response& response) {
    const auto problem = api::fromJson<api::Problem>(response.body);
    if (!problem) {
        return {codeOf(response.status), who + " answered " + std::to_string(response.status), {}};
    }
    return {codeOf(response.status), problem->detail, problem->hint.value_or("")};
}

} // namespace pilothouse::node
