// SPDX-License-Identifier: GPL-3.0-or-later
// A server that relays everything to another one, whose handler each test chooses.
#pragma once

#include "http_fixture.h"
#include "replica/http/relay.h"
#include "sources.h"

#include <optional>

namespace pilothouse::http::test {

class RelayTest : public ServerTest {
protected:
    // Before anything goes that the handlers use.
    void TearDown() override {
        if (server) {
            loop.run(stopped(Milliseconds(0)));
        }
        if (back) {
            loop.run(stoppedBack());
        }
    }

    // The server behind.
    void startBack(Handler handler) {
        backOptions.addresses = {{"127.0.0.1", 0}};
        back = std::make_unique<Server>(loop.executor(), backOptions, std::move(handler));
        ASSERT_TRUE(back->start());
        relayTo(back->port());
    }
    // The server in front. Where the other one gave no answer, it gives 404.
    void relayTo(std::uint16_t backPort) {
        toBack = clientOf(backPort);
        start([this](Exchange& exchange) -> Awaitable<void> {
            auto outcome = co_await relay(exchange, *toBack, relayOptions);
            const auto kind = outcome.kind;
            keep(std::move(outcome));
            if (kind == RelayOutcome::Kind::unavailable || kind == RelayOutcome::Kind::unknown) {
                auto answer = textResponse(404, "nobody has it");
                static_cast<void>(co_await exchange.respond(std::move(answer)));
            }
        });
    }
    [[nodiscard]] std::shared_ptr<Client> clientOf(std::uint16_t toPort) {
        return std::make_shared<Client>(loop.executor(), Origin{"127.0.0.1", toPort, clientTls, true, {}});
    }
    Awaitable<bool> stoppedBack() {
        co_await back->stop(Milliseconds(0));
        co_return true;
    }

    // Of the relay that ended last, once it has.
    [[nodiscard]] std::optional<RelayOutcome> outcome() {
        eventually([this] {
            const std::lock_guard lock(m_mutex);
            return m_outcome.has_value();
        });
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_outcome, std::nullopt);
    }
    [[nodiscard]] std::string kindOfOutcome() {
        const auto ended = outcome();
        if (!ended) {
            return "none";
        }
        constexpr std::array names{"answered", "unavailable", "unknown", "client failed", "cut"};
        return names.at(static_cast<std::size_t>(ended->kind));
    }

    std::shared_ptr<TlsContext> clientTls; // null: plain
    RelayOptions relayOptions;
    ServerOptions backOptions;
    std::shared_ptr<Client> toBack;
    std::unique_ptr<Server> back;

private:
    void keep(RelayOutcome outcome) {
        const std::lock_guard lock(m_mutex);
        m_outcome = std::move(outcome);
    }
    std::mutex m_mutex; // guards what follows
    std::optional<RelayOutcome> m_outcome;
};

inline ClientRequest putting(BodySource source) {
    ClientRequest request;
    request.method = "PUT";
    request.target = "/x";
    request.source = std::move(source);
    return request;
}

} // namespace pilothouse::http::test
