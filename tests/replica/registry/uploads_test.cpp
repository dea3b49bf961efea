// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/uploads.h"

#include <gtest/gtest.h>

#include <vector>

namespace pilothouse::registry {
namespace {

using namespace std::chrono_literals;

const ReplicaId self("0123456789ab");
const std::string app = "team/app";

class Uploads : public testing::Test {
protected:
    [[nodiscard]] Result<UploadTable::Lease> add(const std::string& user = "ada") {
        return table.add(app, user, nullptr, 3);
    }
    // Adds one that nobody holds; gives its id.
    [[nodiscard]] std::string leave(const std::string& user = "ada") {
        auto lease = add(user);
        EXPECT_TRUE(lease) << lease.error().text();
        return (*lease)->id;
    }
    [[nodiscard]] ErrorCode refusal(const std::string& id, const std::string& repository = app) {
        const auto lease = table.take(id, repository);
        EXPECT_FALSE(lease);
        return lease ? ErrorCode::internal : lease.error().code;
    }
    ManualClock clock;
    UploadTable table{clock, security::systemRandom(), self, {.idle = 10min}};
};

TEST_F(Uploads, AreFoundByIdInTheirRepository) {
    const std::string id = leave();
    const auto lease = table.take(id, app);
    ASSERT_TRUE(lease) << lease.error().text();
    EXPECT_EQ((*lease)->id, id);
    EXPECT_EQ((*lease)->repository, app);
    EXPECT_EQ((*lease)->user, "ada");
    EXPECT_EQ(refusal("x"), ErrorCode::notFound);
    EXPECT_EQ(refusal(id, "team/other"), ErrorCode::notFound);
    EXPECT_EQ(refusal(""), ErrorCode::notFound);
}

TEST_F(Uploads, NameTheirReplica) {
    EXPECT_EQ(UploadTable::ownerOf(leave()), self);
    const std::string digits(32, '0');
    EXPECT_EQ(UploadTable::ownerOf("ba9876543210-" + digits), ReplicaId("ba9876543210"));
    for (const std::string& text : {std::string(), std::string("-"), digits, "0123456789ab-" + digits + "0",
                                    "0123456789ab-" + digits.substr(1), "0123456789a-" + digits,
                                    "../../etc/xx-" + digits, "-" + digits, std::string("0123456789ab")}) {
        EXPECT_EQ(UploadTable::ownerOf(text), std::nullopt) << text;
    }
}

TEST_F(Uploads, AreInOneHandAtATime) {
    auto first = add();
    ASSERT_TRUE(first);
    const std::string id = (*first)->id;
    EXPECT_EQ(refusal(id), ErrorCode::conflict);
    first->giveBack();
    {
        auto second = table.take(id, app);
        ASSERT_TRUE(second);
        auto moved = std::move(*second);
        EXPECT_EQ(refusal(id), ErrorCode::conflict) << "it moved with the lease";
        first->giveBack();
        EXPECT_EQ(refusal(id), ErrorCode::conflict) << "another lease's end is none of its";
    }
    EXPECT_TRUE(table.take(id, app)) << "a lease that goes gives it back";
}

TEST_F(Uploads, AreOverWhenFinished) {
    auto lease = add();
    ASSERT_TRUE(lease);
    const std::string id = (*lease)->id;
    lease->finish();
    lease->giveBack();
    EXPECT_EQ(refusal(id), ErrorCode::notFound);
    EXPECT_EQ(table.size(), 0U);
}

TEST_F(Uploads, AreLimitedForEachUser) {
    std::vector<std::string> ids;
    for (int i = 0; i < 3; ++i) {
        ids.push_back(leave());
    }
    const auto refused = add();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::exhausted);
    EXPECT_NE(refused.error().message.find("3 unfinished uploads"), std::string::npos)
        << refused.error().message;
    EXPECT_TRUE(add("grace")) << "another user's";
    table.take(ids[0], app).value().finish();
    EXPECT_TRUE(add());
}

TEST_F(Uploads, EndWhenNobodyTouchesThem) {
    const std::string old = leave();
    const std::string touched = leave();
    auto held = add();
    ASSERT_TRUE(held);
    clock.advance(6min);
    EXPECT_TRUE(table.take(touched, app));
    clock.advance(5min);
    table.expire();
    EXPECT_EQ(refusal(old), ErrorCode::notFound);
    EXPECT_TRUE(table.take(touched, app));
    EXPECT_EQ(table.size(), 2U) << "what is being written to stays";
    held->giveBack();
    table.expire();
    EXPECT_EQ(table.size(), 2U) << "its time begins when it is given back";
    clock.advance(11min);
    table.expire();
    EXPECT_EQ(table.size(), 0U);
}

} // namespace
} // namespace pilothouse::registry
