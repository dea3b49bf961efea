// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/http/tls_session.h"

#include "replica/http/tls_text.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <cerrno>
#include <sys/socket.h>
#include <vector>

namespace pilothouse::http {

namespace {

// Taken from the socket at once: little from most connections, of which there may be many, and much from one
// that brings much. OpenSSL could read ahead by itself, but moves all that it holds for each record that it
// takes out.
constexpr std::size_t leastRoom = std::size_t{16} * 1024;
constexpr std::size_t mostRoom = std::size_t{256} * 1024;

} // namespace

struct TlsSession::Transport {
    int socket = -1;
    int systemError = 0;
    bool ended = false;
    std::vector<char> unsent; // from `sent` on
    std::size_t sent = 0;
    std::unique_ptr<char[]> received; // from `begin` to `end`, of `room`
    std::size_t room = 0;
    std::size_t cameLast = 0;
    std::size_t begin = 0;
    std::size_t end = 0;

    // By how much came last.
    [[nodiscard]] std::size_t wantedRoom() const {
        const bool full = room > 0 && cameLast == room;
        const bool little = cameLast <= leastRoom / 2;
        return full ? mostRoom : little ? leastRoom : std::max(room, leastRoom);
    }
    // As recv() into `received`, when it is empty.
    [[nodiscard]] ssize_t receive() {
        if (const std::size_t wanted = wantedRoom(); wanted != room) {
            received = std::make_unique_for_overwrite<char[]>(wanted);
            room = wanted;
        }
        const auto count = ::recv(socket, received.get(), room, 0);
        begin = 0;
        end = static_cast<std::size_t>(std::max<ssize_t>(count, 0));
        cameLast = count > 0 ? end : cameLast;
        return count;
    }
    [[nodiscard]] std::size_t take(std::span<char> into) {
        const auto count = std::min(into.size(), end - begin);
        std::copy_n(received.get() + begin, count, into.data());
        begin += count;
        return count;
    }
};

namespace {

TlsSession::Transport& transportOf(BIO* bio) {
    return *static_cast<TlsSession::Transport*>(BIO_get_data(bio));
}

int readSocket(BIO* bio, char* into, int length) {
    auto& transport = transportOf(bio);
    BIO_clear_retry_flags(bio);
    const std::span wanted(into, static_cast<std::size_t>(length));
    if (const auto taken = transport.take(wanted); taken > 0) {
        return static_cast<int>(taken);
    }
    const auto count = transport.receive();
    if (count < 0) {
        if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) {
            BIO_set_retry_read(bio);
        } else {
            transport.systemError = errno;
        }
        return -1;
    }
    transport.ended = count == 0;
    return static_cast<int>(transport.take(wanted));
}

int writeBuffer(BIO* bio, const char* bytes, int length) {
    auto& unsent = transportOf(bio).unsent;
    unsent.insert(unsent.end(), bytes, bytes + length);
    return length;
}

long control(BIO* bio, int command, long, void*) {
    switch (command) {
    case BIO_CTRL_FLUSH:
        return 1;
    case BIO_CTRL_EOF: // lets OpenSSL tell a cut connection from "nothing yet"
        return transportOf(bio).ended ? 1 : 0;
    default:
        return 0;
    }
}

int create(BIO* bio) {
    BIO_set_init(bio, 1);
    return 1;
}

const BIO_METHOD* socketMethod() {
    static const std::unique_ptr<BIO_METHOD, decltype(&BIO_meth_free)> method = [] {
        std::unique_ptr<BIO_METHOD, decltype(&BIO_meth_free)> made(
            BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "pilothouse socket"), BIO_meth_free);
        BIO_meth_set_create(made.get(), create);
        BIO_meth_set_read(made.get(), readSocket);
        BIO_meth_set_write(made.get(), writeBuffer);
        BIO_meth_set_ctrl(made.get(), control);
        return made;
    }();
    return method.get();
}

} // namespace

TlsSession::TlsSession(const TlsContext& context, int socket)
    : m_transport(std::make_unique<Transport>()), m_session(SSL_new(context.native().get()), SSL_free) {
    m_transport->socket = socket;
    BIO* bio = BIO_new(socketMethod());
    if (!m_session || bio == nullptr) {
        throw std::bad_alloc();
    }
    BIO_set_data(bio, m_transport.get());
    SSL_set_bio(m_session.get(), bio, bio);
}

TlsSession::~TlsSession() = default;

