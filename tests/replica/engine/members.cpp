// SPDX-License-Identifier: GPL-3.0-or-later
#include "members.h"

#include "replica/engine/child.h"
#include "replica/security/authority.h"
#include "replica/support/ports.h"

#include <csignal>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace pilothouse::engine::test {

using namespace std::chrono_literals;
using pilothouse::test::readWhole;
using pilothouse::test::writeFile;

namespace {

template <typename T>
T expectValue(Result<T> result) {
    if (!result) {
        throw std::runtime_error(result.error().text());
    }
    return std::move(*result);
}

// Writes a leaf of `authority`, its key and the authority's certificate.
void writeLeaf(const security::Authority& authority, security::Profile profile,
               const std::filesystem::path& ca, const std::filesystem::path& certificate,
               const std::filesystem::path& key) {
    const auto pair = expectValue(security::PrivateKey::generate());
    security::CertificateOrder order{profile, {}, security::subjectNamesForHost("127.0.0.1")};
    order.replica = {ClusterId(std::string(32, 'c')), ReplicaId(std::string(12, 'a'))};
    writeFile(certificate, expectValue(authority.issue(pair, order, systemClock().wall())));
    writeFile(key, pair.pem());
    writeFile(ca, authority.certificatePem());
}

} // namespace

Member::Member(Loop& loop, std::filesystem::path folder, const std::string& name)
    : m_loop(loop), m_folder(std::move(folder)) {
    std::filesystem::create_directories(m_folder);
    const auto port = pilothouse::test::reservePorts();
    options.name = name;
    options.clusterToken = "test";
    options.dataDir = m_folder / "data";
    options.pidFile = m_folder / "pid";
    options.clientPort = port;
    options.peerListenHost = "127.0.0.1";
    options.peerPort = static_cast<std::uint16_t>(port + 1);
    options.peerAdvertiseUrl = peerUrl();
    options.clientCa = m_folder / "client-ca.crt";
    options.clientCertificate = m_folder / "client.crt";
    options.clientKey = m_folder / "client.key";
    options.peerCa = m_folder / "peer-ca.crt";
    options.peerCertificate = m_folder / "peer.crt";
    options.peerKey = m_folder / "peer.key";
    options.heartbeat = 50ms;
    options.election = 500ms;
    writeLeaf(expectValue(security::Authority::create("clients", systemClock().wall())),
              security::Profile::engineClient, options.clientCa, options.clientCertificate,
              options.clientKey);
    m_engine = std::make_unique<EtcdEngine>(address());
}

Member::~Member() {
    kill();
}

std::string Member::peerUrl() const {
    return "https://127.0.0.1:" + std::to_string(options.peerPort);
}

EngineAddress Member::address() const {
    return {.port = options.clientPort,
            .certificates = readWhole(options.clientCertificate),
            .privateKey = readWhole(options.clientKey),
            .authorities = readWhole(options.clientCa)};
}

