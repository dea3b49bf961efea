// SPDX-License-Identifier: GPL-3.0-or-later
// A large blob goes to the other replicas while its push still arrives. Each test has three replicas of its
// own, some of which fail.
#include "replica/provision/layout.h"
#include "three_replicas.h"

#include <sstream>

namespace pilothouse::registry::test {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;
using pilothouse::test::readWhole;

class EarlyCopies : public ThreeReplicas {
protected:
    [[nodiscard]] std::uintmax_t unfinishedBytesAt(int member) const {
        std::uintmax_t bytes = 0;
        for (const auto& entry : fs::directory_iterator(blobsOf(member) / "uploads")) {
            std::error_code gone;
            const auto size = fs::file_size(entry.path(), gone);
            bytes += gone ? 0 : size;
        }
        return bytes;
    }
    [[nodiscard]] bool hasUnfinished(int member) const { return !fs::is_empty(blobsOf(member) / "uploads"); }
    // That a majority has it when the client is told so, and the rest soon after; all of them all of it.
    void expectHeld(const Answer& created, const std::string& digest, const std::string& bytes,
                    int expected = replicas) {
        EXPECT_GE(holders(digest), 2);
        EXPECT_EQ(created.status, 201) << created.body;
        EXPECT_TRUE(eventually([&] { return holders(digest) == expected; })) << holders(digest);
        for (int member = 1; member <= replicas; ++member) {
            for (const fs::path& copy : copiesAt(member, digest)) {
                EXPECT_TRUE(readWhole(copy) == bytes) << copy;
            }
        }
    }

