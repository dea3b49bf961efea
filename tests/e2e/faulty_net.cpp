// SPDX-License-Identifier: GPL-3.0-or-later
#include "faulty_net.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sstream>
#include <sys/socket.h>
#include <unistd.h>

namespace pilothouse::test {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t mostPending = 64 * 1024;
constexpr int pollMs = 20; // faults begin and end no later

sockaddr_in loopback(int last, std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(0x7f000000U | static_cast<std::uint32_t>(last));
    return address;
}

// The inode of the socket that has this local and remote port on loopback; see proc(5), /proc/net/tcp.
std::string inodeOf(std::uint16_t localPort, std::uint16_t remotePort) {
    std::ifstream table("/proc/net/tcp");
    std::string line;
    std::getline(table, line); // headings
    const auto portIn = [](const std::string& address) {
        return static_cast<std::uint16_t>(std::stoul(address.substr(address.rfind(':') + 1), nullptr, 16));
    };
    while (std::getline(table, line)) {
        std::istringstream words(line);
        std::string slot, local, remote, state, queues, timer, retransmits, uid, timeout, inode;
        words >> slot >> local >> remote >> state >> queues >> timer >> retransmits >> uid >> timeout >>
            inode;
        if (portIn(local) == localPort && portIn(remote) == remotePort) {
            return inode;
        }
    }
    return {};
}

bool holds(std::int64_t pid, const std::string& inode) {
    const std::string wanted = "socket:[" + inode + "]";
    std::error_code error;
    for (fs::directory_iterator fd("/proc/" + std::to_string(pid) + "/fd", error), end; !error && fd != end;
         fd.increment(error)) {
        std::error_code unreadable;
        if (fs::read_symlink(fd->path(), unreadable) == wanted) {
            return true;
        }
    }
    return false;
}

} // namespace

FaultyNet::FaultyNet(std::function<std::vector<std::int64_t>(int)> processesOf)
    : m_processesOf(std::move(processesOf)) {}

FaultyNet::~FaultyNet() {
    m_stopping = true;
    if (m_thread.joinable()) {
        m_thread.join();
    }
    for (auto& flow : m_flows) {
        close(flow);
    }
    for (const auto& listener : m_listeners) {
        ::close(listener.socket);
    }
}

bool FaultyNet::add(int replica, Port kind, std::uint16_t port) {
    const int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const int on = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    const auto address = loopback(1, port);
    if (bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        listen(listener, 64) != 0) {
        ::close(listener);
        return false;
    }
    m_listeners.push_back({listener, replica, kind, port, port});
    return true;
}

void FaultyNet::start(int replicas) {
    m_replicas = replicas;
    m_thread = std::thread([this] { run(); });
}

void FaultyNet::cut(int from, int to, std::optional<Port> only) {
    const std::lock_guard lock(m_mutex);
    for (const Port kind : {Port::https, Port::engine}) {
        if (!only || *only == kind) {
            m_cuts.emplace(from, to, kind);
        }
    }
}

void FaultyNet::cutBothWays(int one, int other, std::optional<Port> only) {
    cut(one, other, only);
    cut(other, one, only);
}

void FaultyNet::heal() {
    const std::lock_guard lock(m_mutex);
    m_cuts.clear();
}

void FaultyNet::redirect(int replica, Port kind, std::uint16_t to) {
    const std::lock_guard lock(m_mutex);
    for (auto& listener : m_listeners) {
        if (listener.replica == replica && listener.kind == kind) {
            listener.target = to != 0 ? to : listener.port;
        }
    }
}

bool FaultyNet::isCut(int from, int to, Port kind) {
    const std::lock_guard lock(m_mutex);
    return m_cuts.contains({from, to, kind});
}

bool FaultyNet::isCut(Flow& flow, bool back) {
    const auto cut = [&] {
        return back ? isCut(flow.server, flow.client, flow.kind) : isCut(flow.client, flow.server, flow.kind);
    };
    if (flow.client == outside && !flow.lookedAgain && cut()) {
        flow.lookedAgain = true;
        flow.client = whoConnects(flow.clientPort, flow.listenPort);
    }
    return cut();
}

