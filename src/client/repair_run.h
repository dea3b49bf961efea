// SPDX-License-Identifier: GPL-3.0-or-later
// One repair, or its putting back, from the first request to its end.
//
// The survivor restarts within it: for a while it answers nothing but a sentence, or refuses connections, and
// the answer to the very request that began it may be lost. None of that is the end.
#pragma once

#include "api/repair.h"
#include "client/repair_commands.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>

#include <chrono>
#include <optional>

namespace pilothouse::client {

struct RepairTiming {
    std::chrono::milliseconds lookEvery{200};
    std::chrono::milliseconds beginWithin{20'000};  // a request whose answer was lost is made again so long
    std::chrono::milliseconds stalledAfter{60'000}; // without anything new
};

// Lives on one thread; used once.
class RepairRun : public QObject {
    Q_OBJECT
public:
    // `commands` outlives it.
    RepairRun(RepairCommands& commands, Endpoint survivor, const RepairTiming& timing = {},
              QObject* parent = nullptr);

    // One of these, once. An empty operation id is filled in.
    void start(api::StartRepair wanted);
    void putBack(api::PutBack wanted);
    // One that somebody has begun.
    void follow();

Q_SIGNALS:
    // A state that differs from the one before.
    void told(const pilothouse::api::Repair& repair);
    // What the survivor says of itself while it answers nothing else; each sentence once in a row.
    void heard(const QString& sentence);
    // It is over, however it ended: `repair.phase` says it.
    void ended(const pilothouse::api::Repair& repair);
    // The end of the following. `refused`: nothing was begun. Else it may go on.
    void failed(const pilothouse::Error& error, bool refused);

private:
    enum class Kind { start, putBack, follow };

    void rememberLast();
    void begin();
    void takeBegin(const Outcome<api::Repair>& outcome);
    void lookSoon();
    void look();
    void takeLook(const Outcome<api::Repair>& outcome);
    void takeSilence(const Failure& failure);
    void take(const api::Repair& repair);
    [[nodiscard]] bool isOurs(const api::Repair& repair) const;
    template <typename T, typename F>
    void when(QFuture<T> future, F take);

    RepairCommands& m_commands;
    Endpoint m_survivor;
    RepairTiming m_timing;
    Kind m_kind = Kind::follow;
    api::StartRepair m_wanted;
    api::PutBack m_wantedBack;
    std::optional<std::string> m_before; // id of the repair before this one
    std::optional<std::string> m_id;     // of this one, once it is known
    bool m_begun = false;
    QElapsedTimer m_sinceBegin;
    QElapsedTimer m_sinceNews;
    std::optional<api::Repair> m_last;
    QString m_sentence;
};

} // namespace pilothouse::client
