// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/provision/pending_join.h"

#include "api/json_codec.h"
#include "replica/provision/folder_writer.h"
#include "replica/security/files.h"
#include "replica/security/keys.h"
#include "replica/security/secret_token.h"

#include <boost/describe/class.hpp>

namespace pilothouse::provision {

BOOST_DESCRIBE_STRUCT(PendingJoin, (), (schema, replica_id, secret_hash, node_key, peer_key))

namespace {

constexpr std::size_t maxBytes = 1 << 20;

Result<PendingJoin> resume(const Layout& layout, const std::string& text, const security::JoinToken& token) {
    Result<PendingJoin> pending = api::fromJson<PendingJoin>(text);
    if (!pending) {
        return fail(ErrorCode::corrupt,
                    layout.pendingJoin().string() + " cannot be used: " + pending.error().message,
                    "Remove the data folder and join with a new token");
    }
    if (pending->replica_id != token.replica_id ||
        !security::secretMatches(token.secret, pending->secret_hash)) {
        return fail(ErrorCode::conflict,
                    layout.root().string() + " holds an unfinished join with another token",
                    "Use that token again, or choose another data folder");
    }
    return pending;
}

Result<PendingJoin> start(const Layout& layout, const security::JoinToken& token) {
    const Result<security::PrivateKey> node = security::PrivateKey::generate();
    const Result<security::PrivateKey> peer = security::PrivateKey::generate();
    if (!node || !peer) {
        return fail(node ? peer.error() : node.error());
    }
    PendingJoin pending{1, token.replica_id, security::hashSecret(token.secret), node->pem(), peer->pem()};
    FolderWriter writer;
    const Status status = writer.folder(layout.root()).and_then([&] {
        return writer.file(layout.pendingJoin(), api::toJson(pending) + "\n");
    });
    if (!status) {
        return fail(status.error());
    }
    writer.keep();
    return pending;
}

} // namespace

Status checkFolderOfWaiting(const Layout& layout) {
    return checkFolderIsFree(layout.root(),
                             {layout.pendingSetup(), layout.setupCode(), layout.lock(), layout.diskProbe()});
}

Result<PendingJoin> beginPendingJoin(const Layout& layout, const security::JoinToken& token) {
    std::error_code error;
    if (std::filesystem::exists(layout.identity(), error)) {
        return fail(ErrorCode::conflict, layout.root().string() + " is the data folder of a replica already",
                    "Start it with: pilothouse-replica serve");
    }
    const Result<std::string> text = security::readPrivateFile(layout.pendingJoin(), maxBytes);
    if (text) {
        return resume(layout, *text, token);
    }
    if (text.error().code != ErrorCode::notFound) {
        return fail(text.error());
    }
    if (const Status status = checkFolderOfWaiting(layout); !status) {
        return fail(status.error());
    }
    return start(layout, token);
}

void endPendingJoin(const Layout& layout) {
    std::error_code
        ignored; // what is left is as private as the keys in their places, and never looked at again
    std::filesystem::remove(layout.pendingJoin(), ignored);
}

} // namespace pilothouse::provision
