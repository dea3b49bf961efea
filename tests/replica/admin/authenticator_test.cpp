// SPDX-License-Identifier: GPL-3.0-or-later
// Who is let in, as what, and who is held up.
#include "admin_fixture.h"
#include "replica/security/certificates.h"
#include "rig.h"

namespace pilothouse::admin {
namespace {

using namespace std::chrono_literals;
using test::basic;

class AuthenticatorTest : public test::AdminTest {
protected:
    using Outcome = tl::expected<Principal, Denied>;

    static http::Request requestFrom(const std::string& remote, const std::string& authorization) {
        http::Request request;
        request.method = "GET";
        request.remote = remote;
        request.headers.set("Authorization", authorization);
        return request;
    }
    // Begins one login for each request, all at the same time.
    std::vector<std::future<Outcome>> begin(const std::vector<http::Request>& requests) {
        std::vector<std::future<Outcome>> outcomes;
        outcomes.reserve(requests.size());
        for (const auto& request : requests) {
            outcomes.push_back(boost::asio::co_spawn(rig().io, rig().authenticator.authenticate(request),
                                                     boost::asio::use_future));
        }
        return outcomes;
    }
    Outcome from(const std::string& remote, const std::string& authorization) {
        const auto request = requestFrom(remote, authorization);
        return begin({request}).front().get();
    }
    static ErrorCode codeOf(const Outcome& outcome) {
        return outcome ? ErrorCode::internal : outcome.error().error.code;
    }
    int statusFor(const std::string& authorization) {
        return ask("GET", "/api/v0/cluster", test::Ask{authorization, {}, {}, {}}).status;
    }
};

TEST_F(AuthenticatorTest, NobodyIsAskedToLogIn) {
    const auto answer = ask("GET", "/api/v0/cluster", test::Ask{});
    expectProblem(answer, 401, "unauthorized");
    EXPECT_EQ(answer.header("www-authenticate"), "Basic realm=\"Pilothouse\", charset=\"UTF-8\"");
    for (const auto* wrong : {"Basic", "Basic ", "Basic !!!!", "Basic YWJj", "Digest x", "Bearer x", "x"}) {
        EXPECT_EQ(statusFor(wrong), 401) << wrong;
    }
}

TEST_F(AuthenticatorTest, APasswordAnAccessTokenAndABearerTokenOpen) {
    createUser("ada", "reader");
    const auto secret = createToken("ada");
    EXPECT_EQ(statusFor(login("ada")), 200);
    EXPECT_EQ(statusFor(basic("ada", secret)), 200);
    EXPECT_EQ(statusFor("Bearer " + secret), 200);
    EXPECT_EQ(statusFor("bEARER " + secret), 200) << "schemes compare without regard to case";
    EXPECT_EQ(statusFor(basic("admin", secret)), 401) << "a token speaks for its own user alone";
    EXPECT_EQ(statusFor(basic("ada", "wrong password")), 401);
    auto other = secret;
    other.back() = other.back() == '0' ? '1' : '0';
    EXPECT_EQ(statusFor(basic("ada", other)), 401);
}

TEST_F(AuthenticatorTest, UnknownUsersAreNotToldApart) {
    const auto known = ask("GET", "/api/v0/cluster", test::Ask{basic("admin", "wrong password"), {}, {}, {}});
    const auto unknown =
        ask("GET", "/api/v0/cluster", test::Ask{basic("nobody", "wrong password"), {}, {}, {}});
    EXPECT_EQ(expectProblem(known, 401, "unauthorized"), expectProblem(unknown, 401, "unauthorized"));
}

TEST_F(AuthenticatorTest, RolesDecide) {
    for (const auto* role : {"reader", "writer"}) {
        createUser(role, role);
        const test::Ask as{login(role), {}, {}, {}};
        EXPECT_EQ(ask("GET", "/api/v0/cluster", as).status, 200) << role;
        EXPECT_EQ(ask("GET", "/metrics", as).status, 200) << role;
        expectProblem(ask("GET", "/api/v0/users", as), 403, "forbidden");
        expectProblem(ask("GET", "/api/v0/meta/cluster_status", as), 403, "forbidden");
        test::Ask drain = as;
        drain.body = R"({"draining":true})";
        drain.contentType = "application/json";
        expectProblem(ask("PUT", "/api/v0/replica/drain", drain), 403, "forbidden");
    }
    EXPECT_EQ(ask("GET", "/api/v0/users").status, 200);
    EXPECT_EQ(expectProblem(ask("GET", "/api/v0/replica/heartbeat"), 403, "forbidden"),
              "Only members of this cluster may ask for this");
}

TEST_F(AuthenticatorTest, MembersComeByTheirCertificateUntilTheyAreRemoved) {
    const ClusterId cluster(std::string(32, 'c'));
    http::PeerIdentity identity;
    auto request = requestFrom("192.0.2.1:1", {});
    request.headers.remove("Authorization");
    request.peer = &identity;

    identity.uris = {security::replicaUri({cluster, ReplicaId(state::test::idB)})};
    const auto member = begin({request}).front().get();
    ASSERT_TRUE(member) << member.error().error.text();
    EXPECT_EQ(nameOf(*member), "replica " + state::test::idB);
    EXPECT_TRUE(mayAccess(*member, Access::replica));

    identity.uris = {security::replicaUri({cluster, ReplicaId(state::test::idD)})};
    EXPECT_EQ(codeOf(begin({request}).front().get()), ErrorCode::unauthorized) << "no member";
    identity.uris = {security::replicaUri({ClusterId(std::string(32, 'd')), ReplicaId(state::test::idB)})};
    EXPECT_EQ(codeOf(begin({request}).front().get()), ErrorCode::unauthorized) << "of another cluster";
}

TEST_F(AuthenticatorTest, AChangedPasswordEndsWhatWasRememberedOfTheOldOne) {
    createUser("ada", "reader");
    ASSERT_EQ(statusFor(login("ada")), 200);
    ASSERT_EQ(statusFor(login("ada")), 200) << "from memory";
    const auto changed =
        ask("PATCH", "/api/v0/users/ada", R"({"password":"another password","operation_id":""})");
    ASSERT_EQ(changed.status, 200) << changed.body;
    EXPECT_EQ(statusFor(login("ada")), 401);
    EXPECT_EQ(statusFor(basic("ada", "another password")), 200);
}

TEST_F(AuthenticatorTest, WhatBelongedToARemovedUserOpensNothing) {
    createUser("ada", "reader");
    const auto secret = createToken("ada");
    ASSERT_EQ(statusFor(login("ada")), 200);
    ASSERT_EQ(ask("DELETE", "/api/v0/users/ada").status, 204);
    EXPECT_EQ(statusFor(login("ada")), 401);
    EXPECT_EQ(statusFor(basic("ada", secret)), 401);
    createUser("ada", "admin");
    EXPECT_EQ(statusFor(basic("ada", secret)), 401) << "the token of an earlier user of that name";
}

TEST_F(AuthenticatorTest, ARevokedTokenOpensNothing) {
    createUser("ada", "reader");
    const auto secret = createToken("ada");
    const auto listed = ask("GET", "/api/v0/tokens", test::Ask{"Bearer " + secret, {}, {}, {}});
    ASSERT_EQ(listed.status, 200) << listed.body;
    EXPECT_EQ(listed.body.find(secret), std::string::npos) << "a secret is shown once";
    const auto list = api::fromJson<api::AccessTokenList>(listed.body);
    ASSERT_TRUE(list && list->tokens.size() == 1) << listed.body;
    const auto revoked =
        ask("DELETE", "/api/v0/tokens/" + list->tokens.front().id, test::Ask{"Bearer " + secret, {}, {}, {}});
    ASSERT_EQ(revoked.status, 204) << revoked.body;
    EXPECT_EQ(statusFor("Bearer " + secret), 401);
}

// Each connection has a port of its own: that makes no other source.
TEST_F(AuthenticatorTest, GuessingIsSlowedDownAcrossConnections) {
    int refused = 0;
    test::Answer last;
    for (int i = 0; i < 8; ++i) {
        last = ask("GET", "/api/v0/cluster",
                   test::Ask{basic("admin", "guess " + std::to_string(i)), {}, {}, {}});
        refused += last.status == 429 ? 1 : 0;
    }
    EXPECT_GT(refused, 0);
    expectProblem(last, 429, "exhausted");
    EXPECT_GE(std::stoi("0" + last.header("retry-after")), 1);
}

TEST_F(AuthenticatorTest, AStrangerLocksNobodyOut) {
    for (int i = 0; i < 8; ++i) {
        (void)from("203.0.113.7:" + std::to_string(1000 + i), basic("admin", "guess"));
    }
    EXPECT_EQ(codeOf(from("203.0.113.7:2000", basic("admin", test::adminPassword))), ErrorCode::exhausted)
        << "from the stranger's address even the right one has to wait";
    EXPECT_TRUE(from("198.51.100.1:1", basic("admin", test::adminPassword))) << "the owner, from elsewhere";
    EXPECT_TRUE(from("203.0.113.7:2001", basic("admin", test::adminPassword)))
        << "what was right lately is not held up anywhere";
    rig().onThread([this] { rig().clock.advance(90s); });
    createUser("ada", "reader");
    EXPECT_TRUE(from("203.0.113.7:2002", login("ada"))) << "another account from that address";
}

TEST_F(AuthenticatorTest, OneSourceCannotTakeTheWholeQueue) {
    // Unknown users: each costs a whole run of scrypt.
    std::vector<http::Request> flood;
    for (int i = 0; i < 20; ++i) {
        flood.push_back(requestFrom("203.0.113.7:" + std::to_string(1000 + i),
                                    basic("nobody-" + std::to_string(i), "guess")));
    }
    flood.push_back(requestFrom("198.51.100.1:1", basic("admin", test::adminPassword)));
    auto outcomes = begin(flood);
    EXPECT_TRUE(outcomes.back().get()) << "somebody else, in the middle of it";
    int turnedAway = 0;
    for (std::size_t i = 0; i + 1 < outcomes.size(); ++i) {
        const auto outcome = outcomes[i].get();
        turnedAway += codeOf(outcome) == ErrorCode::exhausted ? 1 : 0;
        EXPECT_TRUE(codeOf(outcome) == ErrorCode::exhausted ? outcome.error().retryAfter.has_value()
                                                            : codeOf(outcome) == ErrorCode::unauthorized);
    }
    EXPECT_GE(turnedAway, 1);
}

TEST_F(AuthenticatorTest, AFullQueueTurnsAwayAndSaysWhenToComeAgain) {
    std::vector<http::Request> flood;
    for (int i = 0; i < 60; ++i) {
        flood.push_back(requestFrom("203.0.113." + std::to_string(i) + ":1",
                                    basic("nobody-" + std::to_string(i), "guess")));
    }
    int turnedAway = 0;
    for (auto& waiting : begin(flood)) {
        const auto outcome = waiting.get();
        if (codeOf(outcome) == ErrorCode::exhausted) {
            ++turnedAway;
            EXPECT_EQ(outcome.error().retryAfter, 1s);
        }
    }
    EXPECT_GE(turnedAway, 1);
    EXPECT_LE(turnedAway, 28) << "32 may wait";
}

// Behind a load balancer or a NAT everybody comes from one address.
TEST_F(AuthenticatorTest, AStrangerAtTheOwnersAddressLocksNobodyOut) {
    const std::string shared = "203.0.113.7:";
    ASSERT_TRUE(from(shared + "1", basic("admin", test::adminPassword)));
    rig().onThread([this] { rig().clock.advance(301s); });
    for (int i = 0; i < 8; ++i) {
        (void)from(shared + std::to_string(1000 + i), basic("admin", "guess"));
    }
    EXPECT_EQ(codeOf(from(shared + "2000", basic("admin", "guess"))), ErrorCode::exhausted);
    EXPECT_TRUE(from(shared + "2001", basic("admin", test::adminPassword))) << "was right before";
    EXPECT_EQ(codeOf(from(shared + "2002", basic("admin", "guess"))), ErrorCode::exhausted)
        << "the owner's login gives the stranger no new tries";
}

TEST_F(AuthenticatorTest, WhoWasRightBeforeGoesPastAFullQueue) {
    const std::string shared = "203.0.113.7:";
    ASSERT_TRUE(from(shared + "1", basic("admin", test::adminPassword)));
    rig().onThread([this] { rig().clock.advance(301s); });
    std::vector<http::Request> flood;
    for (int i = 0; i < 60; ++i) {
        const std::string remote = i < 20 ? shared : "198.51.100." + std::to_string(i) + ":";
        flood.push_back(
            requestFrom(remote + std::to_string(1000 + i), basic("nobody-" + std::to_string(i), "guess")));
    }
    flood.push_back(requestFrom(shared + "2000", basic("admin", test::adminPassword)));
    auto outcomes = begin(flood);
    EXPECT_TRUE(outcomes.back().get());
    for (std::size_t i = 0; i + 1 < outcomes.size(); ++i) {
        EXPECT_FALSE(outcomes[i].get());
    }
}

TEST_F(AuthenticatorTest, ALoginThatWaitedOpensNothingOfARemovedUser) {
    // Again where this thread was so slow that the login was through before the user had gone.
    for (bool waited = false; !waited;) {
        createUser("ada", "reader");
        std::vector<http::Request> logins;
        for (int i = 0; i < 24; ++i) {
            logins.push_back(requestFrom("198.51.100." + std::to_string(i) + ":1", basic("nobody", "guess")));
        }
        logins.push_back(requestFrom("203.0.113.7:1", login("ada")));
        auto outcomes = begin(logins);
        const Status removed = boost::asio::co_spawn(
                                   rig().io,
                                   [this]() -> boost::asio::awaitable<Status> {
                                       const state::Request request;
                                       const auto done = co_await rig().users.remove(request, "ada");
                                       co_return done ? Status() : fail(done.error());
                                   },
                                   boost::asio::use_future)
                                   .get();
        ASSERT_TRUE(removed) << removed.error().text();
        ASSERT_TRUE(eventually([&] { return rig().model.snapshot()->users.find("ada") == nullptr; }));
        waited = outcomes.back().wait_for(0s) != std::future_status::ready;
        const auto outcome = outcomes.back().get();
        EXPECT_TRUE(!waited || codeOf(outcome) == ErrorCode::unauthorized);
    }
}

TEST_F(AuthenticatorTest, LoginsWorkWithoutQuorum) {
    createUser("ada", "reader");
    rig().onThread([this] { rig().engine.noQuorum = true; });
    EXPECT_EQ(statusFor(login("ada")), 200);
}

// A replica that knows no user yet must not tell clients that their credentials are wrong.
TEST(AuthenticatorAtStart, AnswersThatItIsTooEarly) {
    boost::asio::io_context io;
    const state::test::TempFolder folder;
    const ClusterId cluster(std::string(32, 'c'));
    state::ReadModel model(folder / "projection", {cluster, Epoch(1)}, Logger());
    Authenticator authenticator(systemClock(), security::systemRandom(), model, cluster);
    for (const auto& credentials :
         {basic("admin", test::adminPassword), "Bearer ph_" + std::string(48, '0')}) {
        http::Request request;
        request.remote = "192.0.2.1:1";
        request.headers.set("Authorization", credentials);
        const auto outcome = state::test::run(io, authenticator.authenticate(request));
        ASSERT_FALSE(outcome);
        EXPECT_EQ(outcome.error().error.code, ErrorCode::unavailable);
        EXPECT_TRUE(outcome.error().retryAfter);
    }
}

} // namespace
} // namespace pilothouse::admin
