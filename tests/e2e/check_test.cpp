// SPDX-License-Identifier: GPL-3.0-or-later
// Real clusters examine themselves, whole and with one that is dead, frozen or cut off.
#include "operation_fixture.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <csignal>

namespace pilothouse::test {

using namespace std::chrono_literals;

class Check : public Operation {
protected:
    struct Found {
        int exitCode = -1;
        qint64 tookMs = 0;
        QJsonObject check;
        QString text; // of it all, to be printed
        [[nodiscard]] QJsonObject cause(qsizetype i) const {
            return check.value(QLatin1String("causes")).toArray().at(i).toObject();
        }
        [[nodiscard]] QString causeName(qsizetype i) const {
            return cause(i)[QLatin1String("cause")].toString();
        }
        [[nodiscard]] QStringList names(qsizetype i) const {
            return cause(i)[QLatin1String("names")].toVariant().toStringList();
        }
        [[nodiscard]] QJsonObject finding(const char* name) const {
            for (const auto& each : check.value(QLatin1String("findings")).toArray()) {
                if (each.toObject()[QLatin1String("check")] == QLatin1String(name)) {
                    return each.toObject();
                }
            }
            return {};
        }
    };
    Found find(const QStringList& words) {
        QElapsedTimer timer;
        timer.start();
        const auto result = ctl(atCluster(words + QStringList{QStringLiteral("--json")}));
        Found found{result.exitCode, timer.elapsed(), QJsonDocument::fromJson(result.out.toUtf8()).object(),
                    result.err + result.out};
        std::printf("%s: %lld ms, %s\n", qPrintable(words.join(u' ')), static_cast<long long>(found.tookMs),
                    qPrintable(found.causeName(0)));
        return found;
    }
    Found diagnose(const QString& name) { return find({QStringLiteral("diagnose"), name}); }
    static QString reg(int number) { return QStringLiteral("reg-%1").arg(number); }
};

// What this computer makes true of any cluster on it.
bool isOfThisComputer(const QString& check) {
    return QStringList{QStringLiteral("own_machine"), QStringLiteral("disk_space"),
                       QStringLiteral("disk_speed"), QStringLiteral("resources")}
        .contains(check);
}

TEST_F(Check, NothingStandsAgainstAWellCluster) {
    up(3);
    const auto found = find({QStringLiteral("check")});
    const auto findings = found.check.value(QLatin1String("findings")).toArray();
    EXPECT_GE(findings.size(), 15) << found.text.toStdString();
    bool ownAttention = false;
    for (const auto& each : findings) {
        const auto name = each.toObject()[QLatin1String("check")].toString();
        const auto severity = each.toObject()[QLatin1String("severity")].toString();
        const bool fine = severity == QStringLiteral("passed") || severity == QStringLiteral("information");
        ownAttention = ownAttention || !fine;
        EXPECT_TRUE(fine || isOfThisComputer(name)) << found.text.toStdString();
    }
    EXPECT_EQ(found.exitCode, ownAttention ? 1 : 0) << found.text.toStdString();
    EXPECT_EQ(found.finding("own_machine")[QLatin1String("severity")], QStringLiteral("information"));
    EXPECT_EQ(found.finding("paths")[QLatin1String("numbers")].toArray(), (QJsonArray{18, 18}));
    EXPECT_EQ(found.check[QLatin1String("answered")].toArray().size(), 3);

    const QString report = path(QStringLiteral("check.md"));
    const auto told = ctl(atCluster(
        {QStringLiteral("check"), QStringLiteral("--replica"), reg(2), QStringLiteral("--report"), report}));
    QFile file(report);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly)) << told.err.toStdString();
    const auto markdown = file.readAll();
    EXPECT_TRUE(markdown.startsWith("# Diagnosis of reg-2\n")) << markdown.toStdString();
    EXPECT_TRUE(markdown.contains("**All ways between them are open**")) << markdown.toStdString();
    const auto unknown = ctl(atCluster({QStringLiteral("diagnose"), QStringLiteral("reg-9")}));
    EXPECT_EQ(unknown.exitCode, 1);
    EXPECT_TRUE(unknown.err.contains(QStringLiteral("there is no replica \"reg-9\"")))
        << unknown.err.toStdString();
}