std::unique_ptr<TlsSession> TlsSession::server(const TlsContext& context, int socket) {
    std::unique_ptr<TlsSession> session(new TlsSession(context, socket));
    SSL_set_accept_state(session->m_session.get());
    return session;
}

std::unique_ptr<TlsSession> TlsSession::client(const TlsContext& context, int socket,
                                               const std::string& serverName, bool verifyName) {
    std::unique_ptr<TlsSession> session(new TlsSession(context, socket));
    SSL* ssl = session->m_session.get();
    SSL_set_connect_state(ssl);
    const std::unique_ptr<ASN1_OCTET_STRING, decltype(&ASN1_OCTET_STRING_free)> address(
        a2i_IPADDRESS(serverName.c_str()), ASN1_OCTET_STRING_free);
    if (!address) { // RFC 6066 §3: no address literals
        SSL_set_tlsext_host_name(ssl, serverName.c_str());
    }
    if (verifyName) {
        X509_VERIFY_PARAM* parameters = SSL_get0_param(ssl);
        if (address) {
            X509_VERIFY_PARAM_set1_ip_asc(parameters, serverName.c_str());
        } else {
            X509_VERIFY_PARAM_set_hostflags(parameters, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
            X509_VERIFY_PARAM_set1_host(parameters, serverName.c_str(), serverName.size());
        }
    }
    ERR_clear_error();
    return session;
}

TlsSession::Step TlsSession::stepFor(int returned) {
    switch (SSL_get_error(m_session.get(), returned)) {
    case SSL_ERROR_NONE:
        return Step::done;
    case SSL_ERROR_WANT_READ:
        return Step::wantRead;
    case SSL_ERROR_ZERO_RETURN:
        return Step::ended;
    default:
        return Step::failed;
    }
}

TlsSession::Step TlsSession::handshake() {
    ERR_clear_error();
    return stepFor(SSL_do_handshake(m_session.get()));
}

TlsSession::Step TlsSession::read(std::span<char> into, std::size_t& count) {
    ERR_clear_error();
    count = 0;
    // One record a call: go on while there is room, so that a large read stays one.
    while (count < into.size()) {
        std::size_t some = 0;
        const auto rest = into.subspan(count);
        const int returned = SSL_read_ex(m_session.get(), rest.data(), rest.size(), &some);
        if (returned != 1) {
            return count > 0 ? Step::done
                             : stepFor(returned); // an end or a failure is told again by the next call
        }
        count += some;
        if (SSL_has_pending(m_session.get()) == 0 && m_transport->begin == m_transport->end) {
            break;
        }
    }
    return Step::done;
}

TlsSession::Step TlsSession::write(std::string_view bytes) {
    ERR_clear_error();
    while (!bytes.empty()) {
        std::size_t some = 0;
        const int returned = SSL_write_ex(m_session.get(), bytes.data(), bytes.size(), &some);
        if (returned != 1) {
            return Step::failed; // the transport takes everything: nothing to wait for
        }
        bytes.remove_prefix(some);
    }
    return Step::done;
}

void TlsSession::closeNotify() {
    if (SSL_is_init_finished(m_session.get()) != 0) {
        SSL_shutdown(m_session.get());
    }
    ERR_clear_error();
}

TlsSession::Step TlsSession::flush() {
    auto& out = *m_transport;
    while (out.sent < out.unsent.size()) {
        const auto count =
            ::send(out.socket, out.unsent.data() + out.sent, out.unsent.size() - out.sent, MSG_NOSIGNAL);
        if (count < 0) {
            if (errno == EINTR) {
                continue;
            }
            if (errno == EAGAIN || errno == EWOULDBLOCK) {
                return Step::wantWrite;
            }
            out.systemError = errno;
            return Step::failed;
        }
        out.sent += static_cast<std::size_t>(count);
    }
    out.sent = 0;
    out.unsent.clear();
    return Step::done;
}

bool TlsSession::hasUnsent() const {
    return m_transport->sent < m_transport->unsent.size();
}

TlsSession::Failure TlsSession::failure(std::string_view other, std::string_view expectedName) {
    if (m_transport->systemError != 0 && ERR_peek_error() == 0) {
        return {m_transport->systemError, {}, false};
    }
    const bool cutShort = ERR_GET_REASON(ERR_peek_error()) == SSL_R_UNEXPECTED_EOF_WHILE_READING;
    return {0, describeTlsFailure(m_session.get(), other, expectedName), cutShort};
}

std::optional<PeerIdentity> TlsSession::peer() const {
    return identityOf(m_session.get());
}

} // namespace pilothouse::http
