// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/replication/peer_blobs.h"

#include "replica/node/sleep.h"
#include "replica/replication/early_copies.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

namespace pilothouse::replication {

using http::Awaitable;

namespace {

constexpr Milliseconds answerDeadline{10'000}; // from the last byte until it is on the peer's disk
constexpr Milliseconds headDeadline{5'000};
constexpr Milliseconds progress{10'000};
constexpr std::chrono::seconds lately{30};

std::chrono::microseconds timeFor(std::uint64_t bytes, std::uint64_t bytesPerSecond) {
    return std::chrono::microseconds(static_cast<std::int64_t>(
        static_cast<double>(bytes) * 1e6 / static_cast<double>(std::max<std::uint64_t>(bytesPerSecond, 1))));
}

} // namespace

std::string PeerBlobs::target(const blobs::BlobId& id) {
    return "/api/v0/replica/blobs/" + id.digest.str() + "/" + id.incarnation.str();
}

Awaitable<Result<http::BodySource>> PeerBlobs::sourceOf(blobs::BlobId id) {
    const auto reader = co_await m_local.read(std::move(id));
    if (!reader) {
        co_return fail(reader.error());
    }
    http::BodySource source;
    source.length = (*reader)->size();
    source.progress = progress;
    source.read = [this, reader = *reader, offset = std::uint64_t{0}](
                      std::span<char> into, http::Deadline) mutable -> Awaitable<Result<std::size_t>> {
        const auto got = co_await m_local.readAt(*reader, offset, into);
        offset += got ? *got : 0;
        co_return got;
    };
    co_return source;
}

Awaitable<Status> PeerBlobs::send(api::Member peer, blobs::BlobId id, SharedBytes bytes) {
    http::ClientRequest request;
    request.method = "PUT";
    request.target = target(id);
    request.safe = true; // the same bytes to the same name
    request.headers.set("Content-Type", "application/octet-stream");
    if (bytes) {
        request.body = *bytes;
    } else {
        auto source = co_await sourceOf(std::move(id));
        if (!source) {
            co_return fail(source.error());
        }
        request.source = std::move(*source);
    }
    const auto answer = co_await m_client.send(std::move(peer), std::move(request), answerDeadline);
    co_return answer ? Status() : fail(answer.error());
}

Awaitable<Status> PeerBlobs::sendGrowing(api::Member peer, blobs::Incarnation incarnation,
                                         blobs::Algorithm algorithm, http::BodySource source) {
    http::ClientRequest request;
    request.method = "PUT";
    request.target = "/api/v0/replica/uploads/" + incarnation.str() +
                     "?algorithm=" + std::string(blobs::nameOf(algorithm));
    request.headers.set("Content-Type", "application/octet-stream");
    request.headers.set("Trailer", std::string(digestTrailer));
    request.source = std::move(source);
    const auto answer = co_await m_client.send(std::move(peer), std::move(request), answerDeadline);
    co_return answer ? Status() : fail(answer.error());
}

Awaitable<Result<http::AnswerStream>> PeerBlobs::open(api::Member peer, blobs::BlobId id,
                                                      std::uint64_t offset) {
    http::ClientRequest request;
    request.target = target(id);
    if (offset > 0) {
        request.headers.set("Range", "bytes=" + std::to_string(offset) + "-");
    }
    const std::string name = peer.name;
    const std::string peerId = peer.id;
    auto answer = co_await m_client.stream(std::move(peer), std::move(request), headDeadline);
    note(peerId, answer.has_value());
    if (!answer) {
        co_return fail(answer.error());
    }
    const int wanted = offset > 0 ? 206 : 200;
    if (answer->head().status != wanted) {
        co_return fail(answer->head().status == 404 ? ErrorCode::notFound : ErrorCode::unavailable,
                       name + " has no copy of it");
    }
    co_return std::move(*answer);
}

Awaitable<Status> PeerBlobs::fetch(api::Member peer, blobs::BlobId id, std::uint64_t bytesPerSecond) {
    auto answer = co_await open(std::move(peer), id);
    if (!answer) {
        co_return fail(answer.error());
    }
    auto writer = co_await m_local.begin(id.digest.algorithm());
    if (!writer) {
        co_return fail(writer.error());
    }
    const auto began = std::chrono::steady_clock::now();
    std::vector<char> piece(pieceBytes);
    for (;;) {
        const auto got = co_await answer->read(piece, http::within(progress));
        if (!got) {
            co_return fail(got.error());
        }
        if (*got == 0) {
            break;
        }
        const Status written = co_await m_local.write(**writer, std::string_view(piece.data(), *got));
        if (!written) {
            co_return written;
        }
        const auto due = began + timeFor((*writer)->size(), bytesPerSecond);
        const auto early = std::chrono::duration_cast<Milliseconds>(due - std::chrono::steady_clock::now());
        if (early > Milliseconds(1)) {
            co_await node::sleepFor(early);
        }
    }
    co_return co_await m_local.commit(**writer, std::move(id));
}

void PeerBlobs::note(const std::string& peer, bool answered) {
    const std::lock_guard lock(m_mutex);
    if (answered) {
        m_failed.erase(peer);
    } else {
        m_failed[peer] = std::chrono::steady_clock::now();
    }
}

std::vector<api::Member> PeerBlobs::inOrder(std::vector<api::Member> peers) {
    const std::lock_guard lock(m_mutex);
    const auto since = std::chrono::steady_clock::now() - lately;
    std::stable_partition(peers.begin(), peers.end(), [&](const api::Member& peer) {
        const auto failed = m_failed.find(peer.id);
        return failed == m_failed.end() || failed->second < since;
    });
    return peers;
}

Awaitable<Status> PeerBlobs::waitApplied(api::Member peer, Revision revision, Milliseconds deadline) {
    http::ClientRequest request;
    request.target = "/api/v0/replica/applied?revision=" + std::to_string(revision.value()) +
                     "&within_ms=" + std::to_string(deadline.count());
    const auto answer = co_await m_client.send(std::move(peer), std::move(request), deadline);
    co_return answer ? Status() : fail(answer.error());
}

} // namespace pilothouse::replication
