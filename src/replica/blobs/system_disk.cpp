// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/system_error.h"
#include "replica/blobs/disk.h"

#include <algorithm>
#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

namespace pilothouse::blobs {

namespace {

namespace fs = std::filesystem;

class SystemFile : public File {
public:
    SystemFile(int descriptor, fs::path path) : m_descriptor(descriptor), m_path(std::move(path)) {}
    ~SystemFile() override { ::close(m_descriptor); }
    SystemFile(const SystemFile&) = delete;
    SystemFile& operator=(const SystemFile&) = delete;

    Status append(std::string_view bytes) override {
        while (!bytes.empty()) {
            const ssize_t written = ::write(m_descriptor, bytes.data(), bytes.size());
            if (written >= 0) {
                bytes.remove_prefix(static_cast<std::size_t>(written));
                m_size += written;
            } else if (errno != EINTR) {
                return systemFailure("write", m_path, errno);
            }
        }
        startWriting();
        return {};
    }
    // The file's size is all of its metadata that reading it needs, and fdatasync() keeps that.
    Status sync() override {
        return ::fdatasync(m_descriptor) == 0 ? Status() : systemFailure("write", m_path, errno);
    }
    Result<std::size_t> readAt(std::uint64_t offset, std::span<char> into) override {
        while (true) {
            const ssize_t got = ::pread(m_descriptor, into.data(), into.size(), static_cast<off_t>(offset));
            if (got >= 0) {
                return static_cast<std::size_t>(got);
            }
            if (errno != EINTR) {
                return systemFailure("read", m_path, errno);
            }
        }
    }
    std::size_t readCached(std::uint64_t offset, std::span<char> into) override {
        const iovec piece{into.data(), into.size()};
        const ssize_t got = ::preadv2(m_descriptor, &piece, 1, static_cast<off_t>(offset), RWF_NOWAIT);
        return static_cast<std::size_t>(std::max<ssize_t>(got, 0));
    }
    Result<std::uint64_t> size() override {
        struct stat facts {};
        if (::fstat(m_descriptor, &facts) != 0) {
            return systemFailure("read", m_path, errno);
        }
        return static_cast<std::uint64_t>(facts.st_size);
    }

private:
    static constexpr off_t stride = off_t{8} * 1024 * 1024;

    // A large file begins to go to the disk while the rest still comes, so that sync() has less to wait for.
    // That it does not is no failure: sync() tells.
    void startWriting() {
        if (m_size - m_begun >= stride) {
            static_cast<void>(
                ::sync_file_range(m_descriptor, m_begun, m_size - m_begun, SYNC_FILE_RANGE_WRITE));
            m_begun = m_size;
        }
    }

    off_t m_size = 0;  // appended here
    off_t m_begun = 0; // of that, on its way to the disk
    int m_descriptor;
    fs::path m_path;
};

class SystemDisk : public Disk {
public:
    Result<std::unique_ptr<File>> create(const fs::path& path) override {
        return openWith(path, O_RDWR | O_CREAT | O_EXCL | O_APPEND, "make");
    }
    Result<std::unique_ptr<File>> open(const fs::path& path) override {
        return openWith(path, O_RDONLY, "read");
    }
    std::unique_ptr<File> openCached(const fs::path& path) override {
        open_how how{};
        how.flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW;
        how.resolve = RESOLVE_CACHED;
        // The C library has no function for it, and older kernels do not know it: then there is no file,
        // either.
        const long descriptor = ::syscall(SYS_openat2, AT_FDCWD, path.c_str(), &how, sizeof how);
        return descriptor < 0 ? nullptr : std::make_unique<SystemFile>(static_cast<int>(descriptor), path);
    }
    Status makeFolder(const fs::path& path) override {
        if (::mkdir(path.c_str(), S_IRWXU) == 0) {
            return {};
        }
        const int error = errno;
        std::error_code unknown;
        return error == EEXIST && fs::is_directory(path, unknown)
                   ? Status()
                   : systemFailure("make the folder", path, error);
    }
    Status rename(const fs::path& from, const fs::path& to) override {
        return ::rename(from.c_str(), to.c_str()) == 0 ? Status() : systemFailure("write", to, errno);
    }
    Status syncFolder(const fs::path& path) override {
        const int descriptor = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (descriptor < 0) {
            return systemFailure("open the folder", path, errno);
        }
        const int error = ::fsync(descriptor) == 0 ? 0 : errno;
        ::close(descriptor);
        return error == 0 ? Status() : systemFailure("write the folder", path, error);
    }
    Status remove(const fs::path& path) override {
        return ::unlink(path.c_str()) == 0 || errno == ENOENT ? Status()
                                                              : systemFailure("remove", path, errno);
    }
    Result<std::vector<FolderEntry>> list(const fs::path& path) override {
        std::error_code error;
        std::vector<FolderEntry> entries;
        for (fs::directory_iterator at(path, error), end; !error && at != end; at.increment(error)) {
            std::error_code unknown; // one that goes meanwhile is no folder
            entries.push_back({at->path().filename().string(), at->is_directory(unknown)});
        }
        if (error) {
            return systemFailure("read the folder", path, error.value());
        }
        return entries;
    }
    Result<std::uint64_t> freeBytes(const fs::path& path) override {
        struct statvfs facts {};
        if (::statvfs(path.c_str(), &facts) != 0) {
            return systemFailure("look at the disk of", path, errno);
        }
        return std::uint64_t{facts.f_bavail} * facts.f_frsize;
    }

private:
    static Result<std::unique_ptr<File>> openWith(const fs::path& path, int flags, const char* what) {
        const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
        if (descriptor < 0) {
            return errno == EEXIST ? fail(ErrorCode::conflict, path.string() + " is there already")
                                   : systemFailure(what, path, errno);
        }
        return std::make_unique<SystemFile>(descriptor, path);
    }
};

} // namespace

Disk& systemDisk() {
    static SystemDisk disk;
    return disk;
}

} // namespace pilothouse::blobs
