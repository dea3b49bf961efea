// SPDX-License-Identifier: GPL-3.0-or-later
#include "failover.h"

#include "bench_figure.h"
#include "questions.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <optional>
#include <stdexcept>

namespace pilothouse::bench {

namespace {

constexpr double limit = 2;
constexpr std::uint64_t firstNumber = 50'000'000; // of blobs that nothing else pushes

// The name of the replica that leads, as the one at `port` knows it. Empty while there is none.
QString leaderAt(const SandboxUnderTest& sandbox, std::uint16_t port) {
    const Question question{.bytes = "GET /api/v0/cluster HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: " +
                                     sandbox.login() + "\r\n\r\n"};
    std::string text;
    try {
        text = askOnce(port, sandbox.authority(), question);
    } catch (const std::runtime_error&) { // it was just started
        return {};
    }
    const auto status = QJsonDocument::fromJson(QByteArray::fromStdString(text)).object();
    for (const auto& member : status[QLatin1String("members")].toArray()) {
        if (member.toObject()[QLatin1String("role")] == QLatin1String("leader")) {
            return member.toObject()[QLatin1String("name")].toString();
        }
    }
    return {};
}

// Pushes the blob until it is acknowledged.
void pushAtLast(const RegistryAt& registry, std::uint64_t number) {
    const auto end = Clock::now() + std::chrono::seconds(20);
    for (;;) {
        try {
            Load load{.port = registry.port, .authority = registry.authority};
            load.asker = blobPushes(
                [number, asked = false]() mutable -> std::optional<std::uint64_t> {
                    return std::exchange(asked, true) ? std::nullopt : std::optional(number);
                },
                registry.token);
            load.connections = 1;
            load.warmUp = {};
            return static_cast<void>(applyLoad(load));
        } catch (const std::runtime_error&) {
            if (Clock::now() > end) {
                throw;
            }
        }
    }
}

// Once it is healthy. The engine of a replica that was just started answers nobody until a leader has
// recorded that it is back; when the leader dies at that moment, it asks again after 7 s.
RegistryAt registryAt(const Party& party) {
    const Question health{.bytes = "GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"};
    std::optional<RegistryAt> at;
    std::string why;
    const bool serves = waitUntil(
        [&] {
            try {
                static_cast<void>(askOnce(party.port, party.authority, health));
                at = party.now();
            } catch (const std::runtime_error& error) {
                why = error.what();
            }
            return at.has_value();
        },
        Seconds(20));
    return serves ? *at : throw std::runtime_error(why);
}

double failOver(SandboxUnderTest& sandbox, const Parties& parties, std::uint64_t number) {
    const auto replicas = sandbox.replicas();
    QString leader;
    if (!waitUntil([&] { return !(leader = leaderAt(sandbox, replicas.at(0).httpsPort)).isEmpty(); },
                   Seconds(20))) {
        throw std::runtime_error("there is no leader");
    }
    const auto survivor = static_cast<std::size_t>(
        std::find_if(replicas.begin(), replicas.end(), [&](const auto& one) { return one.name != leader; }) -
        replicas.begin());
    for (const Party& party : parties.cluster) {
        static_cast<void>(registryAt(party)); // also the one that was killed last is back
    }
    const RegistryAt registry = registryAt(parties.cluster.at(survivor));
    const auto killed = sandbox.kill(leader);
    if (!killed) {
        throw std::runtime_error("the leader cannot be killed");
    }
    pushAtLast(registry, number);
    const double seconds = millisecondsSince(*killed) / 1000;
    if (!sandbox.restart(leader)) {
        throw std::runtime_error(sandbox.error());
    }
    return seconds;
}

} // namespace

void measureFailover(SandboxUnderTest& sandbox, const Parties& parties, int runs) {
    const std::string name = "kill -9 of the leader to the next acknowledged push";
    try {
        std::vector<double> seconds;
        for (int run = 0; run < runs; ++run) {
            seconds.push_back(failOver(sandbox, parties, firstNumber + static_cast<std::uint64_t>(run)));
        }
        print({.name = name + ", median", .value = median(seconds), .unit = "s", .limit = limit});
        print({.name = name + ", longest", .value = largest(seconds), .unit = "s", .limit = limit});
    } catch (const std::exception& error) {
        printMissing(name, error.what());
    }
}

} // namespace pilothouse::bench