// Its port refuses at once; one that is frozen takes the connection and says nothing.
TEST_F(Check, TellsADeadReplicaFromAFrozenOne) {
    up(3);
    kill9(reg(2));
    const auto dead = diagnose(reg(2));
    EXPECT_EQ(dead.exitCode, 1) << dead.text.toStdString();
    EXPECT_LT(dead.tookMs, 10'000);
    EXPECT_EQ(dead.causeName(0), QStringLiteral("not_running")) << dead.text.toStdString();
    EXPECT_EQ(dead.names(0), (QStringList{reg(2), reg(1), reg(3)})) << dead.text.toStdString();
    EXPECT_EQ(dead.finding("replica_answers")[QLatin1String("detail")], QStringLiteral("refused"));
    EXPECT_EQ(dead.finding("quorum")[QLatin1String("severity")], QStringLiteral("passed"));

    serve(reg(2));
    waitFor("it is back", [&] { return pingOf(reg(2)) == 200; });
    waitFor("nothing stands against it",
            [&] { return diagnose(reg(2)).check.value(QLatin1String("causes")).toArray().isEmpty(); });

    signal(reg(3), SIGSTOP);
    const auto frozen = diagnose(reg(3));
    EXPECT_EQ(frozen.exitCode, 1) << frozen.text.toStdString();
    EXPECT_LT(frozen.tookMs, 10'000);
    EXPECT_EQ(frozen.causeName(0), QStringLiteral("hangs")) << frozen.text.toStdString();
    EXPECT_EQ(frozen.names(0), (QStringList{reg(3), reg(1), reg(2)})) << frozen.text.toStdString();
    EXPECT_EQ(frozen.cause(0)[QLatin1String("numbers")].toArray(), QJsonArray{1})
        << "its engine was not frozen";
    EXPECT_EQ(frozen.finding("replica_answers")[QLatin1String("detail")], QStringLiteral("hangs"));

    // And without a majority: the last one tells of both.
    kill9(reg(2));
    const auto alone = find({QStringLiteral("check")});
    EXPECT_EQ(alone.exitCode, 1) << alone.text.toStdString();
    EXPECT_LT(alone.tookMs, 10'000);
    EXPECT_EQ(alone.causeName(0), QStringLiteral("not_running")) << alone.text.toStdString();
    EXPECT_EQ(alone.causeName(1), QStringLiteral("hangs")) << alone.text.toStdString();
    signal(reg(3), SIGCONT);
}

// Nobody is left: what this computer itself sees is said.
TEST_F(Check, WhenNobodyAnswersItSaysWhatIsSeenFromHere) {
    up(1);
    const auto words = atCluster({QStringLiteral("check"), QStringLiteral("--json")});
    kill9(reg(1));
    const auto result = ctl(words);
    EXPECT_EQ(result.exitCode, 1);
    const auto check = QJsonDocument::fromJson(result.out.toUtf8()).object();
    EXPECT_TRUE(check.value(QLatin1String("answered")).toArray().isEmpty()) << result.out.toStdString();
    EXPECT_EQ(check.value(QLatin1String("causes")).toArray().at(0)[QLatin1String("cause")],
              QStringLiteral("not_running"))
        << result.out.toStdString() << result.err.toStdString();
}

// A link that carries nothing: its ends say so of each other, or one alone when it is the one that is asked
// and the other cannot tell it. All others reach both. The plain ports are not behind the net, so they refuse
// from the start.
TEST_F(Check, NamesALinkThatIsCut) {
    up(3, true);
    const auto ends = [](const Found& found) {
        QStringList closed;
        const auto names = found.finding("paths")[QLatin1String("names")].toVariant().toStringList();
        for (qsizetype i = 0; i + 3 < names.size(); i += 4) {
            if (names[i + 2] != QStringLiteral("http")) {
                closed += names[i] + u'-' + names[i + 1];
            }
        }
        closed.removeDuplicates();
        closed.sort();
        return closed;
    };
    const QStringList both{QStringLiteral("reg-1-reg-3"), QStringLiteral("reg-3-reg-1")};
    m_net->cutBothWays(number(reg(1)), number(reg(3)));
    Found found;
    waitFor("the link's ends say so", [&] {
        found = find({QStringLiteral("check")});
        const auto closed = ends(found);
        const auto answered = found.check.value(QLatin1String("answered")).toArray();
        return answered.contains(reg(2)) && !closed.isEmpty() &&
               std::all_of(closed.begin(), closed.end(),
                           [&](const QString& way) { return both.contains(way); });
    });
    EXPECT_EQ(found.exitCode, 1) << found.text.toStdString();
    EXPECT_NE(found.causeName(0), QStringLiteral("hangs"))
        << "others reach both: " << found.text.toStdString();
    m_net->heal();
    waitFor("all is well again", [&] { return ends(find({QStringLiteral("check")})).isEmpty(); });
}

} // namespace pilothouse::test
