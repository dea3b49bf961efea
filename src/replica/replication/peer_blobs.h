// SPDX-License-Identifier: GPL-3.0-or-later
// Copies of blobs on other replicas, over mutual TLS.
#pragma once

#include "api/status.h"
#include "replica/http/client.h"
#include "replica/node/peer_client.h"
#include "replica/replication/local_blobs.h"

#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace pilothouse::replication {

// Thread-safe.
class PeerBlobs {
public:
    PeerBlobs(node::PeerClient& client, LocalBlobs& local) : m_client(client), m_local(local) {}

    // Sends this replica's copy; when it returns the peer has it durably on disk, and has compared its
    // digest. A peer that has it already answers at once. `bytes`: all of them, where they are in memory;
    // null: they are read while they are sent.
    [[nodiscard]] http::Awaitable<Status> send(api::Member peer, blobs::BlobId id, SharedBytes bytes);
    // Sends a blob that is still growing: what the source gives, with the digest as a trailer field. When it
    // returns the peer has it durably on disk under that digest; when it fails the peer keeps nothing, unless
    // the answer alone was lost.
    [[nodiscard]] http::Awaitable<Status> sendGrowing(api::Member peer, blobs::Incarnation incarnation,
                                                      blobs::Algorithm algorithm, http::BodySource source);
    // The peer's copy from `offset` on, as it comes; its length is in the head. ErrorCode::notFound when it
    // has none.
    [[nodiscard]] http::Awaitable<Result<http::AnswerStream>> open(api::Member peer, blobs::BlobId id,
                                                                   std::uint64_t offset = 0);
    // Fetches the peer's copy, at most so fast: on disk here, and compared, when it returns.
    [[nodiscard]] http::Awaitable<Status> fetch(api::Member peer, blobs::BlobId id,
                                                std::uint64_t bytesPerSecond);
    // The same members; those that did not answer lately come last.
    [[nodiscard]] std::vector<api::Member> inOrder(std::vector<api::Member> peers);
    // Until the peer's read model has `revision`.
    [[nodiscard]] http::Awaitable<Status> waitApplied(api::Member peer, Revision revision,
                                                      Milliseconds deadline);

    [[nodiscard]] static std::string target(const blobs::BlobId& id);

private:
    [[nodiscard]] http::Awaitable<Result<http::BodySource>> sourceOf(blobs::BlobId id);
    void note(const std::string& peer, bool answered);

    node::PeerClient& m_client;
    LocalBlobs& m_local;
    std::mutex m_mutex;                                                    // guards what follows
    std::map<std::string, std::chrono::steady_clock::time_point> m_failed; // by id: when it did not answer
};

} // namespace pilothouse::replication
