// SPDX-License-Identifier: GPL-3.0-or-later
// This replica's copies of blobs, for coroutines.
#pragma once

#include "replica/blobs/blob_store.h"
#include "replica/blobs/disk_pool.h"
#include "replica/http/async.h"
#include "replica/security/random.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace pilothouse::replication {

// Bytes are moved in pieces of this size: large enough that a hop between threads does not matter.
inline constexpr std::size_t pieceBytes = std::size_t{256} * 1024;

using WriterPtr = std::shared_ptr<blobs::BlobWriter>; // shared with who reads what it wrote
using ReaderPtr = std::shared_ptr<blobs::BlobReader>;
// Of a blob that is small enough for memory; several may send them at the same time.
using SharedBytes = std::shared_ptr<const std::string>;

// Thread-safe; a writer or reader is used by one coroutine at a time, which keeps it alive meanwhile, except
// that others may readAt() a writer. What blocks runs on the pool.
class LocalBlobs {
public:
    explicit LocalBlobs(std::size_t threads) : m_pool(threads) {}

    // Before anything else, blocking. See BlobStore::open().
    [[nodiscard]] Status open(const std::filesystem::path& folder);

    // ErrorCode::exhausted when less than `leaveFree` bytes are free on the disk.
    [[nodiscard]] http::Awaitable<Result<WriterPtr>> begin(blobs::Algorithm algorithm,
                                                           std::uint64_t leaveFree = 0);
    [[nodiscard]] http::Awaitable<Status> write(blobs::BlobWriter& writer, std::string_view bytes);
    [[nodiscard]] http::Awaitable<Result<blobs::Digest>> digest(blobs::BlobWriter& writer,
                                                                blobs::Algorithm algorithm);
    // Some of what was written before the call; see BlobWriter::readAt().
    [[nodiscard]] http::Awaitable<Result<std::size_t>> readAt(blobs::BlobWriter& writer, std::uint64_t offset,
                                                              std::span<char> into);
    [[nodiscard]] http::Awaitable<Status> commit(blobs::BlobWriter& writer, blobs::BlobId id);
    // All in one, for what is in memory already. ErrorCode::invalid when the bytes have another digest.
    [[nodiscard]] http::Awaitable<Status> put(blobs::BlobId id, SharedBytes bytes);
    // The same; a copy that is here stays and is made to last, and the bytes go.
    [[nodiscard]] http::Awaitable<Status> putUnlessThere(blobs::BlobId id, std::string bytes);

    [[nodiscard]] http::Awaitable<Result<ReaderPtr>> read(blobs::BlobId id);
    [[nodiscard]] http::Awaitable<Result<std::size_t>> readAt(blobs::BlobReader& reader, std::uint64_t offset,
                                                              std::span<char> into);
    // `length` bytes from `offset` on, in one step. ErrorCode::corrupt when there are not so many.
    [[nodiscard]] http::Awaitable<Result<std::string>> readPart(blobs::BlobId id, std::uint64_t offset,
                                                                std::uint64_t length);

    [[nodiscard]] http::Awaitable<Result<bool>> has(blobs::BlobId id);
    [[nodiscard]] http::Awaitable<Result<bool>> hasDurably(blobs::BlobId id);
    [[nodiscard]] http::Awaitable<Status> remove(blobs::BlobId id);
    // See BlobStore::setAside().
    [[nodiscard]] http::Awaitable<Status> setAside(blobs::BlobId id);
    // Reads some of it and adds that to `hasher`; gives how much.
    [[nodiscard]] http::Awaitable<Result<std::size_t>> hashAt(blobs::BlobReader& reader, std::uint64_t offset,
                                                              blobs::Hasher& hasher);
    // The copies that come after `after`, or the first, in their order; `most` at once. None at the end.
    [[nodiscard]] http::Awaitable<Result<std::vector<blobs::BlobId>>>
    listAfter(std::optional<blobs::BlobId> after, std::size_t most = 500);

    // A peer sends a copy of it, as long as what this gives lives; this must outlive it.
    [[nodiscard]] std::shared_ptr<const void> arriving(const blobs::Incarnation& incarnation);
    [[nodiscard]] bool isArriving(const blobs::Incarnation& incarnation);

    [[nodiscard]] static blobs::Incarnation newIncarnation(const security::Random& random);
    // Waits for what is being read and written. Nothing may be called afterwards.
    void stop() { m_pool.stop(); }

private:
    std::unique_ptr<blobs::BlobStore> m_store;
    std::mutex m_mutex; // guards what follows
    std::multiset<std::string> m_arriving;
    blobs::DiskPool m_pool; // last: it ends before the store goes
};

} // namespace pilothouse::replication
