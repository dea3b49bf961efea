// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/admin/failure_log.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace pilothouse::admin {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

class FailureLogTest : public testing::Test {
protected:
    FailureLogTest() {
        request.method = "PUT";
        request.path = "/v2/app/manifests/latest";
        request.id = "build-42";
        request.remote = "192.0.2.1:40312";
    }
    void answer(int status) { failures.finished({request, status, 0, 0, 1ms}); }

    http::Request request;
    std::vector<std::string> lines;
    ManualClock clock;
    FailureLog failures{
        Logger([this](const LogRecord& record) { lines.push_back(formatText(record, "T")); }, "https"),
        clock};
};

TEST_F(FailureLogTest, NamesTheRequest) {
    answer(500);
    EXPECT_THAT(lines, ElementsAre("T warning https: a request failed request_id=build-42 method=PUT "
                                   "path=/v2/app/manifests/latest status=500 from=192.0.2.1"));
}

TEST_F(FailureLogTest, WhatTheClientDidWrongIsNoFailure) {
    for (const int status : {0, 200, 201, 307, 401, 404, 429, 499}) {
        answer(status);
    }
    EXPECT_THAT(lines, testing::IsEmpty());
}

TEST_F(FailureLogTest, AFloodOfOneKindHidesNoOther) {
    for (int i = 0; i < 100; ++i) {
        answer(503);
    }
    for (const int status : {500, 507, 501}) {
        answer(status);
    }
    EXPECT_THAT(lines, ElementsAre(HasSubstr("status=503"), HasSubstr("status=500"), HasSubstr("status=507"),
                                   HasSubstr("status=501")));
    clock.advance(10s);
    answer(503);
    EXPECT_THAT(lines.back(), HasSubstr("held_back=99"));
}

TEST_F(FailureLogTest, AVeryLongPathIsCut) {
    request.path = "/" + std::string(30'000, 'a');
    answer(500);
    EXPECT_LT(lines.front().size(), 1000U);
}

} // namespace
} // namespace pilothouse::admin
