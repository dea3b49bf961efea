// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/repair_run.h"

#include "client/text.h"
#include "domain/repair.h"

#include <QFutureWatcher>
#include <QTimer>

#include <utility>

namespace pilothouse::client {
namespace {

bool isOver(const api::Repair& repair) {
    const auto phase = domain::repairPhaseOf(repair.phase);
    return phase && isOver(*phase);
}

// It may have reached the survivor all the same. A refused certificate has not.
bool mayHaveArrived(const Failure& failure) {
    return failure.status == 0 && !failure.trust;
}

} // namespace

RepairRun::RepairRun(RepairCommands& commands, Endpoint survivor, const RepairTiming& timing, QObject* parent)
    : QObject(parent), m_commands(commands), m_survivor(std::move(survivor)), m_timing(timing) {}

// Calls `take` with the result, unless the run is destroyed first.
template <typename T, typename F>
void RepairRun::when(QFuture<T> future, F take) {
    auto* watcher = new QFutureWatcher<T>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [watcher, take] {
        watcher->deleteLater();
        if (watcher->future().resultCount() > 0) {
            take(watcher->result());
        }
    });
    watcher->setFuture(future);
}

void RepairRun::start(api::StartRepair wanted) {
    m_kind = Kind::start;
    m_wanted = std::move(wanted);
    m_wanted.operation_id = m_wanted.operation_id.empty() ? newOperationId() : m_wanted.operation_id;
    rememberLast();
}

void RepairRun::putBack(api::PutBack wanted) {
    m_kind = Kind::putBack;
    m_wantedBack = std::move(wanted);
    m_wantedBack.operation_id =
        m_wantedBack.operation_id.empty() ? newOperationId() : m_wantedBack.operation_id;
    m_sinceBegin.start();
    begin();
}

void RepairRun::follow() {
    m_begun = true;
    m_sinceNews.start();
    look();
}

// So that an earlier repair is not taken for this one should the answer to the request be lost.
void RepairRun::rememberLast() {
    when(m_commands.state(m_survivor), [this](const Outcome<api::Repair>& outcome) {
        if (outcome) {
            m_before = outcome->id;
        }
        m_sinceBegin.start();
        begin();
    });
}

void RepairRun::begin() {
    const auto take = [this](const Outcome<api::Repair>& outcome) { takeBegin(outcome); };
    if (m_kind == Kind::putBack) {
        when(m_commands.putBack(m_survivor, m_wantedBack), take);
    } else {
        when(m_commands.start(m_survivor, m_wanted), take);
    }
}

void RepairRun::takeBegin(const Outcome<api::Repair>& outcome) {
    m_sinceNews.start();
    if (outcome) {
        m_begun = true;
        m_id = outcome->id;
        take(*outcome);
        return;
    }
    if (!mayHaveArrived(outcome.error())) {
        Q_EMIT failed(outcome.error().error, true);
        return;
    }
    lookSoon();
}

void RepairRun::lookSoon() {
    QTimer::singleShot(m_timing.lookEvery, this, &RepairRun::look);
}

void RepairRun::look() {
    when(m_commands.state(m_survivor), [this](const Outcome<api::Repair>& outcome) { takeLook(outcome); });
}

bool RepairRun::isOurs(const api::Repair& repair) const {
    if (m_id) {
        return repair.id == *m_id;
    }
    switch (m_kind) {
    case Kind::start:
        return repair.id != m_before;
    case Kind::putBack: // of the same repair
        return repair.phase == nameOf(domain::RepairPhase::puttingBack) ||
               repair.phase == nameOf(domain::RepairPhase::putBack);
    case Kind::follow:
        break;
    }
    return true;
}

void RepairRun::takeLook(const Outcome<api::Repair>& outcome) {
    if (outcome && isOurs(*outcome)) {
        m_begun = true;
        m_id = outcome->id;
        take(*outcome);
        return;
    }
    if (!outcome && outcome.error().reach == domain::Reach::notReady) {
        m_begun = true; // it is at work
    }
    // It answers, and knows nothing of it: the request has not arrived. The same once more is harmless.
    const bool unknown = outcome || outcome.error().status == 404;
    if (!m_begun && unknown && m_sinceBegin.elapsed() < m_timing.beginWithin.count()) {
        begin();
        return;
    }
    takeSilence(outcome
                    ? protocolFailure(m_survivor.url, Text::tr("it tells of another repair").toStdString())
                    : outcome.error());
}

void RepairRun::takeSilence(const Failure& failure) {
    const bool speaks = failure.reach == domain::Reach::notReady;
    if (const QString sentence = QString::fromStdString(failure.error.message);
        speaks && sentence != m_sentence) {
        m_sentence = sentence;
        m_sinceNews.start();
        Q_EMIT heard(sentence);
    }
    const bool neverBegun = !m_begun && m_sinceBegin.elapsed() >= m_timing.beginWithin.count();
    if (neverBegun || m_sinceNews.elapsed() >= m_timing.stalledAfter.count()) {
        Q_EMIT failed(failure.error, false);
        return;
    }
    lookSoon();
}

void RepairRun::take(const api::Repair& repair) {
    if (m_last != repair) {
        m_last = repair;
        m_sinceNews.start();
        m_sentence.clear();
        Q_EMIT told(repair);
    }
    if (isOver(repair)) {
        Q_EMIT ended(repair);
    } else if (m_sinceNews.elapsed() >= m_timing.stalledAfter.count()) {
        Q_EMIT failed(errorWith(ErrorCode::timeout, Text::tr("nothing has happened for %1 s")
                                                        .arg(QString::number(m_sinceNews.elapsed() / 1000))),
                      false);
    } else {
        lookSoon();
    }
}

} // namespace pilothouse::client
