// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/local_sandbox.h"

#include "sandbox/control.h"
#include "sandbox/process.h"
#include "sandbox/start.h"
#include "sandbox/store.h"

#include <QCoreApplication>
#include <QFutureWatcher>
#include <QPromise>
#include <QThreadPool>

#include <memory>
#include <stop_token>

namespace pilothouse::ui {
namespace {

constexpr Milliseconds stopDeadline{8000};

struct Words {
    Q_DECLARE_TR_FUNCTIONS(pilothouse::ui::LocalSandbox)
};

Status actOn(VerbKind kind, const api::Sandbox& record, const api::SandboxReplica& replica) {
    switch (kind) {
    case VerbKind::start:
        return sandbox::startOne(record, replica);
    case VerbKind::stop:
        return sandbox::stopReplica(replica, stopDeadline);
    case VerbKind::kill:
        return sandbox::killReplica(replica);
    case VerbKind::pause:
        return sandbox::pauseReplica(replica);
    case VerbKind::resume:
        return sandbox::resumeReplica(replica);
    case VerbKind::logIn:
    case VerbKind::makeLeader:
    case VerbKind::drain:
    case VerbKind::undrain:
    case VerbKind::remove:
    case VerbKind::forget:
    case VerbKind::replace:
    case VerbKind::join:
    case VerbKind::repair:
    case VerbKind::putBack:
    case VerbKind::diagnose:
    case VerbKind::check:
        break;
    }
    return fail(ErrorCode::invalid, "that is nothing that is done to a process");
}

Status act(VerbKind kind, const std::string& name, const std::string& replicaId) {
    const Result<api::Sandbox> record = sandbox::load(name);
    if (!record) {
        return fail(record.error());
    }
    if (!replicaId.empty()) {
        const Result<api::SandboxReplica> replica = sandbox::findReplica(*record, replicaId);
        return replica ? actOn(kind, *record, *replica) : fail(replica.error());
    }
    Status outcome;
    for (const api::SandboxReplica& replica : record->replicas) {
        if (kind == VerbKind::resume && !sandbox::isPaused(replica.data_dir)) {
            continue;
        }
        if (auto done = actOn(kind, *record, replica); !done) {
            outcome = done;
        }
    }
    return outcome;
}

QString wordsFor(sandbox::StartStep step, int ready, int total) {
    switch (step) {
    case sandbox::StartStep::preparing:
        return Words::tr("Making certificates and data folders…");
    case sandbox::StartStep::startingReplicas:
        return Words::tr("Starting replicas: %1 of %2 run").arg(ready).arg(total);
    case sandbox::StartStep::waitingForHealth:
        return Words::tr("Waiting until all take traffic: %1 of %2 do").arg(ready).arg(total);
    case sandbox::StartStep::done:
        break;
    }
    return Words::tr("Done");
}

} // namespace

Processes LocalSandbox::processes() const {
    Processes processes;
    const Result<api::Sandbox> now = sandbox::load(m_sandbox.name);
    for (const api::SandboxReplica& replica : now ? now->replicas : m_sandbox.replicas) {
        const ProcessState state = !replica.pid                          ? ProcessState::stopped
                                   : sandbox::isPaused(replica.data_dir) ? ProcessState::paused
                                                                         : ProcessState::running;
        processes.insert(QString::fromStdString(replica.id), state);
    }
    return processes;
}

QFuture<Status> LocalSandbox::run(VerbKind kind, const QString& replicaId) {
    auto promise = std::make_shared<QPromise<Status>>();
    QFuture<Status> future = promise->future();
    promise->start();
    QThreadPool::globalInstance()->start(
        [promise, kind, name = m_sandbox.name, id = replicaId.toStdString()] {
            promise->addResult(act(kind, name, id));
            promise->finish();
        });
    return future;
}

QFuture<Result<QString>> startLocalSandbox(const QString& name, int replicas) {
    auto promise = std::make_shared<QPromise<Result<QString>>>();
    QFuture<Result<QString>> future = promise->future();
    promise->start();
    auto stop = std::make_shared<std::stop_source>();
    auto* watcher = new QFutureWatcher<Result<QString>>(QCoreApplication::instance());
    QObject::connect(watcher, &QFutureWatcherBase::canceled, watcher, [stop] { stop->request_stop(); });
    QObject::connect(watcher, &QFutureWatcherBase::finished, watcher, &QObject::deleteLater);
    watcher->setFuture(future);

    sandbox::StartOptions options;
    options.name = name.toStdString();
    options.replicas = replicas;
    QThreadPool::globalInstance()->start([promise, stop, options] {
        const auto progress = [&promise](sandbox::StartStep step, int ready, int total) {
            // Only a value that grows brings its words along.
            promise->setProgressRange(0, total + static_cast<int>(sandbox::StartStep::done) + 1);
            promise->setProgressValueAndText(1 + static_cast<int>(step) + ready,
                                             wordsFor(step, ready, total));
        };
        const Result<api::Sandbox> started = sandbox::start(options, progress, stop->get_token());
        if (started) {
            promise->addResult(Result<QString>(QString::fromStdString(started->name)));
        } else {
            promise->addResult(Result<QString>(fail(started.error())));
        }
        promise->finish();
    });
    return future;
}

} // namespace pilothouse::ui
