// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/repair/folder_copy.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace pilothouse::repair {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t pieceBytes = std::size_t{4} << 20;

Status failed(const char* what, const fs::path& path, int error) {
    return fail(error == ENOSPC || error == EDQUOT ? ErrorCode::exhausted : ErrorCode::internal,
                std::string("cannot ") + what + " " + path.string() + ": " + std::strerror(error));
}

Status failed(const char* what, const fs::path& path, const std::error_code& error) {
    return failed(what, path, error.value());
}

class Descriptor {
public:
    Descriptor(const fs::path& path, int flags) : m_file(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
    ~Descriptor() {
        if (m_file >= 0) {
            ::close(m_file);
        }
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const { return m_file; }
    [[nodiscard]] bool isOpen() const { return m_file >= 0; }

private:
    const int m_file;
};

Status syncPath(const fs::path& path) {
    const Descriptor file(path, O_RDONLY);
    return file.isOpen() && ::fsync(file.get()) == 0 ? Status() : failed("sync", path, errno);
}

Status copyBytes(const Descriptor& from, const Descriptor& to, const fs::path& target,
                 const std::function<void(std::int64_t)>& onBytes) {
    std::vector<char> piece(pieceBytes);
    for (;;) {
        const ssize_t got = ::read(from.get(), piece.data(), piece.size());
        if (got == 0) {
            return {};
        }
        if (got < 0) {
            return failed("read for", target, errno);
        }
        for (ssize_t done = 0; done < got;) {
            const ssize_t put = ::write(to.get(), piece.data() + done, static_cast<std::size_t>(got - done));
            if (put < 0) {
                return failed("write", target, errno);
            }
            done += put;
        }
        onBytes(got);
    }
}

Status copyFile(const fs::path& from, const fs::path& to, const std::function<void(std::int64_t)>& onBytes) {
    const Descriptor source(from, O_RDONLY);
    if (!source.isOpen()) {
        return failed("read", from, errno);
    }
    const Descriptor target(to, O_WRONLY | O_CREAT | O_TRUNC);
    if (!target.isOpen()) {
        return failed("make", to, errno);
    }
    if (Status copied = copyBytes(source, target, to, onBytes); !copied) {
        return copied;
    }
    return ::fsync(target.get()) == 0 ? Status() : failed("sync", to, errno);
}

Status makeFolder(const fs::path& folder) {
    return ::mkdir(folder.c_str(), 0700) == 0 ? Status() : failed("make", folder, errno);
}

Status makeIfMissing(const fs::path& folder) {
    return ::mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST ? Status() : failed("make", folder, errno);
}

Status copyTree(const fs::path& from, const fs::path& to, const std::function<void(std::int64_t)>& onBytes) {
    if (Status made = makeFolder(to); !made) {
        return made;
    }
    std::error_code error;
    for (fs::directory_iterator each(from, error), end; !error && each != end; each.increment(error)) {
        const fs::path target = to / each->path().filename();
        const Status copied = each->is_directory() ? copyTree(each->path(), target, onBytes)
                                                   : copyFile(each->path(), target, onBytes);
        if (!copied) {
            return copied;
        }
    }
    return error ? failed("read", from, error) : syncPath(to);
}

Status moveTo(const fs::path& from, const fs::path& to) {
    std::error_code error;
    fs::rename(from, to, error);
    return error ? failed("move", from, error) : Status();
}

Status removeAll(const fs::path& path) {
    std::error_code error;
    fs::remove_all(path, error);
    return error ? failed("remove", path, error) : Status();
}

void untold(std::int64_t) {}

fs::path engineIn(const fs::path& copy) {
    return copy / "engine";
}
fs::path identityIn(const fs::path& copy) {
    return copy / "replica.json";
}

// The read model: by it a replica knows who may log in while there is no majority to learn that from.
Status copyReadModel(const fs::path& from, const fs::path& to) {
    for (const char* name : {"projection.sqlite", "projection.sqlite-wal", "projection.sqlite-shm"}) {
        std::error_code unreadable;
        Status done = removeAll(to / name);
        if (done && fs::exists(from / name, unreadable)) {
            done = copyFile(from / name, to / name, untold);
        }
        if (!done) {
            return done;
        }
    }
    return {};
}

} // namespace

Result<std::int64_t> bytesBelow(const fs::path& folder) {
    std::int64_t bytes = 0;
    std::error_code error;
    for (fs::recursive_directory_iterator each(folder, error), end; !error && each != end;
         each.increment(error)) {
        std::error_code gone; // the engine drops files of its log when it likes
        const auto size = each->is_regular_file(gone) ? each->file_size(gone) : 0;
        bytes += gone ? 0 : static_cast<std::int64_t>(size);
    }
    if (error) {
        return fail(failed("read", folder, error).error());
    }
    return bytes;
}

Status copyEpoch(const provision::Layout& layout, const fs::path& target,
                 const std::function<void(std::int64_t)>& onBytes) {
    std::error_code unreadable;
    if (fs::exists(target, unreadable)) {
        return {};
    }
    fs::path partial = target;
    partial += ".partial";
    const Status copied =
        removeAll(partial)
            .and_then([&] { return makeFolder(partial); })
            .and_then([&] { return copyTree(layout.engine(), engineIn(partial), onBytes); })
            .and_then([&] { return copyReadModel(layout.root(), partial); })
            .and_then([&] { return copyFile(layout.identity(), identityIn(partial), untold); })
            .and_then([&] { return syncPath(partial); })
            .and_then([&] { return moveTo(partial, target); })
            .and_then([&] { return syncPath(layout.root()); });
    if (!copied) {
        (void)removeAll(partial);
    }
    return copied;
}

Status restoreEpoch(const provision::Layout& layout, const fs::path& copy, const fs::path& aside) {
    const fs::path away = aside.empty() ? layout.root() / "engine.discarded" : engineIn(aside);
    const auto clear = [&] {
        return syncPath(layout.root())
            .and_then([&] { return aside.empty() ? removeAll(away) : Status(); })
            .and_then([&] { return removeAll(copy); });
    };
    std::error_code error;
    if (!fs::exists(engineIn(copy), error)) {
        // It never came to be, or was put back already, and only what is left of that has to go.
        return error ? failed("read", copy, error) : clear();
    }
    // What is there now gives way first; should that be interrupted, there is nothing in the way any more.
    if (fs::exists(layout.engine(), error)) {
        const Status moved =
            makeIfMissing(away.parent_path())
                .and_then([&] { return removeAll(away); })
                .and_then([&] {
                    return aside.empty() ? Status() : copyFile(layout.identity(), identityIn(aside), untold);
                })
                .and_then([&] { return moveTo(layout.engine(), away); });
        if (!moved) {
            return moved;
        }
    }
    return copyFile(identityIn(copy), layout.root() / "replica.json.restored", untold)
        .and_then([&] { return moveTo(layout.root() / "replica.json.restored", layout.identity()); })
        .and_then([&] { return copyReadModel(copy, layout.root()); })
        .and_then([&] { return moveTo(engineIn(copy), layout.engine()); })
        .and_then(clear);
}

} // namespace pilothouse::repair
