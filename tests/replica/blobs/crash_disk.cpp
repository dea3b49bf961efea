// SPDX-License-Identifier: GPL-3.0-or-later
#include "crash_disk.h"

#include <algorithm>

namespace pilothouse::blobs::test {

namespace {

tl::unexpected<Error> missing(const std::filesystem::path& path) {
    return fail(ErrorCode::notFound, "there is no " + path.string());
}

std::string parentOf(const std::string& path) {
    return path.substr(0, path.rfind('/'));
}

} // namespace

class CrashFile : public File {
public:
    CrashFile(CrashDisk& disk, std::shared_ptr<CrashDisk::Content> content)
        : m_disk(disk), m_content(std::move(content)) {}

    Status append(std::string_view bytes) override {
        if (auto done = m_disk.change(); !done) {
            return done;
        }
        const auto fitting = std::min<std::uint64_t>(m_disk.room, bytes.size());
        m_disk.room -= fitting;
        m_content->bytes += bytes.substr(0, fitting);
        return fitting == bytes.size() ? Status() : fail(ErrorCode::exhausted, "the disk is full");
    }
    Status sync() override {
        if (auto done = m_disk.change(); !done) {
            return done;
        }
        m_content->synced = m_content->bytes.size();
        return {};
    }
    Result<std::size_t> readAt(std::uint64_t offset, std::span<char> into) override {
        const auto& bytes = m_content->bytes;
        const auto count =
            offset < bytes.size() ? std::min<std::size_t>(into.size(), bytes.size() - offset) : 0;
        std::copy_n(bytes.data() + std::min<std::size_t>(offset, bytes.size()), count, into.data());
        return count;
    }
    std::size_t readCached(std::uint64_t, std::span<char>) override { return 0; }
    Result<std::uint64_t> size() override { return m_content->bytes.size(); }

private:
    CrashDisk& m_disk;
    std::shared_ptr<CrashDisk::Content> m_content;
};

Status CrashDisk::change() {
    ++m_changes;
    m_cut = m_cut || cutBefore();
    return m_cut ? fail(ErrorCode::internal, "the power is gone") : Status();
}

void CrashDisk::restart(const std::function<bool()>& chance) {
    Names kept = m_lasting;
    for (const auto& [path, content] : m_now) {
        if (m_lasting.count(path) == 0 && kept.count(parentOf(path)) > 0 && chance()) {
            kept[path] = content;
        }
    }
    for (const auto& [path, content] : m_lasting) {
        const auto now = m_now.find(path);
        if ((now == m_now.end() || now->second != content) && chance()) {
            kept.erase(path);
            if (now != m_now.end()) {
                kept[path] = now->second;
            }
        }
    }
    // A name needs its folder, and that one's.
    std::erase_if(kept, [&](const auto& name) {
        const auto parent = parentOf(name.first);
        return !parent.empty() && kept.count(parent) == 0;
    });
    for (auto& [path, content] : kept) {
        if (content == nullptr) {
            continue;
        }
        auto after = std::make_shared<Content>(*content);
        if (after->synced < after->bytes.size() && !chance()) {
            after->bytes.resize(after->synced);
        }
        after->synced = after->bytes.size();
        content = after;
    }
    m_now = m_lasting = kept;
    m_cut = false;
}

Result<std::unique_ptr<File>> CrashDisk::create(const std::filesystem::path& path) {
    if (auto done = change(); !done) {
        return fail(done.error());
    }
    if (m_now.count(path.string()) > 0) {
        return fail(ErrorCode::conflict, path.string() + " is there already");
    }
    if (m_now.count(path.parent_path().string()) == 0) {
        return missing(path.parent_path());
    }
    const auto content = std::make_shared<Content>();
    m_now[path.string()] = content;
    return std::make_unique<CrashFile>(*this, content);
}

Result<std::unique_ptr<File>> CrashDisk::open(const std::filesystem::path& path) {
    const auto found = m_now.find(path.string());
    if (found == m_now.end() || found->second == nullptr) {
        return missing(path);
    }
    return std::make_unique<CrashFile>(*this, found->second);
}

Status CrashDisk::makeFolder(const std::filesystem::path& path) {
    if (auto done = change(); !done) {
        return done;
    }
    const auto parent = parentOf(path.string());
    if (!parent.empty() && m_now.count(parent) == 0) {
        return missing(parent);
    }
    m_now.try_emplace(path.string(), nullptr);
    return {};
}

Status CrashDisk::rename(const std::filesystem::path& from, const std::filesystem::path& to) {
    if (auto done = change(); !done) {
        return done;
    }
    const auto found = m_now.find(from.string());
    if (found == m_now.end() || m_now.count(to.parent_path().string()) == 0) {
        return missing(from);
    }
    m_now[to.string()] = found->second;
    m_now.erase(from.string());
    return {};
}

Status CrashDisk::syncFolder(const std::filesystem::path& path) {
    if (auto done = change(); !done) {
        return done;
    }
    const std::string folder = path == "/" ? "" : path.string();
    const auto inside = [&folder](const auto& name) { return parentOf(name.first) == folder; };
    std::erase_if(m_lasting, inside);
    std::copy_if(m_now.begin(), m_now.end(), std::inserter(m_lasting, m_lasting.end()), inside);
    return {};
}

Status CrashDisk::remove(const std::filesystem::path& path) {
    if (auto done = change(); !done) {
        return done;
    }
    m_now.erase(path.string());
    return {};
}

Result<std::vector<FolderEntry>> CrashDisk::list(const std::filesystem::path& path) {
    if (m_now.count(path.string()) == 0) {
        return missing(path);
    }
    const std::string prefix = path.string() + "/";
    std::vector<FolderEntry> entries;
    for (auto at = m_now.lower_bound(prefix); at != m_now.end() && at->first.starts_with(prefix); ++at) {
        if (at->first.find('/', prefix.size()) == std::string::npos) {
            entries.push_back({at->first.substr(prefix.size()), at->second == nullptr});
        }
    }
    return entries;
}

Result<std::uint64_t> CrashDisk::freeBytes(const std::filesystem::path&) {
    return room;
}

void CrashDisk::flipBit(const std::filesystem::path& path, std::size_t at) {
    m_now.at(path.string())->bytes.at(at) ^= 1;
}

} // namespace pilothouse::blobs::test
