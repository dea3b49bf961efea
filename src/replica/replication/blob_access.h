// SPDX-License-Identifier: GPL-3.0-or-later
// Reads a blob of the cluster: this replica's copy, or a peer's while there is none here.
#pragma once

#include "replica/node/status_board.h"
#include "replica/replication/peer_blobs.h"
#include "replica/replication/pump.h"
#include "replica/state/read_model.h"

#include <functional>
#include <optional>

namespace pilothouse::replication {

// A blob that is being read from some offset on. Moved, not copied; used by one coroutine.
class OpenBlob {
public:
    OpenBlob(LocalBlobs& local, ReaderPtr reader, std::uint64_t offset)
        : m_local(&local), m_reader(std::move(reader)), m_offset(offset) {}
    explicit OpenBlob(http::AnswerStream stream) : m_stream(std::move(stream)) {}

    // Some bytes, or 0 at the end.
    [[nodiscard]] http::Awaitable<Result<std::size_t>> read(std::span<char> into);

private:
    LocalBlobs* m_local = nullptr;
    ReaderPtr m_reader;
    std::uint64_t m_offset = 0;
    std::optional<http::AnswerStream> m_stream; // instead of a local copy
};

// The next `length` bytes of it, as a source. `blob` outlives the source and what it gives.
[[nodiscard]] PieceSource piecesOf(OpenBlob& blob, std::uint64_t length);

// Thread-safe.
class BlobAccess {
public:
    // `onMissing` is told of each blob that was asked for and is not here.
    BlobAccess(LocalBlobs& local, PeerBlobs& peers, state::ReadModel& model, ReplicaId self,
               std::function<void(const blobs::BlobId&)> onMissing)
        : m_local(local), m_peers(peers), m_model(model), m_self(std::move(self)),
          m_onMissing(std::move(onMissing)) {}

    // ErrorCode::unavailable when neither this replica nor one that it reaches has a copy.
    [[nodiscard]] http::Awaitable<Result<OpenBlob>> open(blobs::BlobId id, std::uint64_t offset);
    // The whole of one that has `size` bytes.
    [[nodiscard]] http::Awaitable<Result<std::string>> readAll(blobs::BlobId id, std::size_t size);

private:
    [[nodiscard]] http::Awaitable<Result<OpenBlob>> openAtPeer(blobs::BlobId id, std::uint64_t offset);

    LocalBlobs& m_local;
    PeerBlobs& m_peers;
    state::ReadModel& m_model;
    ReplicaId m_self;
    std::function<void(const blobs::BlobId&)> m_onMissing;
};

} // namespace pilothouse::replication
