// SPDX-License-Identifier: GPL-3.0-or-later
// What a running replica does all the time.
#include "replica/node/bootstrapper.h"
#include "replica/node/engine_setup.h"
#include "replica/node/event_teller.h"
#include "replica/replica_parts.h"

namespace pilothouse {

void ReplicaParts::startTasks() {
    tasks.spawn("following the state", [](ReplicaParts& parts) -> boost::asio::awaitable<void> {
        if (auto opened = co_await parts.model.open(); !opened) {
            parts.fail(opened.error());
            co_return;
        }
        if (parts.options.onEvent) {
            parts.tasks.spawn("telling events",
                              node::tellEvents(parts.follower, parts.model, parts.options.onEvent));
        }
        co_await parts.follower.run();
    }(*this));
    tasks.spawn("the first records", [](ReplicaParts& parts) -> boost::asio::awaitable<void> {
        const Status done =
            co_await node::bootstrapState(parts.engine, parts.files.layout, parts.id, parts.log);
        if (!done) {
            parts.fail(done.error());
        }
    }(*this));
    tasks.spawn("watching the engine", monitor.run());
    tasks.spawn("confirming the quorum", monitor.confirmQuorum());
    tasks.spawn("publishing the status", upkeep.publishing());
    tasks.spawn("measuring the host", upkeep.measuring(diskWorker));
    tasks.spawn("watching how the disk fills", checks.watchingDisk());
    tasks.spawn("keeping the membership", membershipUpkeep.run());
    tasks.spawn("carrying out operations", operations.runner.run());
    tasks.spawn("concluding a repair", repair.concluding());
    registry.startTasks(tasks);
    tasks.spawn("recording held events", events.flushing());
    tasks.spawn("renewing certificates", renewal.run(model, diskWorker, {}, log.named("certificates"),
                                                     [this](const auto& renewed) { takeRenewed(renewed); }));
    if (auto listening = localServer.start(); listening) {
        tasks.spawn("taking local orders", localServer.run());
    } else {
        log.warning("pilothouse-replica local does not work: " + listening.error().text());
    }
    boost::asio::post(strand, [this] {
        events.started();
        for (const auto& certificate : files.renewed) {
            events.certificateRenewed(certificate);
        }
    });
}

// On the strand. The engine reads its certificate anew for each connection.
void ReplicaParts::takeRenewed(const std::vector<api::Certificate>& renewed) {
    const auto reloaded = reloadTls(files).and_then([&] { return engineProbe.reload(); });
    if (!reloaded) {
        log.error("the renewed certificate cannot be used: " + reloaded.error().text());
        return;
    }
    peerClient.dropConnections();
    if (auto certificates = node::readCertificates(files.layout)) {
        board.update([&](node::StatusParts& parts) { parts.self.certificates = std::move(*certificates); },
                     true);
    }
    for (const auto& certificate : renewed) {
        events.certificateRenewed(certificate);
    }
}

} // namespace pilothouse
