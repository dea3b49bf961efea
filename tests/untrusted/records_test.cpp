// SPDX-License-Identifier: GPL-3.0-or-later
#include "mutate.h"
#include "replica/state/records.h"

#include <gtest/gtest.h>

namespace pilothouse::state {
namespace {

template <typename Record>
void tryMutations(const Record& seed) {
    test::Mutator mutator({encode(seed)}, {"{", "}", "[", "]", "\"", ",", ":", "null", "true", "-1", "1.5",
                                           "1e99", "9223372036854775808", "\"schema\":2,", "\"schema\":1,",
                                           "\\ud800", "\xff", "\"x\":{},"});
    for (int i = 0; i < 4000; ++i) {
        const std::string text = mutator.next();
        const auto record = decode<Record>(text);
        if (record) {
            const auto again = decode<Record>(encode(*record));
            ASSERT_TRUE(again) << test::shown(text);
            ASSERT_EQ(*again, *record) << test::shown(text);
        } else {
            ASSERT_TRUE(record.error().code == ErrorCode::corrupt ||
                        record.error().code == ErrorCode::conflict)
                << record.error().text() << ": " << test::shown(text);
            ASSERT_FALSE(record.error().message.empty());
        }
    }
}

TEST(UntrustedRecords, ReadBackOrAreRefused) {
    tryMutations(ClusterRecord{"id", "prod", "2026", 2, 1, "https://registry.example"});
    tryMutations(MembershipRecord{
        7, Phase::changing, {"a", "b"}, {"c"}, "a", MembershipChange{ChangeKind::promote, "c"}});
    tryMutations(MemberRecord{"id", "reg-1", "https://a", "http://a", "https://a:7443",
                              "18446744073709551615", "0.1", 1, "2026"});
    tryMutations(UserRecord{"anna", api::UserRole::admin, "scrypt", "2026"});
    tryMutations(AccessTokenRecord{"id", "anna", "laptop", "hash", "2026", "2027"});
    tryMutations(SettingRecord{"name", "value", "2026"});
    tryMutations(SealedSecretRecord{"name", "sealed", "2026"});
    tryMutations(EventRecord{"replica-lost", "2026", "a", "b", "reg-2", 41, "reg-2 stopped answering"});
    OperationRecord operation;
    operation.operation.kind = "remove";
    operation.operation.steps = {{"check", "done", "2026", "2027"}, {"drain", "running", "2027", {}}};
    operation.operation.waiting = api::Waiting{"copies", {"reg-1"}, {14}, "", "2027", true, {"cancel"}};
    operation.operation.findings = {{"tolerance", "needs_word", {}, {1, 0, 2}, ""}};
    operation.operation.journal = {{"2026", "anna", "started", "", "moved"}};
    tryMutations(operation);
    tryMutations(OutcomeRecord{"drain", "request", "2026", "{}", ""});
}

// An event that cannot be read is still one, which says so.
TEST(UntrustedRecords, AnUnreadableEventIsShownAsSuch) {
    test::Mutator mutator(
        {encode(EventRecord{"replica-lost", "2026", "a", "b", "reg-2", 41, "reg-2 stopped"})},
        {"{", "}", "\"", ",", ":", "null", "\xff"});
    for (int i = 0; i < 4000; ++i) {
        const std::string text = mutator.next();
        const auto event = readEvent(text, 12);
        ASSERT_EQ(event.revision, 12);
        ASSERT_EQ(event.kind == "unreadable", !decode<EventRecord>(text)) << test::shown(text);
    }
}

} // namespace
} // namespace pilothouse::state
