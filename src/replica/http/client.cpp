// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/http/client.h"

#include "replica/http/client_connection.h"
#include "replica/http/client_upload.h"
#include "replica/http/hop.h"

#include <boost/asio/strand.hpp>

#include <deque>
#include <mutex>

namespace pilothouse::http {
namespace {

bool mayRepeat(const ClientRequest& request) {
    return request.safe.value_or(request.method == "GET" || request.method == "HEAD" ||
                                 request.method == "OPTIONS");
}

Awaitable<NetResult<ResponseHead>>
exchangeOn(ConnectionPtr connection, std::shared_ptr<const ClientRequest> request, Deadline deadline) {
    co_return co_await connection->exchange(*request, deadline);
}

Awaitable<NetResult<std::string>> wholeBody(ConnectionPtr connection, std::size_t limit, Deadline deadline) {
    std::string body;
    for (;;) {
        const std::size_t begin = body.size();
        body.resize(begin + std::size_t{16} * 1024);
        auto count = co_await connection->readBody(std::span(body).subspan(begin), deadline);
        if (!count) {
            co_return tl::unexpected(std::move(count.error()));
        }
        body.resize(begin + *count);
        if (*count == 0) {
            co_return std::move(body);
        }
        if (body.size() > limit) {
            co_return netFail(ConnectFailure::none, ErrorCode::exhausted,
                              "the answer is longer than " + std::to_string(limit) + " bytes");
        }
    }
}

} // namespace

class Client::Core {
public:
    Core(Executor executor, Origin origin, ClientOptions options)
        : m_executor(std::move(executor)), m_origin(std::move(origin)), m_options(options) {}

    [[nodiscard]] const Origin& origin() const { return m_origin; }
    [[nodiscard]] std::size_t answerLimit() const { return m_options.answerBytes; }

    // The youngest kept one, or a new one.
    ConnectionPtr take(bool fresh) {
        const std::lock_guard lock(m_mutex);
        const auto now = std::chrono::steady_clock::now();
        while (!m_idle.empty() && now - m_idle.front().since > m_options.idle) {
            m_idle.pop_front();
        }
        if (!fresh && !m_idle.empty()) {
            auto connection = std::move(m_idle.back().connection);
            m_idle.pop_back();
            return connection;
        }
        return std::make_shared<ClientConnection>(boost::asio::make_strand(m_executor), m_origin, m_options);
    }

    void giveBack(ConnectionPtr connection) {
        const std::lock_guard lock(m_mutex);
        m_idle.push_back({std::move(connection), std::chrono::steady_clock::now()});
        if (m_idle.size() > m_options.idleConnections) {
            m_idle.pop_front();
        }
    }

    void dropIdle() {
        const std::lock_guard lock(m_mutex);
        m_idle.clear();
    }

    struct Begun {
        ConnectionPtr connection;
        ResponseHead head;
        Deadline deadline; // for the rest of the answer
    };

    // A safe request is sent again once when a kept connection was stale.
    Awaitable<NetResult<Begun>> begin(ClientRequest request, Deadline deadline) {
        const auto shared = std::make_shared<const ClientRequest>(std::move(request));
        auto connection = take(false);
        if (shared->source) {
            co_return co_await beginUpload(std::move(connection), shared, deadline);
        }
        auto head = co_await hopTo(connection->strand(), exchangeOn(connection, shared, deadline),
                                   cancelling(connection));
        const bool stale = !head && connection->used() && !connection->sawAnswer() &&
                           head.error().how == ConnectFailure::broken;
        if (stale && mayRepeat(*shared)) {
            connection = take(true);
            head = co_await hopTo(connection->strand(), exchangeOn(connection, shared, deadline),
                                  cancelling(connection));
        }
        if (!head) {
            co_return tl::unexpected(std::move(head.error()));
        }
        co_return Begun{std::move(connection), std::move(*head), deadline};
    }

private:
    static Awaitable<NetResult<Begun>>
    beginUpload(ConnectionPtr connection, std::shared_ptr<const ClientRequest> request, Deadline deadline) {
        auto uploaded = co_await upload(connection, std::move(request), deadline);
        if (!uploaded) {
            co_return tl::unexpected(std::move(uploaded.error()));
        }
        co_return Begun{std::move(connection), std::move(uploaded->head), uploaded->deadline};
    }

