// SPDX-License-Identifier: GPL-3.0-or-later
// What explains a finding, and what to do about it.
#include "domain/diagnosis.h"
#include "text/check_words.h"
#include "text/format.h"

#include <QCoreApplication>

#include <cstdlib>

namespace pilothouse::text {
namespace {

using domain::CauseId;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(diagnosis)
};

// A cause with typed access; a missing part gives an empty value.
class Why {
public:
    explicit Why(const api::Cause& cause) : m_cause(cause) {}

    [[nodiscard]] QString name() const { return nameAt(0); }
    [[nodiscard]] QString nameAt(std::size_t i) const {
        return i < m_cause.names.size() ? QString::fromStdString(m_cause.names[i]) : QString();
    }
    [[nodiscard]] QString names(std::size_t from = 1) const {
        QStringList result;
        for (std::size_t i = from; i < m_cause.names.size(); ++i) {
            result += QString::fromStdString(m_cause.names[i]);
        }
        return list(result);
    }
    [[nodiscard]] bool hasNames(std::size_t from = 1) const { return m_cause.names.size() > from; }
    [[nodiscard]] std::int64_t number(std::size_t i) const {
        return i < m_cause.numbers.size() ? m_cause.numbers[i] : 0;
    }
    [[nodiscard]] int quantity(std::size_t i) const { return static_cast<int>(number(i)); }
    [[nodiscard]] QString detail() const { return QString::fromStdString(m_cause.detail); }
    [[nodiscard]] QString port() const { return portWords(m_cause.detail); }
    [[nodiscard]] QString certificate() const { return certificateWords(m_cause.detail); }

private:
    const api::Cause& m_cause;
};

QString forget(const Why& why) {
    return QStringLiteral("pilothousectl forget ") + why.name();
}

Step lastResort(const Why& why) {
    return {Words::tr("If it never comes back, forget it, or replace it"),
            {},
            {forget(why), QStringLiteral("pilothousectl replace ") + why.name()}};
}

Step log() {
    return {
        Words::tr("Read its log on its host"), {}, {QStringLiteral("journalctl -u pilothouse-replica -e")}};
}

Step restart() {
    return {Words::tr("Restart it on its host"),
            {},
            {QStringLiteral("sudo systemctl restart pilothouse-replica")}};
}

CauseWords notRunning(const Why& why) {
    const Step start = why.number(0) == 1
                           ? Step{Words::tr("Start it again"),
                                  Words::tr("It is on this cluster’s one computer, as in a sandbox."),
                                  {QStringLiteral("pilothousectl sandbox start NAME")}}
                           : Step{Words::tr("Start it on its host"),
                                  {},
                                  {QStringLiteral("sudo systemctl start pilothouse-replica")}};
    return {Words::tr("%1 does not run").arg(why.name()),
            Words::tr("Its host answers, and its HTTPS port refuses: nobody listens there. Tried by %1.")
                .arg(why.names()),
            {start, log(), lastResort(why)}};
}

CauseWords hostSilent(const Why& why) {
    const bool alone = !why.detail().isEmpty(); // whether the host is there cannot be told
    return {
        alone ? Words::tr("%1 hangs, or its host is down or cut off").arg(why.name())
              : Words::tr("The host of %1 is most likely down, or cut off from the network").arg(why.name()),
        alone ? Words::tr("From its HTTPS port nothing comes back in time. Tried by %1.").arg(why.names())
              : Words::tr("All its ports are silent: neither a connection nor a refusal comes back. Tried "
                          "by %1.")
                    .arg(why.names()),
        {{Words::tr("Look whether its host has power and network"), {}, {}},
         {Words::tr("If it is on: look for a firewall on the way that drops everything"), {}, {}},
         lastResort(why)}};
}

CauseWords hostUnreachable(const Why& why) {
    return {Words::tr("There is no way to the host of %1").arg(why.name()),
            Words::tr("Its name is not known, or there is no route to it. Tried by %1.").arg(why.names()),
            {{Words::tr("Look at the name service and at the routes on the hosts that tried"), {}, {}},
             lastResort(why)}};
}

CauseWords hangs(const Why& why) {
    QString evidence =
        Words::tr("It takes connections at %1, and no answer comes: the process stands still, or "
                  "its host is far too busy. Tried by %2.")
            .arg(why.port(), why.names());
    if (why.number(0) == 1) {
        evidence += u' ' + Words::tr("Its engine answers, so its host is up.");
    }
    return {Words::tr("%1 hangs").arg(why.name()), evidence, {log(), restart()}};
}

CauseWords cutOff(const Why& why) {
    const bool both = why.detail() == QStringLiteral("both");
    return {both ? Words::tr("The link between %1 and %2 is cut").arg(why.name(), why.nameAt(1))
                 : Words::tr("%2 does not reach %1").arg(why.name(), why.nameAt(1)),
            both ? Words::tr("Neither gets anything back from any port of the other, while others do.")
                 : Words::tr("It gets nothing back from any of its ports, while the other way is open."),
            {{Words::tr("Look at the network and the firewalls between the two hosts"), {}, {}}}};
}

CauseWords firewall(const Why& why) {
    return {Words::tr("Most likely a firewall drops the packets to %1 of %2").arg(why.port(), why.name()),
            Words::tr("It is silent, while other ports of the same host answer or refuse. Tried by %1.")
                .arg(why.names()),
            {{Words::tr("Open it, from every other replica’s host"),
              {},
              {QStringLiteral("sudo nft list ruleset")}}}};
}

CauseWords portRefused(const Why& why) {
    return {
        Words::tr("Nobody listens on %1 of %2").arg(why.port(), why.name()),
        Words::tr("It refuses connections, while others of its ports answer. Tried by %1.").arg(why.names()),
        {log(), restart()}};
}

CauseWords wrongCertificate(const Why& why) {
    return {Words::tr("%1 and the others do not agree on certificates").arg(why.name()),
            Words::tr("The handshake at %1 fails, or somebody else answers there. Tried by %2.")
                .arg(why.port(), why.names()),
            {{Words::tr("Look at the clock of its host, and at what its certificates say"),
              {},
              {QStringLiteral("timedatectl"), QStringLiteral("sudo pilothouse-replica local status")}},
             log()}};
}

CauseWords unreached(CauseId id, const Why& why) {
    switch (id) {
    case CauseId::notFromHere:
        return {Words::tr("This computer does not reach %1, the other replicas do").arg(why.name()),
                Words::tr("From here, its HTTPS port: %1. Reached by %2.")
                    .arg(portStateWords(why.detail().toStdString()), why.names()),
                {{Words::tr("Look at the network between this computer and its host: the cluster itself is "
                            "not concerned"),
                  {},
                  {}}}};
    case CauseId::notRunning:
        return notRunning(why);
    case CauseId::hostSilent:
        return hostSilent(why);
    case CauseId::hostUnreachable:
        return hostUnreachable(why);
    case CauseId::hangs:
        return hangs(why);
    case CauseId::cutOff:
        return cutOff(why);
    case CauseId::firewall:
        return firewall(why);
    case CauseId::portRefused:
        return portRefused(why);
    case CauseId::wrongCertificate:
        return wrongCertificate(why);
    case CauseId::unanswered:
        return {
            Words::tr("%1 is reached, but has not examined itself in time").arg(why.name()),
            Words::tr("It answers small questions: most likely it is busy. Reached by %1.").arg(why.names()),
            {{Words::tr("Check again in a moment"),
              {},
              {QStringLiteral("pilothousectl diagnose ") + why.name()}},
             log()}};
    case CauseId::noWitness:
        return {Words::tr("Nobody else could try to reach %1").arg(why.name()),
                Words::tr("It gives no report, and no other replica does."),
                {log()}};
    default:
        break;
    }
    return {};
}

CauseWords ofDisk(CauseId id, const Why& why) {
    switch (id) {
    case CauseId::diskUnwritable:
        return {Words::tr("The disk of %1 cannot be written to").arg(why.name()),
                why.detail(),
                {{Words::tr("Look at the disk and at the rights of the data folder"),
                  {},
                  {QStringLiteral("dmesg | tail"), QStringLiteral("ls -ld /var/lib/pilothouse")}}}};
    case CauseId::diskFull:
        return {
            Words::tr("The disk of %1 is full").arg(why.name()),
            Words::tr("%1 are free, %2 should be at least.").arg(bytes(why.number(0)), bytes(why.number(1))),
            {{Words::tr("Make room on it, or enlarge it"),
              {},
              {QStringLiteral("df -h /var/lib/pilothouse"), QStringLiteral("pilothousectl repo gc")}}}};
    case CauseId::diskFills:
        return {Words::tr("The disk of %1 is full in %2 days", nullptr, why.quantity(1))
                    .arg(why.name(), count(why.number(1))),
                Words::tr("%1 are free, by how it has filled lately.").arg(bytes(why.number(0))),
                {{Words::tr("Enlarge it, or delete what is not needed"),
                  {},
                  {QStringLiteral("pilothousectl repo list")}}}};
    case CauseId::slowDisk:
        return {
            Words::tr("The disk of %1 is slow").arg(why.name()),
            Words::tr("Writing and syncing a small file takes %1; every change waits for that on a majority.")
                .arg(milliseconds(static_cast<double>(why.number(0)) / 1000)),
            {{Words::tr("Look what else uses that disk, or give the replica one of its own"),
              {},
              {QStringLiteral("iostat -x 1")}}}};
    case CauseId::databaseCorrupt:
        return {Words::tr("The engine of %1 has other data than the rest").arg(why.name()),
                Words::tr("Its engine says so itself (CORRUPT)."),
                {{Words::tr("Take it out of the cluster, and join its host anew"),
                  {},
                  {QStringLiteral("pilothousectl remove ") + why.name()}}}};
    case CauseId::databaseFull:
        return {Words::tr("The database of %1 is full").arg(why.name()),
                Words::tr("Its engine takes no changes any more (NOSPACE)."),
                {{Words::tr("Make room in it, on its host"),
                  {},
                  {QStringLiteral("sudo pilothouse-replica local defragment")}}}};
    case CauseId::databaseFills:
        return {Words::tr("The database of %1 is almost full").arg(why.name()),
                Words::tr("It has %1 of %2.").arg(bytes(why.number(0)), bytes(why.number(1))),
                {{Words::tr("Make room in it, on its host"),
                  {},
                  {QStringLiteral("sudo pilothouse-replica local defragment")}}}};
    default:
        break;
    }
    return {};
}

CauseWords ofHost(CauseId id, const Why& why) {
    switch (id) {
    case CauseId::certificateExpired:
        return {Words::tr("A certificate of %1 has expired").arg(why.names(0)),
                Words::tr("It expired %2 ago: %1.")
                    .arg(why.certificate(), duration(std::chrono::seconds(why.number(0)))),
                {log(), restart()}};
    case CauseId::certificateExpires:
        return {Words::tr("A certificate of %1 expires soon").arg(why.names(0)),
                Words::tr("It expires in %2: %1.")
                    .arg(why.certificate(), duration(std::chrono::seconds(why.number(0)))),
                {{Words::tr("Renew it before then; what a replica renews itself is due, and its log says why "
                            "it is not"),
                  {},
                  {QStringLiteral("journalctl -u pilothouse-replica -g certificate")}}}};
    case CauseId::clockOff: {
        const QString offset = duration(Milliseconds(std::abs(why.number(0))));
        return {why.number(0) > 0 ? Words::tr("The clock of %1 is %2 ahead").arg(why.name(), offset)
                                  : Words::tr("The clock of %1 is %2 behind").arg(why.name(), offset),
                Words::tr("Measured against %1.").arg(why.names()),
                {{Words::tr("Have it set by NTP on its host"),
                  {},
                  {QStringLiteral("timedatectl"), QStringLiteral("sudo timedatectl set-ntp true")}}}};
    }
    case CauseId::smallHost:
        return {Words::tr("The host of %1 is small").arg(why.name()),
                Words::tr("%1 cores, %2 of memory, %3 open files.", nullptr, why.quantity(0))
                    .arg(count(why.number(0)), bytes(why.number(1)), count(why.number(2))),
                {{Words::tr("Give it more: 2 cores, 1.1 GB and 4 096 open files at least"),
                  {},
                  {QStringLiteral("systemctl show pilothouse-replica -p LimitNOFILE")}}}};
    default:
        break;
    }
    return {};
}

CauseWords ofReplica(CauseId id, const Why& why) {
    switch (id) {
    case CauseId::leftBehind:
        return {Words::tr("%1 belongs to an earlier epoch").arg(why.name()),
                why.detail(),
                {{Words::tr("A repair left it behind: empty it, and join it anew"),
                  {},
                  {QStringLiteral("pilothousectl repair status")}}}};
    case CauseId::engineDown:
        return {Words::tr("The engine of %1 does not run").arg(why.name()), why.detail(), {log(), restart()}};
    case CauseId::readModelBehind:
        return {Words::tr("%1 is behind what the others have").arg(why.name()),
                why.detail(),
                {{Words::tr("Wait a moment; if it does not catch up, restart it"),
                  {},
                  {QStringLiteral("sudo systemctl restart pilothouse-replica")}}}};
    case CauseId::noMajority:
        return {Words::tr("No majority answers"),
                QStringLiteral("%1 %2")
                    .arg(Words::tr("%1 voters answer, %2 are needed: nothing can be changed.", nullptr,
                                   why.quantity(0))
                             .arg(count(why.number(0)), count(why.number(1))),
                         why.hasNames(0) ? Words::tr("Silent: %1.").arg(why.names(0)) : QString())
                    .trimmed(),
                {{Words::tr("Bring back those that do not answer"), {}, {}},
                 {Words::tr("Only if they never come back, repair from one that answers"),
                  Words::tr("What only they accepted is lost then."),
                  {QStringLiteral("pilothousectl repair --dry-run")},
                  true}}};
    case CauseId::starting:
        return {Words::tr("%1 is starting").arg(why.name()),
                why.detail(),
                {{Words::tr("Wait a moment; if it stays so, read its log"),
                  {},
                  {QStringLiteral("journalctl -u pilothouse-replica -e")}}}};
    case CauseId::notWell:
        return {Words::tr("%1 is not well").arg(why.name()), why.detail(), {log()}};
    case CauseId::behind:
        return {
            Words::tr("%1 lacks %2 blobs", nullptr, why.quantity(0)).arg(why.name(), count(why.number(0))),
            Words::tr("%1, which it copies from the others by itself.").arg(bytes(why.number(1))),
            {{Words::tr("Wait until they are there, and change nothing else meanwhile"),
              {},
              {QStringLiteral("pilothousectl status")}}}};
    case CauseId::drained:
        return {Words::tr("%1 is drained").arg(why.name()),
                Words::tr("It takes no traffic from the load balancer, as somebody wanted."),
                {{Words::tr("Undrain it when the reason is over"),
                  {},
                  {QStringLiteral("pilothousectl drain %1 --off").arg(why.name())}}}};
    default:
        break;
    }
    return {};
}

} // namespace

CauseWords causeWords(const api::Cause& cause) {
    const auto known = domain::causeIdOf(cause.cause);
    if (!known) {
        return {QString::fromStdString(cause.cause), QString::fromStdString(cause.detail), {}};
    }
    const Why why(cause);
    for (const auto words : {unreached, ofDisk, ofHost, ofReplica}) {
        if (auto found = words(*known, why); !found.title.isEmpty()) {
            return found;
        }
    }
    return {QString::fromStdString(cause.cause), QString::fromStdString(cause.detail), {}};
}

} // namespace pilothouse::text
