// SPDX-License-Identifier: GPL-3.0-or-later
// Copies of blobs in a folder, for the tests of what looks after them.
#pragma once

#include "replica/replication/local_blobs.h"
#include "support.h"

#include <string>

namespace pilothouse::replication::test {

// An incarnation of its own.
inline blobs::BlobId newBlob(const std::string& bytes) {
    return {blobs::Digest::of(bytes), LocalBlobs::newIncarnation(security::systemRandom())};
}

inline void put(boost::asio::io_context& context, LocalBlobs& local, const blobs::BlobId& id,
                const std::string& bytes) {
    EXPECT_TRUE(state::test::run(context, local.put(id, std::make_shared<const std::string>(bytes))));
}

inline blobs::BlobId put(boost::asio::io_context& context, LocalBlobs& local, const std::string& bytes) {
    const blobs::BlobId id = newBlob(bytes);
    put(context, local, id, bytes);
    return id;
}

} // namespace pilothouse::replication::test
