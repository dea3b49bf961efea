// SPDX-License-Identifier: GPL-3.0-or-later
#include "registry_clients.h"

#include "oci_layout.h"
#include "replica/support/ports.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QTcpSocket>
#include <QUrl>

#include <algorithm>

namespace pilothouse::test {
namespace {

constexpr int commandDeadlineMs = 60'000;

QStringList wordsOf(const std::string& line) {
    return QString::fromStdString(line).split(u' ');
}

// Daemons lie in sbin, which is not on an ordinary user's path.
QString programFor(const QString& name) {
    const QString found = QStandardPaths::findExecutable(name);
    return !found.isEmpty()
               ? found
               : QStandardPaths::findExecutable(name, {QStringLiteral("/usr/sbin"), QStringLiteral("/sbin")});
}

} // namespace

void RegistryClients::SetUp() {
    SandboxFixture::SetUp();
    for (const char* name : {"home", "run", "docker", "certificates"}) {
        ASSERT_TRUE(QDir().mkpath(path(QString::fromLatin1(name))));
    }
    QFile::setPermissions(path(QStringLiteral("run")),
                          QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    m_clients = QProcessEnvironment::systemEnvironment();
    m_clients.insert(QStringLiteral("HOME"), path(QStringLiteral("home")));
    m_clients.insert(QStringLiteral("XDG_RUNTIME_DIR"), path(QStringLiteral("run")));
    m_clients.insert(QStringLiteral("REGISTRY_AUTH_FILE"), path(QStringLiteral("auth.json")));
    m_clients.insert(QStringLiteral("DOCKER_CONFIG"), path(QStringLiteral("docker")));
    m_imageDigest = makeOciLayout(folder("layout"), "v1");
}

void RegistryClients::TearDown() {
    while (!m_daemons.empty()) {
        m_daemons.back()->terminate();
        if (!m_daemons.back()->waitForFinished(20'000)) {
            m_daemons.back()->kill();
            m_daemons.back()->waitForFinished();
        }
        m_daemons.pop_back();
    }
    SandboxFixture::TearDown();
}

std::string RegistryClients::missing(const std::vector<const char*>& programs) {
    for (const char* program : programs) {
        if (programFor(QString::fromLatin1(program)).isEmpty()) {
            return std::string(program) + " is not installed";
        }
    }
    return {};
}

Ran RegistryClients::run(const std::string& line, const std::string& input) {
    QStringList words = wordsOf(line);
    const QString program = programFor(words.takeFirst());
    QProcess process;
    process.setProcessEnvironment(m_clients);
    process.setWorkingDirectory(path(QString()));
    process.start(program, words);
    process.write(QByteArray::fromStdString(input));
    process.closeWriteChannel();
    if (!process.waitForFinished(commandDeadlineMs)) {
        process.kill();
        process.waitForFinished();
        ADD_FAILURE() << line << " did not end in time";
    }
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            process.readAllStandardOutput().toStdString(), process.readAllStandardError().toStdString()};
}

std::string RegistryClients::must(const std::string& line, const std::string& input) {
    const Ran ran = run(line, input);
    EXPECT_EQ(ran.exitCode, 0) << line << "\n" << ran.out << ran.err;
    return ran.out;
}

void RegistryClients::mustFail(const std::string& line, const std::string& word) {
    const Ran ran = run(line);
    EXPECT_NE(ran.exitCode, 0) << line << "\n" << ran.out;
    EXPECT_NE((ran.out + ran.err).find(word), std::string::npos) << line << "\n" << ran.out << ran.err;
}

std::string RegistryClients::startDaemon(const std::string& line, const std::function<bool()>& ready) {
    QStringList words = wordsOf(line);
    const QString name = words.takeFirst();
    const QString log = path(name + QStringLiteral(".log"));
    m_daemons.push_back(std::make_unique<QProcess>());
    QProcess& daemon = *m_daemons.back();
    daemon.setProcessEnvironment(m_clients);
    daemon.setProcessChannelMode(QProcess::MergedChannels);
    daemon.setStandardOutputFile(log);
    daemon.start(programFor(name), words);
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(40);
    while (std::chrono::steady_clock::now() < end) {
        if (daemon.waitForFinished(50)) {
            return name.toStdString() + " ended: " + contentOf(log).right(1500).toStdString();
        }
        if (ready()) {
            return {};
        }
    }
    return name.toStdString() + " is not ready in time: " + contentOf(log).right(1500).toStdString();
}

bool RegistryClients::isRefusal(const std::string& why) {
    const auto says = [&why](const char* word) { return why.find(word) != std::string::npos; };
    return says("ermission denied") || says("not permitted") || says("root privileges") ||
           says("user namespaces") || says("newuidmap");
}

void RegistryClients::startBalancer() {
    const std::string port = std::to_string(reservePorts());
    std::string text = "global\n    maxconn 500\ndefaults\n    mode tcp\n    timeout connect 5s\n"
                       "    timeout client 60s\n    timeout server 60s\n"
                       "listen registry\n    balance roundrobin\n    bind 127.0.0.1:" +
                       port + "\n";
    m_addresses = {"127.0.0.1:" + port};
    for (const QString& name : names()) {
        const std::string address = "127.0.0.1:" + std::to_string(QUrl(url(name)).port());
        text += "    server " + name.toStdString() + " " + address + "\n";
        m_addresses.push_back(address);
    }
    QFile file(path(QStringLiteral("haproxy.cfg")));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly) && file.write(QByteArray::fromStdString(text)) > 0);
    file.close();
    const std::string why = startDaemon("haproxy -db -f " + folder("haproxy.cfg"), [&port] {
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), static_cast<quint16>(std::stoi(port)));
        return socket.waitForConnected(1000);
    });
    ASSERT_EQ(why, "");
}

void RegistryClients::logIn() {
    for (const std::string& address : m_addresses) {
        must("skopeo login --cert-dir " + certificates() + " -u admin --password-stdin " + address,
             password());
    }
}

void RegistryClients::startRegistry() {
    start(3);
    ASSERT_TRUE(QFile::copy(m_access.caFile, path(QStringLiteral("certificates/ca.crt"))));
    startBalancer();
    logIn();
}

std::string RegistryClients::folder(const std::string& name) const {
    return path(QString::fromStdString(name)).toStdString();
}

std::string RegistryClients::password() const {
    return contentOf(m_access.passwordFile).trimmed().toStdString();
}

std::string RegistryClients::digestAt(const std::string& address, const std::string& name) {
    const std::string told = must("skopeo inspect --cert-dir " + certificates() +
                                  " --format {{.Digest}} docker://" + address + "/" + name);
    return told.substr(0, told.find('\n'));
}

int RegistryClients::mounts() {
    int count = 0;
    for (const QString& name : names()) {
        count += static_cast<int>(
            contentOf(path(QStringLiteral("box/")) + name + QStringLiteral(".log")).count("audit: mount "));
    }
    return count;
}

} // namespace pilothouse::test
