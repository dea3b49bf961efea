// SPDX-License-Identifier: GPL-3.0-or-later
#include "history/history.h"

#include "history/worker.h"

#include <QPromise>
#include <QStandardPaths>

#include <memory>
#include <utility>

namespace pilothouse::history {
namespace {

constexpr int batchMs = 1000;
constexpr int hourMs = 60 * 60 * 1000;
constexpr unsigned long patienceMs = 2000; // with the disk, when the program ends

// Runs `work` on the worker's thread; the future gets what it returns.
template <typename Outcome, typename Work>
QFuture<Outcome> onWorker(HistoryWorker* worker, Work work) {
    auto promise = std::make_shared<QPromise<Outcome>>();
    promise->start();
    auto future = promise->future();
    QMetaObject::invokeMethod(worker, [promise, work = std::move(work)] {
        promise->addResult(work());
        promise->finish();
    });
    return future;
}

} // namespace

History::History(const QString& file, QObject* parent)
    : QObject(parent), m_thread(new QThread), m_worker(new HistoryWorker(file)) {
    m_worker->moveToThread(m_thread);
    connect(m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    connect(m_worker, &HistoryWorker::problem, this, &History::problem);
    m_thread->setObjectName(QStringLiteral("history"));
    m_thread->start();
    m_soon.setSingleShot(true);
    m_soon.setInterval(batchMs);
    connect(&m_soon, &QTimer::timeout, this, [this] { flush(); });
    m_hourly.setInterval(hourMs);
    m_hourly.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_hourly, &QTimer::timeout, this, [this] { thin(systemClock().wall()); });
    m_hourly.start();
}

History::~History() {
    flush();
    // After what was asked for before: both go through the thread's queue.
    QMetaObject::invokeMethod(m_worker, [thread = m_thread] { thread->quit(); });
    if (m_thread->wait(patienceMs)) {
        delete m_thread;
    }
}

QString History::defaultFile() {
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
           QStringLiteral("/pilothouse/history.sqlite");
}

void History::add(Sample sample) {
    m_waiting.push_back(std::move(sample));
    if (!m_soon.isActive()) {
        m_soon.start();
    }
}

QFuture<Status> History::flush() {
    m_soon.stop();
    return onWorker<Status>(m_worker,
                            [worker = m_worker, samples = std::exchange(m_waiting, {})]() -> Status {
                                return samples.empty() ? Status() : worker->add(samples);
                            });
}

QFuture<Result<std::vector<Sample>>> History::since(std::string cluster, WallTime from) {
    return onWorker<Result<std::vector<Sample>>>(m_worker, [worker = m_worker, cluster = std::move(cluster),
                                                            from] { return worker->since(cluster, from); });
}

QFuture<Status> History::thin(WallTime now) {
    return onWorker<Status>(m_worker, [worker = m_worker, now] { return worker->thin(now); });
}

} // namespace pilothouse::history
