// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/read_model.h"

#include "replica/state/waiter.h"
#include "replica/state/worker.h"

#include <boost/asio/this_coro.hpp>

#include <atomic>
#include <mutex>
#include <system_error>

namespace pilothouse::state {

using engine::Awaitable;

// What the worker thread owns, and the snapshot that everybody reads.
struct ReadModel::Inner {
    Inner(std::filesystem::path path, ProjectionKey id, Logger log)
        : file(std::move(path)), key(std::move(id)), logger(std::move(log)) {}

    [[nodiscard]] std::filesystem::path rebuildFile() const { return file.string() + ".new"; }
    void publish(Snapshot next) {
        auto shared = std::make_shared<const Snapshot>(std::move(next));
        const std::lock_guard lock(mutex);
        snapshot = std::move(shared);
    }
    [[nodiscard]] std::shared_ptr<const Snapshot> current() const {
        const std::lock_guard lock(mutex);
        return snapshot;
    }
    [[nodiscard]] Status open();
    [[nodiscard]] Status apply(const engine::WatchBatch& batch);
    [[nodiscard]] Status finishRebuild(Revision revision);
    [[nodiscard]] Result<Snapshot> load(Projection& from) const;
    // Throws the file away after a failure that only a new one can cure.
    [[nodiscard]] Status cure(Status outcome);
    void setDamaged(bool yes) {
        const std::lock_guard lock(mutex);
        isDamaged = yes;
        if (yes && damageWaiter) {
            damageWaiter->wake();
        }
    }

