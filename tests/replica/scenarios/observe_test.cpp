// SPDX-License-Identifier: GPL-3.0-or-later
// What an operator can find out afterwards: who changed what, from where, which request that was, and how
// many there were of each kind.
#include "scenario.h"

#include <chrono>
#include <sstream>
#include <thread>

namespace pilothouse::registry::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Observe : public Scenario {
protected:
    // An upload that the first replica has, and another replica that requests of it can go to.
    [[nodiscard]] std::string beginAtFirst() {
        const Answer begun = registry().askAt(0, {"POST", at("/blobs/uploads/")});
        EXPECT_EQ(begun.status, 202) << begun.body;
        return begun.field("location");
    }
    [[nodiscard]] std::size_t other() { return registry().size() - 1; }

    // The audit's lines that hold `part`.
    [[nodiscard]] std::vector<std::string> audited(const std::string& part) const {
        std::vector<std::string> found;
        std::istringstream lines(logText());
        for (std::string line; std::getline(lines, line);) {
            if (line.find(" audit: ") != std::string::npos && line.find(part) != std::string::npos) {
                found.push_back(line);
            }
        }
        return found;
    }
    // A sample of a replica's metrics; 0 when it is not there.
    [[nodiscard]] double sample(std::size_t replica, const std::string& name) {
        const Answer metrics = registry().askOnce(replica, {"GET", "/metrics"});
        EXPECT_EQ(metrics.status, 200) << metrics.head;
        const auto found = metrics.body.find("\n" + name + " ");
        return found == std::string::npos ? 0 : std::stod(metrics.body.substr(found + name.size() + 2));
    }
    // That it grows to so much. An answer arrives a moment before it is counted.
    [[nodiscard]] bool reaches(std::size_t replica, const std::string& name, double value) {
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        while (sample(replica, name) < value) {
            if (std::chrono::steady_clock::now() > end) {
                return false;
            }
            std::this_thread::yield();
        }
        return true;
    }
};
INSTANTIATE_TEST_SUITE_P(Spec, Observe, topologies(), nameOf);

TEST_P(Observe, AChangeIsAuditedWithItsClientWhoeverTookIt) {
    const std::string bytes = freshBytes(1000);
    const std::string id = "closing." + digestOf(bytes).substr(7, 12);
    const std::string location = beginAtFirst();
    const auto client = registry().connectFrom(other(), "127.0.0.2");
    const Answer closed = client->ask(wireForm(
        {"PUT",
         closing(location, digestOf(bytes)),
         bytes,
         {{"Content-Type", octets}, {"X-Request-Id", id}, {"Pilothouse-Client-Address", "203.0.113.9"}}},
        registry().login()));
    ASSERT_EQ(closed.status, 201) << closed.body;
    EXPECT_EQ(closed.field("x-request-id"), id);
    EXPECT_EQ(closed.head.find("X-Request-Id"), closed.head.rfind("X-Request-Id")) << closed.head;
    EXPECT_THAT(audited(digestOf(bytes)),
                testing::ElementsAre(AllOf(
                    HasSubstr("push blob " + digestOf(bytes)), HasSubstr(" repository=" + repository() + " "),
                    HasSubstr(" user=admin "), HasSubstr(" from=127.0.0.2 "), HasSubstr(" outcome=done "),
                    testing::EndsWith(" request_id=" + id))));
}

TEST_P(Observe, AnIdThatWasMadeFollowsTheRequest) {
    const std::string bytes = freshBytes(1000);
    const std::string location = beginAtFirst();
    const Answer closed =
        registry().askAt(other(), {"PUT",
                                   closing(location, digestOf(bytes)),
                                   bytes,
                                   {{"Content-Type", octets}, {"X-Request-Id", "not one"}}});
    ASSERT_EQ(closed.status, 201) << closed.body;
    EXPECT_THAT(closed.field("x-request-id"), AllOf(testing::Ne(""), Not(HasSubstr("not one"))));
    EXPECT_THAT(audited(digestOf(bytes)),
                testing::Contains(testing::EndsWith(" request_id=" + closed.field("x-request-id"))));
}

