// SPDX-License-Identifier: GPL-3.0-or-later
// Real engines on the folders that createCluster() makes: they form one group, and their client endpoints let
// in nobody but the replica.
#include "replica/provision/create_cluster.h"
#include "samples.h"

#include <arpa/inet.h>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace pilothouse::provision {
namespace {

using namespace provision::test;
using namespace pilothouse::test;

// Ports of the kernel's choice that are free now.
std::vector<std::int64_t> freePorts(std::size_t count) {
    std::vector<int> sockets;
    std::vector<std::int64_t> ports;
    for (std::size_t i = 0; i < count; ++i) {
        const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        EXPECT_EQ(::bind(socket, reinterpret_cast<sockaddr*>(&address), size), 0);
        EXPECT_EQ(::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size), 0);
        sockets.push_back(socket);
        ports.push_back(ntohs(address.sin_port));
    }
    for (const int socket : sockets) {
        ::close(socket);
    }
    return ports;
}

// An etcd on a replica's folder; ends with this object, or with the test.
class EngineProcess {
public:
    EngineProcess(const Layout& layout, const Identity& identity) : m_log(layout.root() / "engine.log") {
        const std::string client = "https://127.0.0.1:" + std::to_string(identity.listen.engine_client_port);
        const std::vector<std::string> arguments{"etcd",
                                                 "--name",
                                                 identity.id,
                                                 "--data-dir",
                                                 layout.engineData(),
                                                 "--initial-cluster",
                                                 identity.initial_cluster,
                                                 "--initial-cluster-state",
                                                 identity.initial_cluster_state,
                                                 "--initial-advertise-peer-urls",
                                                 identity.peer_url,
                                                 "--listen-peer-urls",
                                                 identity.peer_url,
                                                 "--listen-client-urls",
                                                 client,
                                                 "--advertise-client-urls",
                                                 client,
                                                 "--peer-client-cert-auth",
                                                 "--peer-cert-file",
                                                 layout.peerCertificate(),
                                                 "--peer-key-file",
                                                 layout.peerKey(),
                                                 "--peer-trusted-ca-file",
                                                 layout.peerCa(),
                                                 "--client-cert-auth",
                                                 "--cert-file",
                                                 layout.engineClientCertificate(),
                                                 "--key-file",
                                                 layout.engineClientKey(),
                                                 "--trusted-ca-file",
                                                 layout.engineClientCa()};
        std::vector<char*> argv;
        for (const std::string& argument : arguments) {
            argv.push_back(const_cast<char*>(argument.c_str()));
        }
        argv.push_back(nullptr);
        m_pid = ::fork();
        if (m_pid == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            const int log = ::open(m_log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
            ::dup2(log, 1);
            ::dup2(log, 2);
            ::execvp("etcd", argv.data());
            ::_exit(127);
        }
    }
    ~EngineProcess() {
        ::kill(m_pid, SIGKILL);
        ::waitpid(m_pid, nullptr, 0);
    }
    EngineProcess(const EngineProcess&) = delete;
    EngineProcess& operator=(const EngineProcess&) = delete;
    [[nodiscard]] std::string log() const { return readWhole(m_log); }

private:
    std::filesystem::path m_log;
    pid_t m_pid = -1;
};

std::string curl(const Layout& layout, const Identity& identity, const std::string& credentials,
                 const std::string& path, const std::string& body) {
    return "curl -sS --max-time 5 --cacert " + layout.engineClientCa().string() + credentials + " -d '" +
           body + "' https://127.0.0.1:" + std::to_string(identity.listen.engine_client_port) + path;
}

std::string credentialsOf(const Layout& layout) {
    return " --cert " + layout.engineClientCertificate().string() + " --key " +
           layout.engineClientKey().string();
}

// Repeats `command` until it prints `expected`, for 20 s; what it printed last.
std::string runUntil(const std::string& command, const std::string& expected) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    std::string output;
    do {
        output = run(command).output;
        if (output.find(expected) != std::string::npos) {
            break;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    } while (std::chrono::steady_clock::now() < deadline);
    return output;
}

TEST(EngineCertificates, LetTheEnginesFormAGroupAndNobodyElseIn) {
    if (run("etcd --version").code != 0 || run("curl --version").code != 0) {
        GTEST_SKIP() << "needs etcd and curl";
    }
    const TemporaryFolder folder;
    CreateOptions options = sampleOptions(folder.path(), 3);
    const std::vector<std::int64_t> ports = freePorts(6);
    for (std::size_t i = 0; i < 3; ++i) {
        options.members[i].peer_port = ports[2 * i];
        options.members[i].engine_port = ports[2 * i + 1];
    }
    const auto cluster = createCluster(options, systemClock(), security::systemRandom());
    ASSERT_TRUE(cluster) << cluster.error().text();
    std::vector<std::unique_ptr<EngineProcess>> engines;
    for (const Identity& identity : cluster->members) {
        engines.push_back(std::make_unique<EngineProcess>(Layout(folder / identity.name), identity));
    }
    const Layout first(folder / "reg-1");
    const Layout third(folder / "reg-3");
    // Key "k", value "v", through the first; read through the third.
    const std::string put = runUntil(curl(first, cluster->members[0], credentialsOf(first), "/v3/kv/put",
                                          R"({"key":"aw==","value":"dg=="})"),
                                     "\"revision\"");
    EXPECT_NE(put.find("\"revision\""), std::string::npos) << put << engines[0]->log();
    const std::string get =
        run(curl(third, cluster->members[2], credentialsOf(third), "/v3/kv/range", R"({"key":"aw=="})"))
            .output;
    EXPECT_NE(get.find("\"dg==\""), std::string::npos) << get << engines[2]->log();

    EXPECT_NE(run(curl(first, cluster->members[0], "", "/v3/kv/range", R"({"key":"aw=="})")).code, 0)
        << "a client without a certificate";
    EXPECT_NE(
        run(curl(first, cluster->members[0], credentialsOf(third), "/v3/kv/range", R"({"key":"aw=="})")).code,
        0)
        << "a client with the certificate of another replica's endpoint";
}

} // namespace
} // namespace pilothouse::provision
