// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/check.h"
#include "domain/cluster_check.h"
#include "domain/diagnosis.h"
#include "print.h"
#include "text/check_words.h"
#include "text/operation_words.h"
#include "text/sentence.h"
#include "words_for_all.h"

#include <QCoreApplication>
#include <QLocale>

#include <gtest/gtest.h>

namespace pilothouse::text {
namespace {

// With the translations installed: they hold the English plurals.
class CheckWords : public testing::Test {
protected:
    CheckWords() {
        QLocale::setDefault(QLocale::c());
        installTranslations();
    }
    ~CheckWords() override { QLocale::setDefault(m_before); }

private:
    QLocale m_before;
    int m_argc = 1;
    char m_name[5] = "test";
    char* m_argv[2] = {m_name, nullptr};
    QCoreApplication m_application{m_argc, m_argv};
};

std::vector<std::string> checksOfACluster() {
    std::vector<std::string> names;
    for (int i = static_cast<int>(domain::CheckId::replicaAnswers);
         i <= static_cast<int>(domain::CheckId::copies); ++i) {
        names.emplace_back(nameOf(static_cast<domain::CheckId>(i)));
    }
    return names;
}

TEST_F(CheckWords, EveryFindingSaysWhatToDoAndWhereMoreIsSaid) {
    EXPECT_EQ(checksOfACluster().size(), 17U);
    for (const auto& check : checksOfACluster()) {
        for (const auto& severity : allNames(domain::Severity::blocks)) {
            const auto words = findingWords({check, severity, {"reg-1", "reg-2"}, {2, 3, 4, 5, 6}, "silent"});
            EXPECT_TRUE(isWhole(words.title)) << check << ' ' << severity;
            EXPECT_FALSE(words.evidence.contains(QLatin1Char('%'))) << check << ' ' << severity;
            EXPECT_EQ(words.reference,
                      QStringLiteral("man pilothousectl, CHECKS, ") + QString::fromStdString(check));
            EXPECT_EQ(words.fix.isEmpty(), severity == "passed") << check << ' ' << severity;
            EXPECT_FALSE(words.fix.contains(QLatin1Char('%'))) << check;
        }
        EXPECT_FALSE(findingWords({check, "blocks", {}, {}, {}}).title.isEmpty()) << check;
    }
}

TEST_F(CheckWords, EveryCauseSaysWhatSaysSoAndWhatToDo) {
    for (const auto& cause : allNames(domain::CauseId::drained)) {
        const auto words = causeWords({cause, {"reg-2", "reg-1", "reg-3"}, {3, 4, 5}, "https"});
        EXPECT_TRUE(isWhole(words.title)) << cause;
        EXPECT_NE(words.title, QString::fromStdString(cause));
        EXPECT_TRUE(isWhole(words.evidence)) << cause;
        ASSERT_FALSE(words.next.isEmpty()) << cause;
        for (const Step& step : words.next) {
            EXPECT_TRUE(isWhole(step.title)) << cause;
            EXPECT_FALSE(step.title.endsWith(QLatin1Char('.'))) << cause << ": it is a title";
        }
        EXPECT_FALSE(causeWords({cause, {}, {}, {}}).title.isEmpty()) << cause << ": a missing part is a gap";
    }
    EXPECT_EQ(causeWords({"a_new_cause", {"reg-1"}, {}, "because"}).evidence, QStringLiteral("because"));
}

TEST_F(CheckWords, AGuessSaysThatItIsOne) {
    for (const char* guess : {"host_silent", "firewall"}) {
        const auto words =
            causeWords({guess, {"reg-2", "reg-1"}, {}, guess == std::string("firewall") ? "engine" : ""});
        EXPECT_TRUE(words.title.contains(QStringLiteral("ost likely"))) << words.title.toStdString();
    }
    const auto dead = causeWords({"not_running", {"reg-2", "reg-1", "reg-3"}, {0}, {}});
    EXPECT_EQ(dead.title, QStringLiteral("reg-2 does not run"));
    EXPECT_EQ(dead.evidence,
              QStringLiteral("Its host answers, and its HTTPS port refuses: nobody listens there. "
                             "Tried by reg-1 and reg-3."));
    EXPECT_EQ(dead.next.front().commands,
              QStringList{QStringLiteral("sudo systemctl start pilothouse-replica")});
}

TEST_F(CheckWords, ThereAreSomeForEveryPortAndState) {
    for (const auto& state : allNames(domain::PortState::rejected)) {
        EXPECT_TRUE(isWhole(portStateWords(state))) << state;
    }
    EXPECT_EQ(portStateWords("a_new_state"), QStringLiteral("a_new_state"));
    EXPECT_EQ(portWords("engine"), QStringLiteral("the engine’s port"));
    EXPECT_EQ(portWords("a_new_port"), QStringLiteral("a_new_port"));
    for (const char* use : {"node", "client-facing", "engine-peer", "cluster-ca", "engine-peer-ca"}) {
        EXPECT_NE(certificateWords(use), QString::fromLatin1(use));
    }
    EXPECT_EQ(checkSeverityWords("blocks"), QStringLiteral("Fault"));
    EXPECT_EQ(checkSeverityWords("a_new_severity"), QStringLiteral("a_new_severity"));
}

api::ClusterCheck sick() {
    api::ClusterCheck check;
    check.at = "2026-11-28T05:30:12.000Z";
    check.cluster = "prod-eu";
    check.checked_by = "reg-1";
    check.answered = {"reg-1", "reg-3"};
    check.took_ms = 2100;
    check.causes = {{"not_running", {"reg-2", "reg-1", "reg-3"}, {0}, {}}};
    check.findings = {{"replica_answers", "blocks", {"reg-2"}, {2}, "refused"},
                      {"quorum", "passed", {}, {2, 2}, {}}};
    return check;
}

TEST_F(CheckWords, TheSummaryCounts) {
    auto check = sick();
    EXPECT_EQ(checkSummary(check), QStringLiteral("1 fault was found with prod-eu."));
    EXPECT_TRUE(checkedByWords(check).startsWith(
        QStringLiteral("Checked by reg-1 with reports of reg-1 and reg-3, in 2.1")))
        << checkedByWords(check).toStdString();
    check.findings.push_back(check.findings.front());
    check.replica = "reg-2";
    EXPECT_EQ(checkSummary(check), QStringLiteral("2 faults were found with reg-2."));
    check.findings = {{"voters", "needs_word", {}, {2}, {}}};
    EXPECT_EQ(checkSummary(check), QStringLiteral("1 thing about reg-2 needs attention."));
    check.findings = {{"voters", "information", {}, {1}, {}}};
    EXPECT_EQ(checkSummary(check), QStringLiteral("Nothing stands against reg-2."));
}

TEST_F(CheckWords, TheReportIsMarkdown) {
    const QString text = checkMarkdown(sick());
    for (const char* part :
         {"# Check of prod-eu\n", "2026-11-28T05:30:12.000Z",
          "## What explains it\n\n1. **reg-2 does not run**",
          "     - `sudo systemctl start pilothouse-replica`\n", "## Fault (1)\n\n- **reg-2 does not answer**",
          "(`man pilothousectl, CHECKS, replica_answers`)", "## Passed (1)\n\n- **A majority answers**"}) {
        EXPECT_TRUE(text.contains(QString::fromUtf8(part))) << part << "\nis not in\n" << text.toStdString();
    }
    auto strange = sick();
    strange.cluster = "a*b`c\n# d";
    EXPECT_TRUE(checkMarkdown(strange).startsWith(QStringLiteral("# Check of a\\*b\\`c \\# d\n")))
        << checkMarkdown(strange).toStdString();
}

} // namespace
} // namespace pilothouse::text
