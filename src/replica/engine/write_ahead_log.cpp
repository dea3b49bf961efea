// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/engine/write_ahead_log.h"

#include "base/system_error.h"
#include "replica/engine/log_segment.h"
#include "write_ahead_log.pb.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace pilothouse::engine {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using wal::Record;
using wal::RecordType;

// Of a member that writes: a record that was seen half written is whole a moment later.
constexpr int mostReadings = 10;
constexpr auto betweenReadings = 20ms;

constexpr std::uint64_t greatestNumber = std::uint64_t{1} << 62U; // ids.h counts with a sign

struct Segment {
    fs::path path;
    std::uint64_t sequence = 0;
};

std::optional<std::uint64_t> readHex(std::string_view digits) {
    std::uint64_t number = 0;
    for (const char c : digits) {
        const auto digit = std::string_view("0123456789abcdef").find(c);
        if (digit == std::string_view::npos) {
            return std::nullopt;
        }
        number = number << 4U | digit;
    }
    return number;
}

// "<sequence>-<first index>.wal", 16 hexadecimal digits each.
std::optional<Segment> parseName(const fs::path& path) {
    const std::string name = path.filename().string();
    if (name.size() != 37 || name[16] != '-' || !name.ends_with(".wal")) {
        return std::nullopt;
    }
    const auto sequence = readHex(std::string_view(name).substr(0, 16));
    const auto index = readHex(std::string_view(name).substr(17, 16));
    return sequence && index ? std::optional(Segment{path, *sequence}) : std::nullopt;
}

Result<std::vector<Segment>> segmentsOf(const fs::path& engineData) {
    const fs::path folder = engineData / "member" / "wal";
    std::error_code failure;
    std::vector<Segment> segments;
    for (fs::directory_iterator files(folder, failure), none; !failure && files != none;
         files.increment(failure)) {
        if (auto segment = parseName(files->path())) {
            segments.push_back(std::move(*segment));
        }
    }
    if (failure) {
        return systemFailure("read", folder, failure.value());
    }
    if (segments.empty()) {
        return fail(ErrorCode::notFound, "there is no engine's log in " + folder.string());
    }
    std::sort(segments.begin(), segments.end(),
              [](const Segment& a, const Segment& b) { return a.sequence < b.sequence; });
    for (std::size_t i = 1; i < segments.size(); ++i) {
        if (segments[i].sequence != segments[i - 1].sequence + 1) {
            return fail(ErrorCode::corrupt,
                        "the engine's log is damaged: a file is missing before " + segments[i].path.string(),
                        "Take another replica, or put this folder back from a copy");
        }
    }
    return segments;
}

// What a log says, record for record.
class Log {
public:
    // `whole`: from the first record that there ever was. etcd throws old segments away.
    explicit Log(bool whole) : m_known(whole ? 0 : greatestNumber) {}

    // What is wrong with the record; empty: nothing. That cannot be told by the checksums alone: they do not
    // cover a record's type.
    [[nodiscard]] std::string add(const Record& record) {
        switch (record.type) {
        case RecordType::entry:
            return addEntry(record.data);
        case RecordType::state:
            return addState(record.data);
        case RecordType::snapshot:
            return addSnapshot(record.data);
        default:
            return {};
        }
    }
    [[nodiscard]] LogFacts facts() const {
        std::uint64_t last = m_entry.index();
        std::uint64_t lastTerm = m_entry.term();
        for (const auto& snapshot : m_snapshots) {
            if (snapshot.index() <= m_state.commit() && snapshot.index() > last) {
                last = snapshot.index();
                lastTerm = snapshot.term();
            }
        }
        const auto number = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
        return {Term(number(m_state.term())), LogIndex(number(last)), Term(number(lastTerm)),
                LogIndex(number(m_state.commit()))};
    }
    // As etcd would write it down when it hears that all entries are committed; nullopt: it has.
    [[nodiscard]] std::optional<wal::HardState> allCommitted() const {
        if (m_entry.index() <= m_state.commit()) {
            return std::nullopt;
        }
        wal::HardState all = m_state;
        if (m_entry.term() > all.term()) { // a crash came between the entry and its term
            all.set_term(m_entry.term());
            all.set_vote(0);
        }
        all.set_vote(all.vote()); // etcd writes all three, also zeros
        all.set_commit(m_entry.index());
        return all;
    }

private:
    // Replaces the one with its index and all after it.
    std::string addEntry(const std::string& data) {
        wal::LogEntry entry;
        if (!entry.ParseFromString(data) || entry.term() == 0 || entry.index() == 0 ||
            std::max(entry.term(), entry.index()) > greatestNumber) {
            return "an entry that is none";
        }
        if (entry.index() > m_known + 1) {
            return "entries are missing before number " + std::to_string(entry.index());
        }
        m_known = entry.index();
        entry.mutable_unknown_fields()->clear(); // what it says: may be a MiB
        m_entry = std::move(entry);
        return {};
    }
    std::string addState(const std::string& data) {
        wal::HardState state;
        if (!state.ParseFromString(data) || std::max(state.term(), state.commit()) > greatestNumber) {
            return "a state that is none";
        }
        if (state.term() < m_state.term() || state.commit() < m_state.commit() || state.commit() > m_known) {
            return "a state that cannot have come after the one before";
        }
        m_state = std::move(state);
        return {};
    }
    std::string addSnapshot(const std::string& data) {
        wal::SnapshotMark snapshot;
        if (!snapshot.ParseFromString(data) || std::max(snapshot.term(), snapshot.index()) > greatestNumber) {
            return "a snapshot that is none";
        }
        m_known = std::max(m_known, snapshot.index());
        m_snapshots.push_back(std::move(snapshot));
        return {};
    }

