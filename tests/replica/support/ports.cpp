// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/support/ports.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <filesystem>
#include <netinet/in.h>
#include <stdexcept>
#include <string>
#include <sys/file.h>
#include <sys/socket.h>
#include <unistd.h>

namespace pilothouse::test {
namespace {

// Below those that sandboxes choose from: the two do not know of each other's reservations.
constexpr int first = 14000;
constexpr int last = 19900;
constexpr int size = 10;

bool canBind(int port) {
    const int file = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    setsockopt(file, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const bool bound = bind(file, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    close(file);
    return bound;
}

// Holds the lock until the process ends.
bool lockBlock(const std::filesystem::path& folder, int block) {
    const int file = open((folder / std::to_string(block)).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file >= 0 && flock(file, LOCK_EX | LOCK_NB) == 0) {
        return true;
    }
    close(file);
    return false;
}

} // namespace

std::uint16_t reservePorts() {
    const auto folder =
        std::filesystem::temp_directory_path() / ("pilothouse-test-ports-" + std::to_string(getuid()));
    std::filesystem::create_directories(folder);
    for (int block = first; block < last; block += size) {
        if (!lockBlock(folder, block)) {
            continue;
        }
        bool free = true;
        for (int port = block; port < block + size; ++port) {
            free = free && canBind(port);
        }
        if (free) {
            return static_cast<std::uint16_t>(block);
        }
    }
    throw std::runtime_error("no free ports for a test");
}

} // namespace pilothouse::test