    // A counter of a member's metrics; 0 while nothing was counted.
    [[nodiscard]] int counted(int member, const std::string& route, const std::string& code) {
        const Ask metrics{"GET", "/metrics"};
        const std::string text = "\n" + askOnce(member, metrics).body;
        const std::string name =
            "\npilothouse_route_requests_total{route=\"" + route + R"(",method="PUT",code=")" + code + "\"} ";
        const auto at = text.find(name);
        return at == std::string::npos ? 0 : std::atoi(text.c_str() + at + name.size());
    }
    [[nodiscard]] int earlyCopies(const std::string& code = "2xx") {
        int count = 0;
        for (int member = 1; member <= replicas; ++member) {
            count += runs(member) ? counted(member, "early-copy", code) : 0;
        }
        return count;
    }
    [[nodiscard]] int lateCopies() {
        int count = 0;
        for (int member = 1; member <= replicas; ++member) {
            count += runs(member) ? counted(member, "copy", "2xx") : 0;
        }
        return count;
    }
    // A connection of a member to reg-1.
    [[nodiscard]] std::unique_ptr<RawClient> connectAs(int member) const {
        const provision::Layout layout(dataDir(member));
        http::test::RawTlsOptions tls;
        tls.authorities = readWhole(cluster.caFile);
        tls.certificates = readWhole(layout.nodeCertificate());
        tls.privateKey = readWhole(layout.nodeKey());
        auto client = std::make_unique<RawClient>(static_cast<std::uint16_t>(memberOf(1).https_port), tls);
        EXPECT_EQ(client->tlsError(), "");
        return client;
    }
};

TEST_F(EarlyCopies, GoAlongWithEveryKindOfPush) {
    const std::string whole = freshBytes(24 * mib);
    expectHeld(askAt(1, {"POST", "/v2/app/blobs/uploads/?digest=" + digestOf(whole), whole}), digestOf(whole),
               whole);
    EXPECT_TRUE(eventually([&] { return earlyCopies() == 2; })) << earlyCopies();

    const std::string streamed = freshBytes(24 * mib + 12'345);
    Ask closed{"PUT", closing(beginUpload(2), digestOf(streamed)), streamed};
    closed.chunked = true;
    expectHeld(askAt(3, closed), digestOf(streamed), streamed);
    EXPECT_TRUE(eventually([&] { return earlyCopies() == 4; })) << earlyCopies();

    const std::string inChunks = freshBytes(24 * mib);
    std::string location = beginUpload();
    for (std::size_t begin = 0; begin < inChunks.size(); begin += 3 * mib) {
        const Answer taken =
            askAt(1 + static_cast<int>(begin / (3 * mib)) % replicas,
                  {"PATCH",
                   location,
                   inChunks.substr(begin, 3 * mib),
                   {{"Content-Range", std::to_string(begin) + "-" + std::to_string(begin + 3 * mib - 1)}}});
        ASSERT_EQ(taken.status, 202) << taken.body;
    }
    expectHeld(put(3, location, digestOf(inChunks)), digestOf(inChunks), inChunks);
    EXPECT_TRUE(eventually([&] { return earlyCopies() == 6; })) << earlyCopies();

    // Begun by one hash, and named by another at the end.
    const std::string hashed = freshBytes(8 * mib);
    expectHeld(put(1, beginUpload(), sha512Of(hashed), hashed), sha512Of(hashed), hashed);
    EXPECT_TRUE(eventually([&] { return earlyCopies() == 8; })) << earlyCopies();
    EXPECT_EQ(lateCopies(), 0) << "nothing was sent twice";
    for (int member = 1; member <= replicas; ++member) {
        EXPECT_TRUE(eventually([&] { return !hasUnfinished(member); })) << member;
    }
}

TEST_F(EarlyCopies, AreNotMadeOfASmallBlob) {
    for (const std::size_t size : {std::size_t{0}, std::size_t{5000}, mib / 4, mib / 4 + 1, 3 * mib}) {
        const std::string bytes = freshBytes(size);
        const std::string digest = digestOf(bytes);
        expectHeld(askAt(1, {"POST", "/v2/app/blobs/uploads/?digest=" + digest, bytes}), digest, bytes);
    }
    EXPECT_TRUE(eventually([&] { return lateCopies() == 10; })) << lateCopies();
    EXPECT_EQ(earlyCopies(), 0);
}

TEST_F(EarlyCopies, LeaveNothingOfAPushThatComesToNothing) {
    const std::string bytes = freshBytes(12 * mib);
    const auto expectNothingLeft = [&] {
        for (int member = 1; member <= replicas; ++member) {
            EXPECT_TRUE(eventually([&] { return !hasUnfinished(member); })) << member;
        }
        EXPECT_EQ(holders(digestOf(bytes)), 0);
    };
    const std::string cancelled = beginUpload();
    ASSERT_EQ(askAt(1, {"PATCH", cancelled, bytes}).status, 202);
    for (int member = 1; member <= replicas; ++member) {
        ASSERT_TRUE(eventually([&] { return unfinishedBytesAt(member) == bytes.size(); })) << member;
    }
    EXPECT_EQ(askAt(2, {"DELETE", cancelled}).status, 204);
    expectNothingLeft();

    const std::string wrong = digestOf("something else");
    EXPECT_EQ(put(1, beginUpload(), wrong, bytes).status, 400);
    expectNothingLeft();
    EXPECT_EQ(holders(wrong), 0);
    EXPECT_EQ(earlyCopies(), 0);

    // One that the cluster has already.
    expectHeld(put(1, beginUpload(), digestOf(bytes), bytes), digestOf(bytes), bytes);
    EXPECT_TRUE(eventually([&] { return earlyCopies() == 2; })) << earlyCopies();
    EXPECT_EQ(put(1, beginUpload(), digestOf(bytes), bytes).status, 201);
    for (int member = 1; member <= replicas; ++member) {
        EXPECT_TRUE(eventually([&] { return !hasUnfinished(member); })) << member;
        EXPECT_EQ(copiesAt(member, digestOf(bytes)).size(), 1U) << member;
    }
    EXPECT_EQ(earlyCopies(), 2);
}

TEST_F(EarlyCopies, DoWithoutAPeerThatIsAway) {
    stop(3);
    const std::string bytes = freshBytes(24 * mib);
    expectHeld(put(1, beginUpload(), digestOf(bytes), bytes), digestOf(bytes), bytes, 2);
    EXPECT_TRUE(eventually([&] { return earlyCopies() == 1; })) << earlyCopies();
    EXPECT_EQ(lateCopies(), 0);
}

TEST_F(EarlyCopies, DoWithoutAPeerThatGoesInTheMiddle) {
    const std::string bytes = freshBytes(24 * mib);
    const std::string location = beginUpload();
    ASSERT_EQ(askAt(1, {"PATCH", location, bytes.substr(0, 8 * mib)}).status, 202);
    for (int member = 2; member <= replicas; ++member) {
        ASSERT_TRUE(eventually([&] { return unfinishedBytesAt(member) == 8 * mib; })) << member;
    }
    stop(2);
    EXPECT_FALSE(hasUnfinished(2));
    ASSERT_TRUE(eventually([&] { return askAt(1, {"GET", location}).status == 204; }));
    EXPECT_EQ(askAt(1, {"PATCH", location, bytes.substr(8 * mib)}).status, 202);
    expectHeld(put(1, location, digestOf(bytes)), digestOf(bytes), bytes, 2);
    EXPECT_TRUE(eventually([&] { return earlyCopies() == 1; })) << earlyCopies();
}

TEST_F(EarlyCopies, EndWithTheReplicaThatTookThePush) {
    const std::string bytes = freshBytes(8 * mib);
    ASSERT_EQ(askAt(1, {"PATCH", beginUpload(), bytes}).status, 202);
    for (int member = 1; member <= replicas; ++member) {
        ASSERT_TRUE(eventually([&] { return unfinishedBytesAt(member) == bytes.size(); })) << member;
    }
    stop(1);
    for (int member = 2; member <= replicas; ++member) {
        EXPECT_TRUE(eventually([&] { return !hasUnfinished(member); })) << member;
    }
    EXPECT_EQ(holders(digestOf(bytes)), 0);
}

TEST_F(EarlyCopies, AreTakenWholeOrNotAtAll) {
    const std::string bytes = freshBytes(700'000);
    const std::string incarnation = "0123456789abcdef";
    const auto head = [&](const std::string& query) {
        return "PUT /api/v0/replica/uploads/" + query + " HTTP/1.1\r\nHost: reg-1\r\n";
    };
    const std::string good = head(incarnation + "?algorithm=sha256");
    const std::string coded = "Transfer-Encoding: chunked\r\n\r\n";
    const auto chunked = [](const std::string& body, const std::string& trailers) {
        std::ostringstream text;
        text << std::hex << body.size() << "\r\n" << body << "\r\n0\r\n" << trailers << "\r\n";
        return text.str();
    };
    const auto named = [](const std::string& digest) { return "Docker-Content-Digest: " + digest + "\r\n"; };
    const std::string right = named(digestOf(bytes));
    for (const std::string& request :
         {good + coded + chunked(bytes, ""), good + coded + chunked(bytes, "Other: x\r\n"),
          good + coded + chunked(bytes, named("sha256:x")), good + coded + chunked(bytes, right + right),
          good + coded + chunked(bytes, "Docker-Content-Digest\r\n"),
          good + coded + chunked(bytes + "x", right), good + coded + chunked("", right),
          good + coded + chunked(bytes, named(digestOf("x"))),
          good + coded + chunked(bytes, named(sha512Of("x"))),
          head(incarnation) + coded + chunked(bytes, right),
          head(incarnation + "?algorithm=md5") + coded + chunked(bytes, right),
          head("x?algorithm=sha256") + coded + chunked(bytes, right),
          good + "Docker-Content-Digest: " + digestOf(bytes) + "\r\n" + coded + chunked(bytes, ""),
          good + right + "Content-Length: " + std::to_string(bytes.size()) + "\r\n\r\n" + bytes}) {
        const Answer refused = connectAs(2)->ask(request);
        EXPECT_EQ(refused.status, 400) << request.substr(0, 200) << refused.body;
    }
    const std::string whole = good + coded + chunked(bytes, right);
    for (const std::size_t missing : {std::size_t{2}, right.size() + 2, right.size() + 5, bytes.size() / 2}) {
        const auto client = connectAs(2);
        ASSERT_TRUE(client->send(std::string_view(whole).substr(0, whole.size() - missing)));
        ASSERT_TRUE(eventually([&] { return hasUnfinished(1); }));
        client->close();
        EXPECT_TRUE(eventually([&] { return !hasUnfinished(1); })) << missing;
    }
    const Ask asPerson{"PUT", "/api/v0/replica/uploads/" + incarnation + "?algorithm=sha256", bytes};
    EXPECT_EQ(askOnce(1, asPerson).status, 403);
    EXPECT_EQ(holders(digestOf(bytes)), 0);
    EXPECT_TRUE(eventually([&] { return !hasUnfinished(1); }));

    EXPECT_EQ(connectAs(2)->ask(whole).status, 204);
    ASSERT_EQ(copiesAt(1, digestOf(bytes)).size(), 1U);
    EXPECT_TRUE(readWhole(copiesAt(1, digestOf(bytes)).front()) == bytes);
    EXPECT_EQ(connectAs(2)->ask(good + coded + chunked(bytes, named(sha512Of(bytes)))).status, 204);
    EXPECT_EQ(copiesAt(1, sha512Of(bytes)).size(), 1U);
}

} // namespace
} // namespace pilothouse::registry::test
