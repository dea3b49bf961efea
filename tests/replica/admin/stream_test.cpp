// SPDX-License-Identifier: GPL-3.0-or-later
// The event stream over a real socket.
#include "admin_fixture.h"
#include "api/admin.h"
#include "api/json.h"
#include "rig.h"

namespace pilothouse::admin {
namespace {

using namespace std::chrono_literals;

class StreamTest : public test::AdminTest {
protected:
    std::unique_ptr<test::Socket> open(const std::string& fields = {},
                                       const std::string& authorization = admin()) {
        auto socket = std::make_unique<test::Socket>(port());
        socket->send("GET /api/v0/stream HTTP/1.1\r\nHost: a\r\nAuthorization: " + authorization + "\r\n" +
                     fields + "\r\n");
        EXPECT_TRUE(socket->waitFor("event: status\n")) << socket->received();
        EXPECT_NE(socket->received().find("Content-Type: text/event-stream"), std::string::npos)
            << socket->received();
        return socket;
    }
    [[nodiscard]] std::int64_t revision() const { return rig().model.snapshot()->revision.value(); }
    static std::size_t count(const std::string& text, std::string_view what) {
        std::size_t found = 0;
        for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) {
            ++found;
        }
        return found;
    }
};

TEST_F(StreamTest, BeginsWithTheStatusAndTellsWhatHappens) {
    const auto stream = open();
    ASSERT_TRUE(stream->waitFor("\n\n"));
    createUser("ada", "reader");
    ASSERT_TRUE(stream->waitFor("event: event\n")) << stream->received();
    ASSERT_TRUE(stream->waitFor("\"kind\":\"user-created\"")) << stream->received();
    EXPECT_NE(stream->received().find("id: " + std::to_string(revision()) + "\n"), std::string::npos)
        << stream->received();
    EXPECT_EQ(count(stream->received(), "event: event"), 1U) << "nothing from before it began";
}

TEST_F(StreamTest, AChangeOfStatusComesWithinATenthOfASecond) {
    const auto stream = open();
    std::chrono::nanoseconds best = 1h; // of several: this machine has other work
    for (int i = 0; i < 5; ++i) {
        const bool draining = i % 2 == 0;
        (void)stream->take();
        const auto began = std::chrono::steady_clock::now();
        ASSERT_TRUE(rig().drain.set(draining));
        ASSERT_TRUE(stream->waitFor(draining ? "\"draining\":true" : "\"draining\":false"));
        best = std::min<std::chrono::nanoseconds>(best, std::chrono::steady_clock::now() - began);
    }
    EXPECT_LT(best, 100ms);
}

TEST_F(StreamTest, APeerThatFailsIsToldAtOnce) {
    const auto stream = open();
    (void)stream->take();
    rig().onThread([this] {
        rig().answers[state::test::idB] = {
            .reach = api::Reach::refused, .error = "connection refused", .heartbeat = {}};
    });
    EXPECT_TRUE(stream->waitFor("\"reach\":\"refused\"", 2s)) << stream->received();
}

TEST_F(StreamTest, SomethingComesEverySecond) {
    const auto stream = open();
    // Nothing that matters changes; what only ages is refreshed every five seconds.
    std::chrono::nanoseconds best = 1h; // of several: this machine has other work
    for (int i = 0; i < 4; ++i) {
        (void)stream->take();
        const auto began = std::chrono::steady_clock::now();
        ASSERT_TRUE(stream->waitFor("\n")) << "silent for ten seconds";
        best = std::min<std::chrono::nanoseconds>(best, std::chrono::steady_clock::now() - began);
    }
    EXPECT_LT(best, 1s) << "as late as this it counts as late";
    EXPECT_TRUE(stream->waitFor("\n: \n")) << "a comment: " << stream->received();
}

TEST_F(StreamTest, IsResumedWithoutGapAndWithoutRepetition) {
    createUser("before", "reader");
    const auto seen = revision();
    for (const auto* name : {"one", "two", "three"}) {
        createUser(name, "reader");
    }
    const auto stream = open("Last-Event-ID: " + std::to_string(seen) + "\r\n");
    ASSERT_TRUE(stream->waitFor("\"subject\":\"three\"")) << stream->received();
    createUser("four", "reader");
    ASSERT_TRUE(stream->waitFor("\"subject\":\"four\"")) << stream->received();
    const auto& text = stream->received();
    EXPECT_EQ(text.find("\"subject\":\"before\""), std::string::npos) << text;
    for (const auto* name : {"one", "two", "three", "four"}) {
        EXPECT_EQ(count(text, "\"subject\":\"" + std::string(name) + "\""), 1U) << name << " in " << text;
    }
    EXPECT_LT(text.find("\"one\""), text.find("\"two\""));
    EXPECT_LT(text.find("\"two\""), text.find("\"three\""));
}

TEST_F(StreamTest, FromTheBeginningItTellsEverythingHoweverMuch) {
    for (int i = 0; i < 20; ++i) {
        createUser("user-" + std::to_string(i), "reader");
    }
    const auto stream = open("Last-Event-ID: 0\r\n");
    ASSERT_TRUE(stream->waitFor("\"subject\":\"user-19\"")) << stream->received();
    EXPECT_EQ(count(stream->received(), "\"kind\":\"user-created\""), 20U);
    EXPECT_EQ(count(stream->received(), "\"kind\":\"cluster-created\""), 1U);
}

TEST_F(StreamTest, AnIdThatIsNoneBeginsAnew) {
    createUser("before", "reader");
    for (const auto* id : {"x", "-1", "12x", "99999999999999999999"}) {
        const auto stream = open(std::string("Last-Event-ID: ") + id + "\r\n");
        createUser(std::string("after-") + std::to_string(revision()), "reader");
        ASSERT_TRUE(stream->waitFor("event: event\n")) << id;
        EXPECT_EQ(stream->received().find("\"subject\":\"before\""), std::string::npos) << id;
    }
}

TEST_F(StreamTest, GoesOnWithoutQuorum) {
    const auto stream = open();
    rig().onThread([this] { rig().engine.noQuorum = true; });
    EXPECT_TRUE(stream->waitFor("\"code\":\"no_quorum\"")) << stream->received();
    EXPECT_NE(open()->received(), "") << "a new one, too";
}

TEST_F(StreamTest, EndsForAUserWhoIsNotLetInAnyMore) {
    createUser("ada", "reader");
    createUser("bob", "reader");
    const auto secret = createToken("bob");
    const auto byPassword = open({}, login("ada"));
    const auto byToken = open({}, "Bearer " + secret);
    const auto another = open();
    const auto tokens = api::fromJson<api::AccessTokenList>(ask("GET", "/api/v0/tokens").body);
    ASSERT_TRUE(tokens && tokens->tokens.size() == 1);
    ASSERT_EQ(ask("DELETE", "/api/v0/tokens/" + tokens->tokens.front().id).status, 204);
    EXPECT_TRUE(byToken->waitForEnd()) << "its token is revoked";
    ASSERT_EQ(ask("DELETE", "/api/v0/users/ada").status, 204);
    EXPECT_TRUE(byPassword->waitForEnd()) << "the user is gone";
    (void)another->take();
    EXPECT_TRUE(another->waitFor("\n")) << "the others go on";
}

TEST_F(StreamTest, EndsAtOnceForHeadAndLeavesNothingBehindWhenTheClientGoes) {
    EXPECT_EQ(raw("HEAD /api/v0/stream HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: " +
                  admin() + "\r\n\r\n")
                  .status,
              200);
    {
        const auto stream = open();
        EXPECT_GE(rig().server.connections(), 1U);
    }
    EXPECT_TRUE(eventually([this] { return rig().server.connections() == 0; }))
        << rig().server.connections() << " connections are left";
}

} // namespace
} // namespace pilothouse::admin
