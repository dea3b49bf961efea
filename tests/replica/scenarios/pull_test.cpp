// SPDX-License-Identifier: GPL-3.0-or-later
// "Pull": manifests and blobs, whole and in parts, and whether they are there.
#include "scenario.h"

namespace pilothouse::registry::test {
namespace {

class Pull : public Scenario {
protected:
    [[nodiscard]] Answer getWith(const std::string& target, const std::string& name, const std::string& value,
                                 const std::string& method = "GET") {
        return ask({method, target, {}, {{name, value}}});
    }
    void expectManifest(const Answer& answer, const Image& image, bool body) {
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.field("content-type"), ociManifest);
        EXPECT_EQ(answer.field("docker-content-digest"), image.digest);
        EXPECT_EQ(answer.field("content-length"), std::to_string(image.manifest.size()));
        EXPECT_EQ(answer.field("etag"), '"' + image.digest + '"');
        EXPECT_EQ(answer.body, body ? image.manifest : "");
    }
};
INSTANTIATE_TEST_SUITE_P(Spec, Pull, topologies(), nameOf);

TEST_P(Pull, AManifestByTagAndByDigest) {
    const Image image = pushImage("latest");
    for (const std::string& reference : {std::string("latest"), image.digest}) {
        expectManifest(get(manifestAt(reference)), image, true);
        expectManifest(head(manifestAt(reference)), image, false);
    }
}

// No conversion, and no 404 for those who do not say what they take.
TEST_P(Pull, AManifestAsItWasPushedWhateverIsAccepted) {
    const Image image = pushImage("latest");
    for (const char* accepted : {"*/*", "application/vnd.docker.distribution.manifest.v1+prettyjws",
                                 "application/vnd.oci.image.index.v1+json", "text/html;q=0.1", ""}) {
        expectManifest(getWith(manifestAt("latest"), "Accept", accepted), image, true);
    }
}

TEST_P(Pull, ABlob) {
    const Blob blob = pushBlob(freshBytes(300'000));
    for (int i = 0; i < 4; ++i) {
        const Answer whole = get(blobAt(blob.digest));
        EXPECT_EQ(whole.status, 200);
        EXPECT_TRUE(whole.body == blob.bytes) << "other bytes came";
        const Answer answer = head(blobAt(blob.digest));
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.body, "");
        for (const Answer& each : {whole, answer}) {
            EXPECT_EQ(each.field("content-length"), "300000");
            EXPECT_EQ(each.field("docker-content-digest"), blob.digest);
            EXPECT_EQ(each.field("accept-ranges"), "bytes");
            EXPECT_EQ(each.field("content-type"), octets);
        }
    }
}

TEST_P(Pull, NothingOfWhatIsNotThere) {
    pushImage("latest");
    const std::string digest = digestOf("nobody pushed this");
    EXPECT_EQ(codeOf(get(manifestAt("other"))), "MANIFEST_UNKNOWN");
    EXPECT_EQ(codeOf(get(manifestAt(digest))), "MANIFEST_UNKNOWN");
    EXPECT_EQ(codeOf(get(blobAt(digest))), "BLOB_UNKNOWN");
    for (const std::string& target : {manifestAt("other"), manifestAt(digest), blobAt(digest),
                                      manifestAt("latest", "/other"), blobAt(digest, "/other")}) {
        EXPECT_EQ(get(target).status, 404) << target;
        EXPECT_EQ(head(target).status, 404) << target;
    }
}

// A repository serves what was pushed or mounted into it, and nothing else.
TEST_P(Pull, NothingOfAnotherRepository) {
    const Image image = pushImage("latest");
    pushBlob(freshBytes(10), "/other");
    for (const std::string& target : {blobAt(image.layer.digest, "/other"), blobAt(image.digest, "/other"),
                                      manifestAt(image.digest, "/other"), manifestAt("latest", "/other")}) {
        EXPECT_EQ(get(target).status, 404) << target;
    }
}

// A client that counts the body of a 404 to HEAD would read the next answer from the middle.
TEST_P(Pull, AfterAMissOnTheSameConnection) {
    const Blob blob = pushBlob(freshBytes(1000));
    const auto client = registry().connect();
    const std::string missing = wireForm({"HEAD", blobAt(digestOf("missing"))}, registry().login());
    const std::string present = wireForm({"GET", blobAt(blob.digest)}, registry().login());
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(client->ask(missing, "HEAD").status, 404);
        EXPECT_EQ(client->ask(missing, "HEAD").status, 404);
        EXPECT_EQ(client->ask(present).body, blob.bytes);
    }
}

struct RangeCase {
    std::string field;
    int status;
    std::size_t first;
    std::size_t size;
};

TEST_P(Pull, PartsOfABlob) {
    const Blob blob = pushBlob(freshBytes(1000));
    const RangeCase cases[] = {
        {"bytes=0-0", 206, 0, 1},
        {"bytes=0-999", 206, 0, 1000},
        {"bytes=10-19", 206, 10, 10},
        {"bytes=990-", 206, 990, 10},
        {"bytes=990-5000", 206, 990, 10},
        {"bytes=-1", 206, 999, 1},
        {"bytes=-5000", 206, 0, 1000},
        {"bytes=999-999", 206, 999, 1},
        {"bytes=1-18446744073709551616", 206, 1, 999},
        {"bytes=0-1,5-6", 200, 0, 1000},
        {"bytes=5-4", 200, 0, 1000},
        {"bytes=", 200, 0, 1000},
        {"bytes=a-b", 200, 0, 1000},
        {"lines=0-1", 200, 0, 1000},
        {"bytes 0-1", 200, 0, 1000},
    };
    for (const RangeCase& each : cases) {
        const Answer answer = getWith(blobAt(blob.digest), "Range", each.field);
        EXPECT_EQ(answer.status, each.status) << each.field;
        EXPECT_TRUE(answer.body == blob.bytes.substr(each.first, each.size)) << each.field;
        EXPECT_EQ(answer.field("content-length"), std::to_string(each.size)) << each.field;
        EXPECT_EQ(answer.field("content-range"),
                  each.status == 200 ? ""
                                     : "bytes " + std::to_string(each.first) + "-" +
                                           std::to_string(each.first + each.size - 1) + "/1000")
            << each.field;
    }
}

TEST_P(Pull, NoPartBeyondTheEnd) {
    const Blob blob = pushBlob(freshBytes(1000));
    const Blob empty = pushBlob("");
    for (const char* field : {"bytes=1000-", "bytes=1000-1001", "bytes=-0", "bytes=18446744073709551616-"}) {
        const Answer answer = getWith(blobAt(blob.digest), "Range", field);
        EXPECT_EQ(answer.status, 416) << field;
        EXPECT_EQ(answer.field("content-range"), "bytes */1000") << field;
        EXPECT_EQ(codeOf(answer), "RANGE_INVALID");
    }
    EXPECT_EQ(getWith(blobAt(empty.digest), "Range", "bytes=0-").status, 416);
}

// Range has a meaning for GET only (RFC 9110 §14.2).
TEST_P(Pull, TheWholeLengthByHeadWhateverTheRange) {
    const Blob blob = pushBlob(freshBytes(1000));
    const Answer answer = getWith(blobAt(blob.digest), "Range", "bytes=0-1", "HEAD");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.field("content-length"), "1000");
}

