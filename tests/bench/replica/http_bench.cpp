// SPDX-License-Identifier: GPL-3.0-or-later
// How fast bytes go through our server, client and relay: large bodies over TLS, each side on a thread of its
// own. Options: --mib N for each body (512).
#include "bench_figure.h"
#include "replica/http/loop.h"
#include "replica/http/parties.h"
#include "replica/http/relay.h"
#include "replica/http/server.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <ctime>
#include <functional>

namespace pilothouse::bench {
namespace {

using namespace http;
using http::test::Loop;

constexpr int runs = 5;
constexpr std::size_t pieceBytes = 256 * 1024;
constexpr double leastSent = 600;     // MB a second of one core's time
constexpr double leastReceived = 400; // the same
constexpr Milliseconds patience(60'000);

Awaitable<double> threadSeconds() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    co_return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

// One thread, whose time is what the side costs.
struct Side {
    Loop loop{1};
    [[nodiscard]] double seconds() { return loop.run(threadSeconds()); }
};

[[noreturn]] void giveUp(const std::string& what, const Error& error) {
    throw std::runtime_error(what + ": " + error.text());
}

// GET /N: N bytes. PUT: takes everything, answers with its length.
Awaitable<void> serve(Exchange& exchange) {
    std::vector<char> buffer(pieceBytes);
    if (exchange.request().method == "GET") {
        std::uint64_t left = std::stoull(exchange.request().path.substr(1));
        ResponseHead head;
        head.headers.set("Content-Length", std::to_string(left));
        Status sent = co_await exchange.start(std::move(head));
        while (sent && left > 0) {
            const std::string_view piece(buffer.data(), std::min<std::uint64_t>(left, buffer.size()));
            sent = co_await exchange.write(piece);
            left -= piece.size();
        }
        if (sent) {
            static_cast<void>(co_await exchange.finish());
        }
        co_return;
    }
    exchange.limitBody(std::numeric_limits<std::uint64_t>::max());
    std::uint64_t total = 0;
    Result<std::size_t> count = std::size_t{1};
    while (count && *count > 0) {
        count = co_await exchange.readBody(buffer);
        total += count.value_or(0);
    }
    auto answer = textResponse(200, std::to_string(total));
    static_cast<void>(co_await exchange.respond(std::move(answer)));
}

Awaitable<std::uint64_t> download(Client& client, std::uint64_t size) {
    ClientRequest request;
    request.target = "/" + std::to_string(size);
    auto answer = co_await client.stream(std::move(request), within(patience));
    if (!answer) {
        giveUp("download", answer.error());
    }
    std::vector<char> buffer(pieceBytes);
    std::uint64_t total = 0;
    for (;;) {
        const auto count = co_await answer->read(buffer, within(patience));
        if (!count) {
            giveUp("download", count.error());
        }
        if (*count == 0) {
            co_return total;
        }
        total += *count;
    }
}

Awaitable<std::uint64_t> upload(Client& client, std::uint64_t size) {
    BodySource source;
    source.length = size;
    source.read = [](std::span<char> into, Deadline) -> Awaitable<Result<std::size_t>> {
        co_return into.size();
    };
    ClientRequest request;
    request.method = "PUT";
    request.source = std::move(source);
    const auto answer = co_await client.request(std::move(request), within(patience));
    if (!answer) {
        giveUp("upload", answer.error());
    }
    co_return std::stoull(answer->body);
}

// Servers and clients that all trust each other.
class Field {
public:
    Field() : m_party(m_authority.issue("aaaaaaaaaaaa")) {}

    [[nodiscard]] std::unique_ptr<Server> server(Side& side, Handler handler) {
        ServerOptions options;
        options.addresses = {{"127.0.0.1", 0}};
        options.tls = http::test::serverTls(m_party);
        auto made = std::make_unique<Server>(side.loop.executor(), std::move(options), std::move(handler));
        if (const auto started = made->start(); !started) {
            giveUp("server", started.error());
        }
        return made;
    }
    [[nodiscard]] std::unique_ptr<Client> client(Side& side, std::uint16_t port) {
        return std::make_unique<Client>(
            side.loop.executor(),
            Origin{"127.0.0.1", port, http::test::clientTls(m_authority.pem()), true, {}});
    }

private:
    http::test::TestAuthority m_authority;
    http::test::Party m_party;
};

struct Speed {
    double wall = 0;   // MB a second
    double server = 0; // MB for a second of its core
    double client = 0;
};

using Transfer = std::function<Awaitable<std::uint64_t>(Client&, std::uint64_t)>;

Speed medianOf(Side& server, Side& client, Client& from, const Transfer& transfer, std::uint64_t size) {
    std::vector<double> wall;
    std::vector<double> atServer;
    std::vector<double> atClient;
    const double megabytes = static_cast<double>(size) / 1e6;
    for (int i = 0; i < runs; ++i) {
        const double serverBefore = server.seconds();
        const double clientBefore = client.seconds();
        const auto began = std::chrono::steady_clock::now();
        if (client.loop.run(transfer(from, size)) != size) {
            throw std::runtime_error("bytes were lost");
        }
        wall.push_back(megabytes /
                       std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count());
        atServer.push_back(megabytes / (server.seconds() - serverBefore));
        atClient.push_back(megabytes / (client.seconds() - clientBefore));
    }
    return {median(wall), median(atServer), median(atClient)};
}

void printSpeed(const std::string& what, const Speed& speed, std::optional<double> serverLeast,
                std::optional<double> clientLeast) {
    print({.name = what, .value = speed.wall, .unit = "MB/s"});
    print({.name = what + ": for a second of the server's core",
           .value = speed.server,
           .unit = "MB",
           .atLeast = serverLeast});
    print({.name = what + ": for a second of the client's core",
           .value = speed.client,
           .unit = "MB",
           .atLeast = clientLeast});
}

void measure(std::uint64_t size) {
    Field field;
    Side serverSide;
    Side clientSide;
    const auto server = field.server(serverSide, serve);
    const auto client = field.client(clientSide, server->port());
    printSpeed("download over TLS", medianOf(serverSide, clientSide, *client, download, size), leastSent,
               leastReceived);
    printSpeed("upload over TLS", medianOf(serverSide, clientSide, *client, upload, size), leastReceived,
               leastSent);

    Side relaySide;
    const auto toServer = field.client(relaySide, server->port());
    const auto front = field.server(relaySide, [&](Exchange& exchange) -> Awaitable<void> {
        static_cast<void>(co_await relay(exchange, *toServer, RelayOptions()));
    });
    const auto toFront = field.client(clientSide, front->port());
    const auto down = medianOf(relaySide, clientSide, *toFront, download, size);
    print({.name = "download through a relay", .value = down.wall, .unit = "MB/s"});
    print({.name = "download through a relay: for a second of the relay's core",
           .value = down.server,
           .unit = "MB"});
    const auto up = medianOf(relaySide, clientSide, *toFront, upload, size);
    print({.name = "upload through a relay", .value = up.wall, .unit = "MB/s"});
    print({.name = "upload through a relay: for a second of the relay's core",
           .value = up.server,
           .unit = "MB"});
}

} // namespace
} // namespace pilothouse::bench

int main(int argc, char** argv) {
    using namespace pilothouse::bench;
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    const QCommandLineOption mib(QStringLiteral("mib"), QStringLiteral("of each body"), QStringLiteral("N"),
                                 QStringLiteral("512"));
    parser.addOption(mib);
    parser.process(application);
    try {
        measure(parser.value(mib).toULongLong() * 1024 * 1024);
    } catch (const std::exception& error) {
        printMissing("the speed of large bodies", error.what());
    }
    return exitCode();
}
