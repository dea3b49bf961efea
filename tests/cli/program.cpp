// SPDX-License-Identifier: GPL-3.0-or-later
#include "program.h"

#include "support/wait.h"

#include <QDir>
#include <QFile>

namespace pilothouse::test {

ProgramTest::ProgramTest() {
    m_environment.insert(QStringLiteral("XDG_DATA_HOME"), path(QStringLiteral("data")));
    m_environment.insert(QStringLiteral("XDG_CONFIG_HOME"), path(QStringLiteral("config")));
    m_environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    // No keyring.
    m_environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), QStringLiteral("unix:path=/nowhere"));
    write(QStringLiteral("ca.crt"), m_cluster.authority().pem());
    write(QStringLiteral("password"), "secret\n");
}

std::unique_ptr<QProcess> ProgramTest::begin(const QStringList& arguments) {
    auto process = std::make_unique<QProcess>();
    process->setProcessEnvironment(m_environment);
    process->start(QStringLiteral(PILOTHOUSE_BIN "/pilothousectl"), arguments,
                   QIODevice::ReadWrite | QIODevice::Unbuffered);
    process->closeWriteChannel();
    EXPECT_TRUE(process->waitForStarted()) << process->errorString().toStdString();
    return process;
}

Ended ProgramTest::endOf(QProcess& process) {
    if (!waitUntil([&] { return process.state() == QProcess::NotRunning; }, std::chrono::seconds(30))) {
        ADD_FAILURE() << process.arguments().join(u' ').toStdString() << " did not end in time";
        process.kill();
        process.waitForFinished();
    }
    const int code =
        process.exitStatus() == QProcess::CrashExit ? 128 + process.exitCode() : process.exitCode();
    return {code, QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

Ended ProgramTest::run(const QStringList& arguments) {
    return endOf(*begin(arguments));
}

Ended ProgramTest::shell(const QString& script) {
    QProcess process;
    process.setProcessEnvironment(m_environment);
    process.start(QStringLiteral("bash"),
                  {QStringLiteral("-c"),
                   QStringLiteral("ctl() { " PILOTHOUSE_BIN "/pilothousectl \"$@\"; }\n") + script});
    process.closeWriteChannel();
    return endOf(process);
}

QStringList ProgramTest::withCluster(QStringList arguments, const QString& passwordFile) const {
    auto& cluster = const_cast<ScriptedCluster&>(m_cluster);
    return arguments << QStringLiteral("--url") << QString::fromStdString(cluster.replica(0).url())
                     << QStringLiteral("--ca-file") << path(QStringLiteral("ca.crt"))
                     << QStringLiteral("--username") << QStringLiteral("admin")
                     << QStringLiteral("--password-file")
                     << (passwordFile.isEmpty() ? path(QStringLiteral("password")) : passwordFile);
}

QString ProgramTest::write(const QString& name, const QByteArray& text) {
    const QString full = path(name);
    QDir().mkpath(QFileInfo(full).path());
    QFile file(full);
    EXPECT_TRUE(file.open(QIODevice::WriteOnly)) << full.toStdString();
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    file.write(text);
    return full;
}

} // namespace pilothouse::test
