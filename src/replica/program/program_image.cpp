// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/program/program_image.h"

#include <cerrno>
#include <fstream>
#include <iterator>
#include <linux/close_range.h>
#include <string>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace pilothouse::program {
namespace {

// Each ends with a zero byte, proc(5).
std::vector<std::string> ownArguments() {
    std::ifstream file("/proc/self/cmdline", std::ios::binary);
    std::vector<std::string> arguments;
    for (std::string argument; std::getline(file, argument, '\0');) {
        arguments.push_back(argument);
    }
    return arguments;
}

} // namespace

ProgramImage::ProgramImage() {
    std::error_code unreadable;
    m_path = std::filesystem::read_symlink("/proc/self/exe", unreadable);
}

Status ProgramImage::execute() const {
    std::vector<std::string> arguments = ownArguments();
    if (m_path.empty() || arguments.empty()) {
        return fail(ErrorCode::unavailable, "/proc does not tell how this program was started");
    }
    std::vector<char*> pointers;
    for (std::string& argument : arguments) {
        pointers.push_back(argument.data());
    }
    pointers.push_back(nullptr);
    // Libraries keep files open that nobody closes.
    (void)close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
    execv(m_path.c_str(), pointers.data());
    return fail(ErrorCode::unavailable, m_path.string() + " cannot be started: " +
                                            std::error_code(errno, std::generic_category()).message());
}

} // namespace pilothouse::program
