// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox_under_test.h"

#include "bench_figure.h"
#include "bench_ports.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QUrl>

#include <csignal>
#include <iterator>
#include <unistd.h>
#include <vector>

namespace pilothouse::bench {

namespace {

std::string contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

} // namespace

SandboxUnderTest::SandboxUnderTest()
    : m_environment(QProcessEnvironment::systemEnvironment()),
      m_name(QStringLiteral("bench-%1").arg(getpid())) {
    m_environment.insert(QStringLiteral("XDG_DATA_HOME"), dataHome());
    m_environment.insert(QStringLiteral("XDG_CONFIG_HOME"), m_folder.filePath(QStringLiteral("config")));
}

SandboxUnderTest::~SandboxUnderTest() {
    (void)remove();
}

Output SandboxUnderTest::control(const QStringList& arguments) {
    return command(QStringList{QStringLiteral("sandbox")} + arguments);
}

Output SandboxUnderTest::command(const QStringList& arguments) {
    Output output = run(builtProgram(QStringLiteral("pilothousectl")), arguments, m_environment);
    if (!output.ok) {
        m_error = output.err.trimmed().toStdString();
    }
    return output;
}

std::optional<double> SandboxUnderTest::start(int replicas) {
    const Clock::time_point begun = Clock::now();
    const Output output =
        control({QStringLiteral("start"), QStringLiteral("--name"), m_name, QStringLiteral("--replicas"),
                 QString::number(replicas), QStringLiteral("--json")});
    const double seconds = millisecondsSince(begun) / 1000;
    m_exists = output.ok;
    const QJsonObject told = QJsonDocument::fromJson(output.out).object();
    m_authority = contentOf(told[QLatin1String("ca_file")].toString());
    m_password = contentOf(told[QLatin1String("password_file")].toString());
    m_password.erase(m_password.find_last_not_of('\n') + 1);
    return output.ok ? std::optional(seconds) : std::nullopt;
}

std::vector<RunningReplica> SandboxUnderTest::replicas() {
    const Output output = control({QStringLiteral("status"), m_name, QStringLiteral("--json")});
    std::vector<RunningReplica> found;
    for (const auto& value :
         QJsonDocument::fromJson(output.out).object()[QLatin1String("replicas")].toArray()) {
        const QJsonObject entry = value.toObject();
        const auto port = QUrl(entry[QLatin1String("url")].toString()).port(0);
        found.push_back({entry[QLatin1String("name")].toString(), entry[QLatin1String("pid")].toInteger(),
                         static_cast<std::uint16_t>(port)});
    }
    return found;
}

std::optional<Clock::time_point> SandboxUnderTest::kill(const QString& replica) {
    for (const auto& one : replicas()) {
        if (one.name == replica && one.pid > 0) {
            const Clock::time_point now = Clock::now();
            return ::kill(static_cast<pid_t>(one.pid), SIGKILL) == 0 ? std::optional(now) : std::nullopt;
        }
    }
    return std::nullopt;
}

bool SandboxUnderTest::restart(const QString& replica) {
    return control({QStringLiteral("restart"), m_name, replica}).ok;
}

std::string SandboxUnderTest::login() const {
    return "Basic " + QByteArray::fromStdString("admin:" + m_password).toBase64().toStdString();
}

std::optional<double> SandboxUnderTest::removeReplica(const QString& replica) {
    const auto from = Clock::now();
    const Output removed =
        command({QStringLiteral("remove"), replica, QStringLiteral("--cluster"), m_name,
                 QStringLiteral("--yes"), QStringLiteral("--reason"), QStringLiteral("measured")});
    if (!removed.ok) {
        return std::nullopt;
    }
    return millisecondsSince(from) / 1000;
}

std::optional<double> SandboxUnderTest::joinReplica(const QString& replica) {
    const QString folder = m_folder.filePath(replica);
    const QString code = folder + QStringLiteral("/setup-code");
    QStringList serve{
        QStringLiteral("serve"),     QStringLiteral("--data-dir"),  folder, QStringLiteral("--join-host"),
        QStringLiteral("127.0.0.1"), QStringLiteral("--join-name"), replica};
    for (const char* port : {"--https-port", "--http-port", "--peer-port", "--engine-port"}) {
        serve << QLatin1String(port) << QString::number(freePort());
    }
    m_joined.push_back(
        std::make_unique<Child>(builtProgram(QStringLiteral("pilothouse-replica")), serve, m_environment));
    if (!waitUntil([&] { return !contentOf(code).empty(); }, Seconds(10))) {
        m_error = "the new replica does not wait to be joined";
        return std::nullopt;
    }
    const auto from = Clock::now();
    const Output joined = command({QStringLiteral("join"), QStringLiteral("--setup-code-file"), code,
                                   QStringLiteral("--cluster"), m_name, QStringLiteral("--yes"),
                                   QStringLiteral("--reason"), QStringLiteral("measured")});
    return joined.ok ? std::optional(millisecondsSince(from) / 1000) : std::nullopt;
}

bool SandboxUnderTest::remove() {
    m_joined.clear();
    return !std::exchange(m_exists, false) ||
           control({QStringLiteral("remove"), m_name, QStringLiteral("--yes")}).ok;
}

int printTimes(const std::string& name, int rounds, double limitSeconds,
               const std::function<std::optional<double>(SandboxUnderTest&, int round)>& once) {
    std::vector<double> seconds;
    for (int round = 0; round < rounds && !interrupted(); ++round) {
        SandboxUnderTest sandbox;
        const std::optional<double> taken = once(sandbox, round);
        if (!taken || !sandbox.remove()) {
            printMissing(name, sandbox.error());
            return exitCode();
        }
        seconds.push_back(*taken);
    }
    if (std::ssize(seconds) < rounds) {
        printMissing(name, "interrupted");
        return exitCode();
    }
    const std::string of = " of " + std::to_string(rounds);
    print({name + ", median" + of, median(seconds), "s", limitSeconds});
    print({name + ", slowest" + of, largest(seconds), "s", limitSeconds});
    return exitCode();
}

} // namespace pilothouse::bench
