// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/feature_level.h"
#include "replica/state/records.h"
#include "support.h"

#include <gmock/gmock.h>

namespace pilothouse::state {
namespace {

using test::why;
using testing::HasSubstr;

template <typename Record>
void expectSame(const Record& record) {
    const std::string json = encode(record);
    const Result<Record> read = decode<Record>(json);
    ASSERT_TRUE(read) << why(read) << "\n" << json;
    EXPECT_EQ(*read, record) << json;
    EXPECT_THAT(json, HasSubstr("\"schema\":1"));
}

TEST(Records, ComeBackAsTheyWent) {
    expectSame(ClusterRecord{"id", "prod", "2026", 2, 1, "https://registry.example"});
    expectSame(ClusterRecord{"id", "prod", "2026", 2, 1, std::nullopt});
    expectSame(MembershipRecord{
        7, Phase::changing, {"a", "b"}, {"c"}, "a", MembershipChange{ChangeKind::promote, "c"}});
    expectSame(MembershipRecord{1, Phase::stable, {}, {}, "", std::nullopt});
    expectSame(MemberRecord{"id", "reg-1", "https://a", "http://a", "https://a:7443", "18446744073709551615",
                            "0.1", 1, "2026"});
    expectSame(UserRecord{"ada", api::UserRole::admin, "$scrypt$x", "2026"});
    expectSame(
        UserRecord{"ci", api::UserRole::guest, "$scrypt$x", "2026", {{{"team/*", api::UserRole::writer}}}});
    expectSame(AccessTokenRecord{"id", "ada", "CI \"quoted\" \xc3\xa4\n", "hash", "2026", std::nullopt});
    expectSame(JoinTokenRecord{"c", 1, "r", "reg-4", "https://d", "http://d", "https://d:1", "h", "2026",
                               "2027", ""});
    expectSame(SettingRecord{"read_only_registry", "true", "2026"});
    expectSame(SealedSecretRecord{"cluster-ca-key", "v1.abc", "2026"});
    expectSame(CertificateRecord{"-----BEGIN CERTIFICATE-----\n"});
    expectSame(test::event("leader-changed"));
    expectSame(MembershipRecord{7, Phase::stable, {"a", "b"}, {}, "a", std::nullopt, {{"a"}}});
    OperationRecord operation;
    operation.operation.kind = "remove";
    operation.operation.steps = {{"check", "done", "2026", "2027"}, {"drain", "running", "2027", {}}};
    operation.operation.waiting = api::Waiting{"copies", {"reg-1"}, {14}, "", "2027", true, {"cancel"}};
    operation.operation.committed = true;
    operation.was_draining = true;
    expectSame(operation);
    expectSame(OutcomeRecord{"user-create", "ada", "2026", "{\"a\":1}", ""});
}

TEST(Records, IgnoreFieldsThatTheyDoNotKnow) {
    const auto setting =
        decode<SettingRecord>(R"({"schema":1,"name":"n","value":"v","changed_at":"t","colour":["green"]})");
    ASSERT_TRUE(setting) << why(setting);
    EXPECT_EQ(setting->value, "v");
}

TEST(Records, NewerSchemaIsToldApartFromDamage) {
    const auto newer = decode<SettingRecord>(R"({"schema":2,"name":"n","value":"v","changed_at":"t"})");
    ASSERT_FALSE(newer);
    EXPECT_EQ(newer.error().code, ErrorCode::conflict);
    EXPECT_THAT(newer.error().text(), HasSubstr("schema 2"));
    EXPECT_THAT(newer.error().text(), HasSubstr("Upgrade"));
}

struct DamageCase {
    const char* json;
    const char* says;
};
class RecordDamage : public testing::TestWithParam<DamageCase> {};

TEST_P(RecordDamage, NamesThePath) {
    const auto read = decode<MembershipRecord>(GetParam().json);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, ErrorCode::corrupt);
    EXPECT_THAT(read.error().message, HasSubstr(GetParam().says));
}

INSTANTIATE_TEST_SUITE_P(
    All, RecordDamage,
    testing::Values(
        DamageCase{"", "not JSON"}, DamageCase{"[]", "object"}, DamageCase{"{}", "schema"},
        DamageCase{R"({"schema":"1"})", "schema"}, DamageCase{R"({"schema":0})", "schema"},
        DamageCase{R"({"schema":1})", "generation: missing"},
        DamageCase{R"({"schema":1,"generation":1.5})", "generation: expected a whole number"},
        DamageCase{R"({"schema":1,"generation":1,"phase":"odd"})", "phase: expected a known word"},
        DamageCase{R"({"schema":1,"generation":1,"phase":"stable","voters":["a",3]})",
                   "voters[1]: expected a string"},
        DamageCase{R"({"schema":1,"generation":1,"phase":"stable","voters":[],"learners":[],"owner":"",
                       "change":{"kind":"add"}})",
                   "change.replica: missing"}));

TEST(Records, UnreadableEventsSayWhy) {
    const api::Event event = readEvent(R"({"schema":9})", 42);
    EXPECT_EQ(event.revision, 42);
    EXPECT_EQ(event.kind, "unreadable");
    EXPECT_THAT(event.message, HasSubstr("newer version"));
}

std::vector<MemberRecord> membersOfLevels(const std::vector<std::int64_t>& levels) {
    std::vector<MemberRecord> members;
    for (const std::int64_t level : levels) {
        members.emplace_back().feature_level = level;
    }
    return members;
}

TEST(FeatureLevel, RisesOnlyWhenAllHaveIt) {
    EXPECT_EQ(raisedFeatureLevel(1, membersOfLevels({2, 2, 1})), std::nullopt);
    EXPECT_EQ(raisedFeatureLevel(1, membersOfLevels({2, 3, 2})), 2);
    EXPECT_EQ(raisedFeatureLevel(2, membersOfLevels({2, 2})), std::nullopt);
    EXPECT_EQ(raisedFeatureLevel(3, membersOfLevels({2, 2})), std::nullopt) << "it never falls";
    EXPECT_EQ(raisedFeatureLevel(1, {}), std::nullopt);
}

TEST(FeatureLevel, OlderReplicaIsRefusedInOneSentence) {
    EXPECT_TRUE(admitFeatureLevel(2, 2));
    EXPECT_TRUE(admitFeatureLevel(3, 2));
    const Status refused = admitFeatureLevel(1, 2);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().text(), HasSubstr("feature level 1"));
}

} // namespace
} // namespace pilothouse::state
