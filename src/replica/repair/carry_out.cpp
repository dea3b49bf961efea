// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/repair/carry_out.h"

#include "domain/operation.h"
#include "replica/engine/force_new_cluster.h"
#include "replica/engine/write_ahead_log.h"
#include "replica/node/engine_setup.h"
#include "replica/node/issuer.h"
#include "replica/provision/bootstrap.h"
#include "replica/provision/engine_client.h"
#include "replica/repair/folder_copy.h"
#include "replica/repair/lone_engine.h"
#include "replica/security/authority.h"
#include "replica/security/files.h"

#include <system_error>

namespace pilothouse::repair {
namespace {

using domain::RepairPhase;
using domain::RepairStep;

constexpr Milliseconds longestStart{180'000}; // of an engine with a full database on a slow disk

Status save(const Work& work, const Journal& journal) {
    if (work.onProgress) {
        work.onProgress(journal.repair);
    }
    return saveJournal(work.layout, journal);
}

Status copyFolder(const Work& work, Journal& journal) {
    // Without the engine, which puts room aside for its log; an unfinished copy is begun anew.
    const auto whole = bytesBelow(work.layout.engine());
    if (!whole) {
        return fail(whole.error());
    }
    journal.repair.copy_bytes = *whole;
    journal.repair.copied_bytes = 0;
    return copyEpoch(work.layout, journal.repair.copy_path, [&](std::int64_t bytes) {
        journal.repair.copied_bytes += bytes;
        if (work.onProgress) {
            work.onProgress(journal.repair);
        }
    });
}

Result<security::Authority> authorityOf(const Work& work, Journal& journal) {
    if (!journal.peer_ca.empty()) { // of an attempt that was interrupted
        const auto key = work.box.open(journal.sealed_peer_ca_key, provision::peerCaKeySecret);
        return key ? security::Authority::load(journal.peer_ca, *key) : fail(key.error());
    }
    auto authority = security::Authority::create("Pilothouse peers " + work.identity.cluster_id + " " +
                                                     std::to_string(journal.repair.to_epoch),
                                                 work.clock.wall());
    if (!authority) {
        return authority;
    }
    journal.peer_ca = authority->certificatePem();
    journal.sealed_peer_ca_key = work.box.seal(authority->keyPem(), provision::peerCaKeySecret, work.random);
    const Status saved = saveJournal(work.layout, journal);
    return saved ? authority : fail(saved.error());
}

Status newAuthority(const Work& work, Journal& journal) {
    const auto authority = authorityOf(work, journal);
    const auto key = security::PrivateKey::generate();
    if (!authority || !key) {
        return fail(authority ? key.error() : authority.error());
    }
    const security::CertificateOrder order{security::Profile::enginePeer,
                                           {ClusterId(work.identity.cluster_id), ReplicaId(work.identity.id)},
                                           node::namesFor(work.identity.peer_url)};
    const auto certificate = authority->issue(*key, order, work.clock.wall());
    if (!certificate) {
        return fail(certificate.error());
    }
    const auto& layout = work.layout;
    return security::writePrivateFile(layout.peerCa(), authority->certificatePem())
        .and_then([&] { return security::writePrivateFile(layout.peerKey(), key->pem()); })
        .and_then([&] { return security::writePrivateFile(layout.peerCertificate(), *certificate); });
}

Status startAlone(const Work& work, Journal&) {
    const auto& layout = work.layout;
    // Whatever its log holds may have been acknowledged by the others.
    return engine::commitAll(layout.engineData())
        .and_then([&] { return provision::writeEngineClientCertificates(layout, work.clock.wall()); })
        .and_then([&]() -> Status {
            const auto address = node::engineAddressOf(layout, work.identity);
            return address ? engine::forceNewCluster(work.engine, *address, longestStart,
                                                     work.log.named("engine"))
                           : fail(address.error());
        });
}

Status recordEpoch(const Work& work, Journal& journal) {
    const auto address = node::engineAddressOf(work.layout, work.identity);
    if (!address) {
        return fail(address.error());
    }
    const auto recorded = recordWithLoneEngine(
        {work.engine, *address, longestStart, work.log.named("engine")}, journal, work.clock);
    if (!recorded) {
        return fail(recorded.error());
    }
    journal.revision = recorded->value();
    provision::Identity identity = work.identity;
    identity.epoch = journal.repair.to_epoch;
    identity.initial_cluster = identity.id + "=" + identity.peer_url;
    return provision::saveIdentity(work.layout, identity);
}

using Doing = Status (*)(const Work&, Journal&);

Status doStep(const Work& work, Journal& journal, RepairStep step, Doing doing) {
    if (isDone(journal, step)) {
        return {};
    }
    beginStep(journal, step, work.clock.wall());
    if (Status saved = save(work, journal); !saved) {
        return saved;
    }
    if (Status done = doing(work, journal); !done) {
        return done;
    }
    endStep(journal, step, work.clock.wall());
    return save(work, journal);
}

Status doSteps(const Work& work, Journal& journal) {
    constexpr Doing nothing = [](const Work&, Journal&) { return Status(); };
    return doStep(work, journal, RepairStep::stop, nothing) // by who calls this
        .and_then([&] { return doStep(work, journal, RepairStep::copyFolder, copyFolder); })
        .and_then([&] { return doStep(work, journal, RepairStep::newAuthority, newAuthority); })
        .and_then([&] { return doStep(work, journal, RepairStep::startAlone, startAlone); })
        .and_then([&] { return doStep(work, journal, RepairStep::recordEpoch, recordEpoch); });
}

void markUndone(api::Repair& repair) {
    for (auto& step : repair.steps) {
        if (step.state != domain::nameOf(domain::StepState::pending)) {
            step.state = domain::nameOf(domain::StepState::undone);
        }
    }
}

Status undo(const Work& work, Journal& journal) {
    if (Status restored = restoreEpoch(work.layout, journal.repair.copy_path, {}); !restored) {
        return failIn("the repair cannot be taken back now", restored.error());
    }
    journal.undoing = false;
    setPhase(journal, RepairPhase::failed);
    markUndone(journal.repair);
    journal.repair.ended_at = toRfc3339(work.clock.wall());
    note(journal, "ended", "Everything is as it was before", work.clock.wall());
    return save(work, journal);
}

Status putBack(const Work& work, Journal& journal) {
    const auto aside = work.layout.afterEpoch(journal.repair.to_epoch);
    if (Status restored = restoreEpoch(work.layout, journal.repair.copy_path, aside); !restored) {
        return failIn("the repair cannot be put back now", restored.error());
    }
    setPhase(journal, RepairPhase::putBack);
    markUndone(journal.repair);
    journal.repair.ended_at = toRfc3339(work.clock.wall());
    note(journal, "ended", "What was written since the repair lies in " + aside.string(), work.clock.wall());
    work.log.warning("the repair was put back: this replica is in epoch " +
                     std::to_string(journal.repair.from_epoch) + " again");
    return save(work, journal);
}

} // namespace

Status carryOut(const Work& work, Journal& journal) {
    if (!isPending(journal)) {
        return {};
    }
    if (phaseOf(journal) == RepairPhase::puttingBack) {
        return putBack(work, journal);
    }
    if (!journal.undoing) {
        work.log.warning("repairing the cluster from this replica, into epoch " +
                         std::to_string(journal.repair.to_epoch));
        const Status done = doSteps(work, journal);
        if (done) {
            work.log.warning("the cluster is in epoch " + std::to_string(journal.repair.to_epoch) +
                             ", with this replica alone");
            return done;
        }
        work.log.error("the repair failed, and is taken back: " + done.error().text());
        journal.undoing = true;
        journal.repair.error = done.error().text();
        note(journal, "failed", done.error().text(), work.clock.wall());
        if (Status saved = save(work, journal); !saved) {
            return saved;
        }
    }
    return undo(work, journal);
}

} // namespace pilothouse::repair
