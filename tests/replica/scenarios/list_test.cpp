// SPDX-License-Identifier: GPL-3.0-or-later
// "Content Discovery": tags and repositories, in order and in pages.
#include "scenario.h"

namespace pilothouse::registry::test {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::IsEmpty;
using Names = std::vector<std::string>;

class List : public Scenario {
protected:
    void tag(const Names& names) {
        const Image image = pushImage(names.front());
        for (const std::string& name : names) {
            ASSERT_EQ(putManifest(name, image.manifest).status, 201) << name;
        }
    }
    [[nodiscard]] Names tags(const std::string& query = {}) {
        const Answer answer = get(at("/tags/list" + query));
        EXPECT_EQ(answer.status, 200) << query;
        EXPECT_EQ(answer.field("content-type"), "application/json");
        return listIn(answer, "tags");
    }
    // Follows the links from `target` to the end; each page through another replica.
    [[nodiscard]] Names everyPage(std::string target, const char* list, std::size_t atMost) {
        Names names;
        for (int pages = 0; !target.empty() && pages < 200; ++pages) {
            const Answer answer = get(target);
            EXPECT_EQ(answer.status, 200) << target;
            const Names page = listIn(answer, list);
            EXPECT_LE(page.size(), atMost);
            names.insert(names.end(), page.begin(), page.end());
            target = nextOf(answer);
        }
        return names;
    }
};
INSTANTIATE_TEST_SUITE_P(Spec, List, topologies(), nameOf);

const Names some{"0", "1.0", "1.0-rc", "A", "Z", "_x", "a", "a.b", "b", "latest", "v1", "v10", "v2"};

TEST_P(List, TagsInTheOrderOfTheirBytes) {
    Names shuffled = some;
    std::rotate(shuffled.begin(), shuffled.begin() + 5, shuffled.end());
    std::swap(shuffled[0], shuffled[3]);
    tag(shuffled);
    const Answer answer = get(at("/tags/list"));
    EXPECT_EQ(jsonOf(answer).at("name").as_string(), repository());
    EXPECT_EQ(nextOf(answer), "");
    EXPECT_THAT(listIn(answer, "tags"), ElementsAreArray(some));
    EXPECT_EQ(head(at("/tags/list")).status, 200);
}

TEST_P(List, SomeTagsAtATime) {
    tag(some);
    EXPECT_THAT(tags("?n=3"), ElementsAre("0", "1.0", "1.0-rc"));
    EXPECT_THAT(tags("?n=2&last=a"), ElementsAre("a.b", "b"));
    EXPECT_THAT(tags("?last=latest"), ElementsAre("v1", "v10", "v2"));
    EXPECT_THAT(tags("?n=2&last=c"), ElementsAre("latest", "v1")) << "after a name that is no tag";
    EXPECT_THAT(tags("?n=100&last=v2"), IsEmpty());
    EXPECT_THAT(tags("?n=" + std::to_string(some.size())), ElementsAreArray(some));
    EXPECT_THAT(tags("?n=99999999999999999999999"), ElementsAreArray(some));
    EXPECT_THAT(tags("?n=5&last=%01%ff%0a"), testing::SizeIs(testing::Le(5U))) << "whatever it is";
}

TEST_P(List, NoTagsWhenNoneAreAskedFor) {
    tag({"a", "b"});
    for (const char* query : {"?n=0", "?n=0&last=a", "?n=00"}) {
        const Answer answer = get(at("/tags/list") + query);
        EXPECT_EQ(answer.status, 200);
        EXPECT_THAT(listIn(answer, "tags"), IsEmpty());
        EXPECT_EQ(answer.field("link"), "");
    }
}

TEST_P(List, TagsFollowedByLinks) {
    tag(some);
    for (const std::size_t size : {1, 2, 5, 12, 13, 14}) {
        EXPECT_THAT(everyPage(at("/tags/list?n=" + std::to_string(size)), "tags", size),
                    ElementsAreArray(some));
    }
    EXPECT_EQ(nextOf(get(at("/tags/list?n=13"))), "") << "nothing follows";
    EXPECT_NE(nextOf(get(at("/tags/list?n=12"))), "");
}

TEST_P(List, NotByANumberThatIsNone) {
    tag({"a"});
    for (const std::string& target : {at("/tags/list"), std::string("/v2/_catalog")}) {
        for (const char* n :
             {"", "-1", "x", "1x", "1.5", "0x10", "%20", "+1", "-99999999999999999999999", "%00"}) {
            EXPECT_EQ(get(target + "?n=" + n).status, 400) << target << "?n=" << n;
        }
    }
}

TEST_P(List, NoTagsOfAnUnknownRepository) {
    const Answer answer = get(at("/tags/list"));
    EXPECT_EQ(answer.status, 404);
    EXPECT_EQ(codeOf(answer), "NAME_UNKNOWN");
}

TEST_P(List, NoTagsOfARepositoryThatHasNone) {
    const Image image = pushImage("only");
    ASSERT_EQ(remove(manifestAt("only")).status, 202);
    for (std::size_t replica = 0; replica < registry().size(); ++replica) {
        EXPECT_THAT(listIn(registry().askAt(replica, {"GET", at("/tags/list")}), "tags"), IsEmpty());
    }
    EXPECT_EQ(get(manifestAt(image.digest)).status, 200);
}

TEST_P(List, WhatWasJustPushedEverywhere) {
    for (const char* name : {"a", "b", "c"}) {
        pushImage(name);
        for (std::size_t replica = 0; replica < registry().size(); ++replica) {
            const Answer answer = registry().askAt(replica, {"GET", at("/tags/list")});
            EXPECT_THAT(listIn(answer, "tags"), testing::Contains(name)) << "replica " << replica + 1;
        }
    }
}

TEST_P(List, TheLongestTag) {
    const std::string longest(128, 'x');
    tag({longest, "y"});
    EXPECT_EQ(get(manifestAt(longest)).status, 200);
    EXPECT_THAT(everyPage(at("/tags/list?n=1"), "tags", 1), ElementsAre(longest, "y"));
}

TEST_P(List, Repositories) {
    Names expected;
    for (const char* suffix : {"", "-x", "/a", "/b", "/b/c"}) {
        const Blob config = pushBlob(freshBytes(50), suffix);
        const Answer pushed = ask(
            {"PUT", manifestAt("latest", suffix), manifestOf(config, {}), {{"Content-Type", ociManifest}}});
        ASSERT_EQ(pushed.status, 201) << pushed.body;
        expected.push_back(repository() + suffix);
    }
    const Names whole = listIn(get("/v2/_catalog"), "repositories");
    EXPECT_TRUE(std::is_sorted(whole.begin(), whole.end()));
    EXPECT_THAT(whole, testing::IsSupersetOf(expected));
    EXPECT_EQ(everyPage("/v2/_catalog?n=2", "repositories", 2), whole);
    EXPECT_THAT(listIn(get("/v2/_catalog?n=2&last=" + repository()), "repositories"),
                ElementsAre(repository() + "-x", repository() + "/a"));
    EXPECT_THAT(listIn(get("/v2/_catalog?n=0"), "repositories"), IsEmpty());
}

} // namespace
} // namespace pilothouse::registry::test
