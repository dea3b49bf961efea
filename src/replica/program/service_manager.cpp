// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/program/service_manager.h"

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace pilothouse::program {

ServiceManager::ServiceManager() {
    if (const char* const path = std::getenv("NOTIFY_SOCKET")) {
        m_socket = path;
        unsetenv("NOTIFY_SOCKET");
    }
}

void ServiceManager::passOn() const {
    if (!m_socket.empty()) {
        setenv("NOTIFY_SOCKET", m_socket.c_str(), 1);
    }
}

void ServiceManager::keep() const {
    unsetenv("NOTIFY_SOCKET");
}

void ServiceManager::tell(std::string_view state) const {
    sockaddr_un address{};
    if (m_socket.empty() || m_socket.size() >= sizeof address.sun_path) {
        return;
    }
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, m_socket.data(), m_socket.size());
    if (address.sun_path[0] == '@') {
        address.sun_path[0] = '\0'; // an abstract socket, unix(7)
    }
    const int file = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (file < 0) {
        return;
    }
    // A service manager that does not listen must not stop the replica.
    [[maybe_unused]] const auto sent =
        sendto(file, state.data(), state.size(), MSG_NOSIGNAL, reinterpret_cast<sockaddr*>(&address),
               static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + m_socket.size()));
    close(file);
}

} // namespace pilothouse::program
