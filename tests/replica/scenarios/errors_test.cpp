// SPDX-License-Identifier: GPL-3.0-or-later
// "Error Codes": what is malformed is the client's fault, always 4xx and with a code. Balancer::ask() fails
// the test when an answer is 5xx or has none.
#include "scenario.h"

#include <random>

namespace pilothouse::registry::test {
namespace {

class Errors : public Scenario {};
INSTANTIATE_TEST_SUITE_P(Spec, Errors, topologies(), nameOf);

const std::string zeros = "sha256:" + std::string(64, '0');

TEST_P(Errors, OfNames) {
    for (const std::string& name :
         {std::string("UPPER"), std::string("a//b"), std::string("a/-b"), std::string("a..b"),
          std::string("_a"), std::string("a_"), std::string("a%20b"), std::string("%2e%2e"),
          std::string("a/%2e%2e/b"), std::string("a%0ab"), std::string("%C3%A4"), std::string("%ff"),
          std::string("a:b"), std::string("a%5cb"), std::string("a___b"), std::string(256, 'a'),
          std::string("a/") + std::string(5000, 'b')}) {
        for (const std::string& rest :
             {std::string("/tags/list"), std::string("/manifests/latest"), "/manifests/" + zeros,
              "/blobs/" + zeros, std::string("/blobs/uploads/x"), "/referrers/" + zeros}) {
            const Answer answer = get("/v2/" + name + rest);
            EXPECT_EQ(answer.status, 400) << name << rest;
            EXPECT_EQ(codeOf(answer), "NAME_INVALID") << name << rest;
        }
        EXPECT_EQ(codeOf(ask({"POST", "/v2/" + name + "/blobs/uploads/"})), "NAME_INVALID") << name;
        EXPECT_EQ(codeOf(ask({"PUT", "/v2/" + name + "/manifests/latest", "{}"})), "NAME_INVALID") << name;
    }
}

TEST_P(Errors, OfReferences) {
    for (const std::string& reference :
         {std::string("sha256:totallywrong"), std::string("sha256:"), std::string(":"), std::string("a:b"),
          "sha256:" + std::string(63, '0'), "sha256:" + std::string(64, 'G'), "md5:" + std::string(32, '0'),
          "sha512:" + std::string(64, '0'), std::string(".x"), std::string("-x"), std::string(129, 'x'),
          std::string("%20"), std::string("a%0a"), std::string("%ff"), std::string("%C3%A4"),
          std::string("a%2fb")}) {
        const bool nested = reference.find("%2f") != std::string::npos; // another address then
        const Answer pulled = get(manifestAt(reference));
        EXPECT_THAT(pulled.status, testing::AnyOf(400, 404)) << reference;
        EXPECT_EQ(head(manifestAt(reference)).status, pulled.status) << reference;
        const Answer pushed = putManifest(reference, "{}");
        EXPECT_THAT(pushed.status, nested ? testing::AnyOf(400, 404) : testing::AnyOf(400, 400)) << reference;
        EXPECT_THAT(remove(manifestAt(reference)).status, testing::AnyOf(400, 404)) << reference;
    }
}

TEST_P(Errors, OfDigests) {
    for (const std::string& digest :
         {std::string("latest"), std::string("sha256:abc"), std::string("sha256:totallywrong"),
          "sha256:" + std::string(64, 'A'), "sha256:" + std::string(65, '0'), "sha1:" + std::string(40, '0'),
          zeros + "%00", zeros + "%20", std::string("sha256+b64:x"), std::string(5000, 'x')}) {
        for (const char* method : {"GET", "HEAD", "DELETE"}) {
            const Answer answer = ask({method, blobAt(digest)});
            EXPECT_THAT(answer.status, testing::AnyOf(400, 404)) << method << " " << digest;
        }
    }
    EXPECT_EQ(codeOf(get(blobAt("sha256:abc"))), "DIGEST_INVALID");
}

TEST_P(Errors, OfAddresses) {
    for (const char* target : {"/v2/a",
                               "/v2/a/",
                               "/v2/a/b",
                               "/v2/a/tags",
                               "/v2/a/tags/",
                               "/v2/a/tags/list/",
                               "/v2/a/manifests",
                               "/v2/a/manifests/",
                               "/v2/a/blobs",
                               "/v2/a/blobs/",
                               "/v2/manifests/latest",
                               "/v2//manifests/latest",
                               "/v2/_catalog/",
                               "/v2/a/unknown/b",
                               "/v2/%zz",
                               "/v2/a%/tags/list",
                               "/v2/%00/tags/list",
                               "/v2/a/referrers/",
                               "/v2/tags/list",
                               "/v2/blobs/uploads/"}) {
        EXPECT_THAT(get(target).status, testing::AnyOf(400, 404)) << target;
    }
}

TEST_P(Errors, OfQueries) {
    const Image image = pushImage("latest");
    for (const char* query :
         {"?n=%zz", "?%", "?%00=1", "?last=%00", "?=&=&&", "??", "?digest=%", "?artifactType=%00"}) {
        for (const std::string& target : {at("/tags/list"), std::string("/v2/_catalog"), std::string("/v2/"),
                                          manifestAt("latest"), at("/referrers/" + image.digest)}) {
            EXPECT_THAT(get(target + query).status, testing::AnyOf(200, 400)) << target << query;
        }
        EXPECT_THAT(ask({"POST", at("/blobs/uploads/") + query}).status, testing::AnyOf(202, 400)) << query;
    }
}

// What is asked of an address that does not take it, and what the address takes.
struct Wrong {
    std::vector<const char*> methods;
    std::string target;
    std::string allowed;
};

TEST_P(Errors, OfMethods) {
    const Wrong cases[] = {
        {{"POST", "PUT", "PATCH", "DELETE"}, "/v2/", "GET, HEAD"},
        {{"POST", "PUT", "PATCH", "DELETE"}, "/v2/_catalog", "GET, HEAD"},
        {{"POST", "PUT", "PATCH", "DELETE"}, at("/tags/list"), "GET, HEAD"},
        {{"POST", "PUT", "PATCH", "DELETE"}, at("/referrers/" + zeros), "GET, HEAD"},
        {{"POST", "PATCH"}, manifestAt("latest"), "GET, HEAD, PUT, DELETE"},
        {{"POST", "PUT", "PATCH"}, blobAt(zeros), "GET, HEAD, DELETE"},
        {{"GET", "PUT", "PATCH", "DELETE"}, at("/blobs/uploads/"), "POST"},
        {{"POST"}, at("/blobs/uploads/x"), "GET, HEAD, PATCH, PUT, DELETE"},
    };
    for (const Wrong& each : cases) {
        for (const char* method : each.methods) {
            const Answer answer = ask({method, each.target, "{}"});
            EXPECT_EQ(answer.status, 405) << method << " " << each.target;
            EXPECT_EQ(answer.field("allow"), each.allowed) << method << " " << each.target;
            EXPECT_EQ(codeOf(answer), "UNSUPPORTED");
        }
        for (const char* method : {"OPTIONS", "TRACE", "PROPFIND"}) {
            const Answer answer = ask({method, each.target});
            EXPECT_EQ(answer.status, 405) << method << " " << each.target;
            EXPECT_EQ(answer.field("allow"), each.allowed) << method << " " << each.target;
        }
    }
}

// Whatever is put together from the parts of addresses.
TEST_P(Errors, OfAnything) {
    const std::vector<std::string> parts{
        "a",         "/",        "//",       "tags",   "list", "manifests", "blobs",   "uploads",
        "referrers", "_catalog", zeros,      "latest", "%2f",  "%00",       "%zz",     "..",
        "?n=",       "&last=",   "?digest=", "A",      "é",    "sha512:",   "?mount=", "%"};
    std::mt19937 random(7);
    for (int i = 0; i < 400; ++i) {
        std::string target = "/v2/";
        for (auto count = random() % 8; count > 0; --count) {
            target += parts[random() % parts.size()];
            target += random() % 3 == 0 ? "" : "/";
        }
        const char* const methods[] = {"GET", "HEAD", "PUT", "POST", "PATCH", "DELETE"};
        const char* const method = methods[random() % 6];
        const Answer answer = ask({method, target, std::string(method) == "GET" ? "" : "{}"});
        EXPECT_GE(answer.status, 200) << method << " " << target;
    }
}

} // namespace
} // namespace pilothouse::registry::test
