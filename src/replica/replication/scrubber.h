// SPDX-License-Identifier: GPL-3.0-or-later
// Reads every copy in turn, so that a damaged one is found before it is the last.
#pragma once

#include "base/log.h"
#include "replica/replication/local_blobs.h"

#include <boost/asio/awaitable.hpp>

#include <functional>

namespace pilothouse::replication {

struct ScrubberOptions {
    std::uint64_t bytesPerSecond = std::uint64_t{8} * 1024 * 1024;
    std::chrono::seconds between{3600}; // the end of a round and the beginning of the next
};

class Scrubber {
public:
    // `onDamaged` is told of each copy that was taken out of use; it is to be fetched anew.
    Scrubber(LocalBlobs& local, std::function<void(const blobs::BlobId&)> onDamaged, ScrubberOptions options,
             Logger log)
        : m_local(local), m_onDamaged(std::move(onDamaged)), m_options(options), m_log(std::move(log)) {}

    // Until it is cancelled.
    [[nodiscard]] boost::asio::awaitable<void> run();
    // One round. Gives how many copies were damaged; an error when ten in a row could not be read.
    [[nodiscard]] boost::asio::awaitable<Result<int>> scrub();

private:
    struct Round {
        int damaged = 0;
        int unreadable = 0; // in a row
    };
    // One copy; an error when the round ends with it.
    [[nodiscard]] boost::asio::awaitable<Status> check(blobs::BlobId id, Round& round);
    // Whether the copy is what its name says; one that went meanwhile is. An error says nothing about it:
    // this process may have too many files open, say.
    [[nodiscard]] boost::asio::awaitable<Result<bool>> isSound(blobs::BlobId id);
    // Takes it out of use.
    [[nodiscard]] boost::asio::awaitable<void> setAside(blobs::BlobId id);

    LocalBlobs& m_local;
    const std::function<void(const blobs::BlobId&)> m_onDamaged;
    const ScrubberOptions m_options;
    Logger m_log;
};

} // namespace pilothouse::replication
