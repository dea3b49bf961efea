// SPDX-License-Identifier: GPL-3.0-or-later
// Makes a blob that was just written here outlive the loss of a minority.
#pragma once

#include "base/log.h"
#include "replica/replication/copy_window.h"
#include "replica/replication/early_copies.h"
#include "replica/replication/local_blobs.h"
#include "replica/replication/peer_blobs.h"
#include "replica/state/read_model.h"
#include "replica/state/registry_plans.h"

#include <boost/asio/any_io_executor.hpp>

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace pilothouse::replication {

using EarlyCopiesPtr = std::shared_ptr<EarlyCopies>;

// Thread-safe.
class Copier {
public:
    Copier(boost::asio::any_io_executor executor, state::ReadModel& model, LocalBlobs& local,
           PeerBlobs& peers, ReplicaId self, Logger log)
        : m_executor(std::move(executor)), m_model(model), m_local(local), m_peers(peers),
          m_self(std::move(self)), m_log(std::move(log)) {}

    // Begins to send what the writer has written to the other voters, and goes on as it grows; not to one
    // that gets 256 of them already.
    [[nodiscard]] EarlyCopiesPtr begin(WriterPtr writer, const blobs::Incarnation& incarnation);
    // Copies a blob of `size` bytes, which is durably here, to the other voters. Returns when more than half
    // of the voters have it; what is on its way to the others goes on, and they fetch the rest. At most 32
    // copies of small blobs and 256 of large ones are on their way to each. ErrorCode::unavailable when too
    // few could take it: the sentence says why. `bytes`: all of them, where they are in memory already; those
    // of a small blob are read once for all voters otherwise. `early`: finished, or null: whoever has the
    // blob by that is not sent it again; to all others, those whose early copy fails among them, it is.
    [[nodiscard]] http::Awaitable<Result<state::DurableBlob>> copyToMajority(blobs::BlobId id,
                                                                             std::uint64_t size,
                                                                             SharedBytes bytes = nullptr,
                                                                             EarlyCopiesPtr early = nullptr);

private:
    struct Round;
    [[nodiscard]] http::Awaitable<Status> sendGrowing(api::Member peer, blobs::Incarnation incarnation,
                                                      blobs::Algorithm algorithm, http::BodySource source);
    [[nodiscard]] http::Awaitable<void> copyTo(std::shared_ptr<Round> round, api::Member peer);
    [[nodiscard]] http::Awaitable<Status> sendTo(std::shared_ptr<Round> round, api::Member peer);
    struct Windows;
    [[nodiscard]] std::shared_ptr<const Windows> windowsOf(const std::string& peer);

    boost::asio::any_io_executor m_executor;
    state::ReadModel& m_model;
    LocalBlobs& m_local;
    PeerBlobs& m_peers;
    ReplicaId m_self;
    Logger m_log;
    std::mutex m_mutex;                                              // guards what follows
    std::map<std::string, std::shared_ptr<const Windows>> m_windows; // by the peers' ids
};

// A member as peers are asked for it.
[[nodiscard]] api::Member peerOf(const state::MemberRecord& member);
// All members but this one, in the order of their ids.
[[nodiscard]] std::vector<api::Member> othersThan(const ReplicaId& self, const state::Snapshot& state);
// Who may have a copy of a blob: the other members, then those that a repair left behind.
[[nodiscard]] std::vector<api::Member> sourcesFor(const ReplicaId& self, const state::Snapshot& state);

} // namespace pilothouse::replication
