// SPDX-License-Identifier: GPL-3.0-or-later
#include "history/worker.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace pilothouse::history {

Status HistoryWorker::open() {
    if (m_database) {
        return {};
    }
    if (m_refused) {
        return fail(*m_refused);
    }
    const QString folder = QFileInfo(m_file).absolutePath();
    if (!QDir().mkpath(folder)) {
        m_refused = Error{ErrorCode::internal, "cannot make the folder " + folder.toStdString(), {}};
    } else if (!m_lock) {
        m_lock = std::make_unique<QLockFile>(m_file + QStringLiteral(".lock"));
        m_lock->setStaleLockTime(0); // it is held for as long as the program runs
        m_readOnly = !m_lock->tryLock(0) && m_lock->error() == QLockFile::LockFailedError;
    }
    Status opened = m_refused ? fail(*m_refused) : openForWriting();
    if (!opened) {
        m_refused = opened.error();
        tell(tr("The history cannot be kept (%1): plots begin with this start of the console.")
                 .arg(QString::fromStdString(opened.error().message)));
    }
    return opened;
}

// Whether the console that kept the history has ended; then this one keeps it.
bool HistoryWorker::takeOver() {
    if (!m_lock->tryLock(0)) {
        return false;
    }
    m_readOnly = false;
    m_database.reset();
    return true;
}

Status HistoryWorker::openForWriting() {
    const Access access = m_readOnly ? Access::read : Access::write;
    auto database = Database::open(m_file.toStdString(), access);
    if (!database && database.error().code == ErrorCode::corrupt && !m_readOnly) {
        return startAnew();
    }
    if (!database) {
        return fail(database.error());
    }
    m_database = *std::move(database);
    return {};
}

// Keeps the damaged file beside the new one, for whoever wants to look.
Status HistoryWorker::startAnew() {
    m_database.reset();
    const QString aside = m_file + QStringLiteral(".damaged");
    QFile::remove(aside);
    for (const auto* journal : {"-wal", "-shm"}) {
        QFile::remove(m_file +
                      QLatin1String(journal)); // of the damaged file: it must not be played into a new one
    }
    if (!QFile::rename(m_file, aside)) {
        return fail(ErrorCode::corrupt, m_file.toStdString() + " is damaged and cannot be moved aside");
    }
    auto database = Database::open(m_file.toStdString(), Access::write);
    if (!database) {
        return fail(database.error());
    }
    m_database = *std::move(database);
    tell(tr("The history was damaged: it is now %1, and a new one has begun.").arg(aside));
    return {};
}

template <typename Outcome, typename Work>
Outcome HistoryWorker::with(Work work) {
    if (auto opened = open(); !opened) {
        return fail(opened.error());
    }
    Outcome outcome = work(*m_database);
    if (!outcome && outcome.error().code == ErrorCode::corrupt && !m_readOnly) {
        if (auto anew = startAnew(); !anew) {
            m_refused = anew.error();
            tell(QString::fromStdString(anew.error().message));
            return fail(anew.error());
        }
        outcome = work(*m_database);
    }
    return outcome;
}

Status HistoryWorker::add(const std::vector<Sample>& samples) {
    if (auto opened = open(); opened && m_readOnly && !takeOver()) {
        return {}; // another console of this person keeps it
    }
    auto added = with<Status>([&](Database& database) { return database.add(samples); });
    if (!added) {
        tell(tr("The history cannot be written (%1): the plots will have a gap.")
                 .arg(QString::fromStdString(added.error().message)));
    }
    return added;
}

Result<std::vector<Sample>> HistoryWorker::since(const std::string& cluster, WallTime from) {
    return with<Result<std::vector<Sample>>>(
        [&](Database& database) { return database.since(cluster, from); });
}

Status HistoryWorker::thin(WallTime now) {
    if (auto opened = open(); opened && m_readOnly) {
        return {};
    }
    return with<Status>([&](Database& database) { return database.thin(now); });
}

void HistoryWorker::tell(const QString& sentence) {
    if (!m_told) {
        m_told = true;
        Q_EMIT problem(sentence);
    }
}

} // namespace pilothouse::history
