// SPDX-License-Identifier: GPL-3.0-or-later
#include "tls_peek.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/ssl/impl/src.hpp> // nothing of ours uses it, so nobody else compiles it

namespace pilothouse::test {

Result<security::CertificateFacts> peekTls(std::uint16_t port, const std::string& authorities,
                                           const ClientFiles& client) {
    namespace asio = boost::asio;
    asio::ssl::context context(asio::ssl::context::tls_client);
    context.add_certificate_authority(asio::buffer(authorities));
    context.set_verify_mode(asio::ssl::verify_peer);
    if (!client.certificate.empty()) {
        context.use_certificate_file(client.certificate, asio::ssl::context::pem);
        context.use_private_key_file(client.key, asio::ssl::context::pem);
    }
    asio::io_context io;
    asio::ssl::stream<asio::ip::tcp::socket> stream(io, context);
    boost::system::error_code error;
    stream.next_layer().connect({asio::ip::address_v4::loopback(), port}, error);
    if (!error) {
        stream.handshake(asio::ssl::stream_base::client, error);
    }
    if (error) {
        return fail(ErrorCode::unauthorized, error.message());
    }
    const std::unique_ptr<X509, decltype(&X509_free)> shown(SSL_get1_peer_certificate(stream.native_handle()),
                                                            X509_free);
    return security::factsOf(shown.get());
}

} // namespace pilothouse::test
