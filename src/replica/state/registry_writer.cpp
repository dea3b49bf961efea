// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/registry_writer.h"

#include "replica/state/registry_keys.h"
#include "replica/state/registry_queries.h"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <memory>
#include <utility>

namespace pilothouse::state {

using engine::Awaitable;

namespace {

constexpr Milliseconds attemptDeadline{1000}; // of one transaction on its way
constexpr Milliseconds pauseBetweenAttempts{20};

tl::unexpected<Error> unsure() {
    return fail(ErrorCode::timeout,
                "the answer to the change was lost, and others have changed the same since: it is not known "
                "whether it was made",
                "Look what is there now, and try again if that is not what you want");
}

} // namespace

RegistryWriter::RegistryWriter(engine::Engine& engine, ReadModel& model, StateFollower& follower,
                               const Clock& clock)
    : m_commit(engine, attemptDeadline), m_model(model), m_follower(follower), m_clock(clock) {}

// Sends it until an answer comes: a transaction that was done already does not hold its compares any more, or
// writes the same again of a blob.
Awaitable<Result<engine::TransactionResult>> RegistryWriter::send(const engine::Transaction& transaction,
                                                                  bool& unknown, const Deadline& deadline) {
    for (;;) {
        Result<engine::TransactionResult> result =
            co_await m_commit.transact(transaction, deadline.remaining());
        const bool again = !result && (result.error().code == ErrorCode::timeout ||
                                       result.error().code == ErrorCode::unavailable);
        if (!again) {
            co_return result;
        }
        unknown = unknown || result.error().code == ErrorCode::timeout;
        if (deadline.remaining() <= pauseBetweenAttempts) {
            co_return unknown ? fail(ErrorCode::timeout, result.error().message, result.error().hint)
                              : std::move(result);
        }
        boost::asio::steady_timer pause(co_await boost::asio::this_coro::executor, pauseBetweenAttempts);
        co_await pause.async_wait(boost::asio::use_awaitable);
    }
}

// Asks the planner; when it misses something, once more with a read model that is up to date.
Awaitable<Result<WritePlan>> RegistryWriter::plan(const Planner& planner, bool& fresh,
                                                  const Deadline& deadline) {
    for (;;) {
        Result<WritePlan> made = co_await m_model.read<WritePlan>(planner, deadline.remaining());
        const bool missing =
            !made && (made.error().code == ErrorCode::notFound || made.error().code == ErrorCode::forbidden ||
                      made.error().code == ErrorCode::conflict);
        if (!missing || fresh) {
            co_return made;
        }
        const Status barrier = co_await m_follower.readBarrier(deadline.remaining());
        if (!barrier) {
            co_return fail(barrier.error());
        }
        fresh = true;
    }
}

Awaitable<Result<RegistryWriter::Written>> RegistryWriter::write(Planner planner, Milliseconds within,
                                                                 Purpose purpose) {
    const Deadline deadline(m_clock, within);
    bool unknown = false;
    Written written; // of the attempt whose outcome is not known
    for (;;) {
        bool fresh = false;
        Result<WritePlan> made = co_await plan(planner, fresh, deadline);
        // What an addition does not find is what it relies on: that has gone, and nothing was added.
        if (!made && made.error().code == ErrorCode::notFound && unknown && purpose == Purpose::removal) {
            written.revision = m_follower.applied();
            co_return written; // what was to go has gone: our lost answer was a yes
        }
        if (!made) {
            co_return fail(made.error());
        }
        if (unknown && made->before != written.before) {
            written.revision = m_follower.applied();
            // What was to go and is another now has gone before it came, by us or as if by us.
            co_return made->isSo || purpose == Purpose::removal ? Result<Written>(written) : unsure();
        }
        written.before = std::move(made->before);
        engine::Transaction transaction;
        transaction.compares = std::move(made->compares);
        transaction.then = std::move(made->operations);
        const Result<engine::TransactionResult> result = co_await send(transaction, unknown, deadline);
        if (!result) {
            co_return fail(result.error());
        }
        m_follower.expect(result->revision);
        if (result->succeeded) {
            written.revision = result->revision;
            co_return written;
        }
        const Status caughtUp = co_await m_follower.waitFor(result->revision, deadline.remaining());
        if (!caughtUp) {
            co_return fail(caughtUp.error());
        }
    }
}

Awaitable<Status> RegistryWriter::addBlob(DurableBlob blob, std::string repository, Milliseconds deadline) {
    const Planner planner = [=, now = now()](Projection& projection) {
        return planAddBlob(projection, blob, repository, now);
    };
    const auto done = co_await write(planner, deadline);
    co_return done ? Status() : fail(done.error());
}

Awaitable<Status> RegistryWriter::linkBlob(std::string digest, std::string repository,
                                           std::optional<std::string> from, Milliseconds deadline) {
    const Planner planner = [=, now = now()](Projection& projection) {
        return planLinkBlob(projection, digest, repository, from, now);
    };
    const auto done = co_await write(planner, deadline);
    co_return done ? Status() : fail(done.error());
}

Awaitable<Status> RegistryWriter::touchBlob(std::string digest, Milliseconds deadline) {
    const Planner planner = [digest](Projection& projection) { return planTouchBlob(projection, digest); };
    const auto done = co_await write(planner, deadline);
    co_return done ? Status() : fail(done.error());
}

Awaitable<Result<Revision>> RegistryWriter::remove(Planner planner, Milliseconds deadline) {
    const auto done = co_await write(std::move(planner), deadline, Purpose::removal);
    co_return done ? Result<Revision>(done->revision) : fail(done.error());
}

Awaitable<Result<Revision>> RegistryWriter::unlinkBlob(std::string digest, std::string repository,
                                                       Milliseconds deadline) {
    const Planner planner = [digest = std::move(digest),
                             repository = std::move(repository)](Projection& projection) {
        return planUnlinkBlob(projection, digest, repository);
    };
    return remove(planner, deadline);
}

Awaitable<Status> RegistryWriter::putManifest(NewManifest manifest, Milliseconds deadline) {
    const Planner planner = [manifest = std::move(manifest), now = now()](Projection& projection) {
        return planPutManifest(projection, manifest, now);
    };
    const auto done = co_await write(planner, deadline);
    co_return done ? Status() : fail(done.error());
}

Awaitable<Result<Revision>> RegistryWriter::deleteManifest(std::string repository, std::string digest,
                                                           Milliseconds deadline) {
    const std::string key = keys::manifest(repository, digest);
    const Planner planner = [repository, digest](Projection& projection) {
        return planDeleteManifest(projection, repository, digest);
    };
    const Deadline end(m_clock, deadline);
    for (;;) {
        const auto done = co_await write(planner, end.remaining(), Purpose::removal);
        if (!done) {
            co_return fail(done.error());
        }
        const Status caughtUp = co_await m_follower.waitFor(done->revision, end.remaining());
        if (!caughtUp) {
            co_return fail(caughtUp.error());
        }
        // One that was made after that is another's push, not what this one left.
        const std::function<Result<bool>(Projection&)> isThere =
            [key, created = done->before.at(key)](Projection& projection) -> Result<bool> {
            const auto found = projection.record(key);
            return found ? Result<bool>(*found && (*found)->created == created) : fail(found.error());
        };
        const Result<bool> more = co_await m_model.read<bool>(isThere, end.remaining());
        if (!more || !*more) {
            co_return more ? Result<Revision>(done->revision) : fail(more.error());
        }
    }
}

Awaitable<Result<Revision>> RegistryWriter::deleteTag(std::string repository, std::string tag,
                                                      Milliseconds deadline) {
    const Planner planner = [repository = std::move(repository),
                             tag = std::move(tag)](Projection& projection) {
        return planDeleteTag(projection, repository, tag);
    };
    return remove(planner, deadline);
}

} // namespace pilothouse::state
