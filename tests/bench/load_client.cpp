// SPDX-License-Identifier: GPL-3.0-or-later
#include "load_client.h"

#include "tls_socket.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <optional>
#include <stdexcept>
#include <sys/epoll.h>
#include <unistd.h>
#include <vector>

namespace pilothouse::bench {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::string_view endOfHead = "\r\n\r\n";

bool sameLetters(std::string_view a, std::string_view b) {
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](unsigned char one, unsigned char other) {
               return std::tolower(one) == std::tolower(other);
           });
}

int statusOf(std::string_view head) {
    constexpr std::size_t begin = std::string_view("HTTP/1.1 ").size();
    int status = 0;
    std::from_chars(head.data() + std::min(begin, head.size()), head.data() + head.size(), status);
    return status;
}

// How long the body of this answer is.
std::size_t bodyLength(const Answer& answer, bool isHead) {
    if (isHead || answer.status == 204) {
        return 0;
    }
    const auto text = answer.field("Content-Length");
    std::size_t length = 0;
    if (text.empty() || std::from_chars(text.data(), text.data() + text.size(), length).ec != std::errc()) {
        throw std::runtime_error("an answer has no Content-Length: " + std::string(answer.head));
    }
    return length;
}

class Connection {
public:
    Connection(SSL_CTX* context, std::uint16_t port, std::unique_ptr<Asker> asker)
        : m_asker(std::move(asker)), m_socket(context, port) {
        m_socket.setNonBlocking();
    }

    [[nodiscard]] int socket() const { return m_socket.socket(); }

    // False when there is nothing more to ask.
    bool ask() {
        m_question = m_asker->next(m_answered ? &m_answer : nullptr);
        m_bytes.erase(0, m_used); // what the last answer looked at
        m_used = 0;
        if (m_question.bytes.empty()) {
            return false;
        }
        if (!m_answered || m_completed) {
            m_asked = Clock::now();
        }
        m_socket.writeAll(m_question.bytes);
        return true;
    }
    // Takes what has come. True once the answer is whole.
    bool takeAnswer() {
        std::array<char, 16384> buffer{};
        for (;;) {
            const std::size_t count = m_socket.read(buffer);
            if (count == 0) {
                return false;
            }
            m_bytes.append(buffer.data(), count);
            if (isWhole()) {
                return true;
            }
        }
    }
    // The time since the first request of what the last answer completed, if it did.
    [[nodiscard]] std::optional<Clock::duration> completed() const {
        return m_completed ? std::optional(Clock::now() - m_asked) : std::nullopt;
    }

private:
    bool isWhole() {
        const std::string_view bytes = m_bytes;
        const auto end = bytes.find(endOfHead);
        if (end == std::string_view::npos) {
            return false;
        }
        m_answer = {statusOf(bytes), bytes.substr(0, end + 2), {}};
        const std::size_t body = end + endOfHead.size();
        const std::size_t length = bodyLength(m_answer, m_question.isHead);
        if (bytes.size() < body + length) {
            return false;
        }
        m_answer.body = bytes.substr(body, length);
        if (m_answer.status != m_question.status) {
            throw std::runtime_error("not the status " + std::to_string(m_question.status) + ": " +
                                     m_bytes.substr(0, 1000) + "\nto: " + m_question.bytes.substr(0, 200));
        }
        m_used = body + length;
        m_answered = true;
        m_completed = m_question.isLast;
        return true;
    }

    const std::unique_ptr<Asker> m_asker;
    TlsSocket m_socket;
    Question m_question;
    std::string m_bytes;
    std::size_t m_used = 0; // of m_bytes, by the last answer
    Answer m_answer;
    bool m_answered = false;
    bool m_completed = false;
    Clock::time_point m_asked;
};

double microseconds(Clock::duration time) {
    return std::chrono::duration<double, std::micro>(time).count();
}

class SameQuestion : public Asker {
public:
    explicit SameQuestion(const std::string& target)
        : m_request("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n") {}
    [[nodiscard]] Question next(const Answer* /*before*/) override { return {.bytes = m_request}; }

private:
    std::string m_request;
};

