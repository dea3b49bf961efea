// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/replication/early_copies.h"

#include "replica/state/waiter.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <exception>
#include <map>
#include <mutex>
#include <optional>

namespace pilothouse::replication {

using http::Awaitable;

// How much there is, and what becomes of it. Outlives the EarlyCopies as long as a copy goes on.
class EarlyCopies::Growth {
public:
    Growth(LocalBlobs& local, WriterPtr writer, Milliseconds progress)
        : m_local(local), m_writer(std::move(writer)), m_progress(progress), m_size(m_writer->size()) {}

    [[nodiscard]] Milliseconds progress() const { return m_progress; }

    void add(const boost::asio::any_io_executor& executor, const std::string& peer) {
        const std::lock_guard lock(m_mutex);
        m_copies[peer].over = std::make_shared<state::Waiter>(executor);
    }
    void grew() {
        const std::lock_guard lock(m_mutex);
        m_size = m_writer->size();
        wakeAll();
    }
    void finish(blobs::BlobId id) {
        const std::lock_guard lock(m_mutex);
        m_size = m_writer->size();
        m_id = std::move(id);
        wakeAll();
    }
    void abandon(bool evenFinished) {
        const std::lock_guard lock(m_mutex);
        m_abandoned = m_abandoned || evenFinished || !m_id;
        wakeAll();
    }
    // The peer has answered: nothing more is read for it.
    void interrupt(const std::string& peer) {
        const std::lock_guard lock(m_mutex);
        Copy& copy = m_copies.at(peer);
        copy.interrupted = true;
        copy.wake();
    }
    void ended(const std::string& peer, Status outcome) {
        const std::lock_guard lock(m_mutex);
        Copy& copy = m_copies.at(peer);
        copy.outcome = std::move(outcome);
        copy.over->wake();
    }
    [[nodiscard]] http::Headers trailers() {
        const std::lock_guard lock(m_mutex);
        http::Headers trailers;
        if (m_id && !m_abandoned) {
            trailers.add(std::string(digestTrailer), m_id->digest.str());
        }
        return trailers;
    }

    [[nodiscard]] Awaitable<Result<std::size_t>> read(std::string peer, std::uint64_t offset,
                                                      std::span<char> into, http::Deadline deadline) {
        const auto room = co_await roomFrom(std::move(peer), offset, deadline);
        if (!room || *room == 0) {
            co_return room ? Result<std::size_t>(std::size_t{0}) : fail(room.error());
        }
        const auto piece = into.first(static_cast<std::size_t>(std::min<std::uint64_t>(into.size(), *room)));
        const auto got = co_await m_local.readAt(*m_writer, offset, piece);
        if (got && *got == 0) {
            co_return fail(ErrorCode::corrupt, "the file of the upload is shorter than what was written");
        }
        co_return got;
    }
    // Gives nothing when no copy was begun.
    [[nodiscard]] std::shared_ptr<state::Waiter> endOf(const std::string& peer) {
        const std::lock_guard lock(m_mutex);
        const auto found = m_copies.find(peer);
        return found == m_copies.end() ? nullptr : found->second.over;
    }
    [[nodiscard]] std::optional<Status> outcomeOf(const std::string& peer) {
        const std::lock_guard lock(m_mutex);
        return m_copies.at(peer).outcome;
    }

private:
    struct Copy {
        std::shared_ptr<state::Waiter> more; // of a read that waits
        std::shared_ptr<state::Waiter> over;
        bool interrupted = false;
        std::optional<Status> outcome;

        void wake() const {
            if (more) {
                more->wake();
            }
        }
    };
    void wakeAll() {
        for (const auto& [peer, copy] : m_copies) {
            copy.wake();
        }
    }

