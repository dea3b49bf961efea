// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/answers.h"

#include <gtest/gtest.h>

#include <map>

namespace pilothouse::registry {
namespace {

std::string codeIn(const http::Response& response) {
    const std::string start = R"({"errors":[{"code":")";
    EXPECT_EQ(response.body.substr(0, start.size()), start);
    return response.body.substr(start.size(), response.body.find('"', start.size()) - start.size());
}

TEST(RegistryAnswers, NameTheVersion) {
    for (const auto& response : {emptyAnswer(202), faultAnswer(Fault::denied, "No"),
                                 errorAnswer({ErrorCode::internal, "it broke", {}}, Fault::blobUnknown)}) {
        EXPECT_EQ(response.headers.value("Docker-Distribution-API-Version"), "registry/2.0");
    }
    EXPECT_EQ(emptyAnswer(202).status, 202);
    EXPECT_EQ(emptyAnswer(202).body, "");
}

TEST(RegistryAnswers, OfFaultsAreJson) {
    const auto response = faultAnswer(Fault::manifestUnknown, "There is none", "latest");
    EXPECT_EQ(response.status, 404);
    EXPECT_EQ(response.headers.value("Content-Type"), "application/json");
    EXPECT_EQ(response.body,
              R"({"errors":[{"code":"MANIFEST_UNKNOWN","message":"There is none","detail":"latest"}]})");
    EXPECT_EQ(faultAnswer(Fault::manifestInvalid, "Large", {}, 413).status, 413);
}

TEST(RegistryAnswers, SayWhenToTryAgain) {
    for (const Fault fault : {Fault::unavailable, Fault::tooManyRequests}) {
        EXPECT_EQ(faultAnswer(fault, "Later").headers.value("Retry-After"), "1");
    }
    EXPECT_EQ(faultAnswer(Fault::denied, "No").headers.value("Retry-After"), "");
    EXPECT_EQ(faultAnswer(Fault::unavailable, "Broken", {}, 500).headers.value("Retry-After"), "");
}

// Each kind of error. Clients try again after 5xx and 429: only what may pass by itself may be one of those.
TEST(RegistryAnswers, OfErrorsHaveTheStatusThatClientsActOn) {
    const std::map<ErrorCode, std::pair<int, std::string>> expected{
        {ErrorCode::invalid, {400, "BLOB_UPLOAD_INVALID"}},
        {ErrorCode::unauthorized, {401, "UNAUTHORIZED"}},
        {ErrorCode::forbidden, {403, "DENIED"}},
        {ErrorCode::notFound, {404, "BLOB_UNKNOWN"}},
        {ErrorCode::conflict, {503, "UNAVAILABLE"}},
        {ErrorCode::exhausted, {507, "DENIED"}},
        {ErrorCode::unavailable, {503, "UNAVAILABLE"}},
        {ErrorCode::timeout, {503, "UNAVAILABLE"}},
        {ErrorCode::cancelled, {503, "UNAVAILABLE"}},
        {ErrorCode::corrupt, {500, "UNAVAILABLE"}},
        {ErrorCode::internal, {500, "UNAVAILABLE"}}};
    for (int code = 0; code <= static_cast<int>(ErrorCode::internal); ++code) {
        const auto each = static_cast<ErrorCode>(code);
        ASSERT_TRUE(expected.contains(each)) << code;
        const auto response = errorAnswer({each, "what happened", "what to do"}, Fault::blobUnknown);
        EXPECT_EQ(response.status, expected.at(each).first) << code;
        EXPECT_EQ(codeIn(response), expected.at(each).second) << code;
        EXPECT_NE(response.body.find("what happened. what to do"), std::string::npos) << response.body;
    }
    EXPECT_EQ(codeIn(errorAnswer({ErrorCode::notFound, "x", {}}, Fault::manifestUnknown)),
              "MANIFEST_UNKNOWN");
}

TEST(RegistryAnswers, KnowWhatTheClientHas) {
    const std::string digest = "sha256:" + std::string(64, 'a');
    const std::string tag = '"' + digest + '"';
    EXPECT_EQ(entityTag(digest), tag);
    const auto has = [&digest](const std::string& field) {
        http::Request request;
        request.headers.set("If-None-Match", field);
        return isUnchanged(request, digest);
    };
    for (const std::string& field : {tag, "W/" + tag, "\"x\", " + tag, tag + ",\"x\"", std::string("*")}) {
        EXPECT_TRUE(has(field)) << field;
    }
    for (const std::string& field :
         {std::string(), digest, std::string("\"x\""), "\"" + digest, std::string("**")}) {
        EXPECT_FALSE(has(field)) << field;
    }
    EXPECT_FALSE(isUnchanged(http::Request(), digest));
}

} // namespace
} // namespace pilothouse::registry