class OneQuestion : public Asker {
public:
    OneQuestion(Question question, std::string& body) : m_question(std::move(question)), m_body(body) {}
    [[nodiscard]] Question next(const Answer* before) override {
        if (before != nullptr) {
            m_body = before->body;
            return {};
        }
        return m_question;
    }

private:
    Question m_question;
    std::string& m_body;
};

// The connections of one load, and one thread's wait for all of them.
class Crowd {
public:
    explicit Crowd(const Load& load) : m_context(clientContext(load.authority)) {
        for (int i = 0; i < load.connections; ++i) {
            m_connections.push_back(std::make_unique<Connection>(m_context.get(), load.port, load.asker()));
            epoll_event event{};
            event.events = EPOLLIN;
            event.data.ptr = m_connections.back().get();
            ::epoll_ctl(m_poll, EPOLL_CTL_ADD, m_connections.back()->socket(), &event);
        }
    }
    ~Crowd() { ::close(m_poll); }
    Crowd(const Crowd&) = delete;
    Crowd& operator=(const Crowd&) = delete;

    // Calls `onCompleted` with the time of each thing that is complete.
    void run(Clock::time_point until, const std::function<void(Clock::duration)>& onCompleted) {
        std::size_t asking = 0;
        for (auto& connection : m_connections) {
            asking += connection->ask() ? 1 : 0;
        }
        std::array<epoll_event, 64> events{};
        while (asking > 0 && Clock::now() < until) {
            const int count = ::epoll_wait(m_poll, events.data(), events.size(), patienceMs);
            if (count == 0) {
                throw std::runtime_error("no answer within " + std::to_string(patienceMs) + " ms");
            }
            for (int i = 0; i < count; ++i) {
                auto& connection = *static_cast<Connection*>(events.at(static_cast<std::size_t>(i)).data.ptr);
                if (!connection.takeAnswer()) {
                    continue;
                }
                if (const auto time = connection.completed()) {
                    onCompleted(*time);
                }
                asking -= connection.ask() ? 0 : 1;
            }
        }
    }

private:
    static constexpr int patienceMs = 5000;
    std::shared_ptr<SSL_CTX> m_context;
    int m_poll = ::epoll_create1(EPOLL_CLOEXEC);
    std::vector<std::unique_ptr<Connection>> m_connections;
};

} // namespace

std::string_view Answer::field(std::string_view name) const {
    for (std::size_t at = head.find('\n'); at != std::string_view::npos && at + 1 < head.size();
         at = head.find('\n', at + 1)) {
        const std::string_view line = head.substr(at + 1, head.find('\r', at) - at - 1);
        const auto colon = line.find(':');
        if (colon != std::string_view::npos && sameLetters(line.substr(0, colon), name)) {
            const auto value = line.find_first_not_of(' ', colon + 1);
            return value == std::string_view::npos ? std::string_view() : line.substr(value);
        }
    }
    return {};
}

std::string askOnce(std::uint16_t port, const std::string& authority, const Question& question) {
    std::string body;
    Load load{.port = port, .authority = authority};
    load.asker = [&] { return std::make_unique<OneQuestion>(question, body); };
    load.connections = 1;
    load.warmUp = {};
    load.time = std::chrono::seconds(20);
    static_cast<void>(applyLoad(load));
    return body;
}

std::function<std::unique_ptr<Asker>()> sameQuestion(std::string target) {
    return [target = std::move(target)] { return std::make_unique<SameQuestion>(target); };
}

LoadResult applyLoad(const Load& load) {
    Crowd crowd(load);
    std::vector<Clock::duration> times;
    std::size_t answers = 0;
    const auto from = Clock::now() + load.warmUp;
    const auto until = from + load.time;
    auto last = from;
    crowd.run(until, [&](Clock::duration time) {
        ++answers;
        if (const auto now = Clock::now(); now >= from) {
            times.push_back(time);
            last = now;
        }
    });
    if (times.empty()) {
        throw std::runtime_error("no answer in all the time");
    }
    std::sort(times.begin(), times.end());
    const double seconds = std::chrono::duration<double>(last - from).count();
    return {static_cast<double>(times.size()) / seconds, microseconds(times[times.size() / 2]),
            microseconds(times[times.size() * 99 / 100]), answers};
}

} // namespace pilothouse::bench
