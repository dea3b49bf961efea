// SPDX-License-Identifier: GPL-3.0-or-later
// Copies of one blob that other replicas get while it still arrives here: each peer has a request that
// follows the file as it grows, and that ends with the blob's digest.
#pragma once

#include "api/status.h"
#include "replica/http/body_source.h"
#include "replica/replication/local_blobs.h"

#include <boost/asio/any_io_executor.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace pilothouse::replication {

// The trailer field that such a body ends with. Without it the peer keeps nothing.
inline constexpr std::string_view digestTrailer = "Docker-Content-Digest";

// Thread-safe, except that whoever writes to the writer calls grew() and finish(). Holds nothing of the blob
// in memory: a peer that is slow lags behind, and reads what it lacks from the file, which stays as long as
// somebody reads it.
class EarlyCopies {
public:
    // Sends the source's bytes and its trailers to the peer. Success: the peer has them durably, and they
    // have that digest.
    using Send = std::function<http::Awaitable<Status>(api::Member peer, http::BodySource source)>;

    // `progress`: for how long a peer waits for more bytes, and may take for each piece. `local` outlives
    // every copy that was begun.
    EarlyCopies(LocalBlobs& local, WriterPtr writer, blobs::Incarnation incarnation,
                Milliseconds progress = Milliseconds(10'000));
    ~EarlyCopies(); // abandons them unless they were finished
    EarlyCopies(const EarlyCopies&) = delete;
    EarlyCopies& operator=(const EarlyCopies&) = delete;

    // Which the blob will have: it is chosen before its digest is known.
    [[nodiscard]] const blobs::Incarnation& incarnation() const;
    // Begins a copy on `executor`; once for each peer. One that fails is not begun anew.
    void begin(const boost::asio::any_io_executor& executor, api::Member peer, Send send);
    // More was written.
    void grew();
    // All was written, and this is what it is; its incarnation is incarnation(). The copies go on by
    // themselves, also when this object has gone.
    void finish(blobs::BlobId id);
    // Nobody wants the blob: no peer keeps any of it that has not been told its digest already.
    void abandon();
    // Waits until the peer's copy is durable there, or has failed. ErrorCode::notFound when none was begun,
    // ErrorCode::timeout when it has not ended by the deadline. One coroutine at a time for each peer.
    [[nodiscard]] http::Awaitable<Status> arrived(std::string peer, Milliseconds deadline);

private:
    class Growth;
    [[nodiscard]] static http::BodySource sourceOf(std::shared_ptr<Growth> growth, const std::string& peer);
    [[nodiscard]] static http::Awaitable<void> copyTo(std::shared_ptr<Growth> growth, api::Member peer,
                                                      Send send);

    const blobs::Incarnation m_incarnation;
    const std::shared_ptr<Growth> m_growth; // shared with the copies
};

} // namespace pilothouse::replication
