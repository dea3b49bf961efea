// SPDX-License-Identifier: GPL-3.0-or-later
#include "program.h"

namespace pilothouse::test {
namespace {

QString plain(QString text) {
    return text.replace(QChar(0x202f), QLatin1Char(' ')).replace(QChar(0x2009), QLatin1Char(' '));
}

const std::string digest = "sha256:" + std::string(60, '0') + "b1e7";

class RepoTest : public ProgramTest {
protected:
    [[nodiscard]] Ended repo(QStringList arguments) {
        arguments.prepend(QStringLiteral("repo"));
        Ended ended = run(withCluster(arguments));
        ended.out = plain(ended.out);
        ended.err = plain(ended.err);
        return ended;
    }
    void answer(const std::string& request, const std::string& body) {
        m_cluster.replica(0).setAnswer(QByteArray::fromStdString(request),
                                       {200, QByteArray::fromStdString(body)});
    }
};

TEST_F(RepoTest, ListsEveryPage) {
    answer("GET /api/v0/repositories?search=&after=&limit=500",
           R"({"repositories":[{"name":"platform/api","tags":214,"manifests":9,"bytes":8100000000}],)"
           R"("next":"platform/api","total":2,"total_bytes":9300000000})");
    answer(
        "GET /api/v0/repositories?search=&after=platform%2Fapi&limit=500",
        R"({"repositories":[{"name":"team/tools","tags":3,"manifests":3,"bytes":310000000,"last_tag":"v1",)"
        R"("last_push":{"at":"2020-01-01T00:00:00Z","by":"ada","through":"x"}}],"total":2,"total_bytes":9300000000})");
    const Ended listed = repo({QStringLiteral("list")});
    EXPECT_EQ(listed.code, 0) << listed;
    EXPECT_TRUE(listed.out.contains(QStringLiteral("platform/api   214  8.1 GB"))) << listed;
    EXPECT_TRUE(listed.out.contains(QStringLiteral("team/tools"))) << listed;
    EXPECT_TRUE(listed.out.contains(QStringLiteral("ada"))) << listed;
    EXPECT_TRUE(listed.err.contains(QStringLiteral("2 repositories, 9.3 GB, shared layers counted once")))
        << listed;
}

TEST_F(RepoTest, ShowsTagsWithTheirCopies) {
    answer("GET /api/v0/repositories/team%2Fapp/tags?order=newest&search=&after=&limit=500",
           R"({"tags":[{"name":"v1","digest":")" + digest +
               R"(","media_type":"","bytes":61400000,"platforms":["linux/amd64","linux/arm64"],)"
               R"("push":{"at":"2020-01-01T00:00:00Z","by":"ada","through":"a"},)"
               R"("copies":{"on":["a","b"],"copying_to":["c"],"silent":[]}}]})");
    const Ended shown = repo({QStringLiteral("tags"), QStringLiteral("team/app")});
    EXPECT_EQ(shown.code, 0) << shown;
    EXPECT_TRUE(shown.out.contains(QString::fromStdString(digest))) << "a script needs all of it\n" << shown;
    EXPECT_TRUE(shown.out.contains(QStringLiteral("61.4 MB"))) << shown;
    EXPECT_TRUE(shown.out.contains(QStringLiteral("amd64, arm64"))) << shown;
    EXPECT_TRUE(shown.out.contains(QStringLiteral("2 of 3, copying to c"))) << shown;
}

TEST_F(RepoTest, DeletesNothingWithoutBeingToldTo) {
    const std::string would =
        R"({"repository":"team/app","whole_repository":false,"tag_count":1,"manifest_count":1,)"
        R"("freed_bytes":61400000,"tags":["v1"],"manifests":[{"digest":")" +
        digest + R"(","media_type":"","bytes":7}],"dry_run":true})";
    answer("DELETE /api/v0/repositories/team%2Fapp/manifests/v1", would);
    const Ended looked = repo({QStringLiteral("delete"), QStringLiteral("team/app:v1")});
    EXPECT_EQ(looked.code, 2) << looked;
    EXPECT_TRUE(
        looked.out.contains(QStringLiteral("Of team/app go 1 tag and 1 manifest. 61.4 MB become free")))
        << looked;
    EXPECT_TRUE(looked.err.contains(QStringLiteral("Add --yes to do it"))) << looked;
    const Ended done =
        repo({QStringLiteral("delete"), QStringLiteral("team/app:v1"), QStringLiteral("--yes")});
    EXPECT_EQ(done.code, 0) << done;
}

TEST_F(RepoTest, NamesARepositoryATagOrADigest) {
    answer("GET /api/v0/repositories/host.example%2Fapp",
           R"({"name":"host.example/app","tags":1,"manifests":1,"bytes":7})");
    EXPECT_EQ(repo({QStringLiteral("inspect"), QStringLiteral("host.example/app")}).code, 0);
    const std::string details =
        R"({"repository":"app","digest":")" + digest +
        R"(","media_type":"application/vnd.oci.image.manifest.v1+json","bytes":7,)"
        R"("platforms":[],"push":{"at":"2020-01-01T00:00:00Z","by":"ada","through":"a"},)"
        R"("copies":{"on":["a"],"copying_to":[],"silent":[]},"tags":["v1"],"manifests":[],)"
        R"("layers":[{"digest":")" +
        digest +
        R"(","media_type":"","bytes":7,"copies":{"on":["a"],"copying_to":[],"silent":[]},)"
        R"("also_used":[{"repository":"other","manifests":2}]}],"referrers":[],"indexes":[]})";
    answer("GET /api/v0/repositories/app/manifests/v1", details);
    answer("GET /api/v0/repositories/app/manifests/" + std::string("sha256%3A") + digest.substr(7), details);
    for (const QString& name :
         {QStringLiteral("app:v1"), QStringLiteral("app@") + QString::fromStdString(digest),
          QStringLiteral("app:v1@") + QString::fromStdString(digest)}) {
        const Ended shown = repo({QStringLiteral("inspect"), name});
        EXPECT_EQ(shown.code, 0) << name.toStdString() << "\n" << shown;
        EXPECT_TRUE(shown.out.contains(QStringLiteral("other, 2 manifests"))) << shown;
    }
}

TEST_F(RepoTest, SaysWhatTheCollectorDid) {
    answer(
        "POST /api/v0/registry/collect",
        R"({"unreferenced":3,"unreferenced_bytes":5000,"due":1,"due_bytes":2000,"deleted":1,"deleted_bytes":2000,)"
        R"("dry_run":false,"by":"a"})");
    const Ended done = repo({QStringLiteral("gc")});
    EXPECT_EQ(done.code, 0) << done;
    EXPECT_TRUE(done.out.contains(QStringLiteral("No manifest names 3 blobs (5 kB)."))) << done;
    EXPECT_TRUE(done.out.contains(QStringLiteral("Deleted 1 blob (2 kB)."))) << done;
    EXPECT_TRUE(done.out.contains(QStringLiteral("collect_after_minutes"))) << done;
}

} // namespace
} // namespace pilothouse::test