TEST_P(Observe, EveryKindOfChangeIsAudited) {
    const Image image = pushImage("one");
    const auto done = testing::Contains(HasSubstr(" outcome=done "));
    EXPECT_THAT(audited("push manifest " + image.digest + " as tag one"), done);
    const std::string mounting =
        at("/blobs/uploads/?mount=" + image.layer.digest + "&from=" + repository(), "/copy");
    ASSERT_EQ(ask({"POST", mounting}).status, 201);
    EXPECT_THAT(audited("mount blob " + image.layer.digest + " from " + repository()), done);
    ASSERT_EQ(remove(manifestAt("one")).status, 202);
    ASSERT_EQ(remove(manifestAt(image.digest)).status, 202);
    ASSERT_EQ(remove(blobAt(image.layer.digest)).status, 202);
    ASSERT_EQ(remove(blobAt(image.layer.digest)).status, 404);
    EXPECT_THAT(audited("delete tag one "), done);
    EXPECT_THAT(audited("delete manifest " + image.digest), done);
    EXPECT_THAT(audited("delete blob " + image.layer.digest),
                AllOf(done, testing::Contains(Not(HasSubstr(" outcome=done ")))));
    for (const std::string& line : audited(repository())) {
        EXPECT_THAT(
            line, AllOf(HasSubstr(" user=admin "), HasSubstr(" from=127.0.0.1 "), HasSubstr(" request_id=")));
    }
}

TEST_P(Observe, WhatTheAdminApiDeletesIsAuditedToo) {
    const Image image = pushImage("one");
    ASSERT_EQ(putManifest("two", image.manifest).status, 201);
    std::string below = "/api/v0/repositories/" + repository();
    below.replace(below.rfind('/'), 1, "%2F");
    const auto client = registry().connectFrom(other(), "127.0.0.2");
    const auto statusOf = [&](const std::string& rest) {
        const Ask ask{.method = "DELETE", .target = below + rest, .fields = {{"X-Request-Id", "by-the-api"}}};
        return client->ask(wireForm(ask, registry().login())).status;
    };
    ASSERT_EQ(statusOf("/manifests/one?tag_only=true&dry_run=true"), 200);
    EXPECT_THAT(audited(" audit: delete "), testing::Each(Not(HasSubstr(repository()))))
        << "nothing was changed";
    ASSERT_EQ(statusOf("/manifests/one?tag_only=true"), 200);
    ASSERT_EQ(statusOf("/manifests/two"), 200);
    ASSERT_EQ(statusOf("/manifests/two"), 404);
    (void)pushImage("three");
    ASSERT_EQ(statusOf(""), 200);
    const std::string rest = " repository=" + repository() + " user=admin from=127.0.0.2 outcome=done ";
    for (const char* action : {"delete tag one", "delete image two", "delete repository"}) {
        EXPECT_THAT(audited(action + rest), testing::ElementsAre(testing::EndsWith(" request_id=by-the-api")))
            << action;
    }
}

TEST_P(Observe, RequestsAreCountedByRoute) {
    const Image image = pushImage("one");
    const std::string blob = R"({route="blob",method="GET")";
    const std::string sent = "pilothouse_route_sent_bytes_total" + blob + "}";
    const std::string found = "pilothouse_route_requests_total" + blob + R"(,code="2xx"})";
    const std::string missed = "pilothouse_route_requests_total" + blob + R"(,code="4xx"})";
    const std::string timed = "pilothouse_route_request_duration_seconds_count" + blob + "}";
    const std::string head = R"(pilothouse_route_requests_total{route="manifest",method="HEAD",code="2xx"})";
    const std::size_t replica = other();
    const double sentBefore = sample(replica, sent);
    const double foundBefore = sample(replica, found);
    const double missedBefore = sample(replica, missed);
    const double timedBefore = sample(replica, timed);
    const double headBefore = sample(replica, head);
    for (int i = 0; i < 3; ++i) {
        ASSERT_EQ(registry().askAt(replica, {"GET", blobAt(image.layer.digest)}).status, 200);
    }
    ASSERT_EQ(registry().askAt(replica, {"HEAD", manifestAt("one")}).status, 200);
    const Answer missing = registry().askAt(replica, {"GET", blobAt(digestOf("nothing"))});
    ASSERT_EQ(missing.status, 404);
    EXPECT_TRUE(reaches(replica, timed, timedBefore + 4));
    EXPECT_TRUE(reaches(replica, head, headBefore + 1));
    EXPECT_EQ(sample(replica, found), foundBefore + 3);
    EXPECT_EQ(sample(replica, missed), missedBefore + 1);
    const auto bytes = static_cast<double>(3 * image.layer.bytes.size() + missing.body.size());
    // A little more when the one that is missing was asked for again: see Balancer.
    EXPECT_THAT(sample(replica, sent),
                AllOf(testing::Ge(sentBefore + bytes), testing::Lt(sentBefore + bytes + 1000)));
}

} // namespace
} // namespace pilothouse::registry::test
