// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/security/files.h"

#include "base/system_error.h"

#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace pilothouse::security {

namespace {

class Descriptor {
public:
    explicit Descriptor(int number) : m_number(number) {}
    ~Descriptor() {
        if (m_number >= 0) {
            ::close(m_number);
        }
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const { return m_number; }
    [[nodiscard]] bool valid() const { return m_number >= 0; }

private:
    int m_number;
};

// A file that is removed again unless it was renamed to its place.
class TemporaryFile {
public:
    explicit TemporaryFile(const std::filesystem::path& file) {
        std::string name = file.string() + ".XXXXXX";
        m_name.assign(name.c_str(), name.c_str() + name.size() + 1);
        m_descriptor.emplace(::mkostemp(m_name.data(), O_CLOEXEC)); // mode 0600
    }
    ~TemporaryFile() {
        if (!m_renamed && m_descriptor->valid()) {
            ::unlink(m_name.data());
        }
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    [[nodiscard]] int descriptor() const { return m_descriptor->get(); }
    [[nodiscard]] bool valid() const { return m_descriptor->valid(); }
    [[nodiscard]] bool renameTo(const std::filesystem::path& file) {
        m_renamed = ::rename(m_name.data(), file.c_str()) == 0;
        return m_renamed;
    }

private:
    std::vector<char> m_name;
    std::optional<Descriptor> m_descriptor;
    bool m_renamed = false;
};

// 0 or an errno.
int writeAll(int descriptor, std::string_view content) {
    while (!content.empty()) {
        const ssize_t written = ::write(descriptor, content.data(), content.size());
        if (written >= 0) {
            content.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno != EINTR) {
            return errno;
        }
    }
    return 0;
}

// Makes a rename in `folder` last.
int syncFolder(const std::filesystem::path& folder) {
    const Descriptor descriptor(
        ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return descriptor.valid() && ::fsync(descriptor.get()) == 0 ? 0 : errno;
}

Result<std::string> readAll(int descriptor, const std::filesystem::path& file, std::size_t maxBytes) {
    std::string content;
    char buffer[16384];
    while (true) {
        const ssize_t got = ::read(descriptor, buffer, sizeof buffer);
        if (got == 0) {
            return content;
        }
        if (got < 0) {
            if (errno == EINTR) {
                continue;
            }
            return systemFailure("read", file, errno);
        }
        content.append(buffer, static_cast<std::size_t>(got));
        if (content.size() > maxBytes) {
            return fail(ErrorCode::invalid,
                        file.string() + " is larger than " + std::to_string(maxBytes) + " bytes");
        }
    }
}

Result<std::string> readChecked(const std::filesystem::path& file, std::size_t maxBytes, bool secret) {
    // Without O_NONBLOCK opening a named pipe would wait for its writer.
    const Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat facts {};
    if (!descriptor.valid() || ::fstat(descriptor.get(), &facts) != 0) {
        return systemFailure("read", file, errno);
    }
    if (!S_ISREG(facts.st_mode)) {
        return fail(ErrorCode::invalid, file.string() + " is not a regular file");
    }
    if (secret && (facts.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return fail(ErrorCode::forbidden, file.string() + " holds a secret but other users may access it",
                    "Run: chmod 600 " + file.string());
    }
    return readAll(descriptor.get(), file, maxBytes);
}

} // namespace

Status makePrivateFolder(const std::filesystem::path& folder) {
    if (::mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST) {
        return systemFailure("make the folder", folder, errno);
    }
    const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    struct stat facts {};
    if (!descriptor.valid() || ::fstat(descriptor.get(), &facts) != 0) {
        return errno == ENOTDIR ? fail(ErrorCode::conflict, folder.string() + " is not a folder")
                                : systemFailure("open the folder", folder, errno);
    }
    if (facts.st_uid != ::geteuid()) {
        return fail(ErrorCode::forbidden, "the folder " + folder.string() + " belongs to another user",
                    "Run as that user, or choose another folder");
    }
    // The umask may have taken rights from the mode, and an old folder may have too many.
    if ((facts.st_mode & 07777) != S_IRWXU && ::fchmod(descriptor.get(), S_IRWXU) != 0) {
        return systemFailure("protect the folder", folder, errno);
    }
    return {};
}

Status writePrivateFile(const std::filesystem::path& file, std::string_view content) {
    TemporaryFile temporary(file);
    if (!temporary.valid()) {
        return systemFailure("write", file, errno);
    }
    if (const int error = writeAll(temporary.descriptor(), content); error != 0) {
        return systemFailure("write", file, error);
    }
    if (::fsync(temporary.descriptor()) != 0 || !temporary.renameTo(file)) {
        return systemFailure("write", file, errno);
    }
    if (const int error = syncFolder(file.parent_path()); error != 0) {
        return systemFailure("write", file, error);
    }
    return {};
}

Result<std::string> readFile(const std::filesystem::path& file, std::size_t maxBytes) {
    return readChecked(file, maxBytes, false);
}

Result<std::string> readPrivateFile(const std::filesystem::path& file, std::size_t maxBytes) {
    return readChecked(file, maxBytes, true);
}

} // namespace pilothouse::security
