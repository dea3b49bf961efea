// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/health_wait.h"

#include "client/observation_collector.h"
#include "client/sandbox_folder.h"
#include "domain/assessment.h"
#include "sandbox/control.h"
#include "sandbox/text.h"
#include "sandbox/wait.h"

#include <QEventLoop>
#include <QFile>
#include <QFutureWatcher>
#include <QTcpSocket>
#include <QUrl>

#include <algorithm>

namespace pilothouse::sandbox {
namespace {

constexpr Milliseconds lookEvery{50};
constexpr std::chrono::milliseconds lookTimeout{1000};

struct Look {
    int ready = 0;         // of the sandbox's replicas, take traffic, or were left behind by a repair
    bool together = false; // they agree on a leader, and every one hears every other
};

bool isOf(const api::Sandbox& sandbox, const ReplicaId& id) {
    return std::any_of(sandbox.replicas.begin(), sandbox.replicas.end(),
                       [&](const api::SandboxReplica& replica) { return replica.id == id.str(); });
}

// A replica takes traffic as soon as its engine has a majority; its peers may not have asked it anything yet,
// and until they have they would say that it does not answer.
bool hearEachOther(const api::Sandbox& sandbox, const domain::ClusterObservation& observation) {
    for (const auto& replica : observation.replicas) {
        if (!isOf(sandbox, replica.id) || !replica.report) {
            continue;
        }
        for (const auto& peer : replica.report->peers) {
            if (isOf(sandbox, peer.peer) && peer.reach != domain::Reach::ok) {
                return false;
            }
        }
    }
    return true;
}

// Sees nothing when it is cancelled.
Look look(const api::Sandbox& sandbox, const client::WatchTarget& target, const std::stop_token& cancel) {
    QFutureWatcher<client::CollectedObservation> watcher;
    QEventLoop loop;
    QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
    watcher.setFuture(client::collectObservation(target, systemClock(), lookTimeout, &loop));
    run(loop, cancel);
    if (!watcher.isFinished()) {
        return {};
    }
    const auto observation = watcher.result().observation;
    const auto assessment = domain::assess(observation);
    const auto leftBehind = [&](const ReplicaId& id) {
        const auto& all = observation.replicas;
        return std::any_of(all.begin(), all.end(), [&](const domain::ReplicaObservation& replica) {
            return replica.id == id && replica.report &&
                   replica.report->health == domain::Unhealthy::readOnly;
        });
    };
    Look result;
    result.ready = static_cast<int>(
        std::count_if(assessment.replicas.begin(), assessment.replicas.end(), [&](const auto& replica) {
            return isOf(sandbox, replica.id) &&
                   (replica.state == domain::ReplicaState::healthy || leftBehind(replica.id));
        }));
    result.together = assessment.leader && hearEachOther(sandbox, observation);
    return result;
}

QString lastLine(const std::filesystem::path& log) {
    QFile file(QString::fromStdString(log.string()));
    if (!file.open(QIODevice::ReadOnly)) {
        return Text::tr("it left no log");
    }
    file.seek(std::max<qint64>(0, file.size() - 4096));
    const auto lines = file.readAll().trimmed().split('\n');
    return QString::fromUtf8(lines.last());
}

QString logHint(const api::Sandbox& sandbox, const api::SandboxReplica& replica) {
    return Text::tr("Its log: %1").arg(shown(logPath(sandbox, replica).string()));
}

// A replica whose process ended cannot become healthy.
Status checkProcesses(const api::Sandbox& sandbox, const Processes& started) {
    for (const auto& replica : sandbox.replicas) {
        const auto process = started.find(replica.name);
        if (process != started.end() && !isRunning(process->second)) {
            return failWith(
                ErrorCode::internal,
                Text::tr("%1 stopped: %2").arg(shown(replica.name), lastLine(logPath(sandbox, replica))),
                logHint(sandbox, replica));
        }
    }
    return {};
}

} // namespace

Status waitUntilHealthy(const api::Sandbox& sandbox, const Processes& started,
                        const std::function<Status()>& startMissing, Milliseconds deadline,
                        const std::stop_token& cancel, const std::function<void(int)>& progress) {
    const auto target = client::targetOf(sandbox);
    if (!target) {
        return fail(target.error());
    }
    const auto end = std::chrono::steady_clock::now() + deadline;
    int ready = -1;
    for (;;) {
        if (cancel.stop_requested()) {
            return fail(cancelled());
        }
        if (auto alive = checkProcesses(sandbox, started); !alive) {
            return alive;
        }
        if (auto all = startMissing(); !all) {
            return all;
        }
        const auto [now, together] = look(sandbox, *target, cancel);
        if (now != ready) {
            ready = now;
            progress(ready);
        }
        // A single replica, or two, can never be "healthy": there all of them up is the best there is.
        if (ready == static_cast<int>(sandbox.replicas.size()) && together) {
            return {};
        }
        if (std::chrono::steady_clock::now() > end) {
            return failWith(ErrorCode::timeout,
                            Text::tr("%1 of %2 replicas take traffic after %3 s")
                                .arg(ready)
                                .arg(sandbox.replicas.size())
                                .arg(deadline.count() / 1000),
                            Text::tr("Their logs are in %1").arg(shown(sandbox.dir)));
        }
        pause(lookEvery, cancel);
    }
}

Status waitUntilAnswering(const api::Sandbox& sandbox, const api::SandboxReplica& replica,
                          const Process& process, Milliseconds deadline) {
    const auto end = std::chrono::steady_clock::now() + deadline;
    const QUrl url(QString::fromStdString(replica.url));
    for (;;) {
        if (auto alive = checkProcesses(sandbox, {{replica.name, process}}); !alive) {
            return alive;
        }
        QTcpSocket socket;
        socket.connectToHost(url.host(), static_cast<quint16>(url.port()));
        if (socket.waitForConnected(static_cast<int>(lookTimeout.count()))) {
            return {};
        }
        if (std::chrono::steady_clock::now() > end) {
            return failWith(ErrorCode::timeout,
                            Text::tr("%1 does not answer after %2 s")
                                .arg(shown(replica.name), QString::number(deadline.count() / 1000)),
                            logHint(sandbox, replica));
        }
        pause(lookEvery);
    }
}

} // namespace pilothouse::sandbox
