// SPDX-License-Identifier: GPL-3.0-or-later
// The registry's figures: a single replica and a cluster of three on this machine, beside Debian's
// docker-registry, over TLS, with tokens, on one disk. Options: --seconds N for each run of a load (3),
// --blobs N and --manifests N (50000, 10000), --mib N for a large blob (128), --runs N (5), --only TEXT: the
// figures whose names have it.
#include "bare_server.h"
#include "bench_figure.h"
#include "docker_registry.h"
#include "failover.h"
#include "questions.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <stdexcept>

namespace pilothouse::bench {
namespace {

constexpr double mostMemory = 96; // MiB
constexpr int busy = 16;          // connections
constexpr int crowded = 64;

struct Options {
    std::chrono::milliseconds time{3000};
    std::size_t blobs = 50'000;
    std::size_t manifests = 10'000;
    std::size_t largeBytes = 0;
    int runs = 5;
    std::string only;
};

std::string tokenFrom(const SandboxUnderTest& sandbox, std::uint16_t port) {
    const std::string answer =
        askOnce(port, sandbox.authority(),
                {.bytes = std::string("GET /auth/token?service=bench&scope=repository:") + repository +
                          ":pull,push HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: " + sandbox.login() +
                          "\r\n\r\n"});
    return QJsonDocument::fromJson(QByteArray::fromStdString(answer))
        .object()[QLatin1String("token")]
        .toString()
        .toStdString();
}

std::vector<qint64> pidsOf(const std::vector<RunningReplica>& replicas) {
    std::vector<qint64> pids;
    for (const auto& replica : replicas) {
        pids.push_back(replica.pid);
    }
    return pids;
}

std::vector<Party> partiesOf(SandboxUnderTest& sandbox) {
    const std::vector<RunningReplica> replicas = sandbox.replicas();
    const std::vector<qint64> pids = pidsOf(replicas);
    std::vector<Party> parties;
    for (const auto& replica : replicas) {
        const std::uint16_t port = replica.httpsPort;
        parties.push_back(
            {port, sandbox.authority(), [&sandbox, port] { return tokenFrom(sandbox, port); }, pids});
    }
    return parties;
}

Party partyOf(const BareServer& server) {
    return {server.port(), server.authority(), [] { return std::string(); }};
}

Numbers upTo(std::uint64_t end) {
    return [next = std::make_shared<std::uint64_t>(0), end]() -> std::optional<std::uint64_t> {
        return *next < end ? std::optional((*next)++) : std::nullopt;
    };
}

// Pushes all of the content through one replica.
void fill(const Party& party, const Content& content) {
    const auto begun = Clock::now();
    Load load{.port = party.port, .authority = party.authority};
    load.connections = 32;
    load.warmUp = {};
    load.time = std::chrono::minutes(20);
    const RegistryAt at = party.now();
    const Named& configuration = sharedConfiguration();
    const std::string upload = std::string("/v2/") + repository + "/blobs/uploads/";
    static_cast<void>(
        askOnce(at.port, at.authority,
                {.bytes = requestText("POST", withDigest(upload, configuration.digest), at.token,
                                      "Content-Type: application/octet-stream\r\n", configuration.bytes),
                 .status = 201}));
    load.asker = blobPushes(upTo(content.blobs.size()), at.token);
    static_cast<void>(applyLoad(load));
    load.asker = manifestPuts(content, upTo(content.manifests.size()), party.token());
    static_cast<void>(applyLoad(load));
    printNote("filled in " + std::to_string(static_cast<int>(millisecondsSince(begun) / 1000)) + " s");
}

// A figure that is a load.
Row loadRow(const Options& options, const std::string& name, int connections,
            std::function<AskerMaker(const std::string& token)> asker, double single, double cluster) {
    Row row{.name = name + ", " + std::to_string(connections), .unit = "1/s"};
    row.singleAtLeast = single;
    row.clusterAtLeast = cluster;
    row.measure = [options, connections, asker = std::move(asker)](const RegistryAt& at) {
        Load load{.port = at.port, .authority = at.authority};
        load.asker = asker(at.token);
        load.connections = connections;
        load.warmUp = options.time / 4;
        load.time = options.time;
        return applyLoad(load).perSecond;
    };
    return row;
}

std::vector<Row> readRows(const Options& options, const Content& content) {
    const auto byDigest = [&](const std::string& token) { return manifestsByDigest(content, token); };
    const auto byTag = [&](const std::string& token) { return manifestsByTag(content, token); };
    const auto heads = [&](const std::string& token) { return blobHeads(content, token); };
    const auto small = [&](const std::string& token) { return blobs(content, token); };
    std::vector<Row> rows = {
        loadRow(options, "manifest GET by digest", busy, byDigest, 12, 12),
        loadRow(options, "manifest GET by tag", busy, byTag, 8, 6),
        loadRow(options, "manifest GET by tag", crowded, byTag, 8, 6),
        loadRow(options, "blob HEAD", busy, heads, 14, 14),
        loadRow(options, "4 KiB blob GET", busy, small, 25, 25),
    };
    for (Row& row : rows) {
        row.onEach = true;
    }
    return rows;
}

std::vector<Row> writeRows(const Options& options, const Content& content) {
    // Everything that is pushed is new.
    const auto number = std::make_shared<std::uint64_t>(10'000'000);
    const Numbers next = [number] { return std::optional((*number)++); };
    const auto puts = [&content, next](const std::string& token) {
        return manifestPuts(content, next, token);
    };
    const auto pushes = [next](const std::string& token) { return blobPushes(next, token); };
    return {loadRow(options, "manifest PUT", busy, puts, 3, 1.5),
            loadRow(options, "small blob push", busy, pushes, 3, 1.2)};
}

std::vector<Row> streamRows(const Options& options) {
    const auto number = std::make_shared<std::uint64_t>(0);
    const auto fresh = [number, bytes = options.largeBytes] { return LargeBlob((*number)++, bytes); };
    constexpr std::size_t copies = 3;
    const auto row = [&options](const char* name, double single, double cluster, auto measure) {
        Row made{.name = name, .unit = "MB/s", .measure = measure};
        made.singleAtLeast = single;
        made.clusterAtLeast = cluster;
        made.memory = 2 * copies * options.largeBytes;
        return made;
    };
    std::vector<Row> rows = {row("blob push in one piece", 2, 1,
                                 [fresh](const RegistryAt& at) { return pushInOnePiece(at, fresh()); }),
                             row("blob push in chunks of 8 MiB", 2, 1,
                                 [fresh](const RegistryAt& at) { return pushInChunks(at, fresh()); }),
                             row("blob pull, pushed just before", 1.2, 1.2, [fresh](const RegistryAt& at) {
                                 const LargeBlob blob = fresh();
                                 static_cast<void>(pushInOnePiece(at, blob));
                                 return pull(at, blob);
                             })};
    rows.front().bare = true;
    rows.back().bare = true;
    return rows;
}

void printMemory(const std::string& who, const std::vector<qint64>& pids, std::optional<double> limit) {
    for (const qint64 pid : pids) {
        if (const auto peak = memoryOf(pid, "VmHWM")) {
            print({who + ": most memory", *peak, "MiB", limit});
        }
    }
}

// A started and filled sandbox, or none.
std::unique_ptr<SandboxUnderTest> startFilled(int replicas, const Content& content) {
    auto sandbox = std::make_unique<SandboxUnderTest>();
    if (!sandbox->start(replicas)) {
        printMissing("a sandbox of " + std::to_string(replicas), sandbox->error());
        return nullptr;
    }
    fill(partiesOf(*sandbox).at(0), content);
    return sandbox;
}

void measureAll(const Options& options) {
    const Content content(options.blobs, options.manifests);
    const auto peer = DockerRegistry::start(content);
    const auto single = startFilled(1, content);
    const auto cluster = startFilled(3, content);
    Parties parties;
    if (peer) {
        parties.peer = Party{peer->port(), peer->authority(), [&peer] { return peer->token(); }};
    } else {
        printMissing("docker-registry, the peer", "it is not installed");
    }
    if (single) {
        parties.single = partiesOf(*single).at(0);
    }
    if (cluster) {
        parties.cluster = partiesOf(*cluster);
    }
    const BareServer second;
    const BareServer third;
    const BareServer bareOne;
    const BareServer bareThree({{second.port(), second.authority()}, {third.port(), third.authority()}});
    parties.bareOne = partyOf(bareOne);
    parties.bareThree = partyOf(bareThree);
    std::vector<Row> rows = readRows(options, content);
    for (auto& more : {writeRows(options, content), streamRows(options)}) {
        rows.insert(rows.end(), more.begin(), more.end());
    }
    for (const Row& row : rows) {
        if (!interrupted() && row.name.find(options.only) != std::string::npos) {
            measure(row, parties, options.runs);
        }
    }
    if (peer) {
        printMemory("docker-registry", {peer->pid()}, {});
    }
    printMemory("one replica", single ? pidsOf(single->replicas()) : std::vector<qint64>(), mostMemory);
    printMemory("three", cluster ? pidsOf(cluster->replicas()) : std::vector<qint64>(), mostMemory);
    if (cluster && std::string("leader").find(options.only) != std::string::npos) {
        measureFailover(*cluster, parties, options.runs);
    }
}

Options readOptions(const QCoreApplication& application) {
    QCommandLineParser parser;
    const auto add = [&](const char* name, const char* standard) {
        parser.addOption(
            {QString::fromLatin1(name), {}, QStringLiteral("VALUE"), QString::fromLatin1(standard)});
    };
    add("seconds", "3");
    add("blobs", "50000");
    add("manifests", "10000");
    add("mib", "128");
    add("runs", "5");
    add("only", "");
    parser.process(application);
    const auto value = [&](const char* name) { return parser.value(QString::fromLatin1(name)); };
    Options options;
    options.time = std::chrono::milliseconds(static_cast<int>(value("seconds").toDouble() * 1000));
    options.blobs = value("blobs").toULongLong();
    options.manifests = value("manifests").toULongLong();
    options.largeBytes =
        value("mib").toULongLong() * 1024 * 1024 / LargeBlob::pieceBytes * LargeBlob::pieceBytes;
    options.runs = value("runs").toInt();
    options.only = value("only").toStdString();
    return options;
}

} // namespace
} // namespace pilothouse::bench

int main(int argc, char** argv) {
    using namespace pilothouse::bench;
    const QCoreApplication application(argc, argv);
    catchInterrupts();
    try {
        measureAll(readOptions(application));
    } catch (const std::exception& error) {
        printMissing("the registry's figures", error.what());
    }
    return exitCode();
}
