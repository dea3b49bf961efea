// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/login_answers.h"

#include "replica/registry/answers.h"

namespace pilothouse::registry {

http::Response loginAnswer(const admin::Denied& denied) {
    auto response = denied.error.code == ErrorCode::exhausted
                        ? faultAnswer(Fault::tooManyRequests, denied.error.text())
                        : errorAnswer(denied.error, Fault::unauthorized);
    if (denied.retryAfter) {
        response.headers.set("Retry-After", std::to_string(denied.retryAfter->count()));
    }
    return response;
}

http::Response notAllowed(const std::string& user, const Scope& scope) {
    return faultAnswer(Fault::denied, "User " + user + " may not do this here", toText(scope));
}

http::Response readOnly(const Scope& scope) {
    return faultAnswer(Fault::denied,
                       "The registry is read-only: nothing is pushed or deleted until an administrator ends "
                       "that (setting read_only_registry). Pulls go on",
                       toText(scope));
}

} // namespace pilothouse::registry
