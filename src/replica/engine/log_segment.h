// SPDX-License-Identifier: GPL-3.0-or-later
// One file of an etcd member's write-ahead log: frames of a length and a record, padded to 8 bytes, then
// zeros. Each record's checksum is that of the data of all records before it and its own; it does not cover
// the record's type.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace pilothouse::engine::wal {

enum class RecordType : std::int64_t { metadata = 1, entry = 2, state = 3, checksum = 4, snapshot = 5 };

struct Record {
    RecordType type = RecordType::metadata;
    std::string data;
};

// A frame with a record that follows those with the checksum `crc`, which it changes.
[[nodiscard]] std::string encodeRecord(const Record& record, std::uint32_t& crc);

// Reads from front to back what the file had when it was opened; etcd may write on meanwhile. Not
// thread-safe.
class SegmentReader {
public:
    // `last`: of its log, where a record may be cut off.
    [[nodiscard]] static Result<SegmentReader> open(const std::filesystem::path& file, bool last);

    // The next record; nullopt at the end of the segment. `crc` is the checksum of the records before, in
    // earlier segments also. A record that a crash left half written is the end, if nothing but zeros
    // follows; all else that is not as etcd writes it is ErrorCode::corrupt, with file and offset.
    [[nodiscard]] Result<std::optional<Record>> next(std::uint32_t& crc);

    // Behind the last record that next() gave.
    [[nodiscard]] std::uint64_t offset() const { return m_offset; }
    // Of the half-written record that follows there; 0: none.
    [[nodiscard]] std::uint64_t tornBytes() const { return m_torn; }

    [[nodiscard]] tl::unexpected<Error> damaged(const std::string& how) const;

private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    SegmentReader(std::filesystem::path path, std::FILE* file, std::uint64_t size, bool last)
        : m_path(std::move(path)), m_file(file), m_size(size), m_last(last) {}

    // Less at the end of the file only.
    [[nodiscard]] Result<std::string> read(std::size_t size);
    [[nodiscard]] Result<bool> restIsZero();
    // At the end of the good records: nullopt, or that something other than zeros follows.
    [[nodiscard]] Result<std::optional<Record>> end(std::uint64_t torn, const std::string& how);

    std::filesystem::path m_path;
    std::unique_ptr<std::FILE, Close> m_file;
    std::uint64_t m_size;
    bool m_last;
    std::uint64_t m_offset = 0;
    std::uint64_t m_torn = 0;
};

} // namespace pilothouse::engine::wal
