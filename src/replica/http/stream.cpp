// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/http/stream.h"

#include "replica/http/stream_impl.h"

#include <utility>

namespace pilothouse::http {

Stream::Stream(boost::asio::ip::tcp::socket socket) : m_impl(std::make_shared<Impl>(std::move(socket))) {}
Stream::Stream(std::shared_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Stream::Stream(Stream&&) noexcept = default;

Stream& Stream::operator=(Stream&& other) noexcept {
    if (this != &other) {
        close();
        m_impl = std::move(other.m_impl);
    }
    return *this;
}

Stream::~Stream() {
    close();
}

Awaitable<NetStatus> Stream::acceptTls(const TlsContext& tls, Deadline deadline) {
    return m_impl->acceptTls(tls, deadline);
}
Awaitable<NetStatus> Stream::connectTls(const TlsContext& tls, const Expected& expected, Deadline deadline) {
    return m_impl->connectTls(tls, expected, deadline);
}
Awaitable<NetResult<std::size_t>> Stream::readSome(std::span<char> into, Deadline deadline) {
    return m_impl->readSome(into, deadline);
}
std::optional<NetResult<std::size_t>> Stream::tryRead(std::span<char> into) {
    return m_impl->tryRead(into);
}
Awaitable<NetStatus> Stream::write(std::string_view bytes, Deadline deadline) {
    return m_impl->write(bytes, deadline);
}
Awaitable<NetResult<std::string>> Stream::peek(std::size_t upTo, Deadline deadline) {
    return m_impl->peek(upTo, deadline);
}
Awaitable<void> Stream::shutdown(Deadline deadline) {
    return m_impl->shutdown(deadline);
}
void Stream::interruptRead() {
    m_impl->interruptRead();
}
void Stream::interruptWrite() {
    m_impl->interruptWrite();
}
void Stream::cancel() {
    m_impl->cancel();
}
void Stream::close() {
    if (m_impl) {
        m_impl->close();
    }
}
void Stream::reset() {
    m_impl->reset();
}

Executor Stream::executor() const {
    return m_impl->socket().get_executor();
}
bool Stream::isTls() const {
    return m_impl->isTls();
}
const PeerIdentity* Stream::peer() const {
    return m_impl->peer() ? &*m_impl->peer() : nullptr;
}
const std::string& Stream::localEndpoint() const {
    return m_impl->local();
}
const std::string& Stream::remoteEndpoint() const {
    return m_impl->remote();
}

} // namespace pilothouse::http
