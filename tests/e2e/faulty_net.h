// SPDX-License-Identifier: GPL-3.0-or-later
// The network between replicas, and between them and those who look at them, with faults on demand; no
// privilege is needed for it.
//
// Each replica advertises 127.0.0.1 and listens at 127.0.0.2. At 127.0.0.1 this proxy listens, finds out from
// /proc which process has connected, and passes bytes on unless that direction between the two is cut. What
// is cut waits, as in TCP on a link that loses every packet: nothing is refused, nothing is lost, and all
// goes on after healing.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

namespace pilothouse::test {

class FaultyNet {
public:
    enum class Port { https, engine };
    static constexpr int outside = -1; // whoever is no replica: command line, console, the test itself

    // `processesOf`: the pids of a replica and its engine, asked at each connection.
    explicit FaultyNet(std::function<std::vector<std::int64_t>(int replica)> processesOf);
    ~FaultyNet();
    FaultyNet(const FaultyNet&) = delete;
    FaultyNet& operator=(const FaultyNet&) = delete;

    // Before start(). False when the port cannot be listened at.
    [[nodiscard]] bool add(int replica, Port kind, std::uint16_t port);
    void start(int replicas);

    // Bytes from one to the other are held back, on connections that there are and that come.
    void cut(int from, int to, std::optional<Port> only = std::nullopt);
    void cutBothWays(int one, int other, std::optional<Port> only = std::nullopt);
    void heal();
    // New connections to that replica's port end up at another port of 127.0.0.2 instead; 0: as it was.
    void redirect(int replica, Port kind, std::uint16_t to);

private:
    struct Listener {
        int socket;
        int replica;
        Port kind;
        std::uint16_t port;
        std::uint16_t target;
    };
    // One connection: what the client sends goes to the server and back.
    struct Half {
        int socket = -1;
        std::string pending; // for the other half
        bool ended = false;  // nothing more comes from here
        bool broken = false;
    };
    struct Flow {
        int client;
        int server;
        Port kind;
        Half fromClient;
        Half fromServer;
        std::uint16_t clientPort = 0;
        std::uint16_t listenPort = 0;
        bool lookedAgain = false; // whose it is; an engine that has just started has not told its process yet
    };

    void run();
    void accept(const Listener& listener);
    [[nodiscard]] int whoConnects(std::uint16_t theirPort, std::uint16_t ourPort) const;
    [[nodiscard]] bool isCut(int from, int to, Port kind);
    [[nodiscard]] bool isCut(Flow& flow, bool back);
    // Reads from one half and writes to the other what may pass; false when the flow is over.
    [[nodiscard]] bool pump(Flow& flow);
    static void read(Half& from);
    static void write(Half& from, Half& to);
    static void close(Flow& flow);

    std::function<std::vector<std::int64_t>(int)> m_processesOf;
    int m_replicas = 0;
    std::list<Flow> m_flows; // of the thread
    std::mutex m_mutex;      // guards the two that follow
    std::vector<Listener> m_listeners;
    std::set<std::tuple<int, int, Port>> m_cuts;
    std::atomic<bool> m_stopping = false;
    std::thread m_thread;
};

} // namespace pilothouse::test
