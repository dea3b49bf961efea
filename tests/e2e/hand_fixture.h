// SPDX-License-Identifier: GPL-3.0-or-later
// A cluster made by hand: `pilothouse-replica init`, `serve`, `token` and `join`, as a person types them.
#pragma once

#include "cluster_fixture.h"
#include "faulty_net.h"

#include <QProcess>

#include <map>
#include <memory>

namespace pilothouse::test {

struct Hand {
    QString name;
    QString id; // known once its folder is complete
    QString dir;
    QString listenHost; // empty: as the advertised host
    std::uint16_t https = 0;
    std::uint16_t http = 0;
    std::uint16_t engine = 0;
    std::uint16_t peer = 0;
    [[nodiscard]] QString url() const { return QStringLiteral("https://127.0.0.1:%1").arg(https); }
    [[nodiscard]] QString httpUrl() const {
        return QStringLiteral("http://%1:%2")
            .arg(listenHost.isEmpty() ? QStringLiteral("127.0.0.1") : listenHost)
            .arg(http);
    }
};

class HandFixture : public ClusterFixture {
protected:
    // Prints the logs of a failed test, ends all replicas.
    void TearDown() override;

    // `pilothouse-replica`, to its end.
    [[nodiscard]] CtlResult replica(const QStringList& arguments, const QString& input = {});

    // Ports and a folder for one more replica, called reg-N.
    Hand& plan();
    // `init --members` for the planned ones.
    void init();
    // Plans so many and makes their folders, behind a FaultyNet if wanted; then serves them and waits for
    // health.
    void planAndInit(int replicas, bool behindNet);
    void serveAll();
    // Both: `init` of so many, all of them served and healthy; behind a FaultyNet if wanted.
    void up(int replicas, bool behindNet = false);

    // `serve`, which goes on until the test ends it. `wrapper`: a command that runs it.
    void serve(const QString& name, const QStringList& more = {}, const QStringList& wrapper = {});
    // `serve` on an empty folder, which shows a setup code and waits to be joined.
    void serveToJoin(const Hand& next);
    // The same, until it waits.
    void serveWaiting(const Hand& next);
    [[nodiscard]] static QString setupCodeFile(const Hand& next);
    // A wrapper, for root: the replica has a disk of 256 MiB of its own, with what its folder holds now.
    [[nodiscard]] static QStringList onSmallDisk(const Hand& hand);
    // `serve` that is expected to end by itself: how it did, with its log.
    [[nodiscard]] CtlResult serveToItsEnd(const QString& name, const QStringList& more = {},
                                          const QStringList& wrapper = {});
    void kill9(const QString& name);
    // SIGTERM, and its exit code.
    [[nodiscard]] int stop(const QString& name);
    void signal(const QString& name, int signal);
    [[nodiscard]] qint64 pidOf(const QString& name) const { return m_served.at(name)->processId(); }
    [[nodiscard]] bool isServed(const QString& name) const;
    [[nodiscard]] QString log(const QString& name) const;

    [[nodiscard]] Hand& hand(const QString& name);
    [[nodiscard]] std::optional<qint64> enginePid(const QString& name);
    [[nodiscard]] QString nameOfLeader();
    [[nodiscard]] QStringList namesWithout(const QString& one) const;
    // How the process that has it numbers a replica for the FaultyNet.
    [[nodiscard]] int number(const QString& name) const;
    [[nodiscard]] HttpAnswer addUser(const QString& through, const QString& user);
    [[nodiscard]] QByteArray usersAt(const QString& name);
    // `token` on the first replica's host, for a replica that plan() has given ports to; its line.
    [[nodiscard]] QString tokenFor(const Hand& next);
    // `join` on its host.
    [[nodiscard]] static QStringList joinArguments(const Hand& next);
    [[nodiscard]] CtlResult join(const Hand& next, const QString& token);
    // Takes the id that the folder has got.
    void takeId(Hand& next);
    // Plans one more, and goes all the way until it votes.
    void joinOneMore();
    [[nodiscard]] bool votes(const QString& name, const QString& by);
    void waitForVote(const QString& name);

    // GET /api/v0/cluster of that replica, by its own port rather than through the net.
    [[nodiscard]] QJsonObject clusterAt(const QString& name);
    // What it says of a peer: the object of `peers`.
    [[nodiscard]] QJsonObject peerAt(const QString& name, const QString& peer);
    // POST /v3/METHOD to the engine of a running replica, with the certificate in its folder.
    [[nodiscard]] HttpAnswer askEngine(const QString& name, const QString& method, const QByteArray& body);
    [[nodiscard]] int pingOf(const QString& name);

    // From the first that is served.
    [[nodiscard]] QJsonObject status() override;

    std::vector<std::unique_ptr<Hand>> m_hands;
    std::unique_ptr<FaultyNet> m_net;

private:
    [[nodiscard]] std::unique_ptr<QProcess> process(const QString& name, const QStringList& more,
                                                    const QStringList& wrapper);
    void startNet();
    std::map<QString, std::unique_ptr<QProcess>> m_served;
};

} // namespace pilothouse::test
