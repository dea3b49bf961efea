// SPDX-License-Identifier: GPL-3.0-or-later
// What was observed, kept on disk, so that plots survive a restart.
//
// One SQLite file with one writing program at a time (QLockFile): whoever comes second reads, and keeps
// nothing until the first has ended. Samples older than a day are thinned to one a minute, older than 30 days
// to one an hour, and go after 400 days. All work on the file is done on a thread of its own, writes in
// batches of a second. A file that is damaged is moved aside (".damaged") and a new one begun.
#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <QFuture>
#include <QObject>
#include <QString>
#include <QThread>
#include <QTimer>

#include <optional>
#include <string>
#include <vector>

namespace pilothouse::history {

// One moment of one replica, or of the cluster as a whole (`replica` empty). Without values: no answer, which
// is not zero. A thinned one stands for a stretch of time: the mean of writes, the longest answer, the fewest
// votes.
struct Sample {
    std::string cluster; // id
    std::string replica; // id
    WallTime at;         // kept to the millisecond
    std::optional<double> writesPerSecond;
    std::optional<double> answerMs;
    std::optional<int> spareVotes; // of the cluster: voters that may still fail; below 0: no quorum
    friend bool operator==(const Sample&, const Sample&) = default;
};

class HistoryWorker;

// Usable from one thread; that thread is never blocked, but for up to two seconds at the end.
class History : public QObject {
    Q_OBJECT
public:
    // `file` is made with its folder, mode 0600. The usual one: defaultFile().
    explicit History(const QString& file, QObject* parent = nullptr);
    ~History() override; // writes what is left
    // <data home>/pilothouse/history.sqlite
    [[nodiscard]] static QString defaultFile();

    void add(Sample sample);
    // Writes what is waiting now, instead of within a second. Fails where nothing can be kept.
    QFuture<Status> flush();
    // Everything of a cluster since then, oldest first.
    [[nodiscard]] QFuture<Result<std::vector<Sample>>> since(std::string cluster, WallTime from);
    // Thins and drops what is old as of `now`. Also done by itself, once an hour.
    QFuture<Status> thin(WallTime now);

Q_SIGNALS:
    // One sentence: the file cannot be used and plots begin with the program, or it was damaged and is a new
    // one. At most once.
    void problem(const QString& sentence);

private:
    QThread* m_thread;       // outlives this object only if the disk hangs
    HistoryWorker* m_worker; // lives on m_thread
    std::vector<Sample> m_waiting;
    QTimer m_soon;   // until the next batch
    QTimer m_hourly; // until the next thinning
};

} // namespace pilothouse::history
