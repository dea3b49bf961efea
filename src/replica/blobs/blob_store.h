// SPDX-License-Identifier: GPL-3.0-or-later
// This replica's copies of blobs, as files named by their content.
//
//   uploads/<name>                                    what is still being written
//   <algorithm>/<first two digits>/<hex>-<incarnation>  a whole blob, durably on disk
//   damaged/<hex>-<incarnation>                       what turned out not to be what it should
//
// A blob that is deleted and pushed again comes back as another incarnation, so that deleting the files of
// the old one never touches the new. Incarnations are chosen by whoever writes the first copy and are the
// same on every replica. Blocking; thread-safe, one thread at a time for each object given out, except where
// it says more.
#pragma once

#include "replica/blobs/digest.h"
#include "replica/blobs/disk.h"

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <set>

namespace pilothouse::blobs {

// 16 lower-case hexadecimal digits, random.
class Incarnation {
public:
    [[nodiscard]] static Result<Incarnation> parse(std::string_view text);
    [[nodiscard]] const std::string& str() const { return m_text; }
    friend bool operator==(const Incarnation&, const Incarnation&) = default;
    friend auto operator<=>(const Incarnation&, const Incarnation&) = default;

private:
    explicit Incarnation(std::string text) : m_text(std::move(text)) {}
    std::string m_text;
};

struct BlobId {
    Digest digest;
    Incarnation incarnation;
    friend bool operator==(const BlobId&, const BlobId&) = default;
    friend auto operator<=>(const BlobId&, const BlobId&) = default;
};

// One blob that is being written. What it wrote goes with it, unless it was committed.
class BlobWriter {
public:
    ~BlobWriter();
    BlobWriter(const BlobWriter&) = delete;
    BlobWriter& operator=(const BlobWriter&) = delete;

    // At the end. After an error nothing more may be written; ErrorCode::exhausted when the disk is full.
    [[nodiscard]] Status write(std::string_view bytes);
    [[nodiscard]] std::uint64_t size() const { return m_size; }
    [[nodiscard]] Algorithm algorithm() const { return m_hasher.algorithm(); } // that it was begun with
    // Of what was written so far, by `algorithm`: at once for the one that it was begun with, else by reading
    // it all again.
    [[nodiscard]] Result<Digest> digest(Algorithm algorithm);
    // Some of what was written, for passing it on while more arrives. By any number of threads, also while
    // another one writes or commits: what lies before a size() that was seen does not change any more.
    [[nodiscard]] Result<std::size_t> readAt(std::uint64_t offset, std::span<char> into);

    // Makes it a blob of the store: when this returns it is durably on disk under its name.
    // ErrorCode::invalid when the bytes have another digest; it can be written on then.
    [[nodiscard]] Status commit(const BlobId& id);

private:
    friend class BlobStore;
    BlobWriter(Disk& disk, std::filesystem::path root, std::filesystem::path path, std::unique_ptr<File> file,
               Algorithm algorithm);
    [[nodiscard]] Result<Digest> digestByReading(Algorithm algorithm);

    Disk& m_disk;
    std::filesystem::path m_root;
    std::filesystem::path m_path;
    std::unique_ptr<File> m_file;
    Hasher m_hasher;
    std::uint64_t m_size = 0;
    bool m_committed = false;
};

// A blob, open for reading; stays readable when it is removed meanwhile.
class BlobReader {
public:
    BlobReader(std::unique_ptr<File> file, std::uint64_t size) : m_file(std::move(file)), m_size(size) {}
    [[nodiscard]] std::uint64_t size() const { return m_size; }
    // Some bytes from `offset` on; 0 at the end.
    [[nodiscard]] Result<std::size_t> readAt(std::uint64_t offset, std::span<char> into) {
        return m_file->readAt(offset, into);
    }
    // See File::readCached().
    [[nodiscard]] std::size_t readCached(std::uint64_t offset, std::span<char> into) {
        return m_file->readCached(offset, into);
    }

private:
    std::unique_ptr<File> m_file;
    std::uint64_t m_size;
};

class BlobStore {
public:
    // Opens the store in `root`, whose parent is there, or makes one. What an earlier run left unfinished is
    // removed: an upload ends with the process that took it.
    [[nodiscard]] static Result<std::unique_ptr<BlobStore>> open(Disk& disk, std::filesystem::path root);

    // Begins a blob; `algorithm` is what its bytes are hashed by as they come.
    [[nodiscard]] Result<std::unique_ptr<BlobWriter>> begin(Algorithm algorithm = Algorithm::sha256);
    // ErrorCode::notFound when there is no such copy here.
    [[nodiscard]] Result<BlobReader> read(const BlobId& id) const;
    // `length` bytes from `offset` on, as far as that need not wait for the disk; nothing also when it would
    // have to, or may have to. Does not block.
    [[nodiscard]] std::optional<std::string> partCached(const BlobId& id, std::uint64_t offset,
                                                        std::size_t length) const;
    [[nodiscard]] bool has(const BlobId& id) const;
    // Whether there is a copy here that lasts: one whose commit() may not have ended yet is made to.
    [[nodiscard]] Result<bool> hasDurably(const BlobId& id) const;
    // Removes this replica's copy; one that is not here is fine.
    [[nodiscard]] Status remove(const BlobId& id);
    // Takes a damaged copy out of use, but keeps it for whoever wants to look at it.
    [[nodiscard]] Status setAside(const BlobId& id);
    // Calls `visit` for each copy that comes after `after`, or for each, in their order, until it says false.
    // Files that are none of the store's are left alone.
    [[nodiscard]] Status forEach(const std::function<bool(const BlobId&)>& visit,
                                 const std::optional<BlobId>& after = std::nullopt) const;
    // Reads the whole copy and compares. ErrorCode::corrupt: its bytes are not those of its digest.
    [[nodiscard]] Status verify(const BlobId& id) const;
    [[nodiscard]] Result<std::uint64_t> freeBytes() const;

private:
    BlobStore(Disk& disk, std::filesystem::path root) : m_disk(disk), m_root(std::move(root)) {}
    [[nodiscard]] Status prepare();
    [[nodiscard]] Status makeFolders(const std::filesystem::path& in, const std::vector<std::string>& names);
    [[nodiscard]] Status removeUnfinished();
    // The names of the folders that have an algorithm's blobs.
    [[nodiscard]] Result<std::set<std::string>> shardsOf(Algorithm algorithm) const;
    [[nodiscard]] Result<std::set<BlobId>> blobsIn(Algorithm algorithm, const std::string& shard) const;

    Disk& m_disk;
    std::filesystem::path m_root;
    std::atomic<std::uint64_t> m_nextUpload = 0;
};

} // namespace pilothouse::blobs
