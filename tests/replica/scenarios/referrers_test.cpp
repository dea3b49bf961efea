// SPDX-License-Identifier: GPL-3.0-or-later
// "Listing Referrers", with the contents of the tag schema that clients without referrers keep.
#include "scenario.h"

namespace pilothouse::registry::test {
namespace {

using testing::UnorderedElementsAre;

class Referrers : public Scenario {
protected:
    // Pushes a manifest about `subject`; gives its bytes.
    std::string pushAbout(const std::string& subject, const std::string& more = {},
                          const std::string& configType = "application/vnd.oci.image.config.v1+json") {
        const std::string manifest =
            manifestOf(pushBlob(freshBytes(60)), {}, more + subjectField(subject), configType);
        const Answer pushed = putManifest(digestOf(manifest), manifest);
        EXPECT_EQ(pushed.status, 201) << pushed.body;
        return manifest;
    }
    [[nodiscard]] Answer list(const std::string& digest, const std::string& query = {}) {
        const Answer answer = get(at("/referrers/" + digest + query));
        EXPECT_EQ(answer.status, 200) << answer.body;
        EXPECT_EQ(answer.field("content-type"), ociIndex);
        const auto index = jsonOf(answer);
        EXPECT_EQ(index.at("schemaVersion").as_int64(), 2);
        EXPECT_EQ(index.at("mediaType").as_string(), ociIndex);
        return answer;
    }
    [[nodiscard]] static boost::json::array entriesOf(const Answer& answer) {
        return jsonOf(answer).at("manifests").as_array();
    }
    [[nodiscard]] static std::vector<std::string> digestsIn(const Answer& answer) {
        std::vector<std::string> digests;
        for (const auto& entry : entriesOf(answer)) {
            digests.emplace_back(entry.at("digest").as_string());
        }
        return digests;
    }
};
INSTANTIATE_TEST_SUITE_P(Spec, Referrers, topologies(), nameOf);

TEST_P(Referrers, AreNoneOfWhatNobodyRefersTo) {
    EXPECT_TRUE(entriesOf(list(digestOf("nothing"))).empty()) << "not even the repository is there";
    const Image image = pushImage("latest");
    const Answer answer = list(image.digest);
    EXPECT_TRUE(entriesOf(answer).empty());
    EXPECT_EQ(answer.field("oci-filters-applied"), "");
    EXPECT_TRUE(entriesOf(list(sha512Of("nothing"))).empty());
    EXPECT_EQ(head(at("/referrers/" + image.digest)).status, 200);
}

TEST_P(Referrers, OfADigestThatIsNoneAreRefused) {
    for (const char* digest : {"latest", "sha256:abc", "sha256:totallywrong", ":", "md5:0"}) {
        const Answer answer = get(at("/referrers/") + digest);
        EXPECT_EQ(answer.status, 400) << digest;
        EXPECT_EQ(codeOf(answer), "DIGEST_INVALID");
    }
}

TEST_P(Referrers, AreDescribed) {
    const Image image = pushImage("latest");
    const std::string about = pushAbout(
        image.manifest, R"(,"artifactType":"application/x.sbom","annotations":{"org.a":"1","b":"é"})");
    const auto entries = entriesOf(list(image.digest));
    ASSERT_EQ(entries.size(), 1U);
    const boost::json::object expected{{"mediaType", ociManifest},
                                       {"digest", digestOf(about)},
                                       {"size", about.size()},
                                       {"artifactType", "application/x.sbom"},
                                       {"annotations", {{"org.a", "1"}, {"b", "é"}}}};
    EXPECT_EQ(entries[0], expected) << entries[0];
}

TEST_P(Referrers, HaveTheTypeOfTheirConfigOrNone) {
    const Image image = pushImage("latest");
    pushAbout(image.manifest, "", "application/x.config");
    EXPECT_EQ(entriesOf(list(image.digest)).at(0).at("artifactType").as_string(), "application/x.config");
    const std::string subject = freshBytes(20);
    const std::string index = indexOf({}, R"(,"annotations":{"a":"b"})" + subjectField(subject));
    ASSERT_EQ(putManifest(digestOf(index), index, ociIndex).status, 201);
    const auto entries = entriesOf(list(digestOf(subject)));
    ASSERT_EQ(entries.size(), 1U);
    EXPECT_EQ(entries[0].at("mediaType").as_string(), ociIndex);
    EXPECT_FALSE(entries[0].as_object().contains("artifactType")) << "an index has none of its own";
}

TEST_P(Referrers, AreFilteredByType) {
    const Image image = pushImage("latest");
    const std::string sbom = pushAbout(image.manifest, R"(,"artifactType":"application/x.sbom+json")");
    const std::string other = pushAbout(image.manifest, R"(,"artifactType":"application/x.sbom")");
    const std::string config = pushAbout(image.manifest, "", "application/x.signature");
    EXPECT_THAT(digestsIn(list(image.digest)),
                UnorderedElementsAre(digestOf(sbom), digestOf(other), digestOf(config)));
    for (const auto& [type, digest] : {std::pair("application/x.sbom%2Bjson", digestOf(sbom)),
                                       std::pair("application%2Fx.sbom", digestOf(other)),
                                       std::pair("application/x.signature", digestOf(config))}) {
        const Answer filtered = list(image.digest, std::string("?artifactType=") + type);
        EXPECT_THAT(digestsIn(filtered), UnorderedElementsAre(digest)) << type;
        EXPECT_EQ(filtered.field("oci-filters-applied"), "artifactType");
    }
    EXPECT_TRUE(digestsIn(list(image.digest, "?artifactType=application/none")).empty());
}

// "+" stands for itself in what Go's clients send unescaped, for a blank in forms: no type has blanks.
TEST_P(Referrers, AreFilteredByATypeWithAPlus) {
    const Image image = pushImage("latest");
    const std::string sbom = pushAbout(image.manifest, R"(,"artifactType":"application/x.sbom+json")");
    EXPECT_THAT(digestsIn(list(image.digest, "?artifactType=application/x.sbom+json")),
                UnorderedElementsAre(digestOf(sbom)));
}

TEST_P(Referrers, MayComeBeforeTheirSubject) {
    const std::string subject = manifestOf(pushBlob(freshBytes(60)), {});
    const std::string about = pushAbout(subject);
    EXPECT_THAT(digestsIn(list(digestOf(subject))), UnorderedElementsAre(digestOf(about)));
    ASSERT_EQ(putManifest("late", subject).status, 201);
    EXPECT_THAT(digestsIn(list(digestOf(subject))), UnorderedElementsAre(digestOf(about)));
}

TEST_P(Referrers, AreGoneWhenDeleted) {
    const Image image = pushImage("latest");
    const std::string one = pushAbout(image.manifest);
    const std::string other = pushAbout(image.manifest);
    ASSERT_EQ(remove(manifestAt(digestOf(one))).status, 202);
    for (std::size_t replica = 0; replica < registry().size(); ++replica) {
        const Answer answer = registry().askAt(replica, {"GET", at("/referrers/" + image.digest)});
        EXPECT_THAT(digestsIn(answer), UnorderedElementsAre(digestOf(other)));
    }
    ASSERT_EQ(remove(manifestAt(image.digest)).status, 202);
    EXPECT_THAT(digestsIn(list(image.digest)), UnorderedElementsAre(digestOf(other)))
        << "they outlive their subject";
}

TEST_P(Referrers, AreOfTheirRepository) {
    const Image image = pushImage("latest");
    pushAbout(image.manifest);
    EXPECT_TRUE(entriesOf(get(at("/referrers/" + image.digest, "/other"))).empty());
}

// A client that knows no referrers keeps an index under the tag "<algorithm>-<hash>", of 64 digits at most.
TEST_P(Referrers, OfTheTagSchemaAreListedToo) {
    const Image image = pushImage("latest");
    const std::string both = pushAbout(image.manifest);
    const std::string own = pushAbout(image.manifest);
    const std::string old = manifestOf(pushBlob(freshBytes(60)), {});
    ASSERT_EQ(putManifest(digestOf(old), old).status, 201);
    for (const std::string& subject : {image.digest, sha512Of(image.manifest)}) {
        std::string tag = subject.substr(0, 7 + 64);
        tag.replace(6, 1, "-");
        ASSERT_EQ(putManifest(tag, indexOf({both, old}), ociIndex).status, 201);
    }
    EXPECT_THAT(digestsIn(list(image.digest)),
                UnorderedElementsAre(digestOf(both), digestOf(own), digestOf(old)));
    EXPECT_THAT(digestsIn(list(sha512Of(image.manifest))),
                UnorderedElementsAre(digestOf(both), digestOf(old)));
}

TEST_P(Referrers, AreNotTakenFromAnythingElseUnderThatTag) {
    const Image image = pushImage("latest");
    std::string tag = image.digest;
    tag.replace(6, 1, "-");
    ASSERT_EQ(putManifest(tag, manifestOf(pushBlob(freshBytes(60)), {})).status, 201);
    EXPECT_TRUE(entriesOf(list(image.digest)).empty());
}

} // namespace
} // namespace pilothouse::registry::test
