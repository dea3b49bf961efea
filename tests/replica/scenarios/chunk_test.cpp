// SPDX-License-Identifier: GPL-3.0-or-later
// "Pushing a blob in chunks", each chunk through another replica, and uploads that break off.
#include "scenario.h"

#include <chrono>
#include <thread>

namespace pilothouse::registry::test {
namespace {

class Chunks : public Scenario {
protected:
    [[nodiscard]] Answer patch(const std::string& location, const std::string& bytes,
                               const std::string& range) {
        return ask({"PATCH", location, bytes, {{"Content-Type", octets}, {"Content-Range", range}}});
    }
    [[nodiscard]] Answer stream(const std::string& location, const std::string& bytes) {
        Ask streamed{"PATCH", location, bytes, {{"Content-Type", octets}}};
        streamed.chunked = true;
        return ask(streamed);
    }
    // That every replica says so of the upload.
    void expectStands(const std::string& location, const std::string& range) {
        for (std::size_t replica = 0; replica < registry().size(); ++replica) {
            const Answer status = registry().askAt(replica, {"GET", location});
            EXPECT_EQ(status.status, 204);
            EXPECT_EQ(status.field("range"), range);
            EXPECT_THAT(status.field("location"), testing::HasSubstr(at("/blobs/uploads/")));
        }
    }
};
INSTANTIATE_TEST_SUITE_P(Spec, Chunks, topologies(), nameOf);

std::string rangeOf(std::size_t first, std::size_t size) {
    return std::to_string(first) + "-" + std::to_string(first + size - 1);
}

TEST_P(Chunks, InOrder) {
    const std::string bytes = freshBytes(50'000);
    std::string location = beginUpload();
    constexpr std::size_t size = 10'000;
    for (std::size_t first = 0; first < bytes.size(); first += size) {
        const Answer taken = patch(location, bytes.substr(first, size), rangeOf(first, size));
        ASSERT_EQ(taken.status, 202) << taken.body;
        EXPECT_EQ(taken.field("range"), "0-" + std::to_string(first + size - 1));
        EXPECT_FALSE(taken.field("docker-upload-uuid").empty());
        location = taken.field("location");
        expectStands(location, "0-" + std::to_string(first + size - 1));
    }
    EXPECT_EQ(put(location, digestOf(bytes)).status, 201);
    EXPECT_TRUE(get(blobAt(digestOf(bytes))).body == bytes);
}

TEST_P(Chunks, TheLastOneWithTheClosingPut) {
    const std::string bytes = freshBytes(10'000);
    const std::string location = beginUpload();
    ASSERT_EQ(patch(location, bytes.substr(0, 6000), "0-5999").status, 202);
    const Answer early = ask(
        {"PUT", closing(location, digestOf(bytes)), bytes.substr(6000), {{"Content-Range", "5000-8999"}}});
    EXPECT_EQ(early.status, 416);
    EXPECT_EQ(early.field("range"), "0-5999");
    const Answer closed = ask(
        {"PUT", closing(location, digestOf(bytes)), bytes.substr(6000), {{"Content-Range", "6000-9999"}}});
    EXPECT_EQ(closed.status, 201) << closed.body;
    EXPECT_TRUE(get(blobAt(digestOf(bytes))).body == bytes);
}

TEST_P(Chunks, OutOfOrderAreRefusedAndTheUploadGoesOn) {
    const std::string bytes = freshBytes(3000);
    const std::string location = beginUpload();
    EXPECT_EQ(patch(location, bytes.substr(1000, 1000), "1000-1999").status, 416) << "not from the beginning";
    ASSERT_EQ(patch(location, bytes.substr(0, 1000), "0-999").status, 202);
    for (const char* range : {"0-999", "2000-2999", "999-1998", "1001-2000"}) {
        const Answer refused = patch(location, bytes.substr(1000, 1000), range);
        EXPECT_EQ(refused.status, 416) << range;
        EXPECT_EQ(refused.field("range"), "0-999") << range;
        EXPECT_EQ(codeOf(refused), "RANGE_INVALID");
        EXPECT_THAT(refused.field("location"), testing::HasSubstr(at("/blobs/uploads/")));
    }
    expectStands(location, "0-999");
    ASSERT_EQ(patch(location, bytes.substr(1000), "1000-2999").status, 202);
    EXPECT_EQ(put(location, digestOf(bytes)).status, 201);
}

TEST_P(Chunks, OfAnotherLengthThanTheirRangeAreRefused) {
    const std::string location = beginUpload();
    for (const char* range : {"0-8", "0-10", "0-0"}) {
        const Answer refused = patch(location, "0123456789", range);
        EXPECT_EQ(refused.status, 400) << range;
        EXPECT_EQ(codeOf(refused), "SIZE_INVALID") << range;
    }
    expectStands(location, "0-0");
}

// The length of a streamed chunk is known at its end; what came of it up to its range's end stays then.
TEST_P(Chunks, StreamedOfAnotherLengthThanTheirRangeAreRefused) {
    for (const char* range : {"0-8", "0-10"}) {
        const std::string location = beginUpload();
        Ask streamed{"PATCH", location, "0123456789", {{"Content-Range", range}}};
        streamed.chunked = true;
        const Answer refused = ask(streamed);
        EXPECT_EQ(refused.status, 400) << range;
        EXPECT_EQ(codeOf(refused), "SIZE_INVALID") << range;
        const std::string stands = ask({"GET", location}).field("range");
        EXPECT_THAT(stands, testing::AnyOf("0-0", "0-8", "0-9")) << range;
    }
}

TEST_P(Chunks, WithAMalformedRangeAreRefused) {
    const std::string location = beginUpload();
    for (const char* range :
         {"", "garbage", "-9", "0-", "9-0", "0-9-9", "0x0-9", "0,9", "bytes=0-9", "0-18446744073709551615",
          "99999999999999999999999-9", "-", "0--9", "bytes 0-9"}) {
        const Answer refused = patch(location, "0123456789", range);
        EXPECT_THAT(refused.status, testing::AnyOf(400, 416)) << range;
    }
    EXPECT_EQ(patch(location, "0123456789", "bytes 0-9/*").status, 202) << "as RFC 9110 writes it";
    expectStands(location, "0-9");
}

// As docker, podman and skopeo push: one PATCH, no length, no range.
TEST_P(Chunks, StreamedWithoutLength) {
    const std::string bytes = freshBytes(400'000);
    const std::string location = beginUpload();
    const Answer first = stream(location, bytes.substr(0, 300'000));
    ASSERT_EQ(first.status, 202) << first.body;
    EXPECT_EQ(first.field("range"), "0-299999");
    const Answer second = stream(first.field("location"), bytes.substr(300'000));
    ASSERT_EQ(second.status, 202) << second.body;
    EXPECT_EQ(second.field("range"), "0-399999");
    EXPECT_EQ(put(second.field("location"), digestOf(bytes)).status, 201);
    EXPECT_TRUE(get(blobAt(digestOf(bytes))).body == bytes);
}

TEST_P(Chunks, OfNothing) {
    const std::string location = beginUpload();
    EXPECT_EQ(stream(location, "").status, 202);
    EXPECT_EQ(ask({"PATCH", location}).status, 202);
    EXPECT_EQ(put(location, digestOf("")).status, 201);
}

// What has come before a client broke off stays, so that it can go on from there.
TEST_P(Chunks, GoOnAfterTheClientBrokeOff) {
    const std::string bytes = freshBytes(20'000);
    const std::string location = beginUpload();
    Ask whole{"PATCH", location, bytes, {{"Content-Type", octets}}};
    const std::string text = wireForm(whole, registry().login());
    {
        const auto client = registry().connect();
        client->send(std::string_view(text).substr(0, text.size() - 8000));
        // Closed with the server's session tickets unread, the connection would be reset, and what is on its
        // way be lost.
        client->halfClose();
        (void)client->receiveAll();
    }
    Answer status;
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    do { // 409 while the server has not seen that the client is gone
        status = ask({"GET", location});
        std::this_thread::yield();
    } while (status.field("range") != "0-11999" && std::chrono::steady_clock::now() < end);
    ASSERT_EQ(status.status, 204);
    ASSERT_EQ(status.field("range"), "0-11999");
    ASSERT_EQ(patch(location, bytes.substr(12'000), "12000-19999").status, 202);
    EXPECT_EQ(put(location, digestOf(bytes)).status, 201);
}

// Two at once would mix their bytes. Which of the two comes first is not known: it is tried until the slow
// one did.
TEST_P(Chunks, OneAtATime) {
    std::string location;
    std::string text;
    std::unique_ptr<RawClient> slow;
    Answer other;
    for (int attempt = 0; attempt < 20 && other.status != 409; ++attempt) {
        location = beginUpload();
        text = wireForm({"PATCH", location, freshBytes(20'000)}, registry().login());
        slow = registry().connect();
        slow->send(std::string_view(text).substr(0, text.size() - 100));
        for (int i = 0; i < 100 && other.status != 409; ++i) {
            other = ask({"PATCH", location});
        }
    }
    ASSERT_EQ(other.status, 409);
    EXPECT_EQ(codeOf(other), "BLOB_UPLOAD_INVALID");
    EXPECT_EQ(ask({"GET", location}).status, 409);
    slow->send(std::string_view(text).substr(text.size() - 100));
    EXPECT_EQ(slow->answer().status, 202);
    expectStands(location, "0-19999");
}

} // namespace
} // namespace pilothouse::registry::test
