// SPDX-License-Identifier: GPL-3.0-or-later
// A real cluster on this computer for one test, made by `pilothousectl sandbox start`.
#pragma once

#include "cluster_fixture.h"

namespace pilothouse::test {

class SandboxFixture : public ClusterFixture {
protected:
    void SetUp() override;
    // Removes the sandbox; prints the replicas' logs when the test failed.
    void TearDown() override;

    // `pilothousectl sandbox start` with a check that it worked.
    void start(int replicas = 3);
    // Again, of the same sandbox: those of its replicas that do not run.
    void startAgain();
    // `pilothousectl status --json` of the sandbox by its name: any member may be dead.
    [[nodiscard]] QJsonObject status() override;
    [[nodiscard]] QJsonObject statusByUrl(const QString& seed) { return statusFrom(url(seed)); }
    // POST /api/v0/users through that replica.
    [[nodiscard]] HttpAnswer addUser(const QString& through, const QString& user);
    // What GET /api/v0/users of that replica says.
    [[nodiscard]] QByteArray usersAt(const QString& replica);

    [[nodiscard]] QString url(const QString& replica) const;
    [[nodiscard]] QString httpUrl(const QString& replica) const;
    [[nodiscard]] QString dataDir(const QString& replica) const;
    [[nodiscard]] QString idOf(const QString& replica) const;
    [[nodiscard]] QString nameOfLeader();
    [[nodiscard]] QString aFollower();
    [[nodiscard]] std::optional<qint64> replicaPid(const QString& replica) const;
    [[nodiscard]] std::optional<qint64> enginePid(const QString& replica) const;
    void signalReplica(const QString& replica, int signal);
    [[nodiscard]] QStringList names() const;

    QJsonObject m_sandbox; // what `sandbox start --json` printed
    QString m_name;

private:
    [[nodiscard]] QJsonObject replica(const QString& name) const;
};

} // namespace pilothouse::test
