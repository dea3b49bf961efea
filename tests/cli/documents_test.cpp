// SPDX-License-Identifier: GPL-3.0-or-later
// Reports and runbooks that pilothousectl writes.
#include "api/json.h"
#include "api/operations.h"
#include "program.h"

#include <QFile>
#include <QFileInfo>

namespace pilothouse::test {
namespace {

constexpr const char* setupCode = "phsetup1.c2VjcmV0LXNldHVwLWNvZGU";

class DocumentsTest : public ProgramTest {
protected:
    DocumentsTest() {
        m_plan.kind = "remove";
        m_plan.replica = ScriptedCluster::idOf(2);
        m_plan.name = "reg-3";
        m_plan.steps = {"check", "drain", "remove_member"};
        m_plan.findings = {{"quorum", "passed", {}, {3, 2}, {}}};
        m_plan.before = {3, 3, 1};
        m_plan.worst = m_plan.after = {2, 2, 0};
        m_operation.id = "20261128T053012-4f2a";
        m_operation.kind = "remove";
        m_operation.name = "reg-3";
        m_operation.phase = "done";
        m_operation.steps = {{"check", "done", "2026-11-28T05:30:12.000Z", "2026-11-28T05:30:14.000Z"}};
        m_operation.started_by = "anna";
        m_operation.started_at = "2026-11-28T05:30:12.000Z";
        m_operation.ended_at = "2026-11-28T05:30:20.000Z";
        m_operation.journal = {{m_operation.started_at, "anna", "started", {}, "moved\x1b[31m"}};
        answerEverywhere("POST /api/v0/cluster/plan", api::toJson(m_plan));
        answerEverywhere("GET /api/v0/cluster/operations/" + m_operation.id, api::toJson(m_operation));
    }
    void answerEverywhere(const std::string& what, const std::string& json) {
        for (int i = 0; i < 3; ++i) {
            m_cluster.replica(i).setAnswer(QByteArray::fromStdString(what),
                                           {200, QByteArray::fromStdString(json)});
        }
    }
    int started() {
        int count = 0;
        for (int i = 0; i < 3; ++i) {
            count += m_cluster.replica(i).count("POST /api/v0/cluster/operations");
        }
        return count;
    }
    Ended remove(const QStringList& more) {
        return run(withCluster(QStringList{QStringLiteral("remove"), QStringLiteral("reg-3")} + more));
    }
    [[nodiscard]] QString read(const QString& name) const {
        QFile file(path(name));
        EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << name.toStdString();
        return QString::fromUtf8(file.readAll());
    }
    static void expectPart(const QString& text, const QString& part) {
        EXPECT_TRUE(text.contains(part)) << part.toStdString() << " is missing in\n" << text.toStdString();
    }

