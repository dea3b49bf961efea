// SPDX-License-Identifier: GPL-3.0-or-later
// The replica's figures: memory, what an idle cluster costs, health checks a second beside nginx. Options:
// --seconds N for each run of the load (2).
#include "bench_figure.h"
#include "load_client.h"
#include "nginx.h"
#include "sandbox_under_test.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <algorithm>

namespace pilothouse::bench {
namespace {

constexpr int runs = 5;
constexpr double memoryLimit = 40;    // MiB
constexpr double pingsLimit = 10'000; // a second
constexpr Seconds idleTime(10);

Usage sumOf(const std::vector<qint64>& pids) {
    Usage sum;
    for (const qint64 pid : pids) {
        const Usage one = usageOf(pid);
        sum.cpuSeconds += one.cpuSeconds;
        sum.contextSwitches += one.contextSwitches;
    }
    return sum;
}

struct Pings {
    LoadResult median;
    double cpuMicroseconds = 0; // of the server for one: what other load on the machine does not change
};

Pings measurePings(const Load& load, const std::vector<qint64>& servers) {
    const double before = sumOf(servers).cpuSeconds;
    std::vector<LoadResult> results;
    std::size_t answers = 0;
    for (int i = 0; i < runs; ++i) {
        results.push_back(applyLoad(load));
        answers += results.back().answers;
    }
    std::sort(results.begin(), results.end(),
              [](const LoadResult& a, const LoadResult& b) { return a.perSecond < b.perSecond; });
    return {results[runs / 2], (sumOf(servers).cpuSeconds - before) * 1e6 / static_cast<double>(answers)};
}

void printPings(const std::string& who, const Pings& pings, std::optional<double> atLeast) {
    print({.name = who + ": /_ping over TLS, 16 connections, median of 5",
           .value = pings.median.perSecond,
           .unit = "1/s",
           .atLeast = atLeast});
    print({.name = who + ": median time of one", .value = pings.median.medianMicroseconds, .unit = "us"});
    print({.name = who + ": 99 of 100 within", .value = pings.median.p99Microseconds, .unit = "us"});
    print({.name = who + ": the server's CPU time for one", .value = pings.cpuMicroseconds, .unit = "us"});
}

void comparePings(const RunningReplica& replica, const std::string& authority,
                  std::chrono::milliseconds time) {
    Load load{.port = replica.httpsPort, .authority = authority, .asker = sameQuestion("/_ping")};
    load.time = time;
    printPings("replica", measurePings(load, {replica.pid}), pingsLimit);
    const auto nginx = Nginx::start();
    if (!nginx) {
        return printMissing("nginx, the peer", "it is not installed");
    }
    load.port = nginx->port();
    load.authority = nginx->authority();
    printPings("nginx", measurePings(load, childrenOf(nginx->pid())), {});
}

void measureIdle(const std::vector<RunningReplica>& replicas) {
    std::vector<qint64> own;
    std::vector<qint64> engines;
    double most = 0;
    for (const auto& replica : replicas) {
        own.push_back(replica.pid);
        const auto children = childrenOf(replica.pid);
        engines.insert(engines.end(), children.begin(), children.end());
    }
    const auto ownBefore = sumOf(own);
    const auto enginesBefore = sumOf(engines);
    const auto begun = Clock::now();
    if (waitUntil([] { return false; }, idleTime, Seconds(0.5)) || interrupted()) {
        return printMissing("three idle replicas", "interrupted");
    }
    const double seconds = millisecondsSince(begun) / 1000;
    const auto print2 = [seconds](const std::string& who, const Usage& before, const Usage& after) {
        print({.name = who + ": of one core",
               .value = (after.cpuSeconds - before.cpuSeconds) * 100 / seconds,
               .unit = "%"});
        print({.name = who + ": context switches",
               .value = static_cast<double>(after.contextSwitches - before.contextSwitches) / seconds,
               .unit = "1/s"});
    };
    print2("three idle replicas", ownBefore, sumOf(own));
    print2("their engines", enginesBefore, sumOf(engines));
    for (const qint64 pid : own) {
        most = std::max(most, memoryOf(pid, "VmRSS").value_or(0));
    }
    print({"idle replica: resident, without its engine", most, "MiB", memoryLimit});
}

void measure(std::chrono::milliseconds time) {
    SandboxUnderTest sandbox;
    if (!sandbox.start(3)) {
        return printMissing("the replica's figures", sandbox.error());
    }
    const auto replicas = sandbox.replicas();
    if (replicas.size() != 3) {
        return printMissing("the replica's figures", "the sandbox does not tell its replicas");
    }
    measureIdle(replicas);
    comparePings(replicas.front(), sandbox.authority(), time);
}

} // namespace
} // namespace pilothouse::bench

int main(int argc, char** argv) {
    using namespace pilothouse::bench;
    const QCoreApplication application(argc, argv);
    catchInterrupts();
    QCommandLineParser parser;
    const QCommandLineOption seconds(QStringLiteral("seconds"), QStringLiteral("of each run of the load"),
                                     QStringLiteral("N"), QStringLiteral("2"));
    parser.addOption(seconds);
    parser.process(application);
    try {
        measure(std::chrono::milliseconds(static_cast<int>(parser.value(seconds).toDouble() * 1000)));
    } catch (const std::exception& error) { // of the load: a connection failed, an answer was not 200
        printMissing("the replica's figures", error.what());
    }
    return exitCode();
}
