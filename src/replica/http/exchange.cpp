// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/http/exchange.h"

#include "replica/http/exchange_impl.h"

#include <algorithm>

namespace pilothouse::http {

namespace {

constexpr std::size_t firstBytes = 4096;

}

const Request& Exchange::request() const {
    return m_impl.request();
}
Executor Exchange::executor() const {
    return m_impl.connection().stream().executor();
}
void Exchange::limitBody(std::uint64_t bytes) {
    m_impl.limitBody(bytes);
}
Awaitable<Result<std::size_t>> Exchange::readBody(std::span<char> into) {
    return m_impl.readBody(into);
}
std::optional<std::uint64_t> Exchange::bodyLeft() const {
    return m_impl.bodyLeft();
}
const Headers& Exchange::trailers() const {
    return m_impl.trailers();
}
std::function<void()> Exchange::bodyInterrupt() {
    return m_impl.bodyInterrupt();
}

Awaitable<Result<std::string>> Exchange::readAll(std::size_t limit) {
    m_impl.limitBody(limit);
    std::string body;
    std::size_t filled = 0;
    for (;;) {
        if (filled == body.size()) {
            body.resize(std::max(firstBytes, filled * 2)); // the limit is kept by readBody()
        }
        const auto count = co_await m_impl.readBody(std::span(body).subspan(filled));
        if (!count) {
            co_return fail(count.error());
        }
        filled += *count;
        if (*count == 0) {
            body.resize(filled);
            co_return body;
        }
    }
}

Awaitable<Status> Exchange::respond(Response response) {
    return m_impl.respond(std::move(response));
}
Awaitable<Status> Exchange::start(ResponseHead head) {
    return m_impl.start(std::move(head));
}
Awaitable<Status> Exchange::write(std::string_view bytes) {
    return m_impl.write(bytes);
}
Awaitable<Status> Exchange::finish() {
    return m_impl.finish();
}
void Exchange::cut() {
    m_impl.cut();
}
void Exchange::onAbandoned(std::function<void()> callback) {
    m_impl.onAbandoned(std::move(callback));
}
bool Exchange::isAbandoned() const {
    return m_impl.connection().isAbandoned();
}
int Exchange::status() const {
    return m_impl.status();
}

} // namespace pilothouse::http
