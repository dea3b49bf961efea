// SPDX-License-Identifier: GPL-3.0-or-later
#include "bare_server.h"

#include "bench_ports.h"
#include "replica/blobs/digest.h"
#include "tls_socket.h"

#include <openssl/ssl.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <fcntl.h>
#include <filesystem>
#include <functional>
#include <future>
#include <mutex>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace pilothouse::bench {

namespace {

constexpr std::size_t pieceBytes = std::size_t{256} * 1024;

using Piece = std::shared_ptr<const std::string>; // null: the end

} // namespace

// Takes pieces on a thread of its own, a few of which may wait.
class BareServer::Worker {
public:
    explicit Worker(std::function<void(const Piece&)> take)
        : m_take(std::move(take)), m_done(m_ended.get_future()), m_thread([this] { run(); }) {}
    ~Worker() { m_thread.join(); }
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    void give(const Piece& piece) {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_pieces.size() < waiting; });
        m_pieces.push_back(piece);
        m_changed.notify_all();
    }
    // Once the end was taken.
    [[nodiscard]] std::future<void>& done() { return m_done; }

private:
    static constexpr std::size_t waiting = 4;

    Piece next() {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return !m_pieces.empty(); });
        Piece piece = std::move(m_pieces.front());
        m_pieces.pop_front();
        m_changed.notify_all();
        return piece;
    }
    void run() {
        for (Piece piece = next();; piece = next()) {
            m_take(piece);
            if (!piece) {
                m_ended.set_value();
                return;
            }
        }
    }

    std::function<void(const Piece&)> m_take;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Piece> m_pieces;
    std::promise<void> m_ended;
    std::future<void> m_done;
    std::thread m_thread;
};