    // The last entry, or the last snapshot when that is later; before the first entry of a log that is not
    // whole: anything.
    std::uint64_t m_known;
    wal::LogEntry m_entry;
    wal::HardState m_state;
    std::vector<wal::SnapshotMark> m_snapshots;
};

struct Reading {
    Log log;
    fs::path lastSegment;
    std::uint64_t end = 0; // of the last record in it
    std::uint64_t torn = 0;
    std::uint32_t crc = 0;
};

Result<Reading> readOnce(const fs::path& engineData) {
    const auto segments = segmentsOf(engineData);
    if (!segments) {
        return fail(segments.error());
    }
    Reading reading{.log = Log(segments->front().sequence == 0), .lastSegment = segments->back().path};
    for (const auto& segment : *segments) {
        auto reader = wal::SegmentReader::open(segment.path, segment.path == reading.lastSegment);
        if (!reader) {
            return fail(reader.error());
        }
        for (;;) {
            const auto record = reader->next(reading.crc);
            if (!record) {
                return fail(record.error());
            }
            if (!*record) {
                break;
            }
            if (const std::string wrong = reading.log.add(**record); !wrong.empty()) {
                return reader->damaged(wrong);
            }
        }
        reading.end = reader->offset();
        reading.torn = reader->tornBytes();
    }
    return reading;
}

class OpenFile {
public:
    explicit OpenFile(const fs::path& path) : m_path(path), m_file(open(path.c_str(), O_RDWR | O_CLOEXEC)) {}
    ~OpenFile() {
        if (m_file >= 0) {
            close(m_file);
        }
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;

    // Until it is closed, and as etcd does: it does not start meanwhile, nor is this done while it runs.
    [[nodiscard]] Status lock() const {
        struct flock whole {};
        whole.l_type = F_WRLCK;
        whole.l_whence = SEEK_SET;
        if (m_file >= 0 && fcntl(m_file, F_OFD_SETLK, &whole) == 0) {
            return {};
        }
        if (m_file >= 0 && (errno == EAGAIN || errno == EACCES)) {
            return fail(ErrorCode::conflict, "an engine runs on " + m_path.parent_path().string(),
                        "Stop it first");
        }
        return systemFailure("lock", m_path, errno);
    }
    // Returns when the disk has it.
    [[nodiscard]] Status write(std::string_view bytes, std::uint64_t offset) const {
        while (!bytes.empty()) {
            const ssize_t size = pwrite(m_file, bytes.data(), bytes.size(), static_cast<off_t>(offset));
            if (size <= 0) {
                return systemFailure("write", m_path, size < 0 ? errno : EIO);
            }
            bytes.remove_prefix(static_cast<std::size_t>(size));
            offset += static_cast<std::uint64_t>(size);
        }
        return fsync(m_file) == 0 ? Status() : systemFailure("write", m_path, errno);
    }

private:
    const fs::path m_path;
    const int m_file;
};

} // namespace

Result<LogFacts> readLog(const fs::path& engineData) {
    std::optional<Error> before;
    for (int readings = 1;; ++readings) {
        const auto reading = readOnce(engineData);
        if (reading) {
            return reading->log.facts();
        }
        // A damage stays where it is. What etcd is writing does not, and a segment may be gone by the time it
        // is opened: etcd throws the oldest away.
        const bool settled = before == reading.error() || readings == mostReadings;
        if (settled ||
            (reading.error().code != ErrorCode::corrupt && reading.error().code != ErrorCode::notFound)) {
            return fail(reading.error());
        }
        before = reading.error();
        std::this_thread::sleep_for(betweenReadings);
    }
}

Status commitAll(const fs::path& engineData) {
    const auto segments = segmentsOf(engineData);
    if (!segments) {
        return fail(segments.error());
    }
    const OpenFile file(segments->back().path);
    if (auto locked = file.lock(); !locked) {
        return locked;
    }
    auto reading = readOnce(engineData);
    if (!reading) {
        return fail(reading.error());
    }
    const auto state = reading->log.allCommitted();
    if (!state) {
        return {};
    }
    // First: what follows a record must be zeros, or the log counts as damaged.
    if (auto cleared = file.write(std::string(reading->torn, '\0'), reading->end); !cleared) {
        return cleared;
    }
    return file.write(wal::encodeRecord({RecordType::state, state->SerializeAsString()}, reading->crc),
                      reading->end);
}

} // namespace pilothouse::engine
