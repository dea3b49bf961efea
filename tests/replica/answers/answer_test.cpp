// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/admin.h"
#include "replica/answers/answer.h"

#include <gtest/gtest.h>

namespace pilothouse::answers {
namespace {

TEST(ProblemAnswer, SaysWhatAndWhatToDo) {
    const auto response = problem({ErrorCode::conflict, "the name is taken", "Choose another"});
    EXPECT_EQ(response.status, 409);
    EXPECT_EQ(response.headers.value("Content-Type"), "application/problem+json");
    EXPECT_EQ(response.headers.value("Cache-Control"), "no-store");
    const auto body = api::fromJson<api::Problem>(response.body).value();
    EXPECT_EQ(body.status, 409);
    EXPECT_EQ(body.title, "Conflict");
    EXPECT_EQ(body.detail, "the name is taken");
    EXPECT_EQ(body.code, "conflict");
    EXPECT_EQ(body.hint, "Choose another");
}

TEST(ProblemAnswer, SaysWhenToTryAgain) {
    EXPECT_EQ(problem({ErrorCode::unavailable, "no quorum", {}}).headers.value("Retry-After"), "1");
    EXPECT_EQ(problem({ErrorCode::exhausted, "slow down", {}}, std::chrono::seconds(7))
                  .headers.value("Retry-After"),
              "7");
    EXPECT_EQ(problem({ErrorCode::notFound, "gone", {}}).headers.find("Retry-After"), std::nullopt);
    EXPECT_NE(problem({ErrorCode::unauthorized, "who?", {}}).headers.find("WWW-Authenticate"), std::nullopt);
}

TEST(ProblemAnswer, OfHttpItselfHasAStableName) {
    EXPECT_EQ(api::fromJson<api::Problem>(problemOf(413, "too much").body)->code, "too-large");
    EXPECT_EQ(api::fromJson<api::Problem>(problemOf(405, "no").body)->code, "method-not-allowed");
}

} // namespace
} // namespace pilothouse::answers
