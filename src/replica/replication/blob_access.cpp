// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/replication/blob_access.h"

#include "replica/replication/copier.h"

#include <vector>

namespace pilothouse::replication {

using http::Awaitable;

namespace {

constexpr Milliseconds progress{10'000};

Awaitable<Result<std::size_t>> readUpTo(OpenBlob& blob, std::span<char> into, std::uint64_t& left) {
    if (left == 0) {
        co_return std::size_t{0};
    }
    const auto got = co_await blob.read(into.first(std::min<std::uint64_t>(into.size(), left)));
    left -= got ? *got : 0;
    co_return got;
}

} // namespace

PieceSource piecesOf(OpenBlob& blob, std::uint64_t length) {
    return [&blob, left = length](std::span<char> into) mutable { return readUpTo(blob, into, left); };
}

Awaitable<Result<std::size_t>> OpenBlob::read(std::span<char> into) {
    if (m_stream) {
        const auto got = co_await m_stream->read(into, http::within(progress));
        co_return got ? Result<std::size_t>(*got) : fail(got.error());
    }
    const auto got = co_await m_local->readAt(*m_reader, m_offset, into);
    m_offset += got ? *got : 0;
    co_return got;
}

Awaitable<Result<OpenBlob>> BlobAccess::open(blobs::BlobId id, std::uint64_t offset) {
    const auto reader = co_await m_local.read(id);
    if (reader) {
        co_return OpenBlob(m_local, *reader, offset);
    }
    if (reader.error().code != ErrorCode::notFound) {
        co_return fail(reader.error());
    }
    if (m_onMissing) {
        m_onMissing(id);
    }
    co_return co_await openAtPeer(std::move(id), offset);
}

Awaitable<Result<OpenBlob>> BlobAccess::openAtPeer(blobs::BlobId id, std::uint64_t offset) {
    const auto state = m_model.snapshot();
    std::string why;
    const std::vector<api::Member> peers = m_peers.inOrder(sourcesFor(m_self, *state));
    for (const api::Member& peer : peers) {
        auto stream = co_await m_peers.open(peer, id, offset);
        if (stream) {
            co_return OpenBlob(std::move(*stream));
        }
        why += (why.empty() ? "" : "; ") + peer.name + ": " + stream.error().message;
    }
    co_return fail(ErrorCode::unavailable,
                   "no replica that can be reached has a copy of " + id.digest.str() +
                       (why.empty() ? "" : " (" + why + ")"),
                   "Try again when the other replicas are back");
}

Awaitable<Result<std::string>> BlobAccess::readAll(blobs::BlobId id, std::size_t size) {
    auto local = co_await m_local.readPart(id, 0, size);
    if (local || local.error().code != ErrorCode::notFound) {
        co_return local;
    }
    auto blob = co_await open(id, 0);
    if (!blob) {
        co_return fail(blob.error());
    }
    std::string bytes;
    std::vector<char> piece(pieceBytes);
    for (;;) {
        const auto got = co_await blob->read(piece);
        if (!got) {
            co_return fail(got.error());
        }
        if (*got == 0) {
            break;
        }
        bytes.append(piece.data(), *got);
        if (bytes.size() > size) {
            co_return fail(ErrorCode::exhausted, id.digest.str() + " is larger than it should be");
        }
    }
    if (blobs::Digest::of(bytes, id.digest.algorithm()) != id.digest) {
        co_return fail(ErrorCode::corrupt, "a peer's copy of " + id.digest.str() + " is damaged");
    }
    co_return bytes;
}

} // namespace pilothouse::replication