    api::OperationPlan m_plan;
    api::Operation m_operation;
};

TEST_F(DocumentsTest, WritesReportAndRunbookOfAPlan) {
    const auto seen =
        remove({QStringLiteral("--dry-run"), QStringLiteral("--report"), path(QStringLiteral("report.md")),
                QStringLiteral("--runbook"), path(QStringLiteral("runbook.md"))});
    EXPECT_EQ(seen.code, 0) << seen;
    expectPart(seen.out, QStringLiteral("Remove reg-3\n"));
    const QString report = read(QStringLiteral("report.md"));
    EXPECT_TRUE(report.startsWith(QStringLiteral("# Checks: Remove reg-3\n"))) << report.toStdString();
    expectPart(report, QStringLiteral("**Nothing speaks against it.**"));
    const QString runbook = read(QStringLiteral("runbook.md"));
    EXPECT_TRUE(runbook.startsWith(QStringLiteral("# Runbook: Remove reg-3\n"))) << runbook.toStdString();
    expectPart(runbook, QStringLiteral("### 2. Take reg-3 out of the load balancer’s pool\n"));
    constexpr auto mode = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser |
                          QFile::ReadGroup | QFile::ReadOther;
    EXPECT_EQ(QFileInfo(path(QStringLiteral("report.md"))).permissions(), mode);
    EXPECT_EQ(started(), 0);
    const auto json = remove(
        {QStringLiteral("--dry-run"), QStringLiteral("--report"), path(QStringLiteral("report.json"))});
    EXPECT_EQ(json.code, 0) << json;
    EXPECT_EQ(read(QStringLiteral("report.json")).toStdString(), api::toJson(m_plan) + "\n");
}

TEST_F(DocumentsTest, BeginsNothingWhenItCannotBeWritten) {
    const auto seen = remove(
        {QStringLiteral("--yes"), QStringLiteral("--report"), path(QStringLiteral("nowhere/report.md"))});
    EXPECT_EQ(seen.code, 1) << seen;
    EXPECT_EQ(seen.err.count(u'\n'), 1) << seen;
    expectPart(seen.err, QStringLiteral("report.md: there is no folder "));
    EXPECT_EQ(started(), 0);
    const auto folder = remove({QStringLiteral("--yes"), QStringLiteral("--runbook"), m_folder.path()});
    EXPECT_EQ(folder.code, 1) << folder;
    expectPart(folder.err, QStringLiteral("it is a folder"));
    EXPECT_EQ(started(), 0);
}

TEST_F(DocumentsTest, NoSetupCodeIsInADocument) {
    m_plan.kind = "join";
    m_plan.name = "reg-6";
    m_plan.host_name = "reg-6";
    m_plan.replica.clear();
    m_plan.steps = {"check", "admit", "catch_up", "promote", "take_part"};
    answerEverywhere("POST /api/v0/cluster/plan", api::toJson(m_plan));
    const QString code = write(QStringLiteral("code"), setupCode);
    for (const char* ending : {"md", "json"}) {
        const QString report = QStringLiteral("report.") + QLatin1String(ending);
        const QString runbook = QStringLiteral("runbook.") + QLatin1String(ending);
        const auto seen = run(withCluster(
            {QStringLiteral("join"), QStringLiteral("--dry-run"), QStringLiteral("--setup-code-file"), code,
             QStringLiteral("--report"), path(report), QStringLiteral("--runbook"), path(runbook)}));
        EXPECT_EQ(seen.code, 0) << seen;
        for (const QString& name : {report, runbook}) {
            const QString text = read(name);
            EXPECT_GT(text.size(), 100);
            EXPECT_FALSE(text.contains(QStringLiteral("phsetup1"))) << text.toStdString();
        }
    }
    bool sent = false;
    for (int i = 0; i < 3; ++i) {
        const auto request = m_cluster.replica(i).last("POST /api/v0/cluster/plan");
        sent = sent || (request && request->body.contains(setupCode));
    }
    EXPECT_TRUE(sent) << "else this proves nothing";
}

TEST_F(DocumentsTest, ExportsOneThatIsOver) {
    const QStringList words{QStringLiteral("operations"), QStringLiteral("export"),
                            QString::fromStdString(m_operation.id)};
    auto seen = run(withCluster(words));
    EXPECT_EQ(seen.code, 0) << seen;
    EXPECT_TRUE(seen.out.startsWith(QStringLiteral("# Runbook: Remove reg-3\n"))) << seen;
    expectPart(seen.out, QStringLiteral("## What happened"));
    expectPart(seen.out, QStringLiteral("took 8.0 s"));
    EXPECT_FALSE(seen.out.contains(QChar(0x1b))) << seen;
    seen = run(withCluster(words + QStringList{QStringLiteral("--format"), QStringLiteral("json")}));
    EXPECT_EQ(seen.json().value(QLatin1String("id")).toString().toStdString(), m_operation.id) << seen;
    seen = run(withCluster(words + QStringList{QStringLiteral("--output"), path(QStringLiteral("it.json"))}));
    EXPECT_EQ(seen.code, 0) << seen;
    EXPECT_TRUE(seen.out.isEmpty()) << seen;
    EXPECT_EQ(read(QStringLiteral("it.json")).toStdString(), api::toJson(m_operation) + "\n");
    seen = run(withCluster(words + QStringList{QStringLiteral("--output"), path(QStringLiteral("it.json")),
                                               QStringLiteral("--format"), QStringLiteral("markdown")}));
    EXPECT_EQ(seen.code, 0) << seen;
    EXPECT_TRUE(read(QStringLiteral("it.json")).startsWith(QStringLiteral("# Runbook")))
        << "as it was told to";
    seen = run(withCluster(words + QStringList{QStringLiteral("--format"), QStringLiteral("pdf")}));
    EXPECT_EQ(seen.code, 2) << seen;
    seen = run(withCluster({QStringLiteral("operations"), QStringLiteral("export")}));
    EXPECT_EQ(seen.code, 2) << seen;
}

} // namespace
} // namespace pilothouse::test