namespace {

void require(bool holds, const char* what) {
    if (!holds) {
        throw std::runtime_error(std::string("the bare server cannot ") + what);
    }
}

std::unique_ptr<BareServer::Worker> hashWorker() {
    auto hasher = std::make_shared<blobs::Hasher>(blobs::Algorithm::sha256);
    return std::make_unique<BareServer::Worker>([hasher](const Piece& piece) {
        if (piece) {
            hasher->update(*piece);
        } else {
            static_cast<void>(hasher->digest());
        }
    });
}

std::unique_ptr<BareServer::Worker> fileWorker(const std::filesystem::path& folder, const std::string& name) {
    const int file = ::open((folder / name).c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    require(file >= 0, "write a file");
    return std::make_unique<BareServer::Worker>([folder, file](const Piece& piece) {
        if (piece) {
            require(::write(file, piece->data(), piece->size()) == static_cast<ssize_t>(piece->size()),
                    "write a file");
            return;
        }
        const int directory = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        require(::fdatasync(file) == 0 && ::fsync(directory) == 0, "sync a file");
        ::close(directory);
        ::close(file);
    });
}

std::unique_ptr<BareServer::Worker> peerWorker(const BareServer::Peer& peer, std::size_t length) {
    auto context = clientContext(peer.authority);
    auto socket = std::make_shared<TlsSocket>(context.get(), peer.port);
    socket->writeAll("PUT /blob HTTP/1.1\r\nContent-Length: " + std::to_string(length) + "\r\n\r\n");
    return std::make_unique<BareServer::Worker>([context, socket](const Piece& piece) {
        if (piece) {
            socket->writeAll(*piece);
        } else {
            std::string answer(1024, '\0');
            require(socket->read(answer) > 0, "hear from a peer");
        }
    });
}

void send(SSL* connection, const std::string& bytes) {
    require(SSL_write(connection, bytes.data(), static_cast<int>(bytes.size())) > 0, "send");
}

// Up to the empty line, with what follows it; empty when the client is gone.
std::string readHead(SSL* connection, std::string text) {
    while (text.find("\r\n\r\n") == std::string::npos) {
        std::string some(16 * 1024, '\0');
        const int count = SSL_read(connection, some.data(), static_cast<int>(some.size()));
        if (count <= 0) {
            return {};
        }
        text.append(some, 0, static_cast<std::size_t>(count));
    }
    return text;
}

std::size_t lengthIn(const std::string& head) {
    const std::string name = "Content-Length: ";
    const auto at = head.find(name);
    return at == std::string::npos ? 0 : std::stoull(head.substr(at + name.size()));
}

} // namespace

BareServer::BareServer(std::vector<Peer> peers)
    : m_peers(std::move(peers)), m_context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free),
      m_port(freePort()) {
    const std::filesystem::path folder = m_folder.path().toStdString();
    m_authority = writePeerCertificate(folder).authority;
    SSL_CTX_use_certificate_file(m_context.get(), (folder / "cert.pem").c_str(), SSL_FILETYPE_PEM);
    SSL_CTX_use_PrivateKey_file(m_context.get(), (folder / "key.pem").c_str(), SSL_FILETYPE_PEM);
    SSL_CTX_set_read_ahead(m_context.get(), 1);
    SSL_CTX_set_default_read_buffer_len(m_context.get(), pieceBytes);
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(m_port);
    require(::bind(m_listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
                ::listen(m_listener, SOMAXCONN) == 0,
            "listen");
    m_thread = std::thread([this] { serve(); });
}

BareServer::~BareServer() {
    m_ends = true;
    m_thread.join();
    ::close(m_listener);
}

// One connection after the other.
void BareServer::serve() {
    while (!m_ends) {
        pollfd waiting{m_listener, POLLIN, 0};
        if (::poll(&waiting, 1, 50) <= 0) {
            continue;
        }
        const int socket = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        const int on = 1;
        ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        SSL* connection = SSL_new(m_context.get());
        SSL_set_fd(connection, socket);
        if (SSL_accept(connection) == 1) {
            serveConnection(connection);
        }
        SSL_free(connection);
        ::close(socket);
    }
}

void BareServer::serveConnection(SSL* connection) {
    std::string text;
    Workers late; // copies that the last answer did not wait for
    while (!(text = readHead(connection, std::move(text))).empty()) {
        const auto end = text.find("\r\n\r\n") + 4;
        const std::string head = text.substr(0, end);
        text.erase(0, end);
        if (head.starts_with("POST ")) {
            send(connection, "HTTP/1.1 202 Accepted\r\nLocation: /blob\r\nContent-Length: 0\r\n\r\n");
        } else if (head.starts_with("GET ")) {
            send(connection, "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(m_largest) + "\r\n\r\n");
            const std::string piece(pieceBytes, 'x');
            for (std::size_t sent = 0; sent < m_largest; sent += pieceBytes) {
                send(connection, piece);
            }
        } else {
            late.clear();
            late = take(connection, std::move(text), lengthIn(head));
            text.clear();
            send(connection, "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
        }
    }
}

BareServer::Workers BareServer::take(SSL* connection, std::string begun, std::size_t length) {
    Workers workers;
    workers.push_back(hashWorker());
    workers.push_back(fileWorker(m_folder.path().toStdString(), "blob-" + std::to_string(m_files++)));
    const std::size_t own = workers.size();
    for (const Peer& peer : m_peers) {
        workers.push_back(peerWorker(peer, length));
    }
    const auto give = [&](const Piece& piece) {
        for (const auto& worker : workers) {
            worker->give(piece);
        }
    };
    for (std::size_t got = 0; got < length;) {
        std::string piece = std::move(begun);
        begun.clear();
        while (piece.size() < std::min(pieceBytes, length - got)) {
            const auto had = piece.size();
            piece.resize(std::min(pieceBytes, length - got));
            const int count = SSL_read(connection, piece.data() + had, static_cast<int>(piece.size() - had));
            require(count > 0, "read");
            piece.resize(had + static_cast<std::size_t>(count));
        }
        got += piece.size();
        give(std::make_shared<const std::string>(std::move(piece)));
    }
    give(nullptr);
    m_largest = std::max(m_largest, length);
    for (std::size_t i = 0; i < own; ++i) {
        workers[i]->done().wait();
    }
    const auto answered = [&] {
        return m_peers.empty() ||
               std::any_of(workers.begin() + static_cast<std::ptrdiff_t>(own), workers.end(),
                           [](const auto& worker) {
                               return worker->done().wait_for(std::chrono::seconds(0)) == std::future_status::ready;
                           });
    };
    while (!answered()) {
        std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
    return workers;
}

} // namespace pilothouse::bench
