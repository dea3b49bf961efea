// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend.h"

#include "replica/engine/etcd_engine.h"
#include "replica/engine/etcd_process.h"
#include "replica/node/engine_setup.h"
#include "replica/provision/create_cluster.h"
#include "replica/provision/engine_client.h"
#include "replica/support/ports.h"
#include "store_engine.h"
#include "support/fixtures.h"

namespace pilothouse::engine::test {

namespace {

using namespace std::chrono_literals;

class MemoryBackend final : public Backend {
public:
    MemoryBackend() {
        m_engine.ownStatus.memberId = 1;
        m_engine.ownStatus.leaderId = 1;
        m_engine.ownStatus.term = Term(1);
        m_engine.ownStatus.version = "3.4.0";
        m_engine.list = {{1, "aaaaaaaaaaaa", {"https://127.0.0.1:7443"}, false}};
    }
    Engine& engine() override { return m_engine; }

private:
    state::test::StoreEngine m_engine;
};

template <typename T>
T expectValue(Result<T> result) {
    if (!result) {
        throw std::runtime_error(result.error().text());
    }
    return std::move(*result);
}

class EtcdBackend final : public Backend {
public:
    EtcdBackend(Loop& loop, bool silentPeer) : m_loop(loop) {
        provision::CreateOptions options;
        options.clusterName = "prod";
        options.members = {member("reg-1")};
        if (silentPeer) {
            options.members.push_back(member("reg-2"));
        }
        const auto created =
            expectValue(provision::createCluster(options, systemClock(), security::systemRandom()));
        const provision::Layout layout(options.members.front().data_dir);
        m_process = started(layout, created.members.front());
        makeEngine(layout, created.members.front());
        std::unique_ptr<EtcdProcess> peer; // a member serves nobody before it has seen a leader
        if (silentPeer) {
            peer = started(provision::Layout(options.members.back().data_dir), created.members.back());
        }
        waitForAnswer();
    }
    Engine& engine() override { return *m_engine; }

private:
    provision::MemberOptions member(const std::string& name) {
        provision::MemberOptions one;
        one.name = name;
        one.host = "127.0.0.1";
        const std::int64_t port = pilothouse::test::reservePorts();
        one.https_port = port;
        one.http_port = port + 1;
        one.peer_port = port + 2;
        one.engine_port = port + 3;
        one.data_dir = m_folder / name;
        return one;
    }
    static std::unique_ptr<EtcdProcess> started(const provision::Layout& layout,
                                                const provision::Identity& identity) {
        const auto written = provision::writeEngineClientCertificates(layout, systemClock().wall());
        if (!written) {
            throw std::runtime_error(written.error().text());
        }
        auto etcd = node::etcdOptionsOf(layout, identity);
        etcd.heartbeat = 50ms;
        etcd.election = 500ms;
        const EtcdProcess::Listener listener{[](int) {}, [](const Error&) {}, [](const Error&) {}};
        return expectValue(EtcdProcess::start(etcd, listener, Logger()));
    }
    void makeEngine(const provision::Layout& layout, const provision::Identity& identity) {
        m_engine = std::make_unique<EtcdEngine>(expectValue(node::engineAddressOf(layout, identity)));
    }
    void waitForAnswer() {
        const auto end = std::chrono::steady_clock::now() + 30s;
        for (;;) {
            const bool up = m_loop.run(m_engine->barrier(1s)).has_value();
            if (up) {
                return;
            }
            if (std::chrono::steady_clock::now() > end) {
                throw std::runtime_error("etcd does not answer within 30 s");
            }
            std::this_thread::sleep_for(20ms);
        }
    }

    Loop& m_loop;
    pilothouse::test::TemporaryFolder m_folder;
    std::unique_ptr<EtcdProcess> m_process;
    std::unique_ptr<EtcdEngine> m_engine;
};

} // namespace

std::unique_ptr<Backend> memoryBackend() {
    return std::make_unique<MemoryBackend>();
}

std::unique_ptr<Backend> etcdBackend(Loop& loop, bool silentPeer) {
    return std::make_unique<EtcdBackend>(loop, silentPeer);
}

} // namespace pilothouse::engine::test
