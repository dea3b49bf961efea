// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/create.h"

#include "sandbox/ports.h"
#include "sandbox/store.h"
#include "sandbox/text.h"
#include "sandbox/wait.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRandomGenerator>
#include <QTimer>
#include <QUrl>

#include <set>

namespace pilothouse::sandbox {
namespace {

namespace fs = std::filesystem;

constexpr std::uint16_t portsPerReplica =
    4; // https, http, engine client, engine peer: they follow each other
constexpr Milliseconds initDeadline{30'000};

Status checkCount(const StartOptions& options) {
    const int n = options.replicas;
    if (n == 1 || n == 3 || n == 5 || n == 7 || (options.force && n >= 1 && n <= 9)) {
        return {};
    }
    if (n < 1 || n > 9) {
        return failWith(ErrorCode::invalid, Text::tr("%1 replicas cannot make a sandbox").arg(n),
                        Text::tr("Use 1, 3, 5 or 7"));
    }
    return failWith(ErrorCode::invalid,
                    n > 7 ? Text::tr("more than seven replicas cost more than they give")
                          : Text::tr("an even number of replicas survives no more losses than one fewer"),
                    Text::tr("Use 1, 3, 5 or 7, or --force to have %1 all the same").arg(n));
}

// The ports that other sandboxes, running or not, have recorded.
std::set<std::uint16_t> recordedPorts() {
    std::set<std::uint16_t> ports;
    for (const auto& sandbox : list()) {
        for (const auto& replica : sandbox.replicas) {
            const int https = QUrl(QString::fromStdString(replica.url)).port();
            for (int port = https; https > 0 && port < https + portsPerReplica; ++port) {
                ports.insert(static_cast<std::uint16_t>(port));
            }
        }
    }
    return ports;
}

Status writePrivate(const fs::path& path, const QByteArray& text) {
    QFile file(QString::fromStdString(path.string()));
    const bool written = file.open(QIODevice::WriteOnly | QIODevice::NewOnly) &&
                         file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) &&
                         file.write(text) == text.size() && file.flush();
    if (!written) {
        return failWith(ErrorCode::internal,
                        Text::tr("cannot write %1: %2").arg(file.fileName(), file.errorString()),
                        Text::tr("Check that the disk has room and the folder is yours"));
    }
    return {};
}

// 20 characters of 32: 100 bits, without look-alikes.
QByteArray newPassword() {
    static constexpr char alphabet[] = "abcdefghijkmnpqrstuvwxyz23456789";
    QByteArray password;
    for (int i = 0; i < 20; ++i) {
        password += alphabet[QRandomGenerator::system()->bounded(32)];
    }
    return password;
}

std::string quoted(const fs::path& path) {
    return QJsonDocument(QJsonArray{QString::fromStdString(path.string())}) // JSON strings are YAML strings
        .toJson(QJsonDocument::Compact)
        .chopped(1)
        .mid(1)
        .toStdString();
}

// `ports`: the first of each replica's.
QByteArray membersFile(const fs::path& dir, const std::vector<std::uint16_t>& ports) {
    std::string yaml = "# What `pilothouse-replica init --members` made this sandbox from.\n";
    int number = 0;
    for (const std::uint16_t first : ports) {
        const auto port = [&](int offset) { return std::to_string(first + offset); };
        const std::string name = "reg-" + std::to_string(++number);
        yaml += "- name: " + name + "\n  host: 127.0.0.1\n  https_port: " + port(0) +
                "\n  http_port: " + port(1) + "\n  engine_port: " + port(2) + "\n  peer_port: " + port(3) +
                "\n  data_dir: " + quoted(dir / name) + "\n";
    }
    return QByteArray::fromStdString(yaml);
}

// Settings that suit processes on one computer: short time-outs, and no floor that a laptop's disk would
// miss.
QByteArray replicaSettings() {
    return "# A sandbox replica's settings; `pilothouse-replica serve --help` explains each.\n"
           "engine-heartbeat = 50\nengine-election = 500\nengine-poll = 50\npeer-interval = 250\n"
           "disk-floor = 64\n";
}

// Runs a program to its end; one that does not end in time, or is not to go on, is killed.
Status runToEnd(QProcess& process, const QString& program, const QStringList& arguments,
                Milliseconds deadline, const std::stop_token& cancel) {
    QEventLoop loop; // before the process: a thread that is none of Qt's has no notifiers without
    process.start(program, arguments);
    QObject::connect(&process, &QProcess::finished, &loop, &QEventLoop::quit);
    QObject::connect(&process, &QProcess::errorOccurred, &loop, &QEventLoop::quit);
    QTimer::singleShot(deadline, &loop, &QEventLoop::quit);
    if (process.state() != QProcess::NotRunning) {
        run(loop, cancel);
    }
    const bool late = process.state() != QProcess::NotRunning;
    process.kill();
    process.waitForFinished(1000);
    pause(Milliseconds(0)); // Ctrl-C ends the process as well: whether it came is told by an event
    if (cancel.stop_requested()) {
        return fail(cancelled());
    }
    if (late) {
        return failWith(ErrorCode::timeout,
                        Text::tr("it did not end within %1 s").arg(deadline.count() / 1000));
    }
    if (process.error() == QProcess::FailedToStart) {
        return fail(ErrorCode::internal, process.errorString().toStdString());
    }
    return {};
}

Result<QJsonArray> runInit(const fs::path& program, const StartOptions& options, const fs::path& dir,
                           const std::stop_token& cancel) {
    QProcess init;
    const QStringList arguments{QStringLiteral("init"),
                                QStringLiteral("--name"),
                                QString::fromStdString(options.name),
                                QStringLiteral("--members"),
                                QString::fromStdString((dir / "members.yaml").string()),
                                QStringLiteral("--password-file"),
                                QString::fromStdString((dir / "password").string()),
                                QStringLiteral("--json")};
    if (auto ended =
            runToEnd(init, QString::fromStdString(program.string()), arguments, initDeadline, cancel);
        !ended) {
        return ended.error().code == ErrorCode::cancelled
                   ? fail(ended.error())
                   : failIn(Text::tr("cannot run %1").arg(shown(program.string() + " init")).toStdString(),
                            ended.error());
    }
    if (init.exitStatus() != QProcess::NormalExit || init.exitCode() != 0) {
        return fail(ErrorCode::internal, init.readAllStandardError().trimmed().toStdString());
    }
    const auto json = QJsonDocument::fromJson(init.readAllStandardOutput());
    return json.object().value(QLatin1String("replicas")).toArray();
}

Result<api::Sandbox> createIn(const fs::path& dir, const StartOptions& options, const fs::path& program,
                              const std::stop_token& cancel) {
    const auto ports =
        choosePorts(static_cast<std::size_t>(options.replicas), portsPerReplica, recordedPorts());
    if (!ports) {
        return fail(ports.error());
    }
    if (auto written = writePrivate(dir / "members.yaml", membersFile(dir, *ports)); !written) {
        return fail(written.error());
    }
    if (auto written = writePrivate(dir / "password", newPassword() + '\n'); !written) {
        return fail(written.error());
    }
    const auto made = runInit(program, options, dir, cancel);
    if (!made) {
        return fail(made.error());
    }
    api::Sandbox sandbox{.name = options.name,
                         .dir = dir.string(),
                         .ca_file = (dir / "ca.crt").string(),
                         .username = "admin",
                         .password_file = (dir / "password").string(),
                         .replicas = {}};
    for (const auto& value : *made) {
        const auto entry = value.toObject();
        const auto field = [&](const char* key) {
            return entry.value(QLatin1String(key)).toString().toStdString();
        };
        sandbox.replicas.push_back({.id = field("id"),
                                    .name = field("name"),
                                    .url = field("url"),
                                    .http_url = field("http_url"),
                                    .pid = {},
                                    .data_dir = field("data_dir")});
        if (auto written = writePrivate(dir / (sandbox.replicas.back().name + ".conf"), replicaSettings());
            !written) {
            return fail(written.error());
        }
    }
    if (sandbox.replicas.empty()) {
        return failWith(ErrorCode::internal,
                        Text::tr("%1 made no replica").arg(shown(program.string() + " init")));
    }
    std::error_code error;
    fs::copy_file(fs::path(sandbox.replicas.front().data_dir) / "tls" / "cluster-ca.crt", sandbox.ca_file,
                  error);
    if (error) {
        return failWith(ErrorCode::internal,
                        Text::tr("cannot write %1: %2").arg(shown(sandbox.ca_file), shown(error.message())));
    }
    if (auto saved = save(sandbox); !saved) {
        return fail(saved.error());
    }
    return sandbox;
}

} // namespace

Result<api::Sandbox> create(const StartOptions& options, const fs::path& program,
                            const std::stop_token& cancel) {
    if (auto valid = checkName(options.name); !valid) {
        return fail(valid.error());
    }
    if (auto valid = checkCount(options); !valid) {
        return fail(valid.error());
    }
    const fs::path dir = fs::absolute(options.dir.empty() ? recordsFolder() / options.name : options.dir);
    std::error_code error;
    if (fs::exists(dir, error) && !fs::is_empty(dir, error)) {
        return failWith(ErrorCode::conflict, Text::tr("%1 is not empty").arg(shown(dir.string())),
                        Text::tr("Choose another folder with --dir"));
    }
    fs::create_directories(dir, error);
    fs::permissions(dir, fs::perms::owner_all, error);
    if (error) {
        return failWith(ErrorCode::internal,
                        Text::tr("cannot make %1: %2").arg(shown(dir.string()), shown(error.message())));
    }
    auto sandbox = createIn(dir, options, program, cancel);
    if (!sandbox) {
        fs::remove_all(dir, error); // it was empty before
    }
    return sandbox;
}

} // namespace pilothouse::sandbox