    const std::filesystem::path file;
    const ProjectionKey key;
    const Logger logger;
    std::unique_ptr<Projection> projection;
    std::unique_ptr<Projection> rebuilding;
    RegistryCache cache;
    std::atomic<int> waiting = 0;
    std::atomic<std::uint64_t> rebuilds = 0;
    mutable std::mutex mutex; // guards what follows
    std::shared_ptr<const Snapshot> snapshot = std::make_shared<const Snapshot>();
    bool isDamaged = false;
    std::shared_ptr<Waiter> damageWaiter;
    state::Worker thread; // last: it ends before the rest goes
};

Result<Snapshot> ReadModel::Inner::load(Projection& from) const {
    constexpr std::int64_t pageSize = 512;
    Snapshot loaded;
    for (const std::string_view prefix : snapshotKeys) {
        std::string after;
        for (;;) {
            Result<std::vector<engine::Entry>> entries = from.records(std::string(prefix), after, pageSize);
            if (!entries) {
                return fail(entries.error());
            }
            if (entries->empty()) {
                break;
            }
            after = entries->back().key;
            engine::WatchBatch batch;
            for (engine::Entry& entry : *entries) {
                batch.changes.push_back({false, std::move(entry)});
            }
            loaded = loaded.after(batch);
        }
    }
    loaded.revision = from.applied();
    return loaded;
}

Status ReadModel::Inner::open() {
    std::string why;
    Result<std::unique_ptr<Projection>> opened = Projection::open(file, key, &why);
    if (!opened) {
        return fail(opened.error());
    }
    projection = std::move(*opened);
    if (!why.empty()) {
        logger.warning("the read model is built anew", {{"reason", why}});
    }
    Result<Snapshot> loaded = load(*projection);
    if (!loaded) {
        return cure(fail(loaded.error()));
    }
    publish(std::move(*loaded));
    return {};
}

Status ReadModel::Inner::cure(Status outcome) {
    if (outcome || outcome.error().code != ErrorCode::corrupt) {
        return outcome;
    }
    // A record that makes no sense in a file that was just made from the engine makes none there, either.
    if (rebuilds > 0 && projection && !projection->isDamaged()) {
        return outcome;
    }
    logger.warning("the read model is damaged and will be built anew", {{"reason", outcome.error().message}});
    setDamaged(true);
    cache.clear();
    projection.reset();
    Result<std::unique_ptr<Projection>> fresh = Projection::create(file, key);
    if (!fresh) {
        return fail(fresh.error());
    }
    projection = std::move(*fresh);
    return outcome;
}

Status ReadModel::Inner::apply(const engine::WatchBatch& batch) {
    if (Status applied = projection->apply(batch); !applied) {
        return applied;
    }
    cache.forget(batch);
    publish(current()->after(batch));
    return {};
}

Status ReadModel::Inner::finishRebuild(Revision revision) {
    if (!rebuilding) {
        return fail(ErrorCode::internal, "no read model is being built");
    }
    if (Status marked = rebuilding->markComplete(revision); !marked) {
        return marked;
    }
    Result<Snapshot> loaded = load(*rebuilding);
    if (!loaded) {
        return fail(loaded.error());
    }
    // Both must be closed: SQLite's log is found by the file's name.
    rebuilding.reset();
    projection.reset();
    std::error_code error;
    if (Projection::remove(file)) {
        std::filesystem::rename(rebuildFile(), file, error);
    }
    Result<std::unique_ptr<Projection>> opened = Projection::open(file, key);
    if (!opened) {
        return fail(opened.error());
    }
    projection = std::move(*opened);
    if (projection->applied() != revision) {
        return fail(ErrorCode::internal, "cannot put the new read model in place: " + error.message());
    }
    setDamaged(false);
    cache.clear();
    publish(std::move(*loaded));
    ++rebuilds;
    return {};
}

ReadModel::ReadModel(std::filesystem::path file, ProjectionKey key, Logger logger)
    : m_inner(std::make_unique<Inner>(std::move(file), std::move(key), std::move(logger))) {}

ReadModel::~ReadModel() = default;

std::shared_ptr<const Snapshot> ReadModel::snapshot() const {
    return m_inner->current();
}

RegistryCache& ReadModel::lately() const {
    return m_inner->cache;
}

// Functions that only hand work on are no coroutines, and lambdas have names before they are awaited: g++ 12
// destroys a closure twice that is made inside an awaiting expression.
Awaitable<Status> ReadModel::onWorker(std::function<Status()> work) {
    return m_inner->thread.run(std::move(work));
}

std::function<Status()> ReadModel::onProjection(Query query) {
    return [inner = m_inner.get(), query = std::move(query)]() -> Status {
        if (!inner->projection || inner->projection->applied() == Revision()) {
            return fail(ErrorCode::unavailable, "the read model is being built", "Try again in a moment");
        }
        return inner->cure(query(*inner->projection));
    };
}

// Questions alone are turned away when there are too many: what the follower brings must come in.
Awaitable<Status> ReadModel::ask(Query query, Milliseconds longest) {
    Inner* inner = m_inner.get();
    if (++inner->waiting > maxWaiting) {
        --inner->waiting;
        co_return fail(ErrorCode::unavailable, "too many queries wait for the read model",
                       "Try again in a moment");
    }
    Query atOnce = [query = std::move(query)](Projection& projection) {
        return projection.readAtOnce(query);
    };
    std::function<Status()> counted = [inner, work = onProjection(std::move(atOnce))]() -> Status {
        Status status = work();
        --inner->waiting;
        return status;
    };
    co_return co_await inner->thread.runWithin(longest, std::move(counted));
}

Awaitable<Status> ReadModel::open() {
    Inner* inner = m_inner.get();
    return onWorker([inner] { return inner->open(); });
}

Awaitable<Result<api::EventPage>> ReadModel::eventsAfter(Revision after, std::int64_t limit,
                                                         Milliseconds longest) {
    return read<api::EventPage>(
        [after, limit](Projection& projection) { return projection.eventsAfter(after, limit); }, longest);
}

Awaitable<Result<api::EventPage>> ReadModel::eventsBefore(Revision before, std::int64_t limit) {
    return read<api::EventPage>(
        [before, limit](Projection& projection) { return projection.eventsBefore(before, limit); });
}

void ReadModel::stop() {
    m_inner->thread.stop();
}

void ReadModel::requestRebuild() {
    m_inner->setDamaged(true);
}

bool ReadModel::isDamaged() const {
    const std::lock_guard lock(m_inner->mutex);
    return m_inner->isDamaged;
}

std::uint64_t ReadModel::rebuilds() const {
    return m_inner->rebuilds;
}

Awaitable<void> ReadModel::damaged() {
    auto waiter = std::make_shared<Waiter>(co_await boost::asio::this_coro::executor);
    {
        const std::lock_guard lock(m_inner->mutex);
        m_inner->damageWaiter = waiter;
        if (m_inner->isDamaged) {
            co_return;
        }
    }
    while (!co_await waiter->wait(std::chrono::hours(24))) {
    }
}

Awaitable<Status> ReadModel::apply(std::shared_ptr<const engine::WatchBatch> batch) {
    Inner* inner = m_inner.get();
    return onWorker(
        onProjection([inner, batch = std::move(batch)](Projection&) { return inner->apply(*batch); }));
}

Awaitable<Status> ReadModel::beginRebuild() {
    Inner* inner = m_inner.get();
    return onWorker([inner]() -> Status {
        inner->rebuilding.reset();
        Result<std::unique_ptr<Projection>> made = Projection::create(inner->rebuildFile(), inner->key);
        if (!made) {
            return fail(made.error());
        }
        inner->rebuilding = std::move(*made);
        return {};
    });
}

Awaitable<Status> ReadModel::addToRebuild(std::vector<engine::Entry> entries) {
    Inner* inner = m_inner.get();
    auto shared = std::make_shared<std::vector<engine::Entry>>(std::move(entries));
    return onWorker([inner, shared]() -> Status {
        if (!inner->rebuilding) {
            return fail(ErrorCode::internal, "no read model is being built");
        }
        return inner->rebuilding->add(*shared);
    });
}

Awaitable<Status> ReadModel::finishRebuild(Revision revision) {
    Inner* inner = m_inner.get();
    return onWorker([inner, revision] { return inner->finishRebuild(revision); });
}

} // namespace pilothouse::state
