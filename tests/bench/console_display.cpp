// SPDX-License-Identifier: GPL-3.0-or-later
#include "console_display.h"

#include <QDir>
#include <QFile>

namespace pilothouse::bench {
namespace {

constexpr Seconds upWithin(15);

// A bus for everybody in this world, which starts no service.
constexpr char busConfiguration[] =
    "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\" "
    "\"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\n"
    "<busconfig><type>session</type><listen>unix:dir=%1</listen><auth>EXTERNAL</auth><policy "
    "context=\"default\">"
    "<allow send_destination=\"*\" eavesdrop=\"false\"/><allow eavesdrop=\"false\"/><allow own=\"*\"/>"
    "</policy></busconfig>\n";

QProcessEnvironment plainEnvironment() {
    // Nothing of the caller's desktop.
    QProcessEnvironment environment;
    const QProcessEnvironment system = QProcessEnvironment::systemEnvironment();
    for (const char* kept : {"PATH", "USER", "LOGNAME"}) {
        environment.insert(QLatin1String(kept), system.value(QLatin1String(kept)));
    }
    environment.insert(QStringLiteral("LANG"), QStringLiteral("C.UTF-8"));
    return environment;
}

// What the child prints as its first line, once it has.
std::optional<QByteArray> firstLine(Child& child) {
    QByteArray read;
    const bool whole = waitUntil(
        [&] {
            child.process().waitForReadyRead(1);
            read += child.process().readAll();
            return read.contains('\n') || !child.runs();
        },
        upWithin);
    if (!whole || !read.contains('\n')) {
        return std::nullopt;
    }
    return read.left(read.indexOf('\n'));
}

} // namespace

Display::Display() {
    startServer();
    if (isUp()) {
        startBus();
    }
}

void Display::startServer() {
    // It takes a free display and prints its number.
    m_server = std::make_unique<Child>(
        QStringLiteral("Xvfb"),
        QStringList{QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-screen"),
                    QStringLiteral("0"), QStringLiteral("1600x1000x24"), QStringLiteral("-nolisten"),
                    QStringLiteral("tcp"), QStringLiteral("-noreset")},
        plainEnvironment());
    if (const auto number = firstLine(*m_server)) {
        m_name = ':' + *number;
    } else {
        m_error = "Xvfb did not come up";
    }
}

void Display::startBus() {
    QFile configuration(m_folder.filePath(QStringLiteral("bus.conf")));
    if (!configuration.open(QIODevice::WriteOnly) ||
        configuration.write(QString::fromLatin1(busConfiguration).arg(m_folder.path()).toUtf8()) < 0) {
        m_error = "cannot write " + configuration.fileName().toStdString();
        return;
    }
    configuration.close();
    m_busProcess =
        std::make_unique<Child>(QStringLiteral("dbus-daemon"),
                                QStringList{QStringLiteral("--nofork"), QStringLiteral("--print-address"),
                                            QStringLiteral("--config-file"), configuration.fileName()},
                                plainEnvironment());
    if (const auto address = firstLine(*m_busProcess)) {
        m_bus = QString::fromUtf8(*address);
    } else {
        m_error = "dbus-daemon did not come up";
    }
}

QProcessEnvironment Display::environment(const QString& home, bool readable) const {
    QDir().mkpath(home + QStringLiteral("/run"));
    QFile::setPermissions(home + QStringLiteral("/run"),
                          QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
    QProcessEnvironment environment = plainEnvironment();
    environment.insert(QStringLiteral("HOME"), home);
    environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), home + QStringLiteral("/run"));
    environment.insert(QStringLiteral("XDG_SESSION_TYPE"), QStringLiteral("x11"));
    environment.insert(QStringLiteral("DISPLAY"), QString::fromLatin1(m_name));
    environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), m_bus);
    if (readable) {
        environment.insert(QStringLiteral("QT_LINUX_ACCESSIBILITY_ALWAYS_ON"), QStringLiteral("1"));
    }
    return environment;
}

} // namespace pilothouse::bench
