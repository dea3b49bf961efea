// SPDX-License-Identifier: GPL-3.0-or-later
// What the admin API tells of the registry, and what it deletes: after a push through any replica, at once,
// at every other.
#include "base/encoding.h"
#include "replica/http/url.h"
#include "scenario.h"

#include <thread>

namespace pilothouse::registry::test {
namespace {

namespace json = boost::json;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class Repositories : public Scenario {
protected:
    [[nodiscard]] Answer api(const std::string& method, const std::string& target,
                             const std::string& body = {}) {
        const std::size_t replica = m_turn++ % registry().size();
        Ask asked{method, "/api/v0/" + target, body};
        if (!body.empty()) {
            asked.fields = {{"Content-Type", "application/json"}};
        }
        return registry().askOnce(replica, asked);
    }
    [[nodiscard]] std::string own(const std::string& rest = {}) const {
        return "repositories/" + http::percentEncode(repository()) + rest;
    }
    [[nodiscard]] json::object ask(const std::string& target) {
        const Answer answer = api("GET", target);
        EXPECT_EQ(answer.status, 200) << target << "\n" << answer.body;
        return answer.status == 200 ? jsonOf(answer).as_object() : json::object();
    }
    [[nodiscard]] static std::vector<std::string> names(const json::value& list, const char* field = "name") {
        std::vector<std::string> found;
        for (const json::value& entry : list.as_array()) {
            found.emplace_back(entry.at(field).as_string());
        }
        return found;
    }
    std::string pushIndex(const std::string& tag, const std::vector<Image>& images) {
        std::vector<std::string> manifests;
        for (const Image& image : images) {
            manifests.push_back(image.manifest);
        }
        const std::string index = indexOf(manifests);
        EXPECT_EQ(putManifest(tag, index, ociIndex).status, 201);
        return digestOf(index);
    }

private:
    std::size_t m_turn = 0;
};
INSTANTIATE_TEST_SUITE_P(Admin, Repositories, topologies(), nameOf);

TEST_P(Repositories, TellWhatTheyHaveAndWhoPushedLast) {
    const Image first = pushImage("v1");
    const Image second = pushImage("v2");
    const json::object found = ask(own());
    const auto bytes = static_cast<std::int64_t>(first.config.bytes.size() + first.layer.bytes.size() +
                                                 first.manifest.size() + second.config.bytes.size() +
                                                 second.layer.bytes.size() + second.manifest.size());
    EXPECT_EQ(found.at("name").as_string(), repository());
    EXPECT_EQ(found.at("tags").as_int64(), 2);
    EXPECT_EQ(found.at("manifests").as_int64(), 2);
    EXPECT_EQ(found.at("bytes").as_int64(), bytes);
    EXPECT_EQ(found.at("last_tag").as_string(), "v2");
    EXPECT_EQ(found.at("last_push").at("by").as_string(), "admin");
    EXPECT_EQ(found.at("last_push").at("from").as_string(), "127.0.0.1");
    EXPECT_EQ(api("GET", "repositories/none%2Fsuch").status, 404);
}

TEST_P(Repositories, AreListedInPagesAndFoundByNameOrTag) {
    const Image image = pushImage("needle-4711");
    const json::object byTag = ask("repositories?search=NEEDLE-47");
    ASSERT_THAT(names(byTag.at("repositories")), ElementsAre(repository()));
    EXPECT_EQ(byTag.at("repositories").at(0).at("matching_tags").as_int64(), 1);
    const json::object byName = ask("repositories?search=" + repository());
    EXPECT_THAT(names(byName.at("repositories")), ElementsAre(repository()));
    EXPECT_GE(byName.at("total").as_int64(), 1);
    EXPECT_THAT(names(ask("repositories?search=nothing-like-it").at("repositories")), IsEmpty());

    ASSERT_EQ(pushBlob("x", "-b").bytes, "x");
    std::vector<std::string> all;
    std::string after;
    for (int pages = 0; pages < 1000; ++pages) {
        const json::object page = ask("repositories?limit=1&after=" + http::percentEncode(after));
        const auto found = names(page.at("repositories"));
        ASSERT_LE(found.size(), 1U);
        all.insert(all.end(), found.begin(), found.end());
        if (!page.contains("next")) {
            break;
        }
        after = std::string(page.at("next").as_string());
    }
    EXPECT_TRUE(std::is_sorted(all.begin(), all.end()));
    EXPECT_THAT(all, testing::Contains(repository()));
    EXPECT_EQ(api("GET", "repositories?limit=0").status, 400);
    EXPECT_EQ(api("GET", own("/tags?order=size")).status, 400);
    EXPECT_EQ(api("GET", own("/tags?after=v1")).status, 400) << "not a place in this order";
}

TEST_P(Repositories, TagsComeNewestFirstOrByNameInPages) {
    const Image image = pushImage("b");
    for (const char* tag : {"c", "a"}) {
        ASSERT_EQ(putManifest(tag, image.manifest).status, 201);
    }
    EXPECT_THAT(names(ask(own("/tags")).at("tags")), ElementsAre("a", "c", "b"));
    EXPECT_THAT(names(ask(own("/tags?order=name")).at("tags")), ElementsAre("a", "b", "c"));
    EXPECT_THAT(names(ask(own("/tags?search=C")).at("tags")), ElementsAre("c"));
    for (const std::string order : {"newest", "name"}) {
        std::vector<std::string> found;
        std::string after;
        for (int pages = 0; pages < 4; ++pages) {
            const json::object page =
                ask(own("/tags?limit=1&order=" + order + "&after=" + http::percentEncode(after)));
            const auto some = names(page.at("tags"));
            found.insert(found.end(), some.begin(), some.end());
            after = page.contains("next") ? std::string(page.at("next").as_string()) : std::string();
            if (after.empty()) {
                break;
            }
        }
        EXPECT_EQ(found.size(), 3U) << order;
    }
    const json::object page = ask(own("/tags"));
    const json::value& tag = page.at("tags").at(0);
    EXPECT_EQ(tag.at("digest").as_string(), image.digest);
    EXPECT_EQ(tag.at("bytes").as_int64(),
              static_cast<std::int64_t>(image.manifest.size() + image.config.bytes.size() +
                                        image.layer.bytes.size()));
    EXPECT_EQ(api("GET", "repositories/none/tags").status, 404);
}

TEST_P(Repositories, AnImageTellsWhatItIsMadeOfAndWhereItIs) {
    const Blob config =
        pushBlob(R"({"os":"linux","architecture":"arm64","x":")" + digestOf(freshBytes(9)) + "\"}");
    const Blob layer = pushBlob(freshBytes(1000));
    const std::string manifest = manifestOf(config, {layer});
    ASSERT_EQ(putManifest("v1", manifest).status, 201);
    const std::string signature =
        manifestOf(config, {layer}, subjectField(manifest), "application/x-signature");
    ASSERT_EQ(putManifest(digestOf(signature), signature).status, 201);
    json::object found;
    // Copies on the third replica may take a moment.
    for (int tries = 0; tries < 200; ++tries) {
        found = ask(own("/manifests/v1"));
        if (found.at("copies").at("on").as_array().size() == registry().size()) {
            break;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(25));
    }
    EXPECT_EQ(found.at("copies").at("on").as_array().size(), registry().size());
    EXPECT_EQ(found.at("digest").as_string(), digestOf(manifest));
    EXPECT_EQ(found.at("platforms").at(0).as_string(), "linux/arm64");
    EXPECT_THAT(names(found.at("layers"), "digest"), ElementsAre(config.digest, layer.digest));
    EXPECT_EQ(found.at("layers").at(1).at("also_used").at(0).at("manifests").as_int64(), 1)
        << "the signature";
    EXPECT_THAT(names(found.at("referrers"), "digest"), ElementsAre(digestOf(signature)));
    EXPECT_EQ(ask(own("/manifests/" + digestOf(signature))).at("subject").as_string(), digestOf(manifest));
    EXPECT_EQ(api("GET", own("/manifests/none")).status, 404);
}

TEST_P(Repositories, DeletingTheLastTagTakesTheIndexAndItsImages) {
    const Image amd = pushImage("amd");
    const Image arm = pushImage("arm");
    const std::string index = pushIndex("v1", {amd, arm});
    EXPECT_EQ(ask(own("/manifests/" + amd.digest)).at("indexes").at(0).as_string(), index);
    for (const char* tag : {"amd", "arm"}) {
        ASSERT_EQ(api("DELETE", own("/manifests/" + std::string(tag))).status, 200);
        EXPECT_EQ(head(manifestAt(amd.digest)).status, 200) << "the index needs it";
    }
    const Answer look = api("DELETE", own("/manifests/v1?dry_run=true"));
    ASSERT_EQ(look.status, 200) << look.body;
    EXPECT_EQ(jsonOf(look).at("manifest_count").as_int64(), 3);
    EXPECT_EQ(head(manifestAt("v1")).status, 200);
    const Answer gone = api("DELETE", own("/manifests/v1"));
    ASSERT_EQ(gone.status, 200) << gone.body;
    EXPECT_THAT(names(jsonOf(gone).at("manifests"), "digest"),
                UnorderedElementsAre(index, amd.digest, arm.digest));
    EXPECT_EQ(everywhere({"HEAD", manifestAt("v1")}), all(404));
    EXPECT_EQ(everywhere({"HEAD", manifestAt(arm.digest)}), all(404));
    EXPECT_EQ(api("DELETE", own("/manifests/v1")).status, 404);
}

TEST_P(Repositories, ARepositoryGoesAsAWholeEverywhere) {
    const Image image = pushImage("v1");
    ASSERT_EQ(api("DELETE", own("?dry_run=true")).status, 200);
    const Answer gone = api("DELETE", own());
    ASSERT_EQ(gone.status, 200) << gone.body;
    EXPECT_EQ(jsonOf(gone).at("tag_count").as_int64(), 1);
    EXPECT_EQ(everywhere({"GET", at("/tags/list")}), all(404));
    EXPECT_EQ(everywhere({"HEAD", blobAt(image.layer.digest)}), all(404));
    EXPECT_EQ(api("GET", own()).status, 404);
    (void)pushImage("v1"); // and it can be made anew
    EXPECT_EQ(ask(own()).at("tags").as_int64(), 1);
}

TEST_P(Repositories, TheCollectorIsAskedThroughAnyReplica) {
    (void)pushBlob(freshBytes(100));
    for (std::size_t i = 0; i < registry().size(); ++i) {
        const Answer looked = api("POST", "registry/collect", R"({"dry_run":true})");
        ASSERT_EQ(looked.status, 200) << looked.body;
        EXPECT_GE(jsonOf(looked).at("unreferenced").as_int64(), 1);
        EXPECT_EQ(jsonOf(looked).at("deleted").as_int64(), 0);
    }
    EXPECT_EQ(api("POST", "registry/collect", R"({"dry_run":false})").status, 200);
}

TEST_P(Repositories, ShowOnlyWhatMayBePulled) {
    (void)pushImage("v1");
    const std::string user = "guest-" + digestOf(repository()).substr(7, 12);
    const std::string password = "correct horse battery staple";
    ASSERT_EQ(
        api("POST", "users",
            R"({"name":")" + user + R"(","password":")" + password + R"(","role":"guest","operation_id":""})")
            .status,
        201);
    const std::string login = "Basic " + toBase64(user + ":" + password);
    const auto asGuest = [&](const std::string& method, const std::string& target) {
        return registry().askOnce(0,
                                  {method, "/api/v0/" + target, "", {{"Authorization", login}}, false, true});
    };
    EXPECT_EQ(asGuest("GET", own()).status, 404);
    EXPECT_EQ(asGuest("DELETE", own()).status, 404);
    const Answer none = asGuest("GET", "repositories");
    ASSERT_EQ(none.status, 200) << none.body;
    EXPECT_THAT(names(jsonOf(none).at("repositories")), IsEmpty());
    EXPECT_FALSE(jsonOf(none).as_object().contains("total"));
    ASSERT_EQ(api("PUT", "users/" + user + "/grants/" + http::percentEncode(repository()),
                  R"({"role":"reader","operation_id":""})")
                  .status,
              200);
    const Answer seen = asGuest("GET", own());
    ASSERT_EQ(seen.status, 200) << seen.body;
    EXPECT_FALSE(jsonOf(seen).at("last_push").as_object().contains("from"))
        << "addresses are administrators'";
    EXPECT_EQ(asGuest("DELETE", own()).status, 403);
    EXPECT_EQ(asGuest("POST", "registry/collect").status, 403);
}

} // namespace
} // namespace pilothouse::registry::test
