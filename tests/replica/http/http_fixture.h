// SPDX-License-Identifier: GPL-3.0-or-later
// A real server on a port of its own for each test.
#pragma once

#include "loop.h"
#include "raw_client.h"
#include "replica/http/server.h"

#include <gtest/gtest.h>

#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace pilothouse::http::test {

class ServerTest : public testing::Test {
protected:
    ServerTest() {
        options.addresses = {{"127.0.0.1", 0}};
        options.onFinished = [this](const ExchangeReport& report) {
            const std::lock_guard lock(m_mutex);
            m_reports.push_back({report.request.path, report.status, report.received, report.sent});
        };
        options.log = Logger(
            [this](const LogRecord& record) {
                const std::lock_guard lock(m_mutex);
                m_log.push_back(formatText(record, "now"));
            },
            "http", LogLevel::debug);
    }
    ~ServerTest() override {
        if (server) {
            loop.run(stopped(Milliseconds(0)));
        }
    }

    void start(Handler handler) {
        server = std::make_unique<Server>(loop.executor(), options, std::move(handler));
        const auto started = server->start();
        ASSERT_TRUE(started) << started.error().text();
    }
    // A server that answers every request with what it got: "METHOD path body".
    void startEcho() {
        start([](Exchange& exchange) -> Awaitable<void> {
            const auto body = co_await exchange.readAll(1024 * 1024);
            if (!body) {
                co_return;
            }
            Response response;
            response.body = exchange.request().method + " " + exchange.request().path + " " + *body;
            static_cast<void>(co_await exchange.respond(std::move(response)));
        });
    }
    Awaitable<bool> stopped(Milliseconds grace) {
        co_await server->stop(grace);
        co_return true;
    }
    [[nodiscard]] std::uint16_t port() const { return server->port(); }

    struct Report {
        std::string path;
        int status = 0;
        std::uint64_t received = 0;
        std::uint64_t sent = 0;
    };
    [[nodiscard]] std::vector<Report> reports() {
        const std::lock_guard lock(m_mutex);
        return m_reports;
    }
    [[nodiscard]] bool logged(const std::string& part) {
        const std::lock_guard lock(m_mutex);
        for (const auto& line : m_log) {
            if (line.find(part) != std::string::npos) {
                return true;
            }
        }
        return false;
    }

    ServerOptions options;

private:
    std::mutex m_mutex; // guards what follows
    std::vector<Report> m_reports;
    std::vector<std::string> m_log;

protected:
    Loop loop; // after what its threads use
    std::unique_ptr<Server> server;
};

inline std::string get(const std::string& target) {
    return "GET " + target + " HTTP/1.1\r\nHost: reg-1\r\n\r\n";
}
inline std::string post(const std::string& target, const std::string& body, const std::string& fields = {}) {
    return "POST " + target + " HTTP/1.1\r\nHost: reg-1\r\n" + fields +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

} // namespace pilothouse::http::test