void Member::start(const std::vector<std::string>& more) {
    const auto program = expectValue(findEtcd({}));
    static const auto version = expectValue(parseEtcdVersion(expectValue(outputOf(program, {"--version"}))));
    auto arguments = etcdArguments(options, version);
    arguments.insert(arguments.end(), more.begin(), more.end());
    const auto child = expectValue(startChild(program, arguments));
    m_pid = child.pid;
    m_reader = std::thread([this, output = child.output] {
        std::array<char, 4096> buffer{};
        pollfd wait{.fd = output, .events = POLLIN, .revents = 0};
        for (;;) {
            poll(&wait, 1, -1);
            const ssize_t size = read(output, buffer.data(), buffer.size());
            if (size == 0 || (size < 0 && errno != EAGAIN && errno != EINTR)) {
                break;
            }
            const std::lock_guard lock(m_mutex);
            m_output.append(buffer.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
        }
        close(output);
    });
}

void Member::kill() {
    if (m_pid > 0) {
        ::kill(m_pid, SIGKILL);
        waitpid(m_pid, nullptr, 0);
        m_pid = -1;
        m_reader.join();
    }
}

void Member::stop() {
    signal(SIGTERM);
    const auto end = std::chrono::steady_clock::now() + 20s;
    while (runs() && std::chrono::steady_clock::now() < end) {
        std::this_thread::sleep_for(5ms);
    }
    EXPECT_FALSE(runs()) << options.name << " does not stop:\n" << output();
    kill();
}

void Member::signal(int number) const {
    ::kill(m_pid, number);
}

bool Member::runs() {
    if (m_pid > 0 && waitpid(m_pid, nullptr, WNOHANG) == m_pid) {
        m_pid = -1;
        m_reader.join();
    }
    return m_pid > 0;
}

std::string Member::output() const {
    const std::lock_guard lock(m_mutex);
    return m_output;
}

void Member::put(const std::string& key, const std::string& value) {
    Transaction write;
    write.then = {Put{key, value, 0}};
    const auto done = m_loop.run(engine().transact(write, 15s));
    ASSERT_TRUE(done) << options.name << ": " << done.error().text();
}

std::string Member::get(const std::vector<std::string>& keys) {
    std::string all;
    for (const auto& key : keys) {
        const auto read = m_loop.run(engine().range({key, {}, 0, {}, false}, 15s));
        all += all.empty() ? "" : " ";
        all += !read ? read.error().text() : read->entries.empty() ? "-" : read->entries.front().value;
    }
    return all;
}

EngineStatus Member::status() {
    const auto status = m_loop.run(engine().status(2s));
    return status ? *status : EngineStatus{};
}

bool Member::leads() {
    const auto own = status();
    return own.memberId != 0 && own.leaderId == own.memberId;
}

bool Member::answers() {
    return m_loop.run(engine().barrier(2s)).has_value();
}

MembersTest::~MembersTest() {
    if (HasFailure()) {
        for (const auto& member : m_members) {
            const std::string all = member->output();
            GTEST_LOG_(INFO) << member->options.name << " logged:\n"
                             << all.substr(all.size() - std::min<std::size_t>(all.size(), 8000));
        }
    }
}

void MembersTest::make(int count) {
    std::vector<Member*> all;
    std::string cluster;
    for (int i = 1; i <= count; ++i) {
        all.push_back(&add("m" + std::to_string(i)));
        cluster += (i == 1 ? "" : ",") + all.back()->options.name + "=" + all.back()->peerUrl();
    }
    for (Member* one : all) {
        one->options.initialCluster = cluster;
    }
    givePeerCertificates(all);
}

Member& MembersTest::add(const std::string& name) {
    return *m_members.emplace_back(std::make_unique<Member>(loop, folder / name, name));
}

void MembersTest::givePeerCertificates(const std::vector<Member*>& members) {
    const auto authority = expectValue(security::Authority::create("peers", systemClock().wall()));
    for (const Member* one : members) {
        writeLeaf(authority, security::Profile::enginePeer, one->options.peerCa, one->options.peerCertificate,
                  one->options.peerKey);
    }
}

void MembersTest::startAll(const std::vector<std::string>& more) {
    for (const auto& one : m_members) {
        one->start(more);
    }
}

std::size_t MembersTest::leader() {
    std::size_t found = m_members.size();
    EXPECT_TRUE(eventually([&] {
        for (found = 0; found < m_members.size(); ++found) {
            if (m_members[found]->runs() && m_members[found]->leads() && m_members[found]->answers()) {
                return true;
            }
        }
        return false;
    })) << "nobody leads";
    return found;
}

bool MembersTest::eventually(const std::function<bool()>& holds, std::chrono::milliseconds within) {
    const auto end = std::chrono::steady_clock::now() + within;
    while (!holds()) {
        if (std::chrono::steady_clock::now() > end) {
            return holds();
        }
        std::this_thread::sleep_for(10ms);
    }
    return true;
}

} // namespace pilothouse::engine::test