int FaultyNet::whoConnects(std::uint16_t theirPort, std::uint16_t ourPort) const {
    const std::string inode = inodeOf(theirPort, ourPort);
    for (int replica = 0; !inode.empty() && replica < m_replicas; ++replica) {
        const auto pids = m_processesOf(replica);
        if (std::any_of(pids.begin(), pids.end(), [&](std::int64_t pid) { return holds(pid, inode); })) {
            return replica;
        }
    }
    return outside;
}

void FaultyNet::accept(const Listener& listener) {
    sockaddr_in from{};
    socklen_t size = sizeof from;
    const int client =
        accept4(listener.socket, reinterpret_cast<sockaddr*>(&from), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (client < 0) {
        return;
    }
    const int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(server, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const auto to = loopback(2, listener.target);
    // On loopback connecting is done or refused at once.
    const bool connected = connect(server, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0;
    Flow flow{whoConnects(ntohs(from.sin_port), listener.port), listener.replica, listener.kind, {}, {}};
    flow.clientPort = ntohs(from.sin_port);
    flow.listenPort = listener.port;
    flow.fromClient.socket = client;
    flow.fromServer.socket = server;
    flow.fromServer.broken = !connected;
    m_flows.push_back(std::move(flow));
}

void FaultyNet::read(Half& from) {
    std::array<char, 16384> buffer{};
    while (!from.ended && !from.broken && from.pending.size() < mostPending) {
        const auto got = recv(from.socket, buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (got > 0) {
            from.pending.append(buffer.data(), static_cast<std::size_t>(got));
        } else if (got == 0) {
            from.ended = true;
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            return;
        } else {
            from.broken = true;
        }
    }
}

void FaultyNet::write(Half& from, Half& to) {
    while (!from.pending.empty() && !to.broken) {
        const auto sent =
            send(to.socket, from.pending.data(), from.pending.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent > 0) {
            from.pending.erase(0, static_cast<std::size_t>(sent));
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            return;
        } else {
            to.broken = true;
        }
    }
    if (from.ended && from.pending.empty()) {
        shutdown(to.socket, SHUT_WR);
    }
}

bool FaultyNet::pump(Flow& flow) {
    const bool there = !isCut(flow, false);
    const bool back = !isCut(flow, true);
    if (there) {
        read(flow.fromClient);
        write(flow.fromClient, flow.fromServer);
    }
    if (back) {
        read(flow.fromServer);
        write(flow.fromServer, flow.fromClient);
    }
    const auto over = [](const Half& half) { return half.ended && half.pending.empty(); };
    // That one side is gone is news, which a cut holds back as anything else.
    return !((flow.fromClient.broken && there) || (flow.fromServer.broken && back) ||
             (over(flow.fromClient) && over(flow.fromServer)));
}

void FaultyNet::close(Flow& flow) {
    const linger reset{.l_onoff = 1, .l_linger = 0};
    for (Half* half : {&flow.fromClient, &flow.fromServer}) {
        if (flow.fromClient.broken || flow.fromServer.broken) {
            setsockopt(half->socket, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
        }
        ::close(half->socket);
    }
}

void FaultyNet::run() {
    while (!m_stopping) {
        std::vector<Listener> listeners;
        {
            const std::lock_guard lock(m_mutex);
            listeners = m_listeners;
        }
        std::vector<pollfd> waits;
        for (const auto& listener : listeners) {
            waits.push_back({.fd = listener.socket, .events = POLLIN, .revents = 0});
        }
        const auto watch = [&](const Half& half, const Half& other, bool open) {
            const bool reads = open && !half.ended && !half.broken && half.pending.size() < mostPending;
            waits.push_back({.fd = reads ? half.socket : -1, .events = POLLIN, .revents = 0});
            const bool writes = open && !half.pending.empty();
            waits.push_back({.fd = writes ? other.socket : -1, .events = POLLOUT, .revents = 0});
        };
        for (auto& flow : m_flows) {
            watch(flow.fromClient, flow.fromServer, !isCut(flow, false));
            watch(flow.fromServer, flow.fromClient, !isCut(flow, true));
        }
        poll(waits.data(), waits.size(), pollMs);
        for (std::size_t i = 0; i < listeners.size(); ++i) {
            if ((waits[i].revents & POLLIN) != 0) {
                accept(listeners[i]);
            }
        }
        for (auto flow = m_flows.begin(); flow != m_flows.end();) {
            if (pump(*flow)) {
                ++flow;
            } else {
                close(*flow);
                flow = m_flows.erase(flow);
            }
        }
    }
}

} // namespace pilothouse::test
