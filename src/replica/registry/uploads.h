// SPDX-License-Identifier: GPL-3.0-or-later
// Uploads that this replica has begun and not finished. They end with its process.
#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "replica/replication/early_copies.h"
#include "replica/replication/local_blobs.h"
#include "replica/security/random.h"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace pilothouse::registry {

struct Upload {
    std::string id; // "<replica id>-<32 hexadecimal digits>"
    std::string repository;
    std::string user;
    replication::WriterPtr writer;
    std::shared_ptr<replication::EarlyCopies> early = nullptr; // of one that is large; abandoned with it
};

struct UploadLimits {
    std::chrono::minutes idle{60}; // then it expires
};

// Thread-safe. An upload is in the hands of one request at a time.
class UploadTable {
public:
    UploadTable(const Clock& clock, const security::Random& random, ReplicaId self, UploadLimits limits = {})
        : m_clock(clock), m_random(random), m_self(std::move(self)), m_limits(limits) {}

    // The upload while a request has it; given back when this goes, unless it was finish()ed.
    class Lease {
    public:
        Lease(UploadTable& table, std::shared_ptr<Upload> upload)
            : m_table(&table), m_upload(std::move(upload)) {}
        Lease(Lease&& other) noexcept = default;
        Lease& operator=(Lease&&) = delete;
        ~Lease() { giveBack(); }
        [[nodiscard]] Upload& operator*() const { return *m_upload; }
        [[nodiscard]] Upload* operator->() const { return m_upload.get(); }
        // Before the answer: a client that has it asks for the upload again at once.
        void giveBack() {
            if (m_upload) {
                m_table->giveBack(*m_upload);
            }
            m_upload.reset();
        }
        // The upload is over: nobody finds it any more.
        void finish() {
            m_table->remove(m_upload->id);
            m_upload.reset();
        }

    private:
        UploadTable* m_table;
        std::shared_ptr<Upload> m_upload;
    };

    // ErrorCode::exhausted when the user has `most` already.
    [[nodiscard]] Result<Lease> add(std::string repository, std::string user, replication::WriterPtr writer,
                                    std::size_t most);
    // ErrorCode::notFound; ErrorCode::conflict while another request has it.
    [[nodiscard]] Result<Lease> take(const std::string& id, const std::string& repository);
    // Ends those that nobody has touched for long. Their files go here: call it where that may block.
    void expire();
    [[nodiscard]] std::size_t size() const;

    // Which replica has the upload of that id; nothing when it is no id.
    [[nodiscard]] static std::optional<ReplicaId> ownerOf(std::string_view id);

private:
    struct Entry {
        std::shared_ptr<Upload> upload;
        bool taken = true;
        MonotonicTime touched;
    };
    void giveBack(const Upload& upload);
    void remove(const std::string& id);

    const Clock& m_clock;
    const security::Random& m_random;
    const ReplicaId m_self;
    const UploadLimits m_limits;
    mutable std::mutex m_mutex; // guards what follows
    std::map<std::string, Entry, std::less<>> m_uploads;
};

} // namespace pilothouse::registry
