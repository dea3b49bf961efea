// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/engine/log_segment.h"

#include "base/system_error.h"
#include "replica/engine/crc32c.h"
#include "write_ahead_log.pb.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <sys/stat.h>

namespace pilothouse::engine::wal {
namespace {

constexpr std::size_t lengthBytes = 8;
constexpr std::size_t sector = 512; // what a disk writes whole
// etcd 3.4 refuses longer ones; a request has at most 1.5 MiB.
constexpr std::uint64_t longestRecord = 10ULL * 1024 * 1024;
constexpr std::size_t bufferBytes = 256UL * 1024;

struct Length {
    std::uint64_t record = 0;
    std::uint64_t padding = 0;
};

// The lower 56 bits; the top bit says that the three lowest of the top byte hold the padding.
Length decodeLength(std::string_view field) {
    std::uint64_t number = 0;
    for (std::size_t i = lengthBytes; i > 0; --i) {
        number = (number << 8U) | static_cast<unsigned char>(field[i - 1]);
    }
    return {number & 0x00FF'FFFF'FFFF'FFFFU, (number >> 63U) != 0 ? (number >> 56U) & 7U : 0};
}

std::string encodeLength(std::size_t record, std::size_t padding) {
    std::uint64_t number = record | (padding != 0 ? (0x80ULL | padding) << 56U : 0);
    std::string field;
    for (std::size_t i = 0; i < lengthBytes; ++i, number >>= 8U) {
        field += static_cast<char>(number & 0xFFU);
    }
    return field;
}

bool isZero(std::string_view bytes) {
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return c == '\0'; });
}

// Whether a sector's share of `bytes`, which lie at `offset`, was never written.
bool hasUnwrittenSector(std::string_view bytes, std::uint64_t offset) {
    while (!bytes.empty()) {
        const std::size_t share = std::min<std::size_t>(sector - offset % sector, bytes.size());
        if (isZero(bytes.substr(0, share))) {
            return true;
        }
        bytes.remove_prefix(share);
        offset += share;
    }
    return false;
}

} // namespace

std::string encodeRecord(const Record& record, std::uint32_t& crc) {
    crc = crc32c(crc, record.data);
    Frame frame;
    frame.set_type(static_cast<std::int64_t>(record.type));
    frame.set_crc(crc);
    if (!record.data.empty()) {
        frame.set_data(record.data);
    }
    const std::string bytes = frame.SerializeAsString();
    const std::size_t padding = (lengthBytes - bytes.size() % lengthBytes) % lengthBytes;
    return encodeLength(bytes.size(), padding) + bytes + std::string(padding, '\0');
}

Result<SegmentReader> SegmentReader::open(const std::filesystem::path& path, bool last) {
    std::FILE* const file = std::fopen(path.c_str(), "rbe");
    if (file == nullptr) {
        return systemFailure("read", path, errno);
    }
    struct stat facts {};
    if (fstat(fileno(file), &facts) != 0) {
        const int number = errno;
        std::fclose(file);
        return systemFailure("read", path, number);
    }
    std::setvbuf(file, nullptr, _IOFBF, bufferBytes);
    return SegmentReader(path, file, static_cast<std::uint64_t>(facts.st_size), last);
}

tl::unexpected<Error> SegmentReader::damaged(const std::string& how) const {
    return fail(ErrorCode::corrupt,
                "the engine's log is damaged at byte " + std::to_string(m_offset) + " of " + m_path.string() +
                    ": " + how,
                "Take another replica, or put this folder back from a copy");
}

Result<std::string> SegmentReader::read(std::size_t size) {
    std::string bytes(size, '\0');
    bytes.resize(std::fread(bytes.data(), 1, size, m_file.get()));
    if (bytes.size() < size && std::ferror(m_file.get()) != 0) {
        return systemFailure("read", m_path, errno);
    }
    return bytes;
}

Result<bool> SegmentReader::restIsZero() {
    for (;;) {
        const auto bytes = read(bufferBytes);
        if (!bytes) {
            return fail(bytes.error());
        }
        if (bytes->empty()) {
            return true;
        }
        if (!isZero(*bytes)) {
            return false;
        }
    }
}

Result<std::optional<Record>> SegmentReader::end(std::uint64_t torn, const std::string& how) {
    const auto zero = restIsZero();
    if (!zero) {
        return fail(zero.error());
    }
    if (!*zero) {
        return damaged(how);
    }
    m_torn = torn;
    return std::nullopt;
}

Result<std::optional<Record>> SegmentReader::next(std::uint32_t& crc) {
    const auto field = read(lengthBytes);
    if (!field) {
        return fail(field.error());
    }
    if (field->size() < lengthBytes) {
        return end(field->size(), {});
    }
    const Length length = decodeLength(*field);
    if (length.record == 0) {
        return isZero(*field) ? end(0, "a hole, and more after it") : damaged("an empty record");
    }
    if (length.record > longestRecord) {
        return damaged("a record of " + std::to_string(length.record) + " bytes");
    }
    const std::uint64_t whole = lengthBytes + length.record + length.padding;
    if (whole > m_size - m_offset) {
        if (!m_last) {
            return damaged("a record that goes beyond the file");
        }
        m_torn = m_size - m_offset;
        return std::nullopt;
    }
    auto bytes = read(length.record + length.padding);
    if (!bytes) {
        return fail(bytes.error());
    }
    bytes->resize(std::min<std::size_t>(bytes->size(), length.record));
    Frame frame;
    const bool readable = bytes->size() == length.record && frame.ParseFromString(*bytes);
    const bool checksum = readable && frame.type() == static_cast<std::int64_t>(RecordType::checksum);
    const std::uint32_t now = readable ? crc32c(crc, frame.data()) : 0;
    if (checksum ? crc != 0 && frame.crc() != crc : !readable || frame.crc() != now) {
        const bool torn = m_last && !checksum && hasUnwrittenSector(*bytes, m_offset + lengthBytes);
        return torn ? end(whole, "a record that is half written, and more after it")
                    : damaged("a record whose checksum is wrong");
    }
    if (frame.type() < static_cast<std::int64_t>(RecordType::metadata) ||
        frame.type() > static_cast<std::int64_t>(RecordType::snapshot)) {
        return damaged("a record of the unknown kind " + std::to_string(frame.type()));
    }
    crc = checksum ? frame.crc() : now;
    m_offset += whole;
    return Record{static_cast<RecordType>(frame.type()), std::move(*frame.mutable_data())};
}

} // namespace pilothouse::engine::wal
