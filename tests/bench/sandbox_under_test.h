// SPDX-License-Identifier: GPL-3.0-or-later
// A real sandbox in a folder of its own, made by the built pilothousectl as a person would.
#pragma once

#include "bench_process.h"

#include <QJsonObject>
#include <QTemporaryDir>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace pilothouse::bench {

struct RunningReplica {
    QString name;
    qint64 pid = 0;
    std::uint16_t httpsPort = 0;
};

// Removed by its destructor, data and processes.
class SandboxUnderTest {
public:
    SandboxUnderTest();
    ~SandboxUnderTest();
    SandboxUnderTest(const SandboxUnderTest&) = delete;
    SandboxUnderTest& operator=(const SandboxUnderTest&) = delete;

    // `sandbox start`: seconds from the command to its end, which is when the cluster is healthy. Nothing on
    // failure: see error().
    [[nodiscard]] std::optional<double> start(int replicas);
    // As they run now; empty on failure.
    [[nodiscard]] std::vector<RunningReplica> replicas();
    // SIGKILL to that replica's process, at the moment that is returned. Nothing when it does not run.
    [[nodiscard]] std::optional<Clock::time_point> kill(const QString& replica);
    // Starts the replica again; false on failure.
    [[nodiscard]] bool restart(const QString& replica);
    // `remove` of a replica from the cluster: seconds from the command to its end. Nothing on failure.
    [[nodiscard]] std::optional<double> removeReplica(const QString& replica);
    // One more replica that waits, and its `join` to the cluster: seconds from the command until it votes and
    // answers healthy. Nothing on failure.
    [[nodiscard]] std::optional<double> joinReplica(const QString& replica);
    // Stops everything and deletes it.
    [[nodiscard]] bool remove();

    [[nodiscard]] const QString& name() const { return m_name; }
    [[nodiscard]] const std::string& authority() const { return m_authority; } // PEM, once it was started
    // What the user admin logs in with, as the Authorization field has it.
    [[nodiscard]] std::string login() const;
    // Where the records of sandboxes are, for a program that shall find this one.
    [[nodiscard]] QString dataHome() const { return m_folder.filePath(QStringLiteral("data")); }
    [[nodiscard]] const std::string& error() const { return m_error; }

private:
    // `pilothousectl sandbox …`, and `pilothousectl …`.
    [[nodiscard]] Output control(const QStringList& arguments);
    [[nodiscard]] Output command(const QStringList& arguments);

    QTemporaryDir m_folder;
    QProcessEnvironment m_environment;
    std::vector<std::unique_ptr<Child>> m_joined; // replicas that are not the sandbox's
    QString m_name;
    bool m_exists = false;
    std::string m_authority;
    std::string m_password;
    std::string m_error;
};

// Prints the median and the slowest of several times, in seconds, each of a fresh sandbox that `once` starts
// and that is removed afterwards. `once`: the seconds, or nothing when it failed. Gives the exit code.
int printTimes(const std::string& name, int rounds, double limitSeconds,
               const std::function<std::optional<double>(SandboxUnderTest&, int round)>& once);

} // namespace pilothouse::bench
