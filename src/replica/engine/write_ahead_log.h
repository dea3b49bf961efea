// SPDX-License-Identifier: GPL-3.0-or-later
// The write-ahead log of an etcd member, read without etcd: how far a member got that cannot be asked.
//
// `engineData` is what etcd calls its --data-dir. Both read all of the log, some 64 MB a segment and seldom
// more than five: a second or two.
#pragma once

#include "base/ids.h"
#include "base/result.h"

#include <filesystem>

namespace pilothouse::engine {

struct LogFacts {
    Term term; // the newest that the member knew of
    // Of the last entry, committed or not; of the last snapshot when that is later and lies within `commit`
    // (others etcd does not take either).
    LogIndex last;
    Term lastTerm;
    LogIndex commit; // up to here the member knew that it is committed
    friend bool operator==(const LogFacts&, const LogFacts&) = default;
};

// Of a member that is stopped, or that runs. What runs, or was killed, may have known more: etcd writes an
// entry through to the disk before it answers for it, but keeps the news that it is committed in its memory
// until the next entry. ErrorCode::notFound: there is no log; corrupt: it has a damage other than a record at
// its end that a crash left half written.
[[nodiscard]] Result<LogFacts> readLog(const std::filesystem::path& engineData);

// Makes every entry that the log of a *stopped* member holds committed; else --force-new-cluster throws those
// away of which the member had not written down that they are, though a majority and so a client may have
// been told. Does nothing when there are none. When it returns the disk has it. ErrorCode::conflict: an
// engine runs on this folder; others as readLog().
[[nodiscard]] Status commitAll(const std::filesystem::path& engineData);

} // namespace pilothouse::engine