// A part of another thing is of no use to who has the beginning of this one (RFC 9110 §13.1.5).
TEST_P(Pull, APartOnlyOfTheSameBytes) {
    const Blob blob = pushBlob(freshBytes(1000));
    const auto partIf = [&](const std::string& tag) {
        return ask({"GET", blobAt(blob.digest), {}, {{"Range", "bytes=10-"}, {"If-Range", tag}}}).status;
    };
    EXPECT_EQ(partIf('"' + blob.digest + '"'), 206);
    EXPECT_EQ(partIf("\"another\""), 200);
    EXPECT_EQ(partIf("Wed, 21 Oct 2015 07:28:00 GMT"), 200);
}

TEST_P(Pull, NothingThatTheClientHas) {
    const Image image = pushImage("latest");
    for (const auto& [target, digest] :
         {std::pair(manifestAt("latest"), image.digest), std::pair(manifestAt(image.digest), image.digest),
          std::pair(blobAt(image.layer.digest), image.layer.digest)}) {
        const std::string tag = '"' + digest + '"';
        for (const std::string& have : {tag, "W/" + tag, "\"other\", " + tag, std::string("*")}) {
            for (const char* method : {"GET", "HEAD"}) {
                const Answer answer = getWith(target, "If-None-Match", have, method);
                EXPECT_EQ(answer.status, 304) << target << " " << have;
                EXPECT_EQ(answer.body, "");
                EXPECT_EQ(answer.field("etag"), tag);
            }
        }
        EXPECT_EQ(getWith(target, "If-None-Match", "\"other\"").status, 200);
    }
    EXPECT_EQ(getWith(manifestAt("missing"), "If-None-Match", "*").status, 404);
}

} // namespace
} // namespace pilothouse::registry::test
