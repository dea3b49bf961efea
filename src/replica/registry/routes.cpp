// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/routes.h"

#include "replica/registry/answers.h"
#include "replica/registry/blob_routes.h"
#include "replica/registry/list_routes.h"
#include "replica/registry/manifest_routes.h"
#include "replica/registry/names.h"
#include "replica/registry/upload_routes.h"
#include "replica/state/settings.h"

#include <array>

namespace pilothouse::registry {

using http::Awaitable;

namespace {

constexpr std::string_view prefix = "/v2/";

Awaitable<void> getBase(Call& call) {
    auto response = emptyAnswer(200);
    response.headers.set("Content-Type", "application/json");
    response.body = "{}";
    co_await answer(call.exchange, std::move(response));
}

struct Verb {
    Resource resource;
    std::string_view method;
    std::array<std::optional<Action>, 2> actions; // what the client must be allowed
    Awaitable<void> (*handler)(Call&);
};

constexpr auto none = std::nullopt;
const std::array verbs{
    Verb{Resource::base, "GET", {none, none}, getBase},
    Verb{Resource::catalog, "GET", {Action::list, none}, listRepositories},
    Verb{Resource::tags, "GET", {Action::pull, none}, listTags},
    Verb{Resource::referrers, "GET", {Action::pull, none}, listReferrers},
    Verb{Resource::manifest, "GET", {Action::pull, none}, getManifest},
    Verb{Resource::manifest, "PUT", {Action::pull, Action::push}, putManifest},
    Verb{Resource::manifest, "DELETE", {Action::remove, none}, deleteManifest},
    Verb{Resource::blob, "GET", {Action::pull, none}, getBlob},
    Verb{Resource::blob, "DELETE", {Action::remove, none}, deleteBlob},
    Verb{Resource::uploads, "POST", {Action::pull, Action::push}, beginUpload},
    Verb{Resource::upload, "GET", {Action::pull, Action::push}, getUpload},
    Verb{Resource::upload, "PATCH", {Action::pull, Action::push}, continueUpload},
    Verb{Resource::upload, "PUT", {Action::pull, Action::push}, finishUpload},
    Verb{Resource::upload, "DELETE", {Action::pull, Action::push}, cancelUpload},
};

// HEAD is GET without the body.
const Verb* verbOf(Resource resource, std::string_view method) {
    const std::string_view wanted = method == "HEAD" ? "GET" : method;
    for (const Verb& verb : verbs) {
        if (verb.resource == resource && verb.method == wanted) {
            return &verb;
        }
    }
    return nullptr;
}

http::Response wrongMethod(Resource resource, const std::string& method) {
    auto response = faultAnswer(Fault::unsupported, method + " is not for this address");
    std::string allowed;
    for (const Verb& verb : verbs) {
        if (verb.resource == resource) {
            allowed += (allowed.empty() ? "" : ", ") + std::string(verb.method);
            allowed += verb.method == "GET" ? ", HEAD" : "";
        }
    }
    response.headers.set("Allow", allowed);
    return response;
}

http::Response noAddress() {
    return faultAnswer(Fault::nameUnknown, "there is nothing at this address", {}, 404);
}

// The answer to what no handler can be asked for.
std::optional<http::Response> refuse(const Path& path, const std::string& method) {
    if (path.resource == Resource::none) {
        return noAddress();
    }
    if (verbOf(path.resource, method) == nullptr) {
        return wrongMethod(path.resource, method);
    }
    const bool named = path.resource != Resource::base && path.resource != Resource::catalog;
    if (named && !isRepositoryName(path.name)) {
        return faultAnswer(Fault::nameInvalid,
                           "a repository's name has lower-case letters, digits and single separators between "
                           "slashes, and at most 255 characters",
                           path.name);
    }
    return std::nullopt;
}

// A user is counted wherever from, and a stranger by its address.
bool isTooFast(const Context& context, const http::Request& request, const std::string& user) {
    const std::int64_t most =
        state::settingNumber(*context.model.snapshot(), state::setting::requestsPerSecond);
    return most > 0 && !context.rate.take(user.empty() ? "@" + http::addressOf(request) : user, most,
                                          context.clock.monotonic());
}

Awaitable<void> serve(const Context& context, http::Exchange& exchange, std::string_view rest) {
    const http::Request& request = exchange.request();
    Path path = parsePath(rest);
    auto refusal = refuse(path, request.method);
    if (refusal) {
        co_return co_await answer(exchange, std::move(*refusal));
    }
    const Verb& verb = *verbOf(path.resource, request.method);
    std::set<Action> actions;
    for (const auto& action : verb.actions) {
        if (action) {
            actions.insert(*action);
        }
    }
    auto granted = co_await context.authorize(request, path.name, std::move(actions));
    if (!granted) {
        co_return co_await answer(exchange, std::move(granted.error()));
    }
    if (isTooFast(context, request, granted->user)) {
        auto response = faultAnswer(Fault::tooManyRequests, "you make more requests a second than you may");
        co_return co_await answer(exchange, std::move(response));
    }
    Call call{context, exchange, std::move(path), std::move(*granted)};
    co_await verb.handler(call);
}

} // namespace

void addRoutes(http::Router& router, const Context& context) {
    const auto handler = [&context](http::Exchange& exchange, const http::PathParameters& parameters) {
        return serve(context, exchange, parameters.at("rest"));
    };
    for (const char* method : {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"}) {
        router.add(method, std::string(prefix) + "{rest...}", handler);
    }
}

bool isTarget(std::string_view target) {
    return target.starts_with(prefix) || target == "/v2";
}

http::Response missAnswer(const http::Request& request) {
    const std::string_view path = request.path;
    const Resource resource =
        path.starts_with(prefix) ? parsePath(path.substr(prefix.size())).resource : Resource::none;
    return resource == Resource::none ? noAddress() : wrongMethod(resource, request.method);
}

http::Response refusal(int status, std::string_view sentence) {
    const Fault fault = status >= 500   ? Fault::unavailable
                        : status == 413 ? Fault::sizeInvalid
                                        : Fault::unsupported;
    return faultAnswer(fault, sentence, {}, status);
}

} // namespace pilothouse::registry
