// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/blobs/blob_store.h"

#include "base/encoding.h"

#include <algorithm>
#include <array>
#include <set>

namespace pilothouse::blobs {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t incarnationDigits = 16;
constexpr std::size_t shardDigits = 2;
constexpr std::size_t readPiece = std::size_t{256} * 1024;
constexpr std::array algorithms{Algorithm::sha256, Algorithm::sha512};

bool isLowerHex(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

fs::path uploadsIn(const fs::path& root) {
    return root / "uploads";
}

fs::path damagedIn(const fs::path& root) {
    return root / "damaged";
}

fs::path shardOf(const fs::path& root, const Digest& digest) {
    return root / nameOf(digest.algorithm()) / digest.hex().substr(0, shardDigits);
}

fs::path fileOf(const fs::path& root, const BlobId& id) {
    return shardOf(root, id.digest) / (std::string(id.digest.hex()) + '-' + id.incarnation.str());
}

// The blob that a file of that name would hold; nothing when the store gives no such name.
std::optional<BlobId> blobNamed(Algorithm algorithm, std::string_view name) {
    const auto dash = name.find('-');
    if (dash == std::string_view::npos) {
        return std::nullopt;
    }
    const auto digest =
        Digest::parse(std::string(nameOf(algorithm)) + ':' + std::string(name.substr(0, dash)));
    const auto incarnation = Incarnation::parse(name.substr(dash + 1));
    if (!digest || !incarnation) {
        return std::nullopt;
    }
    return BlobId{*digest, *incarnation};
}

// "00" to "ff".
std::vector<std::string> shardNames() {
    std::vector<std::string> names;
    names.reserve(256);
    for (int shard = 0; shard < 256; ++shard) {
        names.push_back(toHex(std::string(1, static_cast<char>(shard))));
    }
    return names;
}

// Feeds all bytes from the beginning on to `hasher`.
Status hashAll(Hasher& hasher,
               const std::function<Result<std::size_t>(std::uint64_t, std::span<char>)>& read) {
    std::string piece(readPiece, '\0');
    std::uint64_t offset = 0;
    while (true) {
        const auto got = read(offset, piece);
        if (!got) {
            return fail(got.error());
        }
        if (*got == 0) {
            return {};
        }
        hasher.update(std::string_view(piece).substr(0, *got));
        offset += *got;
    }
}

} // namespace

Result<Incarnation> Incarnation::parse(std::string_view text) {
    if (text.size() != incarnationDigits || !isLowerHex(text)) {
        return fail(ErrorCode::invalid, "an incarnation has 16 lower-case hexadecimal digits");
    }
    return Incarnation(std::string(text));
}

// --- writing

BlobWriter::BlobWriter(Disk& disk, fs::path root, fs::path path, std::unique_ptr<File> file,
                       Algorithm algorithm)
    : m_disk(disk), m_root(std::move(root)), m_path(std::move(path)), m_file(std::move(file)),
      m_hasher(algorithm) {}

BlobWriter::~BlobWriter() {
    if (!m_committed) {
        (void)m_disk.remove(m_path); // the next start sweeps what stays
    }
}

Status BlobWriter::write(std::string_view bytes) {
    if (auto done = m_file->append(bytes); !done) {
        return done;
    }
    m_hasher.update(bytes);
    m_size += bytes.size();
    return {};
}

Result<std::size_t> BlobWriter::readAt(std::uint64_t offset, std::span<char> into) {
    return m_file->readAt(offset, into);
}

Result<Digest> BlobWriter::digest(Algorithm algorithm) {
    return algorithm == m_hasher.algorithm() ? m_hasher.digest() : digestByReading(algorithm);
}

Result<Digest> BlobWriter::digestByReading(Algorithm algorithm) {
    Hasher hasher(algorithm);
    const auto done = hashAll(
        hasher, [this](std::uint64_t offset, std::span<char> into) { return m_file->readAt(offset, into); });
    return done ? Result<Digest>(hasher.digest()) : fail(done.error());
}

// The bytes first, then the name: a name that outlives a power cut always has all of its bytes.
Status BlobWriter::commit(const BlobId& id) {
    const auto actual = digest(id.digest.algorithm());
    if (!actual) {
        return fail(actual.error());
    }
    if (*actual != id.digest) {
        return fail(ErrorCode::invalid,
                    "the bytes have the digest " + actual->str() + ", not " + id.digest.str());
    }
    if (auto synced = m_file->sync(); !synced) {
        return synced;
    }
    if (auto renamed = m_disk.rename(m_path, fileOf(m_root, id)); !renamed) {
        return renamed;
    }
    m_committed = true;
    return m_disk.syncFolder(shardOf(m_root, id.digest));
}

// --- the store

Result<std::unique_ptr<BlobStore>> BlobStore::open(Disk& disk, fs::path root) {
    std::unique_ptr<BlobStore> store(new BlobStore(disk, std::move(root)));
    if (auto prepared = store->prepare(); !prepared) {
        return fail(prepared.error());
    }
    return store;
}

// Folders are there before the first blob comes, and synced at each start: an earlier one may have ended
// between making them and that.
Status BlobStore::prepare() {
    if (auto made = makeFolders(m_root.parent_path(), {m_root.filename().string()}); !made) {
        return made;
    }
    std::vector<std::string> names{uploadsIn(m_root).filename().string(),
                                   damagedIn(m_root).filename().string()};
    for (const Algorithm algorithm : algorithms) {
        names.emplace_back(nameOf(algorithm));
    }
    if (auto made = makeFolders(m_root, names); !made) {
        return made;
    }
    for (const Algorithm algorithm : algorithms) {
        if (auto made = makeFolders(m_root / nameOf(algorithm), shardNames()); !made) {
            return made;
        }
    }
    return removeUnfinished();
}

Status BlobStore::makeFolders(const fs::path& in, const std::vector<std::string>& names) {
    for (const std::string& name : names) {
        if (auto made = m_disk.makeFolder(in / name); !made) {
            return made;
        }
    }
    return m_disk.syncFolder(in);
}

Status BlobStore::removeUnfinished() {
    const auto left = m_disk.list(uploadsIn(m_root));
    if (!left) {
        return fail(left.error());
    }
    for (const FolderEntry& entry : *left) {
        if (auto removed = m_disk.remove(uploadsIn(m_root) / entry.name); !removed) {
            return removed;
        }
    }
    return {};
}

Result<std::unique_ptr<BlobWriter>> BlobStore::begin(Algorithm algorithm) {
    const fs::path path = uploadsIn(m_root) / std::to_string(m_nextUpload++);
    auto file = m_disk.create(path);
    if (!file) {
        return fail(file.error());
    }
    return std::unique_ptr<BlobWriter>(new BlobWriter(m_disk, m_root, path, *std::move(file), algorithm));
}

Result<BlobReader> BlobStore::read(const BlobId& id) const {
    auto file = m_disk.open(fileOf(m_root, id));
    if (!file) {
        return fail(file.error());
    }
    const auto size = (*file)->size();
    return size ? Result<BlobReader>(BlobReader(*std::move(file), *size)) : fail(size.error());
}

std::optional<std::string> BlobStore::partCached(const BlobId& id, std::uint64_t offset,
                                                 std::size_t length) const {
    const auto file = m_disk.openCached(fileOf(m_root, id));
    if (!file) {
        return std::nullopt;
    }
    std::string bytes(length, '\0');
    for (std::size_t filled = 0; filled < length;) {
        const std::size_t got = file->readCached(offset + filled, std::span(bytes).subspan(filled));
        if (got == 0) {
            return std::nullopt;
        }
        filled += got;
    }
    return bytes;
}

bool BlobStore::has(const BlobId& id) const {
    return m_disk.open(fileOf(m_root, id)).has_value();
}

Result<bool> BlobStore::hasDurably(const BlobId& id) const {
    if (!has(id)) {
        return false;
    }
    const Status synced = m_disk.syncFolder(shardOf(m_root, id.digest));
    return synced ? Result<bool>(true) : fail(synced.error());
}

Status BlobStore::remove(const BlobId& id) {
    return m_disk.remove(fileOf(m_root, id));
}

Status BlobStore::setAside(const BlobId& id) {
    const fs::path file = fileOf(m_root, id);
    if (auto renamed = m_disk.rename(file, damagedIn(m_root) / file.filename()); !renamed) {
        return renamed;
    }
    return m_disk.syncFolder(shardOf(m_root, id.digest));
}

Result<std::set<std::string>> BlobStore::shardsOf(Algorithm algorithm) const {
    const auto shards = m_disk.list(m_root / nameOf(algorithm));
    if (!shards) {
        return fail(shards.error());
    }
    std::set<std::string> names;
    for (const FolderEntry& shard : *shards) {
        if (shard.folder && shard.name.size() == shardDigits && isLowerHex(shard.name)) {
            names.insert(shard.name);
        }
    }
    return names;
}

Result<std::set<BlobId>> BlobStore::blobsIn(Algorithm algorithm, const std::string& shard) const {
    const auto files = m_disk.list(m_root / nameOf(algorithm) / shard);
    if (!files) {
        return fail(files.error());
    }
    std::set<BlobId> blobs;
    for (const FolderEntry& file : *files) {
        if (const auto id = blobNamed(algorithm, file.name); id && id->digest.hex().starts_with(shard)) {
            blobs.insert(*id);
        }
    }
    return blobs;
}

Status BlobStore::forEach(const std::function<bool(const BlobId&)>& visit,
                          const std::optional<BlobId>& after) const {
    for (const Algorithm algorithm : algorithms) {
        if (after && algorithm < after->digest.algorithm()) {
            continue; // in the order of the ids
        }
        const auto shards = shardsOf(algorithm);
        if (!shards) {
            return fail(shards.error());
        }
        const bool begun = after && after->digest.algorithm() == algorithm;
        for (const std::string& shard : *shards) {
            if (begun && shard < after->digest.hex().substr(0, shardDigits)) {
                continue;
            }
            const auto blobs = blobsIn(algorithm, shard);
            if (!blobs) {
                return fail(blobs.error());
            }
            const auto first = after ? blobs->upper_bound(*after) : blobs->begin();
            if (!std::all_of(first, blobs->end(), visit)) {
                return {};
            }
        }
    }
    return {};
}

Status BlobStore::verify(const BlobId& id) const {
    auto blob = read(id);
    if (!blob) {
        return fail(blob.error());
    }
    Hasher hasher(id.digest.algorithm());
    auto done = hashAll(
        hasher, [&blob](std::uint64_t offset, std::span<char> into) { return blob->readAt(offset, into); });
    if (!done) {
        return done;
    }
    return hasher.digest() == id.digest
               ? Status()
               : fail(ErrorCode::corrupt, "this replica's copy of " + id.digest.str() + " is damaged");
}

Result<std::uint64_t> BlobStore::freeBytes() const {
    return m_disk.freeBytes(m_root);
}

} // namespace pilothouse::blobs
