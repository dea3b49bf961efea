// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/program/wait_to_join.h"

#include "replica/program/command.h"
#include "replica/program/report.h"
#include "replica/program/seed_call.h"
#include "replica/provision/join.h"
#include "replica/provision/pending_join.h"
#include "replica/state/feature_level.h"
#include "replica/waiting/pending_setup.h"
#include "replica/waiting/setup_desk.h"
#include "replica/waiting/setup_servers.h"

#include <iostream>
#include <system_error>
#include <unistd.h>

namespace pilothouse::program {
namespace {

constexpr Milliseconds lookAgain{200};

provision::JoinOptions joinOptions(const JoinWait& wait, const std::string& token) {
    const auto& listen = wait.plan.listen;
    return {.data_dir = wait.dataDir,
            .token = token,
            .listen_host = listen.host,
            .https_port = listen.https_port,
            .http_port = listen.http_port,
            .peer_port = listen.engine_peer_port,
            .engine_port = listen.engine_client_port};
}

// For the eyes of whoever sits there: a log, or a file that output goes to, is read by more people.
void showCode(const provision::Layout& layout, const waiting::PendingSetup& setup, const Logger& log) {
    log.info("this host waits to be joined to a cluster; its setup code lies in " +
                 layout.setupCode().string(),
             {{"url", setup.url}});
    const auto line = waiting::setupCodeLine(setup);
    if (line && ::isatty(STDOUT_FILENO) == 1) {
        printLine("The setup code of this host, to be pasted where a replica is added to a cluster:\n\n" +
                  *line + "\n");
        std::cout.flush();
    }
}

enum class Attempt { joined, failed, stopped };

Attempt tryToken(const JoinWait& wait, const std::string& token, waiting::SetupDesk& desk) {
    // Of an earlier attempt, perhaps of an earlier process: the cluster may know them.
    std::error_code unreadable;
    const bool hasKeys = std::filesystem::exists(provision::Layout(wait.dataDir).pendingJoin(), unreadable);
    const auto prepared =
        provision::prepareJoin(joinOptions(wait, token), state::ownFeatureLevel, systemClock());
    if (!prepared) {
        desk.failed(prepared.error(), false);
        return Attempt::failed;
    }
    bool stopped = false;
    const auto stopAsked = [&] {
        stopped = stopped || wait.stopAsked(Milliseconds(0));
        return stopped;
    };
    JoinCall call{.cancelled = stopAsked,
                  .waits = [&](const Error& why) { wait.log.info("waiting for the cluster: " + why.text()); },
                  .mayBeUsed = hasKeys};
    const auto answer = askCluster(*prepared, call);
    if (stopped) {
        return Attempt::stopped; // the next start goes on with this token
    }
    if (!answer) {
        if (!call.mayBeUsed) { // another token gets keys of its own
            provision::endPendingJoin(provision::Layout(wait.dataDir));
        }
        desk.failed(answer.error(), call.mayBeUsed);
        return Attempt::failed;
    }
    const auto identity = provision::finishJoin(*prepared, *answer, systemClock());
    if (!identity) {
        desk.failed(identity.error(), true);
        return Attempt::failed;
    }
    wait.log.info(identity->name + " is a learner of " + identity->cluster_name + " now",
                  {{"replica", identity->id}});
    return Attempt::joined;
}

std::optional<int> waitForToken(const JoinWait& wait, waiting::SetupDesk& desk) {
    for (;;) {
        if (wait.stopAsked(lookAgain)) {
            return exitDone;
        }
        if (const auto token = desk.tokenToTry()) {
            switch (tryToken(wait, *token, desk)) {
            case Attempt::joined:
                return std::nullopt;
            case Attempt::stopped:
                return exitDone;
            case Attempt::failed:
                break;
            }
        }
        if (desk.isOver()) {
            return exitFailed;
        }
    }
}

int failed(const JoinWait& wait, const Error& error) {
    wait.log.error(error.text());
    return exitFailed;
}

} // namespace

bool mayJoin(const std::filesystem::path& dataDir) {
    const provision::Layout layout(dataDir);
    std::error_code unreadable; // then there may be one
    return !std::filesystem::exists(layout.identity(), unreadable) && !unreadable &&
           !std::filesystem::exists(layout.removed(), unreadable) && !unreadable;
}

std::optional<int> waitToJoin(const JoinWait& wait) {
    const provision::Layout layout(wait.dataDir);
    const auto lock = waiting::takeFolder(layout); // until the replica takes it
    if (!lock) {
        return failed(wait, lock.error());
    }
    const auto setup = waiting::beginSetup(layout, wait.plan, security::systemRandom(), systemClock());
    if (!setup) {
        return failed(wait, setup.error());
    }
    waiting::SetupDesk desk(layout, *setup, wait.log);
    waiting::SetupServers servers({layout, *setup, wait.plan.listen, wait.engineProgram, wait.log}, desk);
    if (const Status listening = servers.start(); !listening) {
        return failed(wait, listening.error());
    }
    showCode(layout, *setup, wait.log);
    wait.onWaiting();
    const std::optional<int> ended = waitForToken(wait, desk);
    servers.stop();
    if (!ended) {
        waiting::endSetup(layout);
    } else if (*ended == exitFailed) {
        waiting::abandonSetup(layout);
        wait.log.error(
            "five wrong setup codes were given, so this host waits no longer. Start it again: it makes "
            "a new setup code");
    } else {
        wait.log.info("stopped waiting to be joined; the next start shows the same setup code");
    }
    return ended;
}

} // namespace pilothouse::program
