// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/engine/etcd_log.h"
#include "replica/engine/etcd_options.h"
#include "support/fixtures.h"

#include <gmock/gmock.h>

namespace pilothouse::engine {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

TEST(EtcdVersion, IsReadFromItsOutput) {
    const auto version =
        parseEtcdVersion("etcd Version: 3.4.23\nGit SHA: Not provided\nGo Version: go1.19.8\n");
    ASSERT_TRUE(version) << version.error().text();
    EXPECT_EQ(version->major, 3);
    EXPECT_EQ(version->minor, 4);
    EXPECT_EQ(version->text, "3.4.23");
    EXPECT_EQ(parseEtcdVersion("etcd Version: 3.5.16\n")->minor, 5);
    EXPECT_EQ(parseEtcdVersion("etcd Version: 3.6.0-rc.1\r\n")->text, "3.6.0-rc.1");
    EXPECT_EQ(parseEtcdVersion("etcd Version: 3.4.0")->minor, 4) << "no line end";
}

TEST(EtcdVersion, RefusesOthersWithWhatToDo) {
    for (const char* text : {"etcd Version: 2.3.8\n", "etcd Version: 3.3.25\n", "etcd Version: 4.0.0\n",
                             "etcd Version: \n", "etcd Version: three\n", "", "hello\n", "3.4.23\n"}) {
        const auto version = parseEtcdVersion(text);
        ASSERT_FALSE(version) << text;
        EXPECT_EQ(version.error().code, ErrorCode::invalid) << text;
    }
    EXPECT_EQ(etcdVersionIn("etcd Version: 3.3.25\n"), "3.3.25") << "it can be told all the same";
    EXPECT_EQ(etcdVersionIn("hello\n"), std::nullopt);
    EXPECT_THAT(parseEtcdVersion("etcd Version: 3.3.25\n").error().text(),
                HasSubstr("Install etcd 3.4, 3.5 or 3.6"));
}

EtcdOptions options() {
    EtcdOptions made;
    made.name = "aaaaaaaaaaaa";
    made.clientPort = 2379;
    made.peerListenHost = "::";
    made.peerPort = 7443;
    made.clientKey = "/data/client.key";
    return made;
}

TEST(EtcdArguments, FollowTheVersion) {
    const auto old = etcdArguments(options(), {3, 4, "3.4.23"});
    const auto middle = etcdArguments(options(), {3, 5, "3.5.16"});
    const auto young = etcdArguments(options(), {3, 6, "3.6.0"});
    EXPECT_THAT(old, Contains("--experimental-initial-corrupt-check"));
    EXPECT_THAT(middle, Contains("--experimental-initial-corrupt-check"));
    EXPECT_THAT(young, Not(Contains(HasSubstr("experimental")))) << "3.6 warns about these, 3.7 drops them";
    EXPECT_THAT(young, Contains("--feature-gates=InitialCorruptCheck=true"));
    for (const auto& arguments : {old, middle, young}) {
        EXPECT_THAT(arguments, Contains("--listen-client-urls=https://127.0.0.1:2379")) << "loopback only";
        EXPECT_THAT(arguments, Contains("--listen-peer-urls=https://[::]:7443"));
        EXPECT_THAT(arguments, Contains("--client-cert-auth"));
        EXPECT_THAT(arguments, Contains("--peer-client-cert-auth"));
        EXPECT_THAT(arguments, Contains("--strict-reconfig-check"));
        EXPECT_THAT(arguments, Contains("--pre-vote"));
        EXPECT_THAT(arguments, Contains("--initial-cluster-state=new"));
        EXPECT_THAT(arguments, Not(Contains("--force-new-cluster")));
    }
    EtcdOptions forced = options();
    forced.forceNewCluster = true;
    EXPECT_THAT(etcdArguments(forced, {3, 4, "3.4.23"}), Contains("--force-new-cluster"));
    EXPECT_THAT(etcdArguments(forced, {3, 4, "3.4.23"}), Not(Contains(HasSubstr("corrupt-check"))));
}

TEST(FindEtcd, SaysWhatIsMissing) {
    const test::TemporaryFolder folder;
    EXPECT_FALSE(findEtcd(folder / "none"));
    EXPECT_THAT(findEtcd(folder / "none").error().message, HasSubstr((folder / "none").string()));
    test::writeFile(folder / "plain", "#!/bin/sh\n");
    if (geteuid() != 0) {
        EXPECT_FALSE(findEtcd(folder / "plain")) << "not executable";
    }
    EXPECT_FALSE(findEtcd(folder.path())) << "a folder is no program";
    const std::string path = std::getenv("PATH");
    ::setenv("PATH", (folder / "nothing").c_str(), 1);
    const auto missing = findEtcd({});
    ::setenv("PATH", path.c_str(), 1);
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::notFound);
    EXPECT_THAT(missing.error().text(), HasSubstr("apt-get install etcd-server"));
}

