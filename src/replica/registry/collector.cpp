// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/collector.h"

#include "replica/node/sleep.h"
#include "replica/replication/copier.h"
#include "replica/state/keys.h"
#include "replica/state/registry_keys.h"
#include "replica/state/registry_queries.h"
#include "replica/state/settings.h"

#include <algorithm>

namespace pilothouse::registry {

using boost::asio::awaitable;
using state::BlobPhase;

namespace {

constexpr std::int64_t pageSize = 500;
constexpr std::size_t mostAtOnce = 1000; // the rest with the next run
constexpr Milliseconds longestPause{360'000};
constexpr Milliseconds transactionDeadline{2'000};
constexpr Milliseconds voterDeadline{2'000};
constexpr std::chrono::seconds lockLease{120};

// A page of all blobs, with whether a manifest names each.
struct Page {
    struct Entry {
        engine::Entry entry;
        bool referenced = false;
    };
    std::vector<Entry> entries;
};

Result<Page> pageAfter(state::Projection& projection, const std::string& after) {
    auto entries = projection.records(std::string(state::keys::blobs), after, pageSize);
    if (!entries) {
        return fail(entries.error());
    }
    Page page;
    for (engine::Entry& entry : *entries) {
        const std::string digest(state::keys::nameBelow(state::keys::blobs, entry.key));
        const Result<bool> referenced = state::isReferenced(projection, digest);
        if (!referenced) {
            return fail(referenced.error());
        }
        page.entries.push_back({std::move(entry), *referenced});
    }
    return page;
}

} // namespace

Collector::Collector(engine::Engine& engine, state::ReadModel& model, state::StateFollower& follower,
                     replication::PeerBlobs& peers, const Clock& clock, ReplicaId self,
                     std::function<bool()> leads, CollectorOptions options, Logger log)
    : m_engine(engine), m_model(model), m_follower(follower), m_peers(peers), m_clock(clock),
      m_self(std::move(self)), m_leads(std::move(leads)), m_options(options), m_log(std::move(log)) {}

std::chrono::minutes Collector::grace() const {
    return std::chrono::minutes(
        state::settingNumber(*m_model.snapshot(), state::setting::collectAfterMinutes));
}

// A tenth of the grace time: that much longer an unreferenced blob may stay.
Milliseconds Collector::pause() const {
    return std::clamp(Milliseconds(grace()) / 10, m_options.shortestPause,
                      std::max(m_options.shortestPause, longestPause));
}

awaitable<void> Collector::run() {
    Revision looked; // nothing was written since, and nothing waits for its time
    for (;;) {
        // In steps: a shorter time that was set meanwhile counts at once, not after the longer one.
        Milliseconds slept{0};
        while (slept < pause()) {
            co_await node::sleepFor(m_options.shortestPause);
            slept += m_options.shortestPause;
        }
        const Revision now = m_follower.applied();
        if (!m_leads() || (looked == now && m_grace.empty())) {
            continue;
        }
        const auto report = co_await collect(false);
        if (!report) {
            m_log.debug("unreferenced blobs could not be collected", {{"reason", report.error().message}});
            continue;
        }
        looked = now;
        if (report->deleted > 0) {
            m_log.info("unreferenced blobs were deleted", {{"blobs", std::to_string(report->deleted)},
                                                           {"bytes", std::to_string(report->deletedBytes)}});
        }
    }
}

awaitable<Result<Collector::Found>> Collector::look() {
    Found found;
    found.at = m_clock.monotonic();
    found.grace = grace();
    std::string after;
    m_grace.beginRound();
    for (;;) {
        const std::function<Result<Page>(state::Projection&)> query = [after](state::Projection& projection) {
            return pageAfter(projection, after);
        };
        const auto page = co_await m_model.read<Page>(query);
        if (!page) {
            co_return fail(page.error());
        }
        if (page->entries.empty()) {
            m_grace.endRound();
            co_return found;
        }
        for (const auto& [entry, referenced] : page->entries) {
            const auto record = state::decode<state::BlobRecord>(entry.value);
            if (!record) {
                continue; // a newer version's, say: not ours to judge
            }
            take({std::string(state::keys::nameBelow(state::keys::blobs, entry.key)),
                  {*record, entry.created, entry.modified}},
                 referenced, found);
        }
        after = page->entries.back().entry.key;
    }
}

void Collector::take(Blob blob, bool referenced, Found& found) {
    const auto keep = [&blob](Blobs& list) {
        if (list.size() < mostAtOnce) {
            list.push_back(std::move(blob));
        }
    };
    const state::BlobRecord& record = blob.stored.record;
    if (record.phase != BlobPhase::live) {
        return keep(record.phase == BlobPhase::dying ? found.dying : found.dead);
    }
    if (referenced) {
        return;
    }
    ++found.report.unreferenced;
    found.report.unreferencedBytes += record.size;
    if (m_grace.seen(blob.digest, blob.stored.modified, found.at) >= found.grace) {
        ++found.report.due;
        found.report.dueBytes += record.size;
        keep(found.due);
    }
}

awaitable<Result<CollectorReport>> Collector::collect(bool dryRun) {
    const Status barrier = co_await m_follower.readBarrier(transactionDeadline);
    if (!barrier) {
        co_return fail(barrier.error());
    }
    auto found = co_await look();
    if (!found) {
        co_return fail(found.error());
    }
    CollectorReport report = found->report;
    const bool nothing = found->due.empty() && found->dying.empty() && found->dead.empty();
    if (dryRun || nothing) {
        co_return report;
    }
    const auto lease = co_await m_engine.grantLease(lockLease, transactionDeadline);
    if (!lease) {
        co_return fail(lease.error());
    }
    const std::string lock(state::keys::collectorLock);
    engine::Transaction take;
    take.compares = {engine::Compare::absent(lock)};
    take.then = {engine::Put{lock, m_self.str(), *lease}};
    const auto taken = co_await m_engine.transact(std::move(take), transactionDeadline);
    Status done = taken ? Status() : fail(taken.error());
    if (taken && !taken->succeeded) {
        done = fail(ErrorCode::conflict, "unreferenced blobs are being collected already");
    } else if (taken) {
        done = co_await act(std::move(*found), report);
    }
    (void)co_await m_engine.revokeLease(*lease, transactionDeadline); // with the lock; else it goes by itself
    co_return done ? Result<CollectorReport>(report) : fail(done.error());
}

// What an earlier run left in between is taken along.
awaitable<Status> Collector::act(Found found, CollectorReport& report) {
    auto marked = co_await writeEach(std::move(found.due), BlobPhase::dying);
    if (!marked) {
        co_return fail(marked.error());
    }
    marked->insert(marked->end(), found.dying.begin(), found.dying.end());
    Status known = co_await everyVoterHas(*marked);
    if (!known) {
        co_return known;
    }
    auto buried = co_await writeEach(std::move(*marked), BlobPhase::dead);
    if (!buried) {
        co_return fail(buried.error());
    }
    buried->insert(buried->end(), found.dead.begin(), found.dead.end());
    known = co_await everyVoterHas(*buried);
    if (!known) {
        co_return known;
    }
    for (const Blob& blob : *buried) {
        state::WritePlan plan = state::planForgetBlob(blob.digest, blob.stored.modified);
        engine::Transaction transaction;
        transaction.compares = std::move(plan.compares);
        transaction.then = std::move(plan.operations);
        const auto done = co_await m_engine.transact(std::move(transaction), transactionDeadline);
        if (!done) {
            co_return fail(done.error());
        }
        report.deleted += done->succeeded ? 1 : 0;
        report.deletedBytes += done->succeeded ? blob.stored.record.size : 0;
    }
    co_return Status();
}

awaitable<Result<Collector::Blobs>> Collector::writeEach(Blobs blobs, BlobPhase phase) {
    Blobs written;
    for (Blob& blob : blobs) {
        state::WritePlan plan = phase == BlobPhase::dying ? state::planMarkBlob(blob.digest, blob.stored)
                                                          : state::planBuryBlob(blob.digest, blob.stored);
        engine::Transaction transaction;
        transaction.compares = std::move(plan.compares);
        transaction.then = std::move(plan.operations);
        const auto done = co_await m_engine.transact(std::move(transaction), transactionDeadline);
        if (!done) {
            co_return fail(done.error());
        }
        m_follower.expect(done->revision);
        if (done->succeeded) {
            blob.stored.record.phase = phase;
            blob.stored.modified = done->revision;
            written.push_back(std::move(blob));
        }
    }
    co_return written;
}

awaitable<Status> Collector::everyVoterHas(const Blobs& blobs) {
    Revision revision;
    for (const Blob& blob : blobs) {
        revision = std::max(revision, blob.stored.modified);
    }
    const auto state = m_model.snapshot();
    if (blobs.empty() || !state->membership) {
        co_return blobs.empty() ? Status() : fail(ErrorCode::unavailable, "the members are not known");
    }
    for (const std::string& voter : state->membership->record.voters) {
        const auto* member = state->members.find(voter);
        if (voter == m_self.str()) {
            continue;
        }
        if (member == nullptr) {
            co_return fail(ErrorCode::unavailable, "the voter " + voter + " is not known yet");
        }
        const api::Member peer = replication::peerOf(member->record);
        const Status applied = co_await m_peers.waitApplied(peer, revision, voterDeadline);
        if (!applied) {
            co_return failIn(member->record.name + " has not confirmed yet", applied.error());
        }
    }
    co_return co_await m_follower.waitFor(revision, voterDeadline);
}

} // namespace pilothouse::registry
