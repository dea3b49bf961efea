// SPDX-License-Identifier: GPL-3.0-or-later
// Limits that administrators set, each with a clear answer. Pulls go on.
#include "scenario.h"

namespace pilothouse::registry::test {
namespace {

class Limits : public Scenario {
protected:
    // At every replica. It is as it was when the test ends.
    void set(const std::string& name, const std::string& value) {
        change(name, value);
        m_changed.push_back(name);
    }
    void TearDown() override {
        for (const std::string& name : m_changed) {
            change(name, m_standards.at(name));
        }
        Scenario::TearDown();
    }

private:
    void change(const std::string& name, const std::string& value) {
        Ask asked{"PUT", "/api/v0/settings/" + name, R"({"value":")" + value + R"(","operation_id":""})"};
        asked.fields = {{"Content-Type", "application/json"}};
        const Answer changed = registry().askOnce(0, asked);
        ASSERT_EQ(changed.status, 200) << changed.body;
        for (std::size_t i = 0; i < registry().size(); ++i) {
            const Answer listed = registry().askOnce(i, {"GET", "/api/v0/settings"}); // after a barrier
            ASSERT_EQ(listed.status, 200) << listed.body;
            const auto list = jsonOf(listed);
            for (const auto& one : list.at("settings").as_array()) {
                m_standards[std::string(one.at("name").as_string())] =
                    std::string(one.at("standard").as_string());
            }
        }
    }

    std::vector<std::string> m_changed;
    std::map<std::string, std::string> m_standards;
};
INSTANTIATE_TEST_SUITE_P(Spec, Limits, topologies(), nameOf);

TEST_P(Limits, AReadOnlyRegistryIsPulledFromAlone) {
    const Image image = pushImage("v1");
    set("read_only_registry", "true");
    EXPECT_EQ(everywhere({"GET", manifestAt("v1")}), all(200));
    for (const Ask& refused :
         {Ask{"POST", at("/blobs/uploads/")}, Ask{"DELETE", manifestAt("v1")},
          Ask{"DELETE", blobAt(image.layer.digest)}, Ask{"PUT", manifestAt("v2"), image.manifest}}) {
        const Answer answer = ask(refused);
        EXPECT_EQ(answer.status, 403) << refused.method << " " << answer.body;
        EXPECT_EQ(codeOf(answer), "DENIED");
        EXPECT_THAT(answer.body, testing::HasSubstr("read-only"));
    }
}

TEST_P(Limits, OfManifestsAndBlobs) {
    set("manifest_bytes", "65536");
    set("blob_bytes", "1048576");
    const Blob config = pushBlob("{}");
    const std::string padding = R"(,"annotations":{"x":")" + std::string(70'000, 'x') + R"("})";
    const Answer large = putManifest("v1", manifestOf(config, {}, padding));
    EXPECT_EQ(large.status, 413) << large.body;
    EXPECT_EQ(codeOf(large), "MANIFEST_INVALID");
    EXPECT_EQ(putManifest("v1", manifestOf(config, {})).status, 201);
    const std::string bytes = freshBytes(1'048'577);
    const Answer pushed = put(beginUpload(), digestOf(bytes), bytes);
    EXPECT_EQ(pushed.status, 413) << pushed.body;
    EXPECT_EQ(codeOf(pushed), "SIZE_INVALID");
    pushBlob(freshBytes(1'048'576));
}

TEST_P(Limits, OfUploadsOfOneUser) {
    constexpr std::size_t most = 60; // more than other scenarios leave unfinished
    set("uploads_per_user", std::to_string(most));
    std::vector<std::string> begun;
    Answer last;
    while (begun.size() <= most * registry().size()) {
        last = ask({"POST", at("/blobs/uploads/")});
        if (last.status != 202) {
            break;
        }
        begun.push_back(std::string(last.field("location")));
    }
    EXPECT_EQ(last.status, 429) << last.body;
    EXPECT_EQ(codeOf(last), "TOOMANYREQUESTS");
    EXPECT_FALSE(begun.empty());
    for (const std::string& upload : begun) {
        EXPECT_EQ(remove(upload).status, 204);
    }
    EXPECT_EQ(remove(beginUpload()).status, 204) << "there is room again";
}

TEST_P(Limits, OfRequestsASecond) {
    set("requests_per_second", "20");
    Answer refused;
    for (int i = 0; i < 2000 && refused.status != 429; ++i) {
        refused = registry().askOnce(0, {"GET", "/v2/"});
    }
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(codeOf(refused), "TOOMANYREQUESTS");
    EXPECT_EQ(refused.field("retry-after"), "1");
}

TEST_P(Limits, OfWhatStaysFreeOnTheDisk) {
    pushImage("v1");
    set("push_floor_mib", "1073741824"); // more than any disk has
    const Answer refused = registry().askOnce(0, {"POST", at("/blobs/uploads/")});
    EXPECT_EQ(refused.status, 507) << refused.body;
    EXPECT_EQ(codeOf(refused), "DENIED");
    EXPECT_THAT(refused.body, testing::HasSubstr("MiB are kept free"));
    EXPECT_EQ(everywhere({"GET", manifestAt("v1")}), all(200)) << "pulls go on";
}

} // namespace
} // namespace pilothouse::registry::test
