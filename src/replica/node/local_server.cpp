// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/node/local_server.h"

#include "api/json.h"
#include "replica/node/sleep.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <utility>

namespace pilothouse::node {

namespace asio = boost::asio;
using asio::local::stream_protocol;

namespace {

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::seconds callDeadline{30}; // of a whole call; a new password takes a moment
constexpr int maxServing = 16;
constexpr Milliseconds acceptPause{100};

// The user of the process at the other end, as the kernel tells (unix(7), SO_PEERCRED).
std::optional<unsigned> userOf(stream_protocol::socket& socket) {
    ucred peer{};
    socklen_t size = sizeof peer;
    if (getsockopt(socket.native_handle(), SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) {
        return std::nullopt;
    }
    return peer.uid;
}

LocalAnswer refusal(std::string code, std::string detail) {
    LocalAnswer answer;
    answer.problem.emplace();
    answer.problem->status = 400;
    answer.problem->title = "Refused";
    answer.problem->code = std::move(code);
    answer.problem->detail = std::move(detail);
    return answer;
}

} // namespace

Result<LocalAddress> LocalAddress::of(const std::filesystem::path& path) {
    if (path.string().size() < sizeof(sockaddr_un::sun_path)) {
        return LocalAddress(-1, path.string());
    }
    const int folder = open(path.parent_path().c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) {
        return fail(ErrorCode::notFound,
                    "cannot open " + path.parent_path().string() + ": " + std::strerror(errno));
    }
    return LocalAddress(folder, "/proc/self/fd/" + std::to_string(folder) + "/" + path.filename().string());
}

LocalAddress::LocalAddress(LocalAddress&& other) noexcept
    : m_folder(std::exchange(other.m_folder, -1)), m_text(std::move(other.m_text)) {}

LocalAddress::~LocalAddress() {
    if (m_folder >= 0) {
        ::close(m_folder);
    }
}

LocalServer::LocalServer(asio::any_io_executor executor, std::filesystem::path path, Handler handler,
                         Logger log)
    : m_executor(std::move(executor)), m_path(std::move(path)), m_handler(std::move(handler)),
      m_log(std::move(log)) {}

LocalServer::~LocalServer() {
    close();
}

void LocalServer::close() {
    if (m_acceptor) {
        m_acceptor.reset();
        unlink(m_path.c_str());
    }
}

Status LocalServer::start() {
    const auto address = LocalAddress::of(m_path);
    if (!address) {
        return fail(address.error());
    }
    unlink(m_path.c_str());
    stream_protocol::acceptor acceptor(m_executor);
    boost::system::error_code error;
    acceptor.open(stream_protocol(), error);
    if (!error) {
        acceptor.bind(stream_protocol::endpoint(address->text()), error);
    }
    // Nobody connects before listen(), so nobody gets in with what the umask left.
    if (!error && chmod(m_path.c_str(), S_IRUSR | S_IWUSR) != 0) {
        error.assign(errno, boost::system::system_category());
    }
    if (!error) {
        acceptor.listen(maxServing, error);
    }
    if (error) {
        return fail(ErrorCode::internal, "cannot listen at " + m_path.string() + ": " + error.message());
    }
    m_acceptor = std::move(acceptor);
    return {};
}

asio::awaitable<void> LocalServer::run() {
    for (;;) {
        auto [error, socket] = co_await m_acceptor->async_accept(quietly);
        if (error == asio::error::operation_aborted) {
            close();
            co_return;
        }
        if (error) {
            co_await sleepFor(acceptPause); // out of descriptors or memory
            continue;
        }
        const auto user = userOf(socket);
        if (!user || !mayOrder(*user, geteuid())) {
            m_log.warning("an order was refused: it came from user " +
                          (user ? std::to_string(*user) : std::string("unknown")));
            continue; // closes it
        }
        if (m_serving == maxServing) {
            m_log.warning("an order was refused: too many are being carried out");
            continue;
        }
        ++m_serving;
        auto shared = std::make_shared<Socket>(std::move(socket));
        asio::co_spawn(m_executor, serve(std::move(shared)), asio::detached);
    }
}

asio::awaitable<void> LocalServer::serve(std::shared_ptr<Socket> socket) {
    asio::steady_timer watchdog(m_executor, callDeadline);
    watchdog.async_wait([socket](const boost::system::error_code& cancelled) {
        boost::system::error_code ignored;
        if (!cancelled) {
            socket->close(ignored);
        }
    });
    std::string line;
    auto [error, size] = co_await asio::async_read_until(
        *socket, asio::dynamic_buffer(line, localRequestLimit), '\n', quietly);
    if (!error) {
        line.resize(size);
        const LocalAnswer answered = co_await answer(std::move(line));
        const std::string text = api::toJson(answered) + "\n";
        (void)co_await asio::async_write(*socket, asio::buffer(text), quietly); // who is gone needs no answer
    }
    watchdog.cancel();
    --m_serving;
}

asio::awaitable<LocalAnswer> LocalServer::answer(std::string line) {
    auto request = api::fromJson<LocalRequest>(line);
    std::fill(line.begin(), line.end(), '\0'); // it may have held a password
    if (!request) {
        co_return refusal("invalid", "The order cannot be read: " + request.error().message);
    }
    co_return co_await m_handler(std::move(*request));
}

} // namespace pilothouse::node
