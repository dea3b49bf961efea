// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever keeps a replica from starting is a value with one clear sentence.
#include "replica/provision/layout.h"
#include "replica/support/cluster.h"
#include "replica/support/ports.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <gmock/gmock.h>

#include <ostream>

namespace pilothouse::test {
namespace {

using boost::asio::ip::tcp;
using testing::HasSubstr;

class ReplicaErrorsTest : public ClusterTest {
protected:
    [[nodiscard]] Error errorOf(const ReplicaOptions& wanted) {
        const auto replica = Replica::start(wanted);
        EXPECT_FALSE(replica) << "it started";
        return replica ? Error() : replica.error();
    }
    [[nodiscard]] provision::Layout layout() const { return provision::Layout(dataDir()); }
    // After a failed start everything is as it was: the next one works.
    void expectStillStarts() { EXPECT_NE(startHealthy(), nullptr); }
};

TEST_F(ReplicaErrorsTest, MissingFolder) {
    makeCluster();
    auto wanted = options();
    wanted.dataDir = folder / "nothing";
    const Error error = errorOf(wanted);
    EXPECT_EQ(error.code, ErrorCode::notFound);
    EXPECT_THAT(error.text(),
                HasSubstr((folder / "nothing").string() + " is not the data folder of a replica"));
    EXPECT_THAT(error.hint, HasSubstr("init"));
}

TEST_F(ReplicaErrorsTest, FolderInUse) {
    makeCluster();
    const auto running = start();
    ASSERT_NE(running, nullptr);
    const Error error = errorOf(options());
    EXPECT_EQ(error.code, ErrorCode::conflict);
    EXPECT_THAT(error.message, HasSubstr("is in use by process " + std::to_string(getpid())));
    const auto healthy = running->waitUntilHealthy(std::chrono::seconds(20));
    EXPECT_TRUE(healthy) << "the running one was disturbed: " << healthy.error().text();
}

TEST_F(ReplicaErrorsTest, TakenPortsAreToldWithTheirHolder) {
    makeCluster();
    const auto& member = create.members[0];
    for (const std::int64_t port :
         {member.https_port, member.http_port, member.peer_port, member.engine_port}) {
        {
            boost::asio::io_context io;
            const tcp::acceptor holder(
                io, {boost::asio::ip::address_v4::loopback(), static_cast<std::uint16_t>(port)});
            const Error error = errorOf(options());
            EXPECT_EQ(error.code, ErrorCode::conflict);
            EXPECT_THAT(error.message, HasSubstr("port " + std::to_string(port) + " is in use by"));
            EXPECT_THAT(error.message, HasSubstr("(process " + std::to_string(getpid()) + ")"));
        }
    }
    expectStillStarts();
}

TEST_F(ReplicaErrorsTest, MissingEngine) {
    makeCluster();
    auto wanted = options();
    wanted.engineProgram = folder / "etcd";
    EXPECT_EQ(errorOf(wanted).message, (folder / "etcd").string() + " is not a program that can be run");
    wanted.engineProgram = "/bin/true";
    EXPECT_THAT(errorOf(wanted).message, HasSubstr("does not answer as etcd does"));
    expectStillStarts();
}

TEST_F(ReplicaErrorsTest, ElectionShorterThanFiveHeartbeats) {
    makeCluster();
    auto wanted = options();
    wanted.engineHeartbeat = Milliseconds(101);
    EXPECT_EQ(errorOf(wanted).code, ErrorCode::invalid);
    wanted.engineHeartbeat = Milliseconds(100);
    EXPECT_TRUE(Replica::start(wanted));
}

TEST_F(ReplicaErrorsTest, ACollectorWithoutAPause) {
    makeCluster();
    auto wanted = options();
    wanted.collectPause = Milliseconds(0);
    EXPECT_EQ(errorOf(wanted).code, ErrorCode::invalid);
    wanted.collectPause = Milliseconds(1);
    EXPECT_TRUE(Replica::start(wanted));
}

// What is damaged, with what, and what the sentence says.
struct Damage {
    const char* file;
    const char* content; // nullptr: deleted
    ErrorCode code;
    const char* part;
};

void PrintTo(const Damage& damage, std::ostream* out) {
    *out << damage.file << (damage.content == nullptr ? " deleted" : " damaged") << ", told by "
         << damage.part;
}

class ReplicaDamageTest : public ReplicaErrorsTest, public testing::WithParamInterface<Damage> {};

TEST_P(ReplicaDamageTest, IsToldWithTheFile) {
    makeCluster();
    const auto path = dataDir() / GetParam().file;
    const std::string before = readWhole(path);
    const auto mode = std::filesystem::status(path).permissions();
    if (GetParam().content == nullptr) {
        std::filesystem::remove(path);
    } else {
        writeFile(path, GetParam().content);
    }
    const Error error = errorOf(options());
    EXPECT_EQ(error.code, GetParam().code) << error.text();
    EXPECT_THAT(error.text(), HasSubstr(GetParam().part));
    EXPECT_THAT(error.text(), HasSubstr(dataDir().string())) << "where";

    writeFile(path, before);
    std::filesystem::permissions(path, mode);
    EXPECT_TRUE(Replica::start(options())) << "a mended folder starts";
}

INSTANTIATE_TEST_SUITE_P(
    Files, ReplicaDamageTest,
    testing::Values(Damage{"replica.json", "{", ErrorCode::corrupt, "cannot be used"},
                    Damage{"replica.json", "{\"schema\": 1}", ErrorCode::corrupt, "id"},
                    Damage{"secrets/cluster.key", "short", ErrorCode::corrupt, "cluster.key"},
                    Damage{"secrets/cluster.key", nullptr, ErrorCode::notFound, "cluster.key"},
                    Damage{"tls/node.key", "nothing", ErrorCode::corrupt, "private key"},
                    Damage{"tls/node.crt", "nothing", ErrorCode::invalid, "node.crt"},
                    Damage{"tls/cluster-ca.crt", nullptr, ErrorCode::notFound, "cluster-ca.crt"},
                    Damage{"engine/peer.crt", nullptr, ErrorCode::notFound, "peer.crt"}));

TEST_F(ReplicaErrorsTest, SecretsThatOthersMayRead) {
    makeCluster();
    std::filesystem::permissions(layout().clusterKey(), std::filesystem::perms::others_read,
                                 std::filesystem::perm_options::add);
    const Error error = errorOf(options());
    EXPECT_EQ(error.code, ErrorCode::forbidden);
    EXPECT_THAT(error.hint, HasSubstr("chmod 600"));
}

} // namespace
} // namespace pilothouse::test
