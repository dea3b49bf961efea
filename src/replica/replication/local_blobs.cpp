// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/replication/local_blobs.h"

namespace pilothouse::replication {

using http::Awaitable;

namespace {

// What the pool gives for work that has no value.
struct Done {};

Result<Done> doneIf(const Status& status) {
    return status ? Result<Done>(Done()) : fail(status.error());
}

Status statusOf(const Result<Done>& done) {
    return done ? Status() : fail(done.error());
}

Result<Done> putInto(blobs::BlobStore& store, const blobs::BlobId& id, std::string_view bytes) {
    const auto writer = store.begin(id.digest.algorithm());
    if (!writer) {
        return fail(writer.error());
    }
    const Status written = (*writer)->write(bytes);
    return written ? doneIf((*writer)->commit(id)) : fail(written.error());
}

Result<std::string> bytesOf(blobs::BlobReader& reader, const blobs::BlobId& id, std::uint64_t offset,
                            std::uint64_t length) {
    std::string bytes(length, '\0');
    std::size_t filled = 0;
    while (filled < bytes.size()) {
        const auto got = reader.readAt(offset + filled, std::span(bytes).subspan(filled));
        if (!got || *got == 0) {
            return got ? fail(ErrorCode::corrupt, "this replica's copy of " + id.digest.str() + " ends early")
                       : fail(got.error());
        }
        filled += *got;
    }
    return bytes;
}

} // namespace

Status LocalBlobs::open(const std::filesystem::path& folder) {
    auto opened = blobs::BlobStore::open(blobs::systemDisk(), folder);
    if (!opened) {
        return fail(opened.error());
    }
    m_store = std::move(*opened);
    return {};
}

Awaitable<Result<WriterPtr>> LocalBlobs::begin(blobs::Algorithm algorithm, std::uint64_t leaveFree) {
    std::function<Result<WriterPtr>()> work = [this, algorithm, leaveFree]() -> Result<WriterPtr> {
        const auto free = leaveFree > 0 ? m_store->freeBytes() : Result<std::uint64_t>(leaveFree);
        if (free && *free < leaveFree) {
            return fail(ErrorCode::exhausted,
                        "the disk of this replica has " + std::to_string(*free >> 20U) + " MiB left, and " +
                            std::to_string(leaveFree >> 20U) + " MiB are kept free",
                        "Make room there, or push later");
        }
        auto writer = m_store->begin(algorithm);
        return writer ? Result<WriterPtr>(std::move(*writer)) : fail(writer.error());
    };
    return m_pool.run(std::move(work));
}

Awaitable<Status> LocalBlobs::write(blobs::BlobWriter& writer, std::string_view bytes) {
    std::function<Result<Done>()> work = [&writer, bytes] { return doneIf(writer.write(bytes)); };
    co_return statusOf(co_await m_pool.run(std::move(work)));
}

Awaitable<Result<blobs::Digest>> LocalBlobs::digest(blobs::BlobWriter& writer, blobs::Algorithm algorithm) {
    std::function<Result<blobs::Digest>()> work = [&writer, algorithm] { return writer.digest(algorithm); };
    return m_pool.run(std::move(work));
}

Awaitable<Result<std::size_t>> LocalBlobs::readAt(blobs::BlobWriter& writer, std::uint64_t offset,
                                                  std::span<char> into) {
    std::function<Result<std::size_t>()> work = [&writer, offset, into] {
        return writer.readAt(offset, into);
    };
    return m_pool.run(std::move(work));
}

Awaitable<Status> LocalBlobs::commit(blobs::BlobWriter& writer, blobs::BlobId id) {
    std::function<Result<Done>()> work = [&writer, id = std::move(id)] { return doneIf(writer.commit(id)); };
    co_return statusOf(co_await m_pool.run(std::move(work)));
}

Awaitable<Status> LocalBlobs::put(blobs::BlobId id, SharedBytes bytes) {
    std::function<Result<Done>()> work = [this, id = std::move(id), bytes = std::move(bytes)] {
        return putInto(*m_store, id, *bytes);
    };
    co_return statusOf(co_await m_pool.run(std::move(work)));
}

Awaitable<Status> LocalBlobs::putUnlessThere(blobs::BlobId id, std::string bytes) {
    std::function<Result<Done>()> work = [this, id = std::move(id),
                                          bytes = std::move(bytes)]() -> Result<Done> {
        const auto here = m_store->hasDurably(id);
        return here && *here ? Result<Done>(Done()) : putInto(*m_store, id, bytes);
    };
    co_return statusOf(co_await m_pool.run(std::move(work)));
}

Awaitable<Result<ReaderPtr>> LocalBlobs::read(blobs::BlobId id) {
    std::function<Result<ReaderPtr>()> work = [this, id = std::move(id)]() -> Result<ReaderPtr> {
        auto reader = m_store->read(id);
        return reader ? Result<ReaderPtr>(std::make_shared<blobs::BlobReader>(std::move(*reader)))
                      : fail(reader.error());
    };
    return m_pool.run(std::move(work));
}

Awaitable<Result<std::size_t>> LocalBlobs::readAt(blobs::BlobReader& reader, std::uint64_t offset,
                                                  std::span<char> into) {
    // What was pushed or pulled lately is in memory: no hop to another thread for that.
    if (const std::size_t cached = reader.readCached(offset, into); cached > 0) {
        co_return cached;
    }
    std::function<Result<std::size_t>()> work = [&reader, offset, into] {
        return reader.readAt(offset, into);
    };
    co_return co_await m_pool.run(std::move(work));
}

Awaitable<Result<std::string>> LocalBlobs::readPart(blobs::BlobId id, std::uint64_t offset,
                                                    std::uint64_t length) {
    if (auto cached = m_store->partCached(id, offset, length)) {
        co_return std::move(*cached);
    }
    std::function<Result<std::string>()> work = [this, id = std::move(id), offset,
                                                 length]() -> Result<std::string> {
        auto reader = m_store->read(id);
        return reader ? bytesOf(*reader, id, offset, length) : fail(reader.error());
    };
    co_return co_await m_pool.run(std::move(work));
}

Awaitable<Result<bool>> LocalBlobs::has(blobs::BlobId id) {
    std::function<Result<bool>()> work = [this, id = std::move(id)]() -> Result<bool> {
        return m_store->has(id);
    };
    return m_pool.run(std::move(work));
}

Awaitable<Result<bool>> LocalBlobs::hasDurably(blobs::BlobId id) {
    std::function<Result<bool>()> work = [this, id = std::move(id)] { return m_store->hasDurably(id); };
    return m_pool.run(std::move(work));
}

Awaitable<Status> LocalBlobs::remove(blobs::BlobId id) {
    std::function<Result<Done>()> work = [this, id = std::move(id)] { return doneIf(m_store->remove(id)); };
    co_return statusOf(co_await m_pool.run(std::move(work)));
}

Awaitable<Status> LocalBlobs::setAside(blobs::BlobId id) {
    std::function<Result<Done>()> work = [this, id = std::move(id)] { return doneIf(m_store->setAside(id)); };
    co_return statusOf(co_await m_pool.run(std::move(work)));
}

Awaitable<Result<std::size_t>> LocalBlobs::hashAt(blobs::BlobReader& reader, std::uint64_t offset,
                                                  blobs::Hasher& hasher) {
    std::function<Result<std::size_t>()> work = [&reader, offset, &hasher]() -> Result<std::size_t> {
        std::string piece(pieceBytes, '\0');
        auto got = reader.readAt(offset, piece);
        if (got) {
            hasher.update(std::string_view(piece).substr(0, *got));
        }
        return got;
    };
    return m_pool.run(std::move(work));
}

Awaitable<Result<std::vector<blobs::BlobId>>> LocalBlobs::listAfter(std::optional<blobs::BlobId> after,
                                                                    std::size_t most) {
    std::function<Result<std::vector<blobs::BlobId>>()> work =
        [this, after = std::move(after), most]() -> Result<std::vector<blobs::BlobId>> {
        std::vector<blobs::BlobId> ids;
        const auto take = [&ids, most](const blobs::BlobId& id) {
            ids.push_back(id);
            return ids.size() < most;
        };
        const Status done = m_store->forEach(take, after);
        return done ? Result<std::vector<blobs::BlobId>>(std::move(ids)) : fail(done.error());
    };
    return m_pool.run(std::move(work));
}

std::shared_ptr<const void> LocalBlobs::arriving(const blobs::Incarnation& incarnation) {
    const std::lock_guard lock(m_mutex);
    const auto place = m_arriving.insert(incarnation.str());
    return {nullptr, [this, place](const void*) {
                const std::lock_guard locked(m_mutex);
                m_arriving.erase(place);
            }};
}

bool LocalBlobs::isArriving(const blobs::Incarnation& incarnation) {
    const std::lock_guard lock(m_mutex);
    return m_arriving.contains(incarnation.str());
}

blobs::Incarnation LocalBlobs::newIncarnation(const security::Random& random) {
    return blobs::Incarnation::parse(random.hex(8)).value();
}

} // namespace pilothouse::replication
