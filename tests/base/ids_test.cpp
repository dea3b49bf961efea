// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/ids.h"

#include <gtest/gtest.h>

#include <type_traits>
#include <unordered_set>

namespace pilothouse {
namespace {

static_assert(!std::is_convertible_v<std::string, ReplicaId>, "an id is made on purpose");
static_assert(!std::is_constructible_v<ReplicaId, ClusterId>, "ids of two kinds must not mix");
static_assert(!std::is_constructible_v<Term, LogIndex>, "numbers of two kinds must not mix");

TEST(Ids, AReplicaIdHasTwelveLowerCaseHexDigits) {
    EXPECT_EQ(parseReplicaId("0123456789ab").value().str(), "0123456789ab");
    for (const char* const wrong :
         {"", "0123456789a", "0123456789abc", "0123456789AB", "0123456789ag", "0123456789a "}) {
        const auto id = parseReplicaId(wrong);
        ASSERT_FALSE(id.has_value()) << wrong;
        EXPECT_EQ(id.error().code, ErrorCode::invalid);
        EXPECT_NE(id.error().message.find(wrong), std::string::npos) << id.error().text();
    }
}

TEST(Ids, CompareAndHash) {
    EXPECT_LT(ReplicaId("a"), ReplicaId("b"));
    EXPECT_LT(Term(2), Term(3));
    const std::unordered_set<ReplicaId> ids{ReplicaId("a"), ReplicaId("b"), ReplicaId("a")};
    EXPECT_EQ(ids.size(), 2U);
}

} // namespace
} // namespace pilothouse
