// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/replica.h"

#include "replica/http/loop.h"
#include "replica/replica_parts.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/use_future.hpp>

#include <atomic>
#include <future>
#include <thread>

namespace pilothouse {
namespace {

constexpr Milliseconds eventDeadline{500};
constexpr Milliseconds margin{500}; // for a step to notice that its time is over

Status checkOptions(const ReplicaOptions& options) {
    if (options.engineElection < 5 * options.engineHeartbeat ||
        options.engineElection > Milliseconds(50'000)) {
        return fail(ErrorCode::invalid,
                    "the engine's election time-out must be at least 5 heartbeats, and at most 50 s");
    }
    if (options.threads < 1 || options.threads > 64) {
        return fail(ErrorCode::invalid, "a replica has from 1 to 64 threads");
    }
    if (options.collectPause <= Milliseconds(0)) {
        return fail(ErrorCode::invalid,
                    "the pause between two looks for unreferenced blobs must be more than 0");
    }
    return {};
}

} // namespace

class Replica::Impl {
public:
    Impl(ReplicaOptions options, ReplicaFiles files)
        : m_work(boost::asio::make_work_guard(m_io)), m_parts(std::move(options), std::move(files), m_io) {}
    ~Impl() {
        (void)stop(Milliseconds(5000));
        // What is left of the coroutines goes while the parts that they use still live; those that wait for a
        // disk first, since they come back from there.
        m_parts.stopDisks();
        m_io.shutdown();
    }

    Status start() {
        if (auto opened = m_parts.registry.open(m_parts.files.layout.blobs()); !opened) {
            return opened;
        }
        if (auto listening = m_parts.httpsServer.start(); !listening) {
            return listening;
        }
        if (auto listening = m_parts.httpServer.start(); !listening) {
            return listening;
        }
        if (auto engine = m_parts.startEngine(); !engine) {
            return engine;
        }
        m_parts.startTasks();
        for (int i = 0; i < m_parts.options.threads; ++i) {
            m_threads.emplace_back([this] { m_io.run(); });
        }
        m_parts.log.info(m_parts.files.identity.name + " serves " + m_parts.files.identity.url,
                         {{"replica", m_parts.id.str()}, {"cluster", m_parts.files.identity.cluster_name}});
        return {};
    }

    Status stop(Milliseconds deadline) {
        if (m_stopped.exchange(true)) {
            return {};
        }
        const auto end = std::chrono::steady_clock::now() + deadline;
        if (!m_threads.empty()) {
            leave(deadline / 4);
            m_parts.tasks.cancelAndWait(deadline / 10);
        }
        m_parts.authenticator.stop();
        if (m_parts.process) {
            const auto rest =
                std::chrono::duration_cast<Milliseconds>(end - std::chrono::steady_clock::now());
            m_parts.process->stop(std::max(rest - Milliseconds(200), Milliseconds(300)));
        }
        m_work.reset();
        m_io.stop();
        for (auto& thread : m_threads) {
            thread.join();
        }
        return {};
    }

    ReplicaParts& parts() { return m_parts; }

private:
    // Each step has its limit, and none waits for longer for one before it: a disk that hangs must not keep
    // the servers from being stopped.
    void leave(Milliseconds step) {
        using boost::asio::use_future;
        auto handed = boost::asio::co_spawn(m_io, m_parts.leadership.handOver(step), use_future);
        if (!endsWithin(handed, step + margin)) {
            m_parts.log.warning("leadership was not handed over in time");
        } else if (const Status done = handed.get(); !done) {
            m_parts.log.warning("leadership was not handed over: " + done.error().text());
        }
        auto told = boost::asio::co_spawn(m_io, m_parts.events.stopped(eventDeadline), use_future);
        (void)endsWithin(told,
                         eventDeadline); // so that consoles hear of it; it may take longer beside the rest
        auto plain = boost::asio::co_spawn(m_io, m_parts.httpServer.stop(step), use_future);
        auto secure = boost::asio::co_spawn(m_io, m_parts.httpsServer.stop(step), use_future);
        const bool plainEnded = endsWithin(plain, step + margin);
        if (!endsWithin(secure, plainEnded ? step + margin : Milliseconds(0)) || !plainEnded) {
            m_parts.log.warning("some requests did not end in time");
        }
    }
    template <typename T>
    [[nodiscard]] static bool endsWithin(const std::future<T>& step, Milliseconds limit) {
        return step.wait_for(limit) == std::future_status::ready;
    }

    http::Loop m_io;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> m_work;
    ReplicaParts m_parts;
    std::vector<std::thread> m_threads;
    std::atomic<bool> m_stopped = false;
};

Replica::Replica(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Replica::~Replica() = default;

Result<std::unique_ptr<Replica>> Replica::start(ReplicaOptions options) {
    if (auto valid = checkOptions(options); !valid) {
        return fail(valid.error());
    }
    const Logger log(options.log, "replica", options.logLevel);
    if (auto finished = finishRepair(options, systemClock(), log); !finished) {
        return fail(finished.error());
    }
    auto files = readReplicaFiles(options.dataDir, systemClock(), log);
    if (!files) {
        return fail(files.error());
    }
    auto impl = std::make_unique<Impl>(std::move(options), std::move(*files));
    if (auto started = impl->start(); !started) {
        return fail(started.error());
    }
    return std::unique_ptr<Replica>(new Replica(std::move(impl)));
}

std::string Replica::id() const {
    return m_impl->parts().id.str();
}

ReplicaAddresses Replica::addresses() const {
    const auto& identity = m_impl->parts().files.identity;
    return {identity.url, identity.http_url};
}

std::string Replica::clusterCa() const {
    return m_impl->parts().files.clusterCa;
}

api::ClusterStatus Replica::status() const {
    return m_impl->parts().board.snapshot()->status;
}

Status Replica::waitUntilHealthy(Milliseconds deadline) const {
    const auto end = std::chrono::steady_clock::now() + deadline;
    for (;;) {
        const auto health = m_impl->parts().board.snapshot()->status.self.health;
        if (health.healthy) {
            return {};
        }
        if (const auto failed = failure()) {
            return fail(*failed);
        }
        if (std::chrono::steady_clock::now() > end) {
            return fail(ErrorCode::timeout, health.reason);
        }
        std::this_thread::sleep_for(Milliseconds(20));
    }
}

Status Replica::stop(Milliseconds deadline) {
    return m_impl->stop(deadline);
}

bool Replica::wantsRestart() const {
    return m_impl->parts().restartWanted;
}

std::optional<Error> Replica::failure() const {
    auto& parts = m_impl->parts();
    const std::lock_guard lock(parts.failureMutex);
    return parts.failure;
}

} // namespace pilothouse
