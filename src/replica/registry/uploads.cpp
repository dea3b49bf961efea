// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/uploads.h"

#include <algorithm>
#include <vector>

namespace pilothouse::registry {
namespace {

constexpr std::size_t randomBytes = 16;

tl::unexpected<Error> unknown() {
    return fail(ErrorCode::notFound, "there is no such upload; it may have expired or been finished",
                "Begin the upload anew");
}

} // namespace

Result<UploadTable::Lease> UploadTable::add(std::string repository, std::string user,
                                            replication::WriterPtr writer, std::size_t most) {
    auto upload = std::make_shared<Upload>();
    upload->id = m_self.str() + "-" + m_random.hex(randomBytes);
    upload->repository = std::move(repository);
    upload->user = std::move(user);
    upload->writer = std::move(writer);
    const std::lock_guard lock(m_mutex);
    const auto ofThisUser = std::count_if(m_uploads.begin(), m_uploads.end(), [&](const auto& other) {
        return other.second.upload->user == upload->user;
    });
    if (static_cast<std::size_t>(ofThisUser) >= most) {
        return fail(ErrorCode::exhausted,
                    "you have " + std::to_string(ofThisUser) + " unfinished uploads at this replica",
                    "Finish or cancel some of them first");
    }
    m_uploads[upload->id] = {upload, true, m_clock.monotonic()};
    return Lease(*this, std::move(upload));
}

Result<UploadTable::Lease> UploadTable::take(const std::string& id, const std::string& repository) {
    const std::lock_guard lock(m_mutex);
    const auto found = m_uploads.find(id);
    if (found == m_uploads.end() || found->second.upload->repository != repository) {
        return unknown();
    }
    if (found->second.taken) {
        return fail(ErrorCode::conflict, "another request is writing to this upload",
                    "Wait for it to end; then ask how much has come");
    }
    found->second.taken = true;
    return Lease(*this, found->second.upload);
}

void UploadTable::giveBack(const Upload& upload) {
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_uploads.find(upload.id); found != m_uploads.end()) {
        found->second.taken = false;
        found->second.touched = m_clock.monotonic();
    }
}

void UploadTable::remove(const std::string& id) {
    const std::lock_guard lock(m_mutex);
    m_uploads.erase(id);
}

void UploadTable::expire() {
    std::vector<std::shared_ptr<Upload>> expired; // they go without the lock
    const std::lock_guard lock(m_mutex);
    const MonotonicTime now = m_clock.monotonic();
    for (auto it = m_uploads.begin(); it != m_uploads.end();) {
        const bool old = !it->second.taken && now - it->second.touched > m_limits.idle;
        if (old) {
            expired.push_back(std::move(it->second.upload));
        }
        it = old ? m_uploads.erase(it) : std::next(it);
    }
}

std::size_t UploadTable::size() const {
    const std::lock_guard lock(m_mutex);
    return m_uploads.size();
}

std::optional<ReplicaId> UploadTable::ownerOf(std::string_view id) {
    const auto dash = id.find('-');
    if (dash == std::string_view::npos || id.size() - dash - 1 != 2 * randomBytes) {
        return std::nullopt;
    }
    const auto owner = parseReplicaId(std::string(id.substr(0, dash)));
    return owner ? std::optional(*owner) : std::nullopt;
}

} // namespace pilothouse::registry
