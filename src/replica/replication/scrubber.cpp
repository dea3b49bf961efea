// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/replication/scrubber.h"

#include "replica/node/sleep.h"

#include <algorithm>

namespace pilothouse::replication {

using boost::asio::awaitable;

namespace {

constexpr int mostUnreadable = 10;

// What the disk cannot read is no better than what is wrong.
Result<bool> unsoundOr(const Error& error) {
    return error.code == ErrorCode::corrupt ? Result<bool>(false) : fail(error);
}

} // namespace

awaitable<void> Scrubber::run() {
    for (;;) {
        const auto damaged = co_await scrub();
        if (!damaged) {
            m_log.warning("the blobs' files could not be checked", {{"reason", damaged.error().message}});
        }
        co_await node::sleepFor(m_options.between);
    }
}

awaitable<Result<int>> Scrubber::scrub() {
    Round round;
    std::optional<blobs::BlobId> last;
    for (;;) {
        const auto page = co_await m_local.listAfter(last);
        if (!page) {
            co_return fail(page.error());
        }
        if (page->empty()) {
            co_return round.damaged;
        }
        last = page->back();
        for (const blobs::BlobId& id : *page) {
            if (const Status goesOn = co_await check(id, round); !goesOn) {
                co_return fail(goesOn.error());
            }
        }
    }
}

awaitable<Status> Scrubber::check(blobs::BlobId id, Round& round) {
    const auto sound = co_await isSound(id);
    round.unreadable = sound ? 0 : round.unreadable + 1;
    if (round.unreadable == mostUnreadable) {
        co_return fail(sound.error());
    }
    if (!sound) {
        m_log.warning("a copy of a blob could not be checked",
                      {{"blob", id.digest.str()}, {"reason", sound.error().message}});
    } else if (!*sound) {
        ++round.damaged;
        co_await setAside(id);
    }
    co_return Status();
}

awaitable<void> Scrubber::setAside(blobs::BlobId id) {
    const Status aside = co_await m_local.setAside(id);
    m_log.error("a damaged copy of a blob was found and is fetched anew",
                {{"blob", id.digest.str()}, {"kept", aside ? "in blobs/damaged" : aside.error().message}});
    if (m_onDamaged) {
        m_onDamaged(id);
    }
}

awaitable<Result<bool>> Scrubber::isSound(blobs::BlobId id) {
    const auto reader = co_await m_local.read(id);
    if (!reader && reader.error().code == ErrorCode::notFound) {
        co_return true;
    }
    if (!reader) {
        co_return unsoundOr(reader.error());
    }
    blobs::Hasher hasher(id.digest.algorithm());
    std::uint64_t offset = 0;
    for (;;) {
        const auto got = co_await m_local.hashAt(**reader, offset, hasher);
        if (!got) {
            co_return unsoundOr(got.error());
        }
        if (*got == 0) {
            co_return hasher.digest() == id.digest;
        }
        offset += *got;
        const auto rate = std::max<std::uint64_t>(m_options.bytesPerSecond, 1);
        co_await node::sleepFor(Milliseconds(static_cast<std::int64_t>(*got * 1000 / rate)));
    }
}

} // namespace pilothouse::replication
