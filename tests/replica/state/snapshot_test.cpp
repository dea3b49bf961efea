// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/settings.h"
#include "replica/state/snapshot.h"
#include "support.h"

#include <gmock/gmock.h>

namespace pilothouse::state {
namespace {

using test::put;
using test::removed;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Snapshot, FollowsChanges) {
    const Snapshot first = Snapshot().after(
        {Revision(3),
         {put("cluster", encode(ClusterRecord{"id", "prod", "2026", 1, 1, {}}), 2),
          put("users/ada", encode(test::user("ada", api::UserRole::admin)), 3),
          put("users/bob", encode(test::user("bob")), 3), put("operations/x", "anything", 3)}});
    ASSERT_TRUE(first.cluster);
    EXPECT_EQ(first.cluster->record.name, "prod");
    EXPECT_EQ(first.cluster->modified, Revision(2));
    ASSERT_NE(first.users.find("ada"), nullptr);
    EXPECT_EQ(first.users.find("ada")->record.role, api::UserRole::admin);

    const Snapshot second = first.after({Revision(4), {removed("users/ada", 4), removed("cluster", 4)}});
    EXPECT_EQ(second.users.find("ada"), nullptr);
    EXPECT_NE(second.users.find("bob"), nullptr);
    EXPECT_FALSE(second.cluster);
    EXPECT_EQ(second.revision, Revision(4));
    EXPECT_NE(first.users.find("ada"), nullptr) << "a snapshot never changes";
}

TEST(Snapshot, TablesThatDidNotChangeAreShared) {
    const Snapshot first = Snapshot().after({Revision(2), {put("users/ada", encode(test::user("ada")), 2)}});
    const Snapshot second = first.after({Revision(3), {put("members/x", encode(MemberRecord{}), 3)}});
    EXPECT_EQ(&first.users.all(), &second.users.all());
    EXPECT_NE(&first.members.all(), &second.members.all());
}

TEST(Snapshot, RecordsOfANewerVersionAreReportedAndNotMisread) {
    const Snapshot first = Snapshot().after({Revision(2), {put("users/ada", encode(test::user("ada")), 2)}});
    const Snapshot second = first.after({Revision(3), {put("users/ada", R"({"schema":7,"name":"ada"})", 3)}});
    EXPECT_EQ(second.users.find("ada"), nullptr) << "an old copy must not speak for a record that changed";
    ASSERT_TRUE(second.unreadable.contains("users/ada"));
    EXPECT_THAT(second.unreadable.at("users/ada").text(), HasSubstr("schema 7"));
    const Snapshot third = second.after({Revision(4), {put("users/ada", encode(test::user("ada")), 4)}});
    EXPECT_THAT(third.unreadable, IsEmpty());
    EXPECT_NE(third.users.find("ada"), nullptr);
}

TEST(Snapshot, FindsMembersByTheEnginesId) {
    MemberRecord member;
    member.id = "0123456789ab";
    member.engine_member = "18446744073709551615";
    const Snapshot snapshot = Snapshot().after({Revision(2), {put("members/x", encode(member), 2)}});
    ASSERT_NE(snapshot.memberByEngineId(18446744073709551615U), nullptr);
    EXPECT_EQ(snapshot.memberByEngineId(18446744073709551615U)->id, "0123456789ab");
    EXPECT_EQ(snapshot.memberByEngineId(0), nullptr);
}

Snapshot withSetting(const std::string& name, const std::string& value) {
    return Snapshot().after(
        {Revision(2), {put("settings/" + name, encode(SettingRecord{name, value, "2026"}), 2)}});
}

TEST(Settings, HaveDefaultsUntilTheyAreRecorded) {
    EXPECT_EQ(settingNumber(Snapshot(), setting::keptEvents), 10'000);
    EXPECT_EQ(settingNumber(withSetting("kept_events", "500"), setting::keptEvents), 500);
    EXPECT_FALSE(settingSwitch(Snapshot(), setting::readOnlyRegistry));
    EXPECT_TRUE(settingSwitch(withSetting("read_only_registry", "true"), setting::readOnlyRegistry));
    EXPECT_EQ(settingText(Snapshot(), "colour"), "");
    EXPECT_EQ(settingNumber(Snapshot(), setting::manifestBytes), std::int64_t{4} << 20);
    EXPECT_EQ(settingNumber(Snapshot(), setting::blobBytes), std::int64_t{1} << 40);
    EXPECT_EQ(settingNumber(Snapshot(), setting::uploadsPerUser), 64);
    EXPECT_EQ(settingNumber(Snapshot(), setting::requestsPerSecond), 0) << "no limit";
    EXPECT_EQ(settingNumber(Snapshot(), setting::pushFloorMib), 1024);
    const auto all = allSettings(withSetting("heartbeat_ms", "50")).settings;
    EXPECT_TRUE(
        std::is_sorted(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.name < b.name; }));
    const auto found =
        std::find_if(all.begin(), all.end(), [](const auto& one) { return one.name == "heartbeat_ms"; });
    ASSERT_NE(found, all.end());
    EXPECT_EQ(*found, (api::Setting{"heartbeat_ms", "50", "100", "a whole number from 10 to 1000"}));
    for (const auto& one : all) {
        EXPECT_TRUE(checkSetting(one.name, one.standard)) << one.name << " must allow its own default";
    }
}

TEST(Settings, ValuesAgainstTheRuleCountAsNotRecorded) {
    EXPECT_EQ(settingNumber(withSetting("heartbeat_ms", "0"), setting::heartbeatMs), 100);
    EXPECT_EQ(settingNumber(withSetting("heartbeat_ms", "fast"), setting::heartbeatMs), 100);
}

TEST(Settings, CheckNamesTheRange) {
    EXPECT_TRUE(checkSetting("heartbeat_ms", "10"));
    EXPECT_TRUE(checkSetting("heartbeat_ms", "1000"));
    for (const char* value : {"9", "1001", "", "1e2", " 100", "100 ", "-5", "99999999999999999999"}) {
        const Status checked = checkSetting("heartbeat_ms", value);
        ASSERT_FALSE(checked) << value;
        EXPECT_THAT(checked.error().message, HasSubstr("10 to 1000"));
    }
    EXPECT_THAT(checkSetting("read_only_registry", "yes").error().message, HasSubstr("true or false"));
    EXPECT_THAT(checkSetting("colour", "green").error().hint, HasSubstr("kept_events"));
}

} // namespace
} // namespace pilothouse::state
