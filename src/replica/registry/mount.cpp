// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/mount.h"

#include "replica/registry/audit.h"
#include "replica/registry/lookup.h"
#include "replica/registry/names.h"
#include "replica/state/registry_keys.h"

#include <vector>

namespace pilothouse::registry {

using http::Awaitable;

namespace {

// Of the repositories that have a blob, so many are looked at.
constexpr std::int64_t mostSources = 100;

Awaitable<std::vector<std::string>> repositoriesWith(const Context& context, blobs::Digest digest) {
    using Keys = std::vector<std::string>;
    const std::function<Result<Keys>(state::Projection&)> query =
        [prefix = state::keys::linksOf(digest.str())](state::Projection& projection) {
            return projection.keys(prefix, "", mostSources);
        };
    auto keys = co_await context.model.read<Keys>(query, stateDeadline);
    if (keys && keys->empty()) { // it may have been pushed a moment ago, through another replica
        keys = co_await queryNow<Keys>(context, query);
    }
    Keys names;
    for (const std::string& key : keys.value_or(Keys())) {
        names.push_back(key.substr(state::keys::linksOf(digest.str()).size()));
    }
    co_return names;
}

Awaitable<bool> mountFrom(Call& call, const blobs::Digest& digest, std::string from) {
    const std::set<Action> pull{Action::pull};
    const auto granted = co_await call.context.authorize(call.exchange.request(), from, pull);
    if (!granted) {
        co_return false;
    }
    const Status linked =
        co_await call.context.writer.linkBlob(digest.str(), call.path.name, from, stateDeadline);
    if (linked) {
        audit(call, "mount", "blob " + digest.str() + " from " + from, "done");
    }
    co_return linked.has_value();
}

} // namespace

Awaitable<std::optional<blobs::Digest>> mount(Call& call) {
    const http::Request& request = call.exchange.request();
    const auto digest = blobs::Digest::parse(request.parameter("mount").value_or(""));
    if (!digest) {
        co_return std::nullopt;
    }
    std::vector<std::string> sources;
    if (const auto from = request.parameter("from")) {
        if (isRepositoryName(*from)) {
            sources.emplace_back(*from);
        }
    } else {
        sources = co_await repositoriesWith(call.context, *digest);
    }
    for (const std::string& source : sources) {
        const bool done = co_await mountFrom(call, *digest, source);
        if (done) {
            co_return *digest;
        }
    }
    co_return std::nullopt;
}

} // namespace pilothouse::registry
