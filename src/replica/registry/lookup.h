// SPDX-License-Identifier: GPL-3.0-or-later
// Finds what clients ask for in the read model.
//
// The bytes of a digest never change; whether a repository has it does. So what is found by digest counts at
// once, and what is missed only after a barrier; tags and lists always come after one.
#pragma once

#include "replica/registry/context.h"
#include "replica/state/registry_queries.h"

#include <optional>
#include <string>

namespace pilothouse::registry {

// For all that a client waits for in the state.
inline constexpr Milliseconds stateDeadline{3000};

struct FoundBlob {
    blobs::BlobId id;
    std::int64_t size = 0;   // bytes
    bool referenced = false; // by some manifest: the collector leaves it alone
};
// ErrorCode::notFound when the repository has no such blob.
[[nodiscard]] http::Awaitable<Result<FoundBlob>> findBlob(const Context& context, std::string repository,
                                                          blobs::Digest digest);

struct FoundManifest {
    blobs::BlobId id;
    std::string mediaType;
    std::int64_t size = 0; // bytes
};
// By digest; ErrorCode::notFound.
[[nodiscard]] http::Awaitable<Result<FoundManifest>>
findManifest(const Context& context, std::string repository, blobs::Digest digest);
// By tag, as it is now in the cluster.
[[nodiscard]] http::Awaitable<Result<FoundManifest>> findTagged(const Context& context,
                                                                std::string repository, std::string tag);

// Waits until the read model holds all that was acknowledged before. An election does not send a client away:
// it is over within a second or two.
[[nodiscard]] http::Awaitable<Status> catchUp(const Context& context);

// Runs a query on a read model that holds all that was acknowledged before.
template <typename T>
[[nodiscard]] http::Awaitable<Result<T>> queryNow(const Context& context,
                                                  std::function<Result<T>(state::Projection&)> query) {
    const Status barrier = co_await catchUp(context);
    if (!barrier) {
        co_return fail(barrier.error());
    }
    co_return co_await context.model.read<T>(std::move(query), stateDeadline);
}

} // namespace pilothouse::registry