TEST(EtcdLog, ReadsJsonAndPlainLines) {
    const auto line = parseEtcdLogLine(
        R"({"level":"warn","ts":"2026-03-02T10:00:00Z","caller":"x.go:1","msg":"lost the connection",)"
        R"("remote-peer-id":"8e9e05c52164694d","error":"EOF"})");
    EXPECT_EQ(line.level, LogLevel::warning);
    EXPECT_EQ(line.text, "lost the connection (error: EOF) (remote-peer-id: 8e9e05c52164694d)");
    EXPECT_EQ(parseEtcdLogLine(R"({"level":"fatal","msg":"x"})").level, LogLevel::error);
    EXPECT_EQ(parseEtcdLogLine("panic: runtime error").level, LogLevel::warning);
    EXPECT_EQ(parseEtcdLogLine(std::string(5000, 'x')).text.size(), 1000U);
    EtcdLogReader reader;
    EXPECT_TRUE(reader.add(R"({"level":"info","ms)").empty());
    const auto lines = reader.add("g\":\"one\"}\n{\"level\":\"info\",\"msg\":\"two\"}\nrest");
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[0].text, "one");
    EXPECT_EQ(lines[1].text, "two");
    EXPECT_TRUE(reader.add(std::string(300'000, 'x')).empty()) << "no log line is that long";
    EXPECT_EQ(reader.add("\n{\"level\":\"info\",\"msg\":\"three\"}\n").back().text, "three");
}

TEST(EtcdFailure, IsExplainedByItsLastWords) {
    const auto explained = explainEtcdFailure(
        {"started", "listening failed (error: listen tcp 127.0.0.1:2379: bind: address already in use)",
         "bye"});
    ASSERT_TRUE(explained);
    EXPECT_EQ(explained->code, ErrorCode::conflict);
    EXPECT_NE(explained->hint, "");
    for (const char* damage :
         {"discovery failed (error: wal: max entry size limit exceeded)",
          "failed to read WAL (error: unexpected EOF)", "failed to open WAL (error: wal: file not found)"}) {
        const auto damaged = explainEtcdFailure({damage});
        ASSERT_TRUE(damaged) << damage;
        EXPECT_EQ(damaged->code, ErrorCode::corrupt) << damage;
    }
    EXPECT_EQ(explainEtcdFailure({"failed to save (error: write wal: no space left on device)"})->code,
              ErrorCode::exhausted);
    EXPECT_EQ(explainEtcdFailure({"error validating peerURLs {…}: member count is unequal"})->code,
              ErrorCode::conflict);
    EXPECT_EQ(explainEtcdFailure({"the member has been permanently removed from the cluster"})->code,
              ErrorCode::forbidden);
    EXPECT_EQ(explainEtcdFailure({"write: no space left on device"})->code, ErrorCode::exhausted);
    EXPECT_FALSE(explainEtcdFailure({"all is well"}));
    EXPECT_FALSE(explainEtcdFailure({}));
}

} // namespace
} // namespace pilothouse::engine
