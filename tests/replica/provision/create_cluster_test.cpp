// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/provision/create_cluster.h"
#include "replica/security/authority.h"
#include "replica/security/files.h"
#include "replica/security/password.h"
#include "replica/security/sealed_box.h"
#include "samples.h"

#include <csignal>
#include <functional>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace pilothouse::provision {
namespace {

using namespace provision::test;
using namespace pilothouse::test;
using security::CertificateFacts;
using security::Purpose;

class CreateCluster : public ::testing::Test {
protected:
    Result<CreatedCluster> create(const CreateOptions& options) {
        return createCluster(options, clock, security::systemRandom());
    }
    CreatedCluster created(int members) {
        Result<CreatedCluster> cluster = create(sampleOptions(folder.path(), members));
        EXPECT_TRUE(cluster) << cluster.error().text();
        return std::move(*cluster);
    }

    TemporaryFolder folder;
    ManualClock clock;
};

TEST_F(CreateCluster, MakesAFolderForEachMemberThatNobodyElseCanRead) {
    const CreatedCluster cluster = created(3);
    for (const char* const name : {"reg-1", "reg-2", "reg-3"}) {
        std::vector<std::string> expected{"bootstrap.json",       "engine",
                                          "engine/client-ca.crt", "engine/client.crt",
                                          "engine/client.key",    "engine/peer-ca.crt",
                                          "engine/peer.crt",      "engine/peer.key",
                                          "replica.json",         "secrets",
                                          "secrets/cluster.key",  "tls",
                                          "tls/cluster-ca.crt",   "tls/node.crt",
                                          "tls/node.key"};
        if (name == std::string("reg-1")) {
            expected.insert(expected.begin(), "admin-password");
        }
        EXPECT_EQ(treeOf(folder / name), expected);
        EXPECT_EQ(modeOf(folder / name), 0700U);
        for (const std::string& path : expected) {
            const auto file = folder / name / path;
            EXPECT_EQ(modeOf(file), std::filesystem::is_directory(file) ? 0700U : 0600U) << file;
        }
    }
    EXPECT_EQ(cluster.members.size(), 3U);
    EXPECT_EQ(cluster.caFile, folder / "reg-1" / "tls/cluster-ca.crt");
    EXPECT_EQ(cluster.passwordFile, folder / "reg-1" / "admin-password");
}

TEST_F(CreateCluster, CertificatesBelongTogether) {
    const CreatedCluster cluster = created(3);
    for (const Identity& identity : cluster.members) {
        const Layout layout(folder / identity.name);
        const struct {
            std::filesystem::path certificate, key, authority;
            bool namesReplica;
        } sets[]{
            {layout.nodeCertificate(), layout.nodeKey(), layout.clusterCa(), true},
            {layout.peerCertificate(), layout.peerKey(), layout.peerCa(), true},
            {layout.engineClientCertificate(), layout.engineClientKey(), layout.engineClientCa(), false}};
        for (const auto& set : sets) {
            const std::string certificate = readWhole(set.certificate);
            const CertificateFacts facts = security::parseCertificate(certificate).value();
            EXPECT_EQ(facts.publicKeySha256,
                      security::PrivateKey::fromPem(readWhole(set.key))->publicKeySha256());
            for (const Purpose purpose : {Purpose::tlsServer, Purpose::tlsClient}) {
                const Status verified =
                    security::verifyCertificate(certificate, readWhole(set.authority), purpose, clock.wall());
                EXPECT_TRUE(verified) << set.certificate << verified.error().text();
            }
            EXPECT_EQ(facts.ipAddresses, (std::vector<std::string>{"127.0.0.1", "::1"}));
            const auto name = replicaNameOf(facts);
            ASSERT_EQ(name.has_value(), set.namesReplica) << set.certificate;
            if (name) {
                EXPECT_EQ(name->cluster.str(), cluster.clusterId);
                EXPECT_EQ(name->replica.str(), identity.id);
            }
        }
        EXPECT_NE(readWhole(layout.clusterCa()), readWhole(layout.peerCa()));
        EXPECT_EQ(security::parseCertificate(readWhole(layout.clusterCa()))->sha256, cluster.caSha256);
    }
}

TEST_F(CreateCluster, IdentitiesTellWhereEachListens) {
    const CreatedCluster cluster = created(3);
    const Identity second = loadIdentity(Layout(folder / "reg-2")).value();
    EXPECT_EQ(second.id, cluster.members[1].id);
    EXPECT_EQ(second.cluster_id, cluster.clusterId);
    EXPECT_EQ(second.url, "https://127.0.0.1:20020");
    EXPECT_EQ(second.http_url, "http://127.0.0.1:20021");
    EXPECT_EQ(second.peer_url, "https://127.0.0.1:20022");
    EXPECT_EQ(second.listen.host, "127.0.0.1");
    EXPECT_EQ(second.listen.engine_client_port, 20023);
    EXPECT_EQ(second.initial_cluster_state, "new");
    std::string expected;
    for (const Identity& member : cluster.members) {
        expected += (expected.empty() ? "" : ",") + member.id + "=" + member.peer_url;
    }
    EXPECT_EQ(second.initial_cluster, expected);
}

TEST_F(CreateCluster, BootstrapHoldsTheFirstStateSealed) {
    const CreatedCluster cluster = created(3);
    const Layout layout(folder / "reg-2");
    const Bootstrap bootstrap = loadBootstrap(layout).value().value();
    EXPECT_EQ(readWhole(layout.bootstrap()), readWhole(Layout(folder / "reg-1").bootstrap()));
    EXPECT_EQ(bootstrap.cluster_id, cluster.clusterId);
    EXPECT_EQ(bootstrap.members.size(), 3U);
    EXPECT_EQ(bootstrap.members[1].name, "reg-2");
    const auto box = security::SealedBox::create(readWhole(layout.clusterKey())).value();
    const auto clusterKey = box.open(bootstrap.sealed_cluster_ca_key, clusterCaKeySecret);
    const auto peerKey = box.open(bootstrap.sealed_peer_ca_key, peerCaKeySecret);
    ASSERT_TRUE(clusterKey && peerKey);
    EXPECT_TRUE(security::Authority::load(bootstrap.cluster_ca, *clusterKey));
    EXPECT_TRUE(security::Authority::load(bootstrap.peer_ca, *peerKey));
    EXPECT_FALSE(security::Authority::load(bootstrap.cluster_ca, *peerKey));
    EXPECT_FALSE(box.open(bootstrap.sealed_peer_ca_key, clusterCaKeySecret));

    const std::string password = readWhole(cluster.passwordFile);
    ASSERT_TRUE(password.ends_with("\n"));
    EXPECT_TRUE(
        security::verifyPassword(password.substr(0, password.size() - 1), bootstrap.admin_verifier).value());

    ASSERT_TRUE(removeBootstrap(layout));
    EXPECT_EQ(loadBootstrap(layout).value(), std::nullopt);
    EXPECT_TRUE(removeBootstrap(layout)) << "harmless when it is gone";
}

TEST_F(CreateCluster, NoKeyOfAnAuthorityLiesInTheClear) {
    const CreatedCluster cluster = created(1);
    const Layout layout(folder / "reg-1");
    const Bootstrap bootstrap = loadBootstrap(layout).value().value();
    const auto box = security::SealedBox::create(readWhole(layout.clusterKey())).value();
    const std::string key = box.open(bootstrap.sealed_cluster_ca_key, clusterCaKeySecret).value();
    const std::string secretLine = key.substr(key.find('\n') + 1, 64);
    EXPECT_EQ(contentOfAll(folder.path()).find(secretLine), std::string::npos);
    EXPECT_EQ(cluster.members[0].initial_cluster, cluster.members[0].id + "=https://127.0.0.1:20012");
}

TEST_F(CreateCluster, TakesTheAdministratorsPasswordFromAPrivateFileOnly) {
    CreateOptions options = sampleOptions(folder.path(), 1);
    options.adminName = "ada";
    options.adminPasswordFile = folder / "password";
    writeFile(folder / "password", "correct horse\nsecond line\n");
    ASSERT_EQ(::chmod((folder / "password").c_str(), 0644), 0);
    EXPECT_EQ(create(options).error().code, ErrorCode::forbidden);
    ASSERT_EQ(::chmod((folder / "password").c_str(), 0600), 0);
    const Result<CreatedCluster> cluster = create(options);
    ASSERT_TRUE(cluster) << cluster.error().text();
    EXPECT_EQ(cluster->passwordFile, folder / "password");
    const Bootstrap bootstrap = loadBootstrap(Layout(folder / "reg-1")).value().value();
    EXPECT_EQ(bootstrap.admin_name, "ada");
    EXPECT_TRUE(security::verifyPassword("correct horse", bootstrap.admin_verifier).value());
    EXPECT_EQ(contentOfAll(folder / "reg-1").find("correct horse"), std::string::npos);
}

TEST_F(CreateCluster, WeakPasswordOrMissingFileIsToldBeforeAnythingIsMade) {
    CreateOptions options = sampleOptions(folder.path(), 1);
    options.adminPasswordFile = folder / "password";
    EXPECT_EQ(create(options).error().code, ErrorCode::notFound);
    ASSERT_TRUE(security::writePrivateFile(folder / "password", "short"));
    EXPECT_EQ(create(options).error().code, ErrorCode::invalid);
    EXPECT_EQ(treeOf(folder.path()), std::vector<std::string>{"password"});
}

TEST_F(CreateCluster, RefusesAFolderInUseAndLeavesItAlone) {
    std::filesystem::create_directory(folder / "reg-2");
    writeFile(folder / "reg-2" / "mine", "precious");
    const Result<CreatedCluster> cluster = create(sampleOptions(folder.path(), 3));
    ASSERT_FALSE(cluster);
    EXPECT_EQ(cluster.error().code, ErrorCode::conflict);
    EXPECT_NE(cluster.error().message.find("reg-2"), std::string::npos) << cluster.error().text();
    EXPECT_EQ(treeOf(folder.path()), (std::vector<std::string>{"reg-2", "reg-2/mine"}));
    EXPECT_EQ(readWhole(folder / "reg-2" / "mine"), "precious");
}

TEST_F(CreateCluster, ASecondTimeIsRefused) {
    created(1);
    const std::vector<std::string> before = treeOf(folder.path());
    const std::string content = contentOfAll(folder.path());
    EXPECT_EQ(create(sampleOptions(folder.path(), 1)).error().code, ErrorCode::conflict);
    EXPECT_EQ(treeOf(folder.path()), before);
    EXPECT_EQ(contentOfAll(folder.path()), content);
}

TEST_F(CreateCluster, MakesMissingParentsAndTakesAnEmptyFolder) {
    CreateOptions options = sampleOptions(folder.path(), 2);
    options.members[0].data_dir = folder / "a" / "b" / "reg-1";
    std::filesystem::create_directory(folder / "reg-2");
    ASSERT_EQ(::chmod((folder / "reg-2").c_str(), 0755), 0);
    const Result<CreatedCluster> cluster = create(options);
    ASSERT_TRUE(cluster) << cluster.error().text();
    EXPECT_EQ(modeOf(folder / "a"), 0700U);
    EXPECT_EQ(modeOf(folder / "reg-2"), 0700U);
}

TEST_F(CreateCluster, TakesBackWhatItMadeWhenAMemberFails) {
    std::filesystem::create_directory(folder / "kept");
    CreateOptions options = sampleOptions(folder.path(), 3);
    options.members[0].data_dir = folder / "new" / "reg-1";
    options.members[1].data_dir = folder / "kept";
    writeFile(folder / "file", "x");
    options.newPasswordFile = folder / "file" / "password"; // cannot be: its folder is a file
    const Result<CreatedCluster> cluster = create(options);
    ASSERT_FALSE(cluster);
    EXPECT_EQ(treeOf(folder.path()), (std::vector<std::string>{"file", "kept"}));
}

TEST_F(CreateCluster, ExistingPasswordFileIsNotOverwritten) {
    CreateOptions options = sampleOptions(folder.path(), 1);
    options.newPasswordFile = folder / "password";
    writeFile(folder / "password", "other");
    EXPECT_EQ(create(options).error().code, ErrorCode::conflict);
    EXPECT_EQ(treeOf(folder.path()), std::vector<std::string>{"password"});
    EXPECT_EQ(readWhole(folder / "password"), "other");
}

TEST_F(CreateCluster, AFullDiskLeavesNothingBehind) {
    if (::mount("tmpfs", folder.path().c_str(), "tmpfs", 0, "size=64k") != 0) {
        GTEST_SKIP() << "needs the right to mount";
    }
    const Result<CreatedCluster> cluster = create(sampleOptions(folder.path(), 3));
    const std::vector<std::string> left = treeOf(folder.path());
    ::umount(folder.path().c_str());
    ASSERT_FALSE(cluster);
    EXPECT_EQ(cluster.error().code, ErrorCode::exhausted);
    EXPECT_NE(cluster.error().message.find("the disk is full"), std::string::npos) << cluster.error().text();
    EXPECT_EQ(left, std::vector<std::string>{});
}

TEST_F(CreateCluster, AReadOnlyDiskIsTold) {
    if (::mount("tmpfs", folder.path().c_str(), "tmpfs", MS_RDONLY, "size=64k") != 0) {
        GTEST_SKIP() << "needs the right to mount";
    }
    const Result<CreatedCluster> cluster = create(sampleOptions(folder.path(), 1));
    ::umount(folder.path().c_str());
    ASSERT_FALSE(cluster);
    EXPECT_NE(cluster.error().message.find("read-only"), std::string::npos) << cluster.error().text();
}

// The same without the right to mount: files may not grow beyond 600 bytes, so the first certificate fails.
TEST_F(CreateCluster, ALimitedProcessLeavesNothingBehind) {
    const pid_t child = ::fork();
    if (child == 0) {
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{600, 600};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        const Result<CreatedCluster> cluster = create(sampleOptions(folder.path(), 2));
        ::_exit(!cluster && cluster.error().code == ErrorCode::exhausted ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
    EXPECT_EQ(treeOf(folder.path()), std::vector<std::string>{});
}

TEST_F(CreateCluster, RefusesWhatCannotWork) {
    const std::vector<std::pair<std::string, std::function<void(CreateOptions&)>>> faults{
        {"at least one member", [](CreateOptions& o) { o.members.clear(); }},
        {"called \"reg-1\"", [](CreateOptions& o) { o.members[1].name = "reg-1"; }},
        {"data folder", [](CreateOptions& o) { o.members[1].data_dir = o.members[0].data_dir / "."; }},
        {"port 20010", [](CreateOptions& o) { o.members[1].peer_port = 20010; }},
        {"port 20010", [](CreateOptions& o) { o.members[0].http_port = 20010; }},
        {"is not a port", [](CreateOptions& o) { o.members[0].engine_port = 0; }},
        {"host name", [](CreateOptions& o) { o.members[0].host = "a b"; }},
        {"host name", [](CreateOptions& o) { o.members[0].host = "[::1]"; }},
        {"IP address", [](CreateOptions& o) { o.members[0].listen_host = "localhost"; }},
        {"name of a replica", [](CreateOptions& o) { o.members[0].name = "reg 1"; }},
        {"name of a user", [](CreateOptions& o) { o.adminName = ""; }},
        {"cluster's name", [](CreateOptions& o) { o.clusterName = ""; }},
        {"cluster's name", [](CreateOptions& o) { o.clusterName = std::string(41, 'x'); }},
        {"https://", [](CreateOptions& o) { o.externalUrl = "http://registry.example.org"; }},
    };
    for (const auto& [word, spoil] : faults) {
        CreateOptions options = sampleOptions(folder.path(), 2);
        spoil(options);
        const Result<CreatedCluster> cluster = create(options);
        ASSERT_FALSE(cluster) << word;
        EXPECT_EQ(cluster.error().code, ErrorCode::invalid) << cluster.error().text();
        EXPECT_NE(cluster.error().message.find(word), std::string::npos) << cluster.error().text();
    }
    EXPECT_EQ(treeOf(folder.path()), std::vector<std::string>{});
}

TEST_F(CreateCluster, LongestNamesFitIntoTheCertificates) {
    CreateOptions options = sampleOptions(folder.path(), 1);
    options.clusterName.clear();
    for (int i = 0; i < 40; ++i) {
        options.clusterName += "ü";
    }
    options.members[0].name = std::string(63, 'r');
    options.externalUrl = "https://registry.example.org";
    const Result<CreatedCluster> cluster = create(options);
    ASSERT_TRUE(cluster) << cluster.error().text();
    EXPECT_EQ(loadBootstrap(Layout(options.members[0].data_dir)).value()->external_url, options.externalUrl);
}

} // namespace
} // namespace pilothouse::provision
