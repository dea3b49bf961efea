// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/system_error.h"

#include <cerrno>
#include <cstring>

namespace pilothouse {

tl::unexpected<Error> systemFailure(const std::string& what, const std::filesystem::path& path, int number) {
    const std::string message = "cannot " + what + " " + path.string() + ": ";
    switch (number) {
    case ENOSPC:
    case EDQUOT:
        return fail(ErrorCode::exhausted, message + "the disk is full", "Free some space and try again");
    case EFBIG:
        return fail(ErrorCode::exhausted, message + "this process may not write files that large",
                    "Raise the file size limit (ulimit -f)");
    case EROFS:
        return fail(ErrorCode::forbidden, message + "the file system is read-only",
                    "Remount it writable, or choose another folder");
    case EACCES:
    case EPERM:
        return fail(ErrorCode::forbidden, message + "permission denied",
                    "Check who owns it and which user this program runs as");
    case ENOENT:
        return fail(ErrorCode::notFound, message + "there is no such file or folder");
    case ELOOP:
        return fail(ErrorCode::forbidden, message + "it is a symbolic link");
    case EIO:
        return fail(ErrorCode::corrupt, message + "the disk reports an error",
                    "Look at the kernel's log (dmesg) and replace the disk if it names it");
    default:
        return fail(ErrorCode::internal, message + std::strerror(number));
    }
}

} // namespace pilothouse
