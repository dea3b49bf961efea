// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/program/serve.h"

#include "replica/program/program_image.h"
#include "replica/program/service_manager.h"
#include "replica/program/wait_to_join.h"
#include "replica/provision/layout.h"
#include "replica/waiting/pending_setup.h"

#include <cerrno>
#include <csignal>
#include <ctime>
#include <filesystem>
#include <sys/resource.h>
#include <system_error>

namespace pilothouse::program {
namespace {

sigset_t blockStopSignals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN); // a client that goes away is an error value
    return signals;
}

constexpr Milliseconds lookAgain{200};

// Whether a signal to stop came within less than a second.
bool stopAsked(const sigset_t& signals, Milliseconds within) {
    const timespec wait{.tv_sec = 0, .tv_nsec = std::chrono::nanoseconds(within).count()};
    const int got = sigtimedwait(&signals, nullptr, &wait);
    return got == SIGTERM || got == SIGINT;
}

// Each connection is an open file, and the soft limit is low by custom, for programs that use select(). The
// engine, which inherits it, wants many as well.
void allowOpenFiles() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit); // at worst it stays, and the servers take fewer connections
    }
}

// 3 when this replica was removed from its cluster, which no other start mends; 1 for all else, which may be
// mended meanwhile.
int failedExitCode(const std::filesystem::path& dataDir) {
    std::error_code unreadable;
    return std::filesystem::exists(provision::Layout(dataDir).removed(), unreadable) ? 3 : 1;
}

// Ends it, and starts what is in its place on the disk by now; where that is not possible, the same again.
Result<std::unique_ptr<Replica>> startAgain(std::unique_ptr<Replica> replica, const ReplicaOptions& options,
                                            const ProgramImage& program, const ServiceManager& manager,
                                            const Logger& log) {
    (void)replica->stop();
    replica.reset(); // and with it the folder's lock
    manager.passOn();
    if (const Status failed = program.execute(); !failed) {
        log.warning("starts again as it is: " + failed.error().text());
    }
    manager.keep();
    return Replica::start(options);
}

} // namespace

int serve(ReplicaOptions options, const std::optional<waiting::HostPlan>& plan) {
    const auto dataDir = std::filesystem::absolute(options.dataDir);
    const sigset_t signals = blockStopSignals();
    allowOpenFiles();
    const ServiceManager manager;
    const ProgramImage program;
    const Logger log(options.log, "replica", options.logLevel);
    if (plan && mayJoin(dataDir)) {
        const auto ended =
            waitToJoin({.plan = *plan,
                        .dataDir = dataDir,
                        .engineProgram = options.engineProgram,
                        .log = log,
                        .onWaiting = [&] { manager.tell("READY=1"); },
                        .stopAsked = [&](Milliseconds within) { return stopAsked(signals, within); }});
        if (ended) {
            return *ended;
        }
    } else if (!mayJoin(dataDir)) {
        waiting::endSetup(provision::Layout(dataDir)); // of a wait that a crash kept from ending
    }
    auto replica = Replica::start(options);
    if (!replica) {
        log.error(replica.error().text());
        return failedExitCode(dataDir);
    }
    manager.tell("READY=1");
    for (;;) {
        if (stopAsked(signals, lookAgain)) {
            break;
        }
        if ((*replica)->wantsRestart()) {
            replica = startAgain(std::move(*replica), options, program, manager, log);
            if (!replica) {
                log.error(replica.error().text());
                return failedExitCode(dataDir);
            }
        }
        if (const auto failure = (*replica)->failure()) {
            log.error(failure->text());
            (void)(*replica)->stop();
            return failedExitCode(dataDir);
        }
    }
    manager.tell("STOPPING=1");
    log.info("stopping"); // further signals stay blocked: one is enough
    if (auto stopped = (*replica)->stop(); !stopped) {
        log.error(stopped.error().text());
        return 1;
    }
    log.info("stopped");
    return 0;
}

} // namespace pilothouse::program