    // How many bytes can be read from `offset` on, once there are some; 0 at the end of a finished blob.
    [[nodiscard]] Awaitable<Result<std::uint64_t>> roomFrom(std::string peer, std::uint64_t offset,
                                                            http::Deadline deadline) {
        const auto executor = co_await boost::asio::this_coro::executor;
        for (;;) {
            const auto waiter = std::make_shared<state::Waiter>(executor);
            const auto room = roomOrWait(peer, offset, waiter);
            if (room) {
                co_return *room;
            }
            const auto left =
                std::chrono::duration_cast<Milliseconds>(deadline - std::chrono::steady_clock::now());
            const bool woken = co_await waiter->wait(std::max(left, Milliseconds(0)));
            if (!woken) {
                co_return fail(ErrorCode::timeout, "nothing more of the blob came in time");
            }
        }
    }
    // Nothing: `waiter` will be woken.
    [[nodiscard]] std::optional<Result<std::uint64_t>>
    roomOrWait(const std::string& peer, std::uint64_t offset, std::shared_ptr<state::Waiter> waiter) {
        const std::lock_guard lock(m_mutex);
        Copy& copy = m_copies.at(peer);
        if (m_abandoned || copy.interrupted) {
            return fail(ErrorCode::cancelled,
                        m_abandoned ? "the upload was given up" : "the peer does not want more of it");
        }
        if (m_size > offset || m_id) {
            return Result<std::uint64_t>(m_size - offset);
        }
        copy.more = std::move(waiter);
        return std::nullopt;
    }

    LocalBlobs& m_local;
    const WriterPtr m_writer;
    const Milliseconds m_progress;
    std::mutex m_mutex; // guards what follows
    std::uint64_t m_size;
    std::optional<blobs::BlobId> m_id; // of a finished one
    bool m_abandoned = false;
    std::map<std::string, Copy> m_copies; // by the peers' ids
};

EarlyCopies::EarlyCopies(LocalBlobs& local, WriterPtr writer, blobs::Incarnation incarnation,
                         Milliseconds progress)
    : m_incarnation(std::move(incarnation)),
      m_growth(std::make_shared<Growth>(local, std::move(writer), progress)) {}

EarlyCopies::~EarlyCopies() {
    m_growth->abandon(false);
}

const blobs::Incarnation& EarlyCopies::incarnation() const {
    return m_incarnation;
}

http::BodySource EarlyCopies::sourceOf(std::shared_ptr<Growth> growth, const std::string& peer) {
    http::BodySource source;
    source.progress = growth->progress();
    source.read = [growth, peer, offset = std::uint64_t{0}](
                      std::span<char> into,
                      http::Deadline deadline) mutable -> Awaitable<Result<std::size_t>> {
        const auto got = co_await growth->read(peer, offset, into, deadline);
        offset += got ? *got : 0;
        co_return got;
    };
    source.trailers = [growth] { return growth->trailers(); };
    source.interrupt = [growth = std::move(growth), peer] { growth->interrupt(peer); };
    return source;
}

Awaitable<void> EarlyCopies::copyTo(std::shared_ptr<Growth> growth, api::Member peer, Send send) {
    const std::string id = peer.id;
    Status outcome;
    try {
        auto source = sourceOf(growth, id);
        outcome = co_await send(std::move(peer), std::move(source));
    } catch (const std::exception& error) {
        outcome = fail(ErrorCode::internal, error.what());
    }
    growth->ended(id, std::move(outcome));
}

void EarlyCopies::begin(const boost::asio::any_io_executor& executor, api::Member peer, Send send) {
    m_growth->add(executor, peer.id);
    boost::asio::co_spawn(executor, copyTo(m_growth, std::move(peer), std::move(send)),
                          boost::asio::detached);
}

void EarlyCopies::grew() {
    m_growth->grew();
}

void EarlyCopies::finish(blobs::BlobId id) {
    m_growth->finish(std::move(id));
}

void EarlyCopies::abandon() {
    m_growth->abandon(true);
}

Awaitable<Status> EarlyCopies::arrived(std::string peer, Milliseconds deadline) {
    const auto growth = m_growth;
    const auto over = growth->endOf(peer);
    if (!over) {
        co_return fail(ErrorCode::notFound, "no copy of it was begun");
    }
    (void)co_await over->wait(deadline);
    const auto outcome = growth->outcomeOf(peer);
    co_return outcome ? *outcome : fail(ErrorCode::timeout, "the copy has not arrived in time");
}

} // namespace pilothouse::replication
