// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/security/password_worker.h"

#include "replica/security/fair_queue.h"
#include "replica/security/password.h"
#include "replica/security/random.h"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace pilothouse::security {

namespace asio = boost::asio;

// One job is a function that is called once: with an error instead of running when it cannot run.
class PasswordWorker::Queue {
public:
    using Job = std::function<void(const Status& mayRun)>;

    explicit Queue(std::size_t limit) : m_limit(limit), m_others(limit), m_thread([this] { run(); }) {}
    ~Queue() { stop(); }
    Queue(const Queue&) = delete;
    Queue& operator=(const Queue&) = delete;

    void push(Job job, const std::string& source, Order order) {
        if (const auto refused = enqueue(std::move(job), source, order)) {
            refused->job(refused->why);
        }
    }

    void stop() {
        std::deque<Job> preferred;
        std::vector<Job> others;
        {
            const std::scoped_lock lock(m_mutex);
            m_stopping = true;
            preferred.swap(m_preferred);
            others = m_others.takeAll();
        }
        m_wake.notify_one();
        for (const Job& job : preferred) {
            job(stopped());
        }
        for (const Job& job : others) {
            job(stopped());
        }
        if (m_thread.joinable()) {
            m_thread.join();
        }
    }

private:
    struct Refused {
        Job job;
        Status why;
    };
    // The job that there is no room for, which may be an earlier one.
    [[nodiscard]] std::optional<Refused> enqueue(Job job, const std::string& source, Order order) {
        const std::scoped_lock lock(m_mutex);
        if (m_stopping) {
            return Refused{std::move(job), stopped()};
        }
        std::optional<Job> refused;
        if (order == Order::asTheyCome) {
            refused = m_others.push(source, std::move(job));
        } else if (m_preferred.size() < m_limit) {
            m_preferred.push_back(std::move(job));
        } else {
            refused = std::move(job);
        }
        m_wake.notify_one();
        if (!refused) {
            return std::nullopt;
        }
        return Refused{std::move(*refused),
                       fail(ErrorCode::exhausted, "too many people are logging in at this moment",
                            "Try again in a few seconds")};
    }

    static tl::unexpected<Error> stopped() { return fail(ErrorCode::cancelled, "the replica is stopping"); }

    void run() {
        std::unique_lock lock(m_mutex);
        while (true) {
            m_wake.wait(lock, [this] { return m_stopping || !m_preferred.empty() || !m_others.empty(); });
            if (m_stopping) {
                return;
            }
            Job job = next();
            lock.unlock();
            job({});
            job = nullptr; // gives the caller's executor back before waiting again
            lock.lock();
        }
    }

    [[nodiscard]] Job next() {
        if (m_preferred.empty()) {
            return m_others.pop();
        }
        Job job = std::move(m_preferred.front());
        m_preferred.pop_front();
        return job;
    }

    const std::size_t m_limit; // of each of the two
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Job> m_preferred;
    FairQueue<Job> m_others;
    bool m_stopping = false;
    std::thread m_thread; // last: it uses all of the above
};

namespace {

// Suspends the coroutine until `push` has run `work` (or refused to) and resumes it on its own executor.
template <typename T, typename Push>
asio::awaitable<Result<T>> runOn(Push push, std::function<Result<T>()> work) {
    auto start = [&push, &work](auto handler) {
        auto shared = std::make_shared<decltype(handler)>(std::move(handler));
        auto guard = asio::make_work_guard(asio::get_associated_executor(*shared));
        push([shared, guard, work = std::move(work)](const Status& mayRun) {
            Result<T> result = mayRun ? work() : Result<T>(fail(mayRun.error()));
            asio::post(guard.get_executor(),
                       [shared, result = std::move(result)]() mutable { (*shared)(std::move(result)); });
        });
    };
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Result<T>)>(
        std::move(start), asio::use_awaitable);
}

} // namespace

PasswordWorker::PasswordWorker(std::size_t queueLimit) : m_queue(std::make_unique<Queue>(queueLimit)) {}

PasswordWorker::~PasswordWorker() = default;

asio::awaitable<Result<bool>> PasswordWorker::verify(std::string password, std::string verifier,
                                                     std::string source, Order order) {
    return runOn<bool>(
        [this, source = std::move(source), order](auto job) { m_queue->push(std::move(job), source, order); },
        [password = std::move(password), verifier = std::move(verifier)] {
            return verifyPassword(password, verifier);
        });
}

asio::awaitable<Result<std::string>> PasswordWorker::makeVerifier(std::string password) {
    return runOn<std::string>(
        [this](auto job) { m_queue->push(std::move(job), {}, Order::asTheyCome); },
        [password = std::move(password)] { return security::makeVerifier(password, systemRandom()); });
}

void PasswordWorker::stop() {
    m_queue->stop();
}

} // namespace pilothouse::security
