// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/port_owner.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

namespace pilothouse {
namespace {

namespace fs = std::filesystem;

// Inodes of the sockets that listen on `port`, from /proc/net/tcp or tcp6 (proc(5)).
void addListeners(const char* table, std::uint16_t port, std::set<std::string>& inodes) {
    std::ifstream file(table);
    std::string line;
    std::getline(file, line); // headings
    while (std::getline(file, line)) {
        std::istringstream fields(line);
        std::string slot, local, remote, state, skipped, inode;
        fields >> slot >> local >> remote >> state;
        for (int field = 4; field < 9; ++field) {
            fields >> skipped;
        }
        fields >> inode;
        const auto colon = local.rfind(':');
        constexpr auto listening = "0A";
        if (state == listening && colon != std::string::npos &&
            std::stoul(local.substr(colon + 1), nullptr, 16) == port) {
            inodes.insert("socket:[" + inode + "]");
        }
    }
}

bool holdsAny(const fs::path& process, const std::set<std::string>& sockets) {
    std::error_code error;
    for (fs::directory_iterator fd(process / "fd", error), end; !error && fd != end; fd.increment(error)) {
        std::error_code unreadable;
        if (sockets.contains(fs::read_symlink(fd->path(), unreadable).string())) {
            return true;
        }
    }
    return false;
}

} // namespace

std::optional<std::string> portOwner(std::uint16_t port) {
    std::set<std::string> sockets;
    addListeners("/proc/net/tcp", port, sockets);
    addListeners("/proc/net/tcp6", port, sockets);
    if (sockets.empty()) {
        return std::nullopt;
    }
    std::error_code error;
    for (fs::directory_iterator process("/proc", error), end; !error && process != end;
         process.increment(error)) {
        const std::string pid = process->path().filename().string();
        if (std::all_of(pid.begin(), pid.end(), [](unsigned char c) { return std::isdigit(c) != 0; }) &&
            holdsAny(process->path(), sockets)) {
            std::ifstream comm(process->path() / "comm");
            std::string name;
            std::getline(comm, name);
            return name + " (process " + pid + ")";
        }
    }
    return std::nullopt;
}

} // namespace pilothouse
