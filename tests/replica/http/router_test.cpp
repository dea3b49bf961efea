// SPDX-License-Identifier: GPL-3.0-or-later
#include "http_fixture.h"
#include "replica/http/router.h"

namespace pilothouse::http {
namespace {

using test::Answer;
using test::get;
using test::RawClient;

// Answers with the pattern and what its names stood for: "/users/{name} name=ada".
class RouterTest : public test::ServerTest {
protected:
    void add(const std::string& method, const std::string& pattern) {
        router.add(method, pattern,
                   [pattern](Exchange& exchange, const PathParameters& parameters) -> Awaitable<void> {
                       Response response;
                       response.body = pattern;
                       for (const auto& [name, value] : parameters) {
                           response.body += " " + name + "=" + value;
                       }
                       static_cast<void>(co_await exchange.respond(std::move(response)));
                   });
    }
    Answer ask(const std::string& method, const std::string& target) {
        if (!server) {
            start([this](Exchange& exchange) { return router.handle(exchange); });
        }
        RawClient client(port());
        return client.ask(method + " " + target + " HTTP/1.1\r\nHost: reg-1\r\n\r\n", method);
    }
    std::string found(const std::string& target) {
        const auto answer = ask("GET", target);
        return answer.status == 200 ? answer.body : std::to_string(answer.status);
    }

    Router router;
};

TEST_F(RouterTest, PrefersFixedTextToANameAndANameToTheRest) {
    add("GET", "/users/me");
    add("GET", "/users/{name}");
    add("GET", "/users/{name}/tokens");
    add("GET", "/users/{rest...}");
    EXPECT_EQ(found("/users/me"), "/users/me");
    EXPECT_EQ(found("/users/ada"), "/users/{name} name=ada");
    EXPECT_EQ(found("/users/me/tokens"), "/users/{name}/tokens name=me") << "comes back from a dead end";
    EXPECT_EQ(found("/users/a/b/c"), "/users/{rest...} rest=a/b/c");
    EXPECT_EQ(found("/users/"), "/users/{rest...} rest=") << "a name is never empty";
    EXPECT_EQ(found("/users"), "404");
    EXPECT_EQ(found("/Users/me"), "404") << "paths are case-sensitive";
}

TEST_F(RouterTest, DecodesASegmentAfterSplitting) {
    add("GET", "/v2/{name}/tags");
    add("GET", "/files/{path...}");
    EXPECT_EQ(found("/v2/a%2Fb/tags"), "/v2/{name}/tags name=a/b");
    EXPECT_EQ(found("/v2/a%20%C3%A9/t%61gs"), "/v2/{name}/tags name=a \xC3\xA9");
    EXPECT_EQ(found("/v2/a/b/tags"), "404");
    EXPECT_EQ(found("/files/a%2Fb/c"), "/files/{path...} path=a/b/c");
}

// A path is a name, not a place in a file system: what looks like a way up is a segment as any other.
TEST_F(RouterTest, TakesDotsAndDoubleSlashesAsTheyAre) {
    add("GET", "/public/{file}");
    add("GET", "/secret");
    EXPECT_EQ(found("/public/../secret"), "404");
    EXPECT_EQ(found("/public/%2e%2e/secret"), "404");
    EXPECT_EQ(found("/public/.."), "/public/{file} file=..") << "the handler sees it";
    EXPECT_EQ(found("/./secret"), "404");
    EXPECT_EQ(found("//secret"), "404");
    EXPECT_EQ(found("/secret/"), "404");
    EXPECT_EQ(found("/public//"), "404");
}

TEST_F(RouterTest, SaysWhichMethodsAnAddressTakes) {
    add("GET", "/a");
    add("PUT", "/a");
    add("POST", "/only-post");
    const auto refused = ask("DELETE", "/a");
    EXPECT_EQ(refused.status, 405);
    EXPECT_EQ(refused.field("allow"), "GET, HEAD, PUT");
    const auto head = ask("HEAD", "/only-post");
    EXPECT_EQ(head.status, 405);
    EXPECT_EQ(head.field("allow"), "POST");
    const auto missing = ask("GET", "/b");
    EXPECT_EQ(missing.status, 404);
    EXPECT_EQ(missing.field("allow"), "");
    EXPECT_EQ(ask("get", "/a").status, 405) << "methods are case-sensitive";
    EXPECT_EQ(ask("OPTIONS", "*").status, 404);
}

TEST_F(RouterTest, AnswersHeadAsGetWithoutTheBody) {
    add("GET", "/a");
    add("GET", "/b");
    add("HEAD", "/b");
    const auto answer = ask("HEAD", "/a");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.field("content-length"), "2");
    EXPECT_EQ(ask("HEAD", "/b").status, 200);
    EXPECT_EQ(ask("PUT", "/b").field("allow"), "GET, HEAD");
}

TEST_F(RouterTest, LetsTheOwnerSayWhatAMissLooksLike) {
    add("GET", "/a");
    router.onMiss([](const Request& request, int status) {
        return textResponse(status, "no " + request.method + " " + request.path);
    });
    EXPECT_EQ(ask("PUT", "/a").body, "no PUT /a\n");
    EXPECT_EQ(ask("PUT", "/a").field("allow"), "GET, HEAD");
    EXPECT_EQ(ask("GET", "/b%20c").body, "no GET /b c\n");
}

TEST_F(RouterTest, RefusesPatternsThatContradict) {
    add("GET", "/a/{x}");
    EXPECT_THROW(add("GET", "/a/{x}"), std::logic_error) << "twice";
    EXPECT_THROW(add("GET", "/a/{y}/b"), std::logic_error) << "two names for one place";
    EXPECT_THROW(add("GET", "/{x...}/b"), std::logic_error) << "something behind the rest";
    EXPECT_THROW(add("GET", "a"), std::logic_error);
    EXPECT_THROW(add("GET", ""), std::logic_error);
}

TEST_F(RouterTest, StandsLongPathsOfManySegments) {
    add("GET", "/{a}/{b}");
    std::string path;
    for (int i = 0; i < 10'000; ++i) {
        path += "/x";
    }
    EXPECT_EQ(found(path), "404");
    add("GET", "/files/{path...}");
    EXPECT_EQ(found("/files" + path).size(), std::string("/files/{path...} path=").size() + path.size() - 1);
}

} // namespace
} // namespace pilothouse::http
