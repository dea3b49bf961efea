// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/start.h"

#include "sandbox/control.h"
#include "sandbox/create.h"
#include "sandbox/health_wait.h"
#include "sandbox/name_lock.h"
#include "sandbox/ports.h"
#include "sandbox/process.h"
#include "sandbox/store.h"
#include "sandbox/text.h"
#include "sandbox/wait.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QUrl>

namespace pilothouse::sandbox {
namespace {

namespace fs = std::filesystem;

constexpr int usualReplicas = 3;
constexpr Milliseconds stopDeadline{10'000};

// A process that was just killed holds its ports until the kernel has taken it apart.
constexpr Milliseconds portsMayLinger{3000};

Status portFreeSoon(std::uint16_t port, const std::stop_token& cancel) {
    const auto end = std::chrono::steady_clock::now() + portsMayLinger;
    for (;;) {
        auto isFree = checkPortFree(port);
        if (isFree || std::chrono::steady_clock::now() > end) {
            return isFree;
        }
        pause(Milliseconds(20), cancel);
        if (cancel.stop_requested()) {
            return fail(cancelled());
        }
    }
}

// All ports that the replica and its engine listen at.
std::vector<std::uint16_t> portsOf(const api::SandboxReplica& replica) {
    std::vector<std::uint16_t> ports;
    const auto add = [&](int port) {
        if (port > 0) {
            ports.push_back(static_cast<std::uint16_t>(port));
        }
    };
    add(QUrl(QString::fromStdString(replica.url)).port());
    add(QUrl(QString::fromStdString(replica.http_url)).port());
    QFile identity(QString::fromStdString((fs::path(replica.data_dir) / "replica.json").string()));
    if (identity.open(QIODevice::ReadOnly)) { // otherwise the replica itself will say what is wrong
        const QJsonObject whole = QJsonDocument::fromJson(identity.readAll()).object();
        const QJsonObject listen = whole[QLatin1String("listen")].toObject();
        add(listen[QLatin1String("engine_client_port")].toInt());
        add(listen[QLatin1String("engine_peer_port")].toInt());
    }
    return ports;
}

Status checkPorts(const api::SandboxReplica& replica, const std::stop_token& cancel = {}) {
    for (const std::uint16_t port : portsOf(replica)) {
        if (auto isFree = portFreeSoon(port, cancel); !isFree) {
            return failIn(replica.name, isFree.error());
        }
    }
    return {};
}

Result<Process> startReplica(const api::Sandbox& sandbox, const api::SandboxReplica& replica,
                             const fs::path& program) {
    QProcess process;
    process.setProgram(QString::fromStdString(program.string()));
    process.setArguments({QStringLiteral("serve"), QStringLiteral("--data-dir"),
                          QString::fromStdString(replica.data_dir), QStringLiteral("--config"),
                          QString::fromStdString(sandbox.dir + "/" + replica.name + ".conf")});
    process.setWorkingDirectory(QString::fromStdString(sandbox.dir));
    const auto log = QString::fromStdString(logPath(sandbox, replica).string());
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardOutputFile(log, QIODevice::Append);
    process.setStandardErrorFile(log, QIODevice::Append);
    qint64 pid = 0;
    if (!process.startDetached(&pid)) {
        return failWith(ErrorCode::internal,
                        Text::tr("cannot run %1: %2").arg(shown(program.string()), process.errorString()));
    }
    return processNow(static_cast<int>(pid));
}

// Starts those that do not run, each once; on failure `started` tells which were started all the same.
Status startMissing(const api::Sandbox& sandbox, const fs::path& program, Processes& started,
                    const std::stop_token& cancel) {
    std::vector<const api::SandboxReplica*> missing;
    for (const auto& replica : sandbox.replicas) {
        if (started.contains(replica.name) || runningReplica(replica.data_dir)) {
            continue;
        }
        if (auto isFree = checkPorts(replica, cancel); !isFree) {
            return isFree;
        }
        missing.push_back(&replica);
    }
    for (const auto* replica : missing) {
        const auto process = startReplica(sandbox, *replica, program);
        if (!process) {
            return fail(process.error());
        }
        started.emplace(replica->name, *process);
    }
    return {};
}

void undo(const api::Sandbox& sandbox, bool isNew, const Processes& started) {
    // By process id first: one that was only just started has not said yet on which folder it runs.
    for (const auto& [name, process] : started) {
        endProcess(process, stopDeadline);
    }
    for (const auto& replica : sandbox.replicas) {
        if (isNew || started.contains(replica.name)) {
            (void)stopReplica(replica, stopDeadline); // the first failure is the one to tell
        }
    }
    if (isNew) {
        (void)erase(sandbox);
    }
}

// All of them up and healthy; on failure those that were started are stopped again.
Status startAll(const api::Sandbox& sandbox, bool isNew, const StartOptions& options, const fs::path& program,
                const StartProgress& progress, const std::stop_token& cancel) {
    const int total = static_cast<int>(sandbox.replicas.size());
    if (!isNew && options.replicas != 0 && options.replicas != total) {
        return failWith(ErrorCode::conflict,
                        Text::tr("sandbox \"%2\" has %1 replicas already", nullptr, total)
                            .arg(QString::number(total), shown(options.name)),
                        Text::tr("Remove it first, or choose another name"));
    }
    progress(StartStep::startingReplicas, 0, total);
    Processes started;
    auto up = startMissing(sandbox, program, started, cancel);
    if (up) {
        // One that was killed just before may have been seen running while it died: it is started as well.
        up = waitUntilHealthy(
            sandbox, started, [&] { return startMissing(sandbox, program, started, cancel); },
            options.deadline, cancel,
            [&](int ready) { progress(StartStep::waitingForHealth, ready, total); });
    }
    if (!up) {
        undo(sandbox, isNew, started);
        return up;
    }
    progress(StartStep::done, total, total);
    return {};
}

} // namespace

Result<fs::path> findReplicaProgram() {
    const fs::path beside =
        fs::path(QCoreApplication::applicationDirPath().toStdString()) / "pilothouse-replica";
    if (fs::exists(beside)) {
        return beside;
    }
    const auto inPath = QStandardPaths::findExecutable(QStringLiteral("pilothouse-replica"));
    if (inPath.isEmpty()) {
        return failWith(ErrorCode::notFound,
                        Text::tr("pilothouse-replica is neither beside this program nor in $PATH"),
                        Text::tr("Install the package pilothouse-replica, or build it with ./run build"));
    }
    return fs::path(inPath.toStdString());
}

Status startOne(const api::Sandbox& sandbox, const api::SandboxReplica& replica) {
    if (runningReplica(replica.data_dir)) {
        return {};
    }
    const auto program = findReplicaProgram();
    if (!program) {
        return fail(program.error());
    }
    if (auto isFree = checkPorts(replica); !isFree) {
        return isFree;
    }
    const auto process = startReplica(sandbox, replica, *program);
    return process ? Status{} : fail(process.error());
}

Status restartReplica(const api::Sandbox& sandbox, const api::SandboxReplica& replica,
                      Milliseconds deadline) {
    const auto program = findReplicaProgram();
    if (!program) {
        return fail(program.error());
    }
    if (auto stopped = stopReplica(replica, deadline); !stopped) {
        return stopped;
    }
    if (auto isFree = checkPorts(replica); !isFree) {
        return isFree;
    }
    const auto process = startReplica(sandbox, replica, *program);
    if (!process) {
        return fail(process.error());
    }
    return waitUntilAnswering(sandbox, replica, *process, deadline);
}

Result<api::Sandbox> start(const StartOptions& options, const StartProgress& progress,
                           std::stop_token cancel) {
    auto program = options.program.empty() ? findReplicaProgram() : Result<fs::path>(options.program);
    if (!program) {
        return fail(program.error());
    }
    if (auto valid = checkName(options.name); !valid) {
        return fail(valid.error());
    }
    const auto lock = NameLock::acquire(options.name, options.deadline, cancel);
    if (!lock) {
        return fail(lock.error());
    }
    auto sandbox = load(options.name);
    const bool isNew = !sandbox && sandbox.error().code == ErrorCode::notFound;
    if (isNew) {
        StartOptions wanted = options;
        wanted.replicas = options.replicas == 0 ? usualReplicas : options.replicas;
        progress(StartStep::preparing, 0, wanted.replicas);
        sandbox = create(wanted, *program, cancel);
    }
    if (!sandbox) {
        return fail(sandbox.error());
    }
    auto up = startAll(*sandbox, isNew, options, *program, progress, cancel);
    // One that was forgotten while it was down learns of it now, and counts no more.
    for (auto left = load(options.name); !up && left && left->replicas.size() < sandbox->replicas.size();
         left = load(options.name)) {
        sandbox = std::move(left);
        up = startAll(*sandbox, isNew, options, *program, progress, cancel);
    }
    return up ? load(options.name) : fail(up.error());
}

} // namespace pilothouse::sandbox
