// SPDX-License-Identifier: GPL-3.0-or-later
// Links fail while every process runs: partitions, one-way cuts, black holes, an observer that is cut off.
#include "hand_fixture.h"

#include <QJsonArray>

#include <csignal>

namespace pilothouse::test {

using namespace std::chrono_literals;
using Port = FaultyNet::Port;

class Network : public HandFixture {
protected:
    void cutFromOthers(const QString& one, std::optional<Port> only = std::nullopt) {
        for (const auto& other : namesWithout(one)) {
            m_net->cutBothWays(number(one), number(other), only);
        }
    }
    // That a write is refused, and soon.
    void expectRefused(const QString& through, const QString& user) {
        const auto asked = std::chrono::steady_clock::now();
        const auto answer = addUser(through, user);
        const auto took = std::chrono::steady_clock::now() - asked;
        EXPECT_EQ(answer.status, 503) << answer.body.toStdString();
        EXPECT_LT(took, 2s) << "a write without quorum must be refused";
    }
    void expectOnAll(const QByteArray& user) {
        for (const auto& each : m_hands) {
            EXPECT_TRUE(usersAt(each->name).contains('"' + user + '"'))
                << user.toStdString() << " is not on " << each->name.toStdString();
        }
    }
    QString aFollower() { return namesWithout(nameOfLeader()).front(); }
    void healAndWait() {
        m_net->heal();
        waitForStatus(
            "healthy, and of one mind",
            [](const QJsonObject& s) {
                return s[QLatin1String("verdict")] == QStringLiteral("healthy") &&
                       !s[QLatin1String("disagreement")].toBool();
            },
            40s);
    }
    static QString sentence(const QJsonObject& status) {
        return status[QLatin1String("sentence")].toString();
    }
    // What that replica claims: no leader, no quorum.
    static bool claimsNothing(const QJsonObject& status, const QString& id) {
        const auto views = status[QLatin1String("views")].toArray();
        return std::any_of(views.begin(), views.end(), [&](const auto& view) {
            return view[QLatin1String("observer")] == id && view[QLatin1String("leader")].isNull() &&
                   view[QLatin1String("quorum")] == false;
        });
    }
    // No replica is called healthy that is not heard now, and a leader is claimed by those who see one only.
    static void expectNothingStaleIsGreen(const QJsonObject& status, const QStringList& lost) {
        for (const auto& name : lost) {
            const auto replica = replicaIn(status, name);
            EXPECT_NE(replica[QLatin1String("healthy")], true) << printed(status).toStdString();
            EXPECT_NE(replica[QLatin1String("state")], QStringLiteral("healthy"))
                << printed(status).toStdString();
        }
    }
};

TEST_F(Network, AFollowerOnTheMinoritySideOfAPartition) {
    up(3, true);
    const auto leader = nameOfLeader();
    const auto lost = aFollower();
    const auto term = status()[QLatin1String("term")].toInt();
    cutFromOthers(lost);
    waitForStatus("one failure is used up, and the one that is cut off says so", [&](const QJsonObject& s) {
        return s[QLatin1String("verdict")] == QStringLiteral("at-risk") && claimsNothing(s, hand(lost).id);
    });
    waitFor("its health address says so", [&] { return pingOf(lost) == 503; });
    const auto seen =
        statusFrom(hand(lost).url()); // the seed is on the wrong side; all are asked all the same
    const auto text = printed(seen).toStdString();
    EXPECT_EQ(seen[QLatin1String("disagreement")], true) << text;
    EXPECT_EQ(seen[QLatin1String("verdict")], QStringLiteral("at-risk")) << text;
    EXPECT_EQ(seen[QLatin1String("leader")], hand(leader).id) << text;
    EXPECT_EQ(seen[QLatin1String("healthy_voters")], 2) << text;
    EXPECT_EQ(seen[QLatin1String("tolerates")], 0) << text;
    EXPECT_EQ(seen[QLatin1String("views")].toArray().size(), 3) << "each side's claim is shown\n" << text;
    EXPECT_TRUE(sentence(seen).contains(lost)) << text;
    expectNothingStaleIsGreen(seen, {lost});
    for (const auto& value : seen[QLatin1String("views")].toArray()) {
        const bool cutOff = value[QLatin1String("observer")].toString() == hand(lost).id;
        EXPECT_EQ(value[QLatin1String("leader")].isNull(), cutOff) << text;
        EXPECT_EQ(value[QLatin1String("quorum")].toBool(), !cutOff) << text;
    }
    expectRefused(lost, QStringLiteral("refused"));
    EXPECT_EQ(addUser(leader, QStringLiteral("during-partition")).status, 201);
    healAndWait();
    expectOnAll("during-partition");
    EXPECT_EQ(nameOfLeader(), leader) << "one that comes back must not disturb the others";
    EXPECT_EQ(status()[QLatin1String("term")].toInt(), term) << "pre-vote keeps the term";
    for (const auto& each : m_hands) {
        EXPECT_FALSE(usersAt(each->name).contains("\"refused\"")) << "a write that was refused has happened";
    }
}

TEST_F(Network, TheLeaderOnTheMinoritySideOfAPartition) {
    up(3, true);
    const auto before = nameOfLeader();
    const auto term = status()[QLatin1String("term")].toInt();
    cutFromOthers(before);
    const auto seen = waitForStatus("the others elect another, the old one steps back", [&](const auto& s) {
        return s[QLatin1String("leader")].isString() && s[QLatin1String("leader")] != hand(before).id &&
               s[QLatin1String("term")].toInt() > term && s[QLatin1String("healthy_voters")] == 2 &&
               claimsNothing(s, hand(before).id);
    });
    waitFor("the old leader's health address says so", [&] { return pingOf(before) == 503; });
    EXPECT_EQ(seen[QLatin1String("verdict")], QStringLiteral("at-risk")) << printed(seen).toStdString();
    EXPECT_TRUE(sentence(seen).contains(before)) << printed(seen).toStdString();
    expectNothingStaleIsGreen(seen, {before});
    expectRefused(before, QStringLiteral("refused"));
    EXPECT_EQ(addUser(namesWithout(before).front(), QStringLiteral("by-the-majority")).status, 201);
    healAndWait();
    expectOnAll("by-the-majority");
    EXPECT_NE(nameOfLeader(), before);
}

// The link that this computer needs is cut, the cluster is well.
TEST_F(Network, AnObserverWhoReachesOneOfThreeBelievesTheOneThatHasQuorum) {
    up(3, true);
    const auto near = QStringLiteral("reg-1");
    for (const auto& far : namesWithout(near)) {
        m_net->cutBothWays(FaultyNet::outside, number(far));
    }
    const auto seen = statusFrom(hand(near).url());
    const auto text = printed(seen).toStdString();
    EXPECT_EQ(seen[QLatin1String("voters")], 3) << text;
    EXPECT_NE(seen[QLatin1String("verdict")], QStringLiteral("no-quorum")) << text;
    EXPECT_NE(seen[QLatin1String("verdict")], QStringLiteral("unreachable")) << text;
    EXPECT_EQ(seen[QLatin1String("tolerates")], 1) << text;
    EXPECT_TRUE(seen[QLatin1String("leader")].isString()) << text;
    EXPECT_TRUE(sentence(seen).contains(QStringLiteral("reg-2")) &&
                sentence(seen).contains(QStringLiteral("reg-3")))
        << text;
    EXPECT_TRUE(sentence(seen).contains(QStringLiteral("ot reachable from here"))) << text;
    EXPECT_EQ(seen[QLatin1String("views")].toArray().size(), 1) << "only what was said to us is a view\n"
                                                                << text;
    for (const auto& far : namesWithout(near)) {
        const auto replica = replicaIn(seen, far);
        EXPECT_EQ(replica[QLatin1String("reachable")], false) << text;
        EXPECT_EQ(replica[QLatin1String("state")], QStringLiteral("told-by-peers")) << text;
        EXPECT_EQ(replica[QLatin1String("observed_by")], hand(near).id) << "whose word it is\n" << text;
    }
    m_net->heal();
    waitForVerdict(QStringLiteral("healthy"));
}

TEST_F(Network, AnObserverWhoReachesNobodySaysThatAndNothingElse) {
    up(3, true);
    for (const auto& each : m_hands) {
        m_net->cutBothWays(FaultyNet::outside, number(each->name));
    }
    const auto result = statusText(m_hands.front()->url());
    EXPECT_EQ(result.exitCode, 3) << result.out.toStdString() << result.err.toStdString();
    const auto seen = status();
    EXPECT_EQ(seen[QLatin1String("verdict")], QStringLiteral("unreachable")) << printed(seen).toStdString();
    EXPECT_TRUE(seen[QLatin1String("leader")].isNull());
    EXPECT_EQ(seen[QLatin1String("healthy_voters")], 0) << printed(seen).toStdString();
    EXPECT_FALSE(sentence(seen).isEmpty());
    m_net->heal();
    waitForVerdict(QStringLiteral("healthy"));
    const auto kinds = eventKinds(m_hands.front()->url());
    EXPECT_FALSE(kinds.contains(QStringLiteral("quorum-lost")) ||
                 kinds.contains(QStringLiteral("replica-lost")))
        << "our own link is no event of the cluster: " << kinds.join(u' ').toStdString();
}

TEST_F(Network, AOneWayCutFromTheLeaderToAFollower) {
    up(3, true);
    const auto leader = nameOfLeader();
    const auto deaf = aFollower();
    m_net->cut(number(leader), number(deaf));
    waitForStatus("it is not called healthy", [](const QJsonObject& s) {
        return s[QLatin1String("verdict")] == QStringLiteral("at-risk") ||
               s[QLatin1String("verdict")] == QStringLiteral("degraded");
    });
    const auto other =
        namesWithout(leader).front() == deaf ? namesWithout(leader).back() : namesWithout(leader).front();
    EXPECT_EQ(addUser(other, QStringLiteral("one-way")).status, 201) << "the other two go on";
    healAndWait();
    expectOnAll("one-way");
}

TEST_F(Network, AOneWayCutFromAFollowerToTheLeader) {
    up(3, true);
    const auto leader = nameOfLeader();
    const auto mute = aFollower();
    m_net->cut(number(mute), number(leader));
    waitForStatus("it is not called healthy", [](const QJsonObject& s) {
        return s[QLatin1String("verdict")] == QStringLiteral("at-risk") ||
               s[QLatin1String("verdict")] == QStringLiteral("degraded");
    });
    EXPECT_EQ(addUser(leader, QStringLiteral("one-way")).status, 201) << "the other two go on";
    healAndWait();
    expectOnAll("one-way");
}

// The engines' port of one replica is a black hole, 443 works: it answers everybody, and sees no leader.
TEST_F(Network, TheEnginePortOfAFollowerIsABlackHole) {
    up(3, true);
    const auto lost = aFollower();
    cutFromOthers(lost, Port::engine);
    const auto seen = waitForStatus("one failure is used up, and it says so itself", [&](const auto& s) {
        return s[QLatin1String("verdict")] == QStringLiteral("at-risk") && claimsNothing(s, hand(lost).id);
    });
    waitFor("its health address says so", [&] { return pingOf(lost) == 503; });
    EXPECT_EQ(replicaIn(seen, lost)[QLatin1String("reachable")], true) << printed(seen).toStdString();
    expectNothingStaleIsGreen(seen, {lost});
    EXPECT_EQ(seen[QLatin1String("disagreement")], true) << printed(seen).toStdString();
    EXPECT_TRUE(sentence(seen).contains(lost)) << printed(seen).toStdString();
    expectRefused(lost, QStringLiteral("refused"));
    healAndWait();
}

// 443 of one replica is a black hole to everybody, the engines' port works: it still votes.
TEST_F(Network, TheHttpsPortOfAFollowerIsABlackHole) {
    up(3, true);
    const auto silent = aFollower();
    cutFromOthers(silent, Port::https);
    m_net->cutBothWays(FaultyNet::outside, number(silent), Port::https);
    const auto other = namesWithout(silent).front();
    waitFor("both peers say that its engine answers", [&] {
        const auto near = namesWithout(silent);
        return std::all_of(near.begin(), near.end(), [&](const auto& name) {
            const auto peer = peerAt(name, silent);
            return peer[QLatin1String("reach")] == QStringLiteral("timeout") &&
                   peer[QLatin1String("engine_answers")] == true;
        });
    });
    const auto seen = statusFrom(hand(other).url());
    EXPECT_EQ(replicaIn(seen, silent)[QLatin1String("reachable")], false) << printed(seen).toStdString();
    expectNothingStaleIsGreen(seen, {silent});
    EXPECT_EQ(seen[QLatin1String("tolerates")], 1) << "its vote counts\n" << printed(seen).toStdString();
    EXPECT_TRUE(statusText(hand(other).url()).out.contains(QStringLiteral("not answering, still voting")));
    EXPECT_EQ(addUser(other, QStringLiteral("meanwhile")).status, 201);
    healAndWait();
    expectOnAll("meanwhile");
}

} // namespace pilothouse::test