    struct Idle {
        ConnectionPtr connection;
        MonotonicTime since;
    };
    const Executor m_executor;
    const Origin m_origin;
    const ClientOptions m_options;
    std::mutex m_mutex;      // guards what follows
    std::deque<Idle> m_idle; // oldest first
};

class AnswerStream::Impl {
public:
    Impl(std::shared_ptr<Client::Core> core, Client::Core::Begun begun)
        : m_core(std::move(core)), m_head(std::move(begun.head)), m_connection(std::move(begun.connection)) {
        giveBackWhenRead();
    }
    ~Impl() { cancel(); }

    [[nodiscard]] const ResponseHead& head() const { return m_head; }

    Awaitable<NetResult<std::size_t>> read(std::span<char> into, Deadline deadline) {
        const auto connection = held();
        if (!connection) {
            co_return std::size_t{0};
        }
        // The caller's buffer may be gone before a cancelled read ends, so it reads into one of its own. A
        // cancelled read also keeps that one.
        auto buffer = std::exchange(m_buffer, nullptr);
        if (!buffer || buffer->size() < into.size()) {
            buffer = std::make_shared<std::vector<char>>(into.size());
        }
        auto count = co_await hopTo(connection->strand(), readInto(connection, buffer, into.size(), deadline),
                                    cancelling(connection));
        if (count) {
            std::copy_n(buffer->begin(), *count, into.begin());
            giveBackWhenRead();
        }
        m_buffer = std::move(buffer);
        co_return count;
    }
    void cancel() {
        const std::lock_guard lock(m_mutex);
        m_cancelled = true;
        if (m_connection) {
            cancelling(m_connection)();
        }
    }

private:
    // Null once the body was read to its end.
    [[nodiscard]] ConnectionPtr held() const {
        const std::lock_guard lock(m_mutex);
        return m_connection;
    }
    void giveBackWhenRead() {
        const std::lock_guard lock(m_mutex);
        if (!m_cancelled && m_connection->reusable()) {
            m_core->giveBack(std::move(m_connection));
        }
    }
    static Awaitable<NetResult<std::size_t>> readInto(ConnectionPtr connection,
                                                      std::shared_ptr<std::vector<char>> buffer,
                                                      std::size_t upTo, Deadline deadline) {
        const auto room = std::span(*buffer).first(upTo);
        co_return co_await connection->readBody(room, deadline);
    }

    const std::shared_ptr<Client::Core> m_core;
    const ResponseHead m_head;
    std::shared_ptr<std::vector<char>> m_buffer; // of the read that runs, or for the next
    mutable std::mutex m_mutex;                  // guards what follows: cancel() is for any thread
    ConnectionPtr m_connection;
    bool m_cancelled = false;
};

AnswerStream::AnswerStream(std::shared_ptr<Impl> impl) : m_impl(std::move(impl)) {}
AnswerStream::AnswerStream(AnswerStream&&) noexcept = default;
AnswerStream& AnswerStream::operator=(AnswerStream&&) noexcept = default;
AnswerStream::~AnswerStream() = default;

const ResponseHead& AnswerStream::head() const {
    return m_impl->head();
}

Awaitable<NetResult<std::size_t>> AnswerStream::read(std::span<char> into, Deadline deadline) {
    return m_impl->read(into, deadline);
}

void AnswerStream::cancel() {
    m_impl->cancel();
}

Client::Client(Executor executor, Origin origin, ClientOptions options)
    : m_core(std::make_shared<Core>(std::move(executor), std::move(origin), options)) {}
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;
Client::~Client() = default;

const Origin& Client::origin() const {
    return m_core->origin();
}

Awaitable<NetResult<Response>> Client::request(ClientRequest request, Deadline deadline) {
    const auto core = m_core; // the client may go while a request runs
    auto begun = co_await core->begin(std::move(request), deadline);
    if (!begun) {
        co_return tl::unexpected(std::move(begun.error()));
    }
    auto& [connection, head, until] = *begun;
    auto body = co_await hopTo(connection->strand(), wholeBody(connection, core->answerLimit(), until),
                               cancelling(connection));
    if (!body) {
        co_return tl::unexpected(std::move(body.error()));
    }
    Response response;
    static_cast<ResponseHead&>(response) = std::move(head);
    response.body = std::move(*body);
    if (connection->reusable()) {
        core->giveBack(std::move(connection));
    }
    co_return response;
}

Awaitable<NetResult<AnswerStream>> Client::stream(ClientRequest request, Deadline deadline) {
    const auto core = m_core;
    auto begun = co_await core->begin(std::move(request), deadline);
    if (!begun) {
        co_return tl::unexpected(std::move(begun.error()));
    }
    co_return AnswerStream(std::make_shared<AnswerStream::Impl>(core, std::move(*begun)));
}

void Client::dropIdle() {
    m_core->dropIdle();
}

} // namespace pilothouse::http
