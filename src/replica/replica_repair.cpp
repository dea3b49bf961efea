// SPDX-License-Identifier: GPL-3.0-or-later
// What a repair that was ordered does before a replica starts.
#include "replica/engine/child.h"
#include "replica/repair/carry_out.h"
#include "replica/repair/repair_servers.h"
#include "replica/replica_parts.h"
#include "replica/security/files.h"
#include "replica/security/random.h"

namespace pilothouse {
namespace {

constexpr std::size_t keyLimit = 1024;

Result<security::SealedBox> boxOf(const provision::Layout& layout) {
    const auto key = security::readPrivateFile(layout.clusterKey(), keyLimit);
    return key ? security::SealedBox::create(*key) : fail(key.error());
}

// The journal of a repair that has to go on; nullopt: there is nothing to do.
Result<std::optional<repair::Journal>> pendingIn(const provision::Layout& layout) {
    auto journal = repair::loadJournal(layout);
    if (journal && *journal && !repair::isPending(**journal)) {
        journal->reset();
    }
    return journal;
}

// nullptr where they cannot be: a repair does not need them.
std::unique_ptr<repair::RepairServers> serversFor(const provision::Layout& layout,
                                                  const provision::Identity& identity,
                                                  const api::Repair& repair, const Logger& log) {
    const auto options = nodeTls(layout);
    const auto tls = options ? http::TlsContext::server(*options) : fail(options.error());
    if (!tls) {
        log.warning("nobody can be told of the repair while it works: " + tls.error().text());
        return nullptr;
    }
    auto servers = std::make_unique<repair::RepairServers>(identity, *tls, log);
    servers->tell(repair);
    if (const Status listening = servers->start(); !listening) {
        log.warning("nobody can be told of the repair while it works: " + listening.error().text());
        return nullptr;
    }
    return servers;
}

} // namespace

Status finishRepair(const ReplicaOptions& options, const Clock& clock, const Logger& log) {
    const provision::Layout layout(std::filesystem::absolute(options.dataDir));
    if (const auto pending = pendingIn(layout); !pending || !*pending) {
        return pending ? Status() : fail(pending.error());
    }
    const auto lock = node::LockFile::acquire(layout.lock());
    if (!lock) {
        return fail(lock.error());
    }
    // Again, now that nobody else works on the folder: who did so until now may have changed both.
    const auto identity = provision::loadIdentity(layout);
    if (!identity) {
        return fail(identity.error());
    }
    auto journal = pendingIn(layout);
    if (!journal || !*journal) {
        return journal ? Status() : fail(journal.error());
    }
    if (auto ended = engine::endLeftover(layout.enginePid()); !ended) {
        return ended;
    }
    const auto box = boxOf(layout);
    if (!box) {
        return failIn(layout.clusterKey().string(), box.error());
    }
    const Logger ownLog = log.named("repair");
    const auto servers = serversFor(layout, *identity, (*journal)->repair, ownLog);
    return repair::carryOut({.layout = layout,
                             .identity = *identity,
                             .engine = engineOptions(options, layout, *identity),
                             .box = *box,
                             .clock = clock,
                             .random = security::systemRandom(),
                             .log = ownLog,
                             .onProgress =
                                 [&](const api::Repair& now) {
                                     if (servers) {
                                         servers->tell(now);
                                     }
                                 }},
                            **journal);
}

} // namespace pilothouse
