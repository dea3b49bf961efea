// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/ports.h"

#include "base/port_owner.h"
#include "sandbox/text.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <fstream>
#include <netinet/in.h>
#include <random>
#include <string>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace pilothouse::sandbox {
namespace {

constexpr std::uint16_t lowest = 20000; // above the registered ports that people commonly use
constexpr std::uint16_t fallbackHighest = 32767;

std::uint16_t highest() {
    std::ifstream file("/proc/sys/net/ipv4/ip_local_port_range");
    int low = 0;
    if (!(file >> low) || low <= lowest + 100) {
        return fallbackHighest;
    }
    return static_cast<std::uint16_t>(std::min(low - 1, 65535));
}

// 0 when the port can be bound, else errno. An address family that this host lacks counts as free.
int tryBind(int family, std::uint16_t port) {
    const int socketFd = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socketFd < 0) {
        return 0;
    }
    const int on = 1;
    setsockopt(socketFd, SOL_SOCKET, SO_REUSEADDR, &on,
               sizeof on); // as the servers do: TIME_WAIT is no owner
    sockaddr_in6 v6{};
    sockaddr_in v4{};
    sockaddr* address = nullptr;
    socklen_t size = 0;
    if (family == AF_INET6) {
        v6.sin6_family = AF_INET6;
        v6.sin6_port = htons(port);
        v6.sin6_addr = in6addr_loopback;
        address = reinterpret_cast<sockaddr*>(&v6);
        size = sizeof v6;
    } else {
        v4.sin_family = AF_INET;
        v4.sin_port = htons(port);
        v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address = reinterpret_cast<sockaddr*>(&v4);
        size = sizeof v4;
    }
    const int failure = bind(socketFd, address, size) == 0 ? 0 : errno;
    close(socketFd);
    return failure == EADDRNOTAVAIL || failure == EAFNOSUPPORT ? 0 : failure;
}

// The same for both loopback addresses.
int tryBindBoth(std::uint16_t port) {
    const int failure = tryBind(AF_INET, port);
    return failure != 0 ? failure : tryBind(AF_INET6, port);
}

// Nobody else may choose a run of ports between its choice and the moment when somebody listens there. A name
// in the kernel's table of abstract sockets (unix(7)) says so to all processes on this computer, whoever runs
// them, and is gone with this process.
bool reserve(std::uint16_t first) {
    const int mark = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string name = "pilothouse-sandbox-port-" + std::to_string(first);
    std::copy(name.begin(), name.end(), address.sun_path + 1); // the first byte, 0, makes it abstract
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
    if (mark >= 0 && bind(mark, reinterpret_cast<const sockaddr*>(&address), size) != 0) {
        const bool taken = errno == EADDRINUSE;
        close(mark);
        return !taken; // where there is no such table, random places have to do
    }
    return true; // kept open to the end of this process
}

} // namespace

Status checkPortFree(std::uint16_t port) {
    const int failure = tryBindBoth(port);
    if (failure == 0) {
        return {};
    }
    const auto owner = portOwner(port);
    const QString number = QString::number(port);
    return failWith(ErrorCode::conflict,
                    failure != EADDRINUSE ? Text::tr("port %1 on this computer is not to be had: %2")
                                                .arg(number, QString::fromUtf8(std::strerror(failure)))
                    : owner ? Text::tr("port %1 on this computer is held by %2").arg(number, shown(*owner))
                            : Text::tr("port %1 on this computer is held by another process").arg(number),
                    Text::tr("End that process, then start the sandbox again"));
}

Result<std::vector<std::uint16_t>> choosePorts(std::size_t blocks, std::uint16_t size,
                                               const std::set<std::uint16_t>& taken) {
    const auto isFree = [&](std::uint16_t first) {
        for (std::uint16_t port = first; port < first + size; ++port) {
            if (taken.contains(port) || tryBindBoth(port) != 0) {
                return false;
            }
        }
        return true;
    };
    const auto places = static_cast<std::uint32_t>((highest() - lowest) / size);
    const auto begin = std::random_device{}() % places;
    std::vector<std::uint16_t> chosen;
    for (std::uint32_t tried = 0; tried < places && chosen.size() < blocks; ++tried) {
        const auto first = static_cast<std::uint16_t>(lowest + (begin + tried) % places * size);
        if (isFree(first) && reserve(first)) {
            chosen.push_back(first);
        }
    }
    if (chosen.size() < blocks) {
        return failWith(ErrorCode::exhausted, Text::tr("there are not %1 free ports between %2 and %3")
                                                  .arg(blocks * size)
                                                  .arg(lowest)
                                                  .arg(highest()));
    }
    return chosen;
}

} // namespace pilothouse::sandbox
