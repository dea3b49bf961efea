// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/event_recorder.h"

#include "replica/state/keys.h"

#include <utility>

namespace pilothouse::state {

using engine::Awaitable;

EventRecorder::EventRecorder(engine::Engine& engine, std::filesystem::path folder, Logger logger)
    : m_engine(engine), m_logger(std::move(logger)), m_pending(std::move(folder)) {}

Awaitable<Status> EventRecorder::onDisk(DiskWork work) {
    return m_disk.run([this, work = std::move(work)] { return work(m_pending); });
}

// Compares that there is none of that name: sending it again after a lost answer is harmless.
Awaitable<Status> EventRecorder::put(const PendingEvent& event, Milliseconds deadline) {
    const std::string key = keys::of(keys::events, event.name);
    engine::Transaction transaction;
    transaction.compares = {engine::Compare::absent(key)};
    transaction.then.emplace_back(engine::Put{key, encode(event.event)});
    const Result<engine::TransactionResult> done = co_await m_engine.transact(transaction, deadline);
    if (!done) {
        co_return fail(done.error());
    }
    co_return Status();
}

Awaitable<Status> EventRecorder::record(std::string name, EventRecord event, Milliseconds deadline) {
    PendingEvent pending{std::move(name), std::move(event)};
    const Status done = co_await put(pending, deadline);
    if (done) {
        co_return done;
    }
    m_logger.debug("an event is kept on disk", {{"name", pending.name}, {"reason", done.error().message}});
    co_return co_await hold(std::move(pending.name), std::move(pending.event), deadline);
}

Awaitable<Status> EventRecorder::hold(std::string name, EventRecord event, Milliseconds deadline) {
    PendingEvent pending{std::move(name), std::move(event)};
    std::function<Status()> add = [this, pending = std::move(pending)] { return m_pending.add(pending); };
    Status kept = co_await m_disk.runWithin(deadline, std::move(add));
    if (!kept && kept.error().code != ErrorCode::timeout) {
        m_logger.error("an event is lost", {{"reason", kept.error().message}});
    }
    co_return kept;
}

Awaitable<Result<std::size_t>> EventRecorder::flush(Milliseconds deadline) {
    auto kept = std::make_shared<std::vector<PendingEvent>>();
    auto damaged = std::make_shared<int>(0);
    DiskWork list = [kept, damaged](PendingEvents& events) -> Status {
        Result<std::vector<PendingEvent>> found = events.list(damaged.get());
        if (!found) {
            return fail(found.error());
        }
        *kept = std::move(*found);
        return {};
    };
    const Status listed = co_await onDisk(std::move(list));
    if (!listed) {
        co_return fail(listed.error());
    }
    if (*damaged > 0) {
        m_logger.warning("events on disk could not be read", {{"count", std::to_string(*damaged)}});
    }
    std::size_t left = kept->size();
    for (const PendingEvent& event : *kept) {
        const Status done = co_await put(event, deadline);
        if (!done) {
            break;
        }
        DiskWork forget = [name = event.name](PendingEvents& events) { return events.remove(name); };
        const Status removed = co_await onDisk(std::move(forget));
        if (!removed) {
            co_return fail(removed.error());
        }
        --left;
    }
    co_return left;
}

} // namespace pilothouse::state
