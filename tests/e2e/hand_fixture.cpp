// SPDX-License-Identifier: GPL-3.0-or-later
#include "hand_fixture.h"

#include "sandbox/ports.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QThread>

#include <csignal>
#include <iostream>
#include <sys/prctl.h>

namespace pilothouse::test {

namespace {

using namespace std::chrono_literals;

constexpr std::uint16_t portsEach = 4;
constexpr int endsMs = 30'000;

// The sandbox's settings: short time-outs, and no floor that a small disk would miss.
const QStringList quick{QStringLiteral("--engine-heartbeat=50"), QStringLiteral("--engine-election=500"),
                        QStringLiteral("--engine-poll=50"), QStringLiteral("--peer-interval=250"),
                        QStringLiteral("--disk-floor=16")};

} // namespace

void HandFixture::TearDown() {
    for (auto& [name, process] : m_served) {
        process->kill();
        process->waitForFinished(endsMs);
    }
    for (const auto& each : m_hands) {
        if (HasFailure()) {
            std::cerr << "--- " << each->name.toStdString() << "\n"
                      << log(each->name).right(6000).toStdString() << "\n";
        }
        const auto engine = enginePid(each->name);
        if (engine) {
            waitFor(
                "the engine ends with its replica", [&] { return !runs(*engine); }, 5s);
        }
    }
    m_net.reset();
}

CtlResult HandFixture::replica(const QStringList& arguments, const QString& input) {
    // A join waits for 35 s for what passes by itself.
    return runProgram(QStringLiteral("pilothouse-replica"), arguments, m_environment, 2 * endsMs, input);
}

Hand& HandFixture::plan() {
    std::set<std::uint16_t> taken;
    for (const auto& each : m_hands) {
        taken.insert({each->https, each->http, each->engine, each->peer});
    }
    const auto chosen = sandbox::choosePorts(1, portsEach, taken);
    auto next = std::make_unique<Hand>();
    next->name = QStringLiteral("reg-%1").arg(m_hands.size() + 1);
    next->dir = path(next->name);
    EXPECT_TRUE(chosen) << "no ports";
    if (chosen) {
        next->https = chosen->front();
        next->http = static_cast<std::uint16_t>(next->https + 1);
        next->engine = static_cast<std::uint16_t>(next->https + 2);
        next->peer = static_cast<std::uint16_t>(next->https + 3);
    }
    return *m_hands.emplace_back(std::move(next));
}

void HandFixture::init() {
    QFile members(path(QStringLiteral("members.yaml")));
    ASSERT_TRUE(members.open(QIODevice::WriteOnly));
    for (const auto& each : m_hands) {
        members.write(QStringLiteral("- name: %1\n  host: 127.0.0.1\n  https_port: %2\n  http_port: %3\n"
                                     "  engine_port: %4\n  peer_port: %5\n  data_dir: %6\n%7")
                          .arg(each->name)
                          .arg(each->https)
                          .arg(each->http)
                          .arg(each->engine)
                          .arg(each->peer)
                          .arg(each->dir, each->listenHost.isEmpty()
                                              ? QString()
                                              : QStringLiteral("  listen_host: ") + each->listenHost + u'\n')
                          .toUtf8());
    }
    members.close();
    const auto made = replica({QStringLiteral("init"), QStringLiteral("--name"), QStringLiteral("by-hand"),
                               QStringLiteral("--members"), members.fileName(), QStringLiteral("--json")});
    ASSERT_EQ(made.exitCode, 0) << made.err.toStdString();
    const auto json = made.json();
    m_access = {json[QLatin1String("ca_file")].toString(), json[QLatin1String("username")].toString(),
                json[QLatin1String("password_file")].toString()};
    for (const auto& value : json[QLatin1String("replicas")].toArray()) {
        hand(value[QLatin1String("name")].toString()).id = value[QLatin1String("id")].toString();
    }
}

void HandFixture::planAndInit(int replicas, bool behindNet) {
    for (int i = 0; i < replicas; ++i) {
        plan().listenHost = behindNet ? QStringLiteral("127.0.0.2") : QString();
    }
    ASSERT_NO_FATAL_FAILURE(init());
    if (behindNet) {
        ASSERT_NO_FATAL_FAILURE(startNet());
    }
}

void HandFixture::serveAll() {
    for (const auto& each : m_hands) {
        serve(each->name);
    }
    waitForVerdict(m_hands.size() == 1 ? QStringLiteral("at-risk") : QStringLiteral("healthy"), 30s);
    for (const auto& each : m_hands) {
        waitFor(qPrintable(each->name + QStringLiteral(" takes traffic and hears the others")), [&] {
            const auto peers = clusterAt(each->name)[QLatin1String("peers")].toArray();
            return pingOf(each->name) == 200 && std::all_of(peers.begin(), peers.end(), [](const auto& peer) {
                       return peer[QLatin1String("reach")] == QStringLiteral("ok");
                   });
        });
    }
}

void HandFixture::up(int replicas, bool behindNet) {
    ASSERT_NO_FATAL_FAILURE(planAndInit(replicas, behindNet));
    serveAll();
}

void HandFixture::startNet() {
    m_net = std::make_unique<FaultyNet>([this](int number) {
        std::vector<std::int64_t> pids;
        const QString dir = m_hands[static_cast<std::size_t>(number)]->dir;
        for (const auto* file : {"/lock", "/engine.pid"}) {
            if (const auto pid = firstNumberIn(dir + QLatin1String(file))) {
                pids.push_back(*pid);
            }
        }
        return pids;
    });
    for (const auto& each : m_hands) {
        ASSERT_TRUE(m_net->add(number(each->name), FaultyNet::Port::https, each->https));
        ASSERT_TRUE(m_net->add(number(each->name), FaultyNet::Port::engine, each->peer));
    }
    m_net->start(static_cast<int>(m_hands.size()));
}

std::unique_ptr<QProcess> HandFixture::process(const QString& name, const QStringList& more,
                                               const QStringList& wrapper) {
    auto process = std::make_unique<QProcess>();
    QStringList words = wrapper;
    words << programPath(QStringLiteral("pilothouse-replica")) << QStringLiteral("serve")
          << QStringLiteral("--data-dir") << hand(name).dir << more;
    for (const auto& option : quick) { // each may be given once
        if (more.filter(option.section(u'=', 0, 0)).isEmpty()) {
            words << option;
        }
    }
    process->setProgram(words.takeFirst());
    process->setArguments(words);
    process->setProcessEnvironment(m_environment);
    process->setStandardInputFile(QProcess::nullDevice());
    process->setStandardOutputFile(path(name + QStringLiteral(".log")), QIODevice::Append);
    process->setStandardErrorFile(path(name + QStringLiteral(".log")), QIODevice::Append);
    process->setChildProcessModifier(
        [] { prctl(PR_SET_PDEATHSIG, SIGKILL); }); // a killed test leaves nothing
    return process;
}

void HandFixture::serve(const QString& name, const QStringList& more, const QStringList& wrapper) {
    auto started = process(name, more, wrapper);
    started->start();
    ASSERT_TRUE(started->waitForStarted(endsMs)) << started->errorString().toStdString();
    m_served[name] = std::move(started);
}

QStringList HandFixture::onSmallDisk(const Hand& hand) {
    const QString script =
        QStringLiteral("mkdir '%1.disk' && mount -t tmpfs -o size=256m,mode=700 none '%1.disk' && "
                       "cp -a '%1/.' '%1.disk' && mount --bind '%1.disk' '%1' && exec \"$@\"")
            .arg(hand.dir);
    return {QStringLiteral("unshare"),
            QStringLiteral("--mount"),
            QStringLiteral("sh"),
            QStringLiteral("-c"),
            script,
            QStringLiteral("sh")};
}

CtlResult HandFixture::serveToItsEnd(const QString& name, const QStringList& more,
                                     const QStringList& wrapper) {
    const auto before = log(name).size();
    const auto started = process(name, more, wrapper);
    started->start();
    if (!started->waitForFinished(endsMs)) {
        ADD_FAILURE() << name.toStdString() << " did not end by itself\n" << log(name).toStdString();
        started->kill();
        started->waitForFinished(endsMs);
    }
    return {
        started->exitStatus() == QProcess::NormalExit ? started->exitCode() : -1, {}, log(name).mid(before)};
}

void HandFixture::kill9(const QString& name) {
    m_served.at(name)->kill();
    EXPECT_TRUE(m_served.at(name)->waitForFinished(endsMs));
    m_served.erase(name);
}

int HandFixture::stop(const QString& name) {
    m_served.at(name)->terminate();
    EXPECT_TRUE(m_served.at(name)->waitForFinished(endsMs)) << log(name).right(3000).toStdString();
    const int code = m_served.at(name)->exitCode();
    m_served.erase(name);
    return code;
}

void HandFixture::signal(const QString& name, int signal) {
    ASSERT_EQ(::kill(static_cast<pid_t>(m_served.at(name)->processId()), signal), 0);
}

bool HandFixture::isServed(const QString& name) const {
    const auto found = m_served.find(name);
    // Its end is noticed by whoever looks.
    return found != m_served.end() && !found->second->waitForFinished(0) &&
           found->second->state() == QProcess::Running;
}

QString HandFixture::log(const QString& name) const {
    return QString::fromUtf8(contentOf(path(name + QStringLiteral(".log"))));
}

Hand& HandFixture::hand(const QString& name) {
    return *m_hands.at(static_cast<std::size_t>(number(name)));
}

int HandFixture::number(const QString& name) const {
    const auto found =
        std::find_if(m_hands.begin(), m_hands.end(), [&](const auto& each) { return each->name == name; });
    EXPECT_NE(found, m_hands.end()) << name.toStdString();
    return static_cast<int>(found - m_hands.begin());
}

std::optional<qint64> HandFixture::enginePid(const QString& name) {
    return firstNumberIn(hand(name).dir + QStringLiteral("/engine.pid"));
}

QString HandFixture::nameOfLeader() {
    const auto id = status()[QLatin1String("leader")].toString();
    for (const auto& each : m_hands) {
        if (each->id == id) {
            return each->name;
        }
    }
    return {};
}

QStringList HandFixture::namesWithout(const QString& one) const {
    QStringList names;
    for (const auto& each : m_hands) {
        if (each->name != one) {
            names += each->name;
        }
    }
    return names;
}

HttpAnswer HandFixture::addUser(const QString& through, const QString& user) {
    return createUser(m_access, hand(through).url(), user);
}

QByteArray HandFixture::usersAt(const QString& name) {
    return usersFrom(hand(name).url());
}

QJsonObject HandFixture::clusterAt(const QString& name) {
    return request(QStringLiteral("GET"), hand(name).url() + QStringLiteral("/api/v0/cluster")).json();
}

QJsonObject HandFixture::peerAt(const QString& name, const QString& peer) {
    for (const auto& value : clusterAt(name)[QLatin1String("peers")].toArray()) {
        if (value[QLatin1String("id")].toString() == hand(peer).id) {
            return value.toObject();
        }
    }
    return {};
}

HttpAnswer HandFixture::askEngine(const QString& name, const QString& method, const QByteArray& body) {
    const QString folder = hand(name).dir + QStringLiteral("/engine/");
    return certificateRequest(ClientCertificate{contentOf(folder + QStringLiteral("client.crt")),
                                                contentOf(folder + QStringLiteral("client.key"))},
                              contentOf(folder + QStringLiteral("client-ca.crt")),
                              QStringLiteral("https://127.0.0.1:%1/v3/%2").arg(hand(name).engine).arg(method),
                              QStringLiteral("POST"), body);
}

int HandFixture::pingOf(const QString& name) {
    return request(QStringLiteral("GET"), hand(name).httpUrl() + QStringLiteral("/_ping")).status;
}

QJsonObject HandFixture::status() {
    for (const auto& each : m_hands) {
        if (isServed(each->name)) {
            return statusFrom(each->url());
        }
    }
    return {};
}

QString HandFixture::tokenFor(const Hand& next) {
    const Hand* host = nullptr;
    for (const auto& each : m_hands) {
        host = host == nullptr && isServed(each->name) ? each.get() : host;
    }
    EXPECT_NE(host, nullptr) << "nobody is served";
    const auto made = replica(
        {QStringLiteral("token"), QStringLiteral("--data-dir"), host != nullptr ? host->dir : QString(),
         QStringLiteral("--name"), next.name, QStringLiteral("--host"), QStringLiteral("127.0.0.1"),
         QStringLiteral("--https-port"), QString::number(next.https), QStringLiteral("--http-port"),
         QString::number(next.http), QStringLiteral("--peer-port"), QString::number(next.peer)});
    EXPECT_EQ(made.exitCode, 0) << made.err.toStdString();
    EXPECT_TRUE(made.err.contains(next.name) && made.err.contains(QStringLiteral("join")))
        << "it must say what to do with the token: " << made.err.toStdString();
    return made.out.trimmed();
}

QStringList HandFixture::joinArguments(const Hand& next) {
    return {QStringLiteral("join"),
            QStringLiteral("--token-file"),
            QStringLiteral("-"),
            QStringLiteral("--data-dir"),
            next.dir,
            QStringLiteral("--engine-port"),
            QString::number(next.engine)};
}

CtlResult HandFixture::join(const Hand& next, const QString& token) {
    return replica(joinArguments(next), token + u'\n');
}

void HandFixture::takeId(Hand& next) {
    const auto identity =
        QJsonDocument::fromJson(contentOf(next.dir + QStringLiteral("/replica.json"))).object();
    next.id = identity[QLatin1String("id")].toString();
    EXPECT_FALSE(next.id.isEmpty());
}

void HandFixture::joinOneMore() {
    auto& next = plan();
    const auto joined = join(next, tokenFor(next));
    ASSERT_EQ(joined.exitCode, 0) << joined.err.toStdString();
    takeId(next);
    serve(next.name);
    waitForVote(next.name);
}

bool HandFixture::votes(const QString& name, const QString& by) {
    for (const auto& value : clusterAt(by)[QLatin1String("members")].toArray()) {
        if (value[QLatin1String("name")].toString() == name) {
            return value[QLatin1String("voting")].toBool();
        }
    }
    return false;
}

void HandFixture::waitForVote(const QString& name) {
    waitFor(
        qPrintable(name + QStringLiteral(" votes")), [&] { return votes(name, name); }, 30s);
}

void HandFixture::serveToJoin(const Hand& next) {
    serve(next.name,
          {QStringLiteral("--join-host=127.0.0.1"), QStringLiteral("--join-name=%1").arg(next.name),
           QStringLiteral("--https-port=%1").arg(next.https), QStringLiteral("--http-port=%1").arg(next.http),
           QStringLiteral("--peer-port=%1").arg(next.peer),
           QStringLiteral("--engine-port=%1").arg(next.engine)});
}

void HandFixture::serveWaiting(const Hand& next) {
    serveToJoin(next);
    waitFor("it waits", [&] { return pingOf(next.name) == 503 && QFile::exists(setupCodeFile(next)); });
}

QString HandFixture::setupCodeFile(const Hand& next) {
    return next.dir + QStringLiteral("/setup-code");
}

} // namespace pilothouse::test
