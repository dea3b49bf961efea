// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/access.h"
#include "replica/state/settings.h"

#include <gtest/gtest.h>

#include <array>
#include <set>

namespace pilothouse::registry {
namespace {

using api::UserRole;
using state::UserRecord;

constexpr std::array actions{Action::pull, Action::push, Action::remove, Action::list};
using Allowed = std::set<Action>;
const Allowed nothing;
const Allowed pulling{Action::pull};
const Allowed reading{Action::pull, Action::list};
const Allowed writing{Action::pull, Action::push, Action::remove};
const Allowed everything{Action::pull, Action::push, Action::remove, Action::list};

UserRecord user(UserRole role, std::vector<api::Grant> grants = {}) {
    UserRecord record;
    record.name = "ada";
    record.role = role;
    if (!grants.empty()) {
        record.grants = std::move(grants);
    }
    return record;
}

state::Snapshot stateWith(const std::string& anonymousPull) {
    const std::string name(state::setting::anonymousPull);
    state::Table<state::SettingRecord>::Map settings;
    settings[name] = {{name, anonymousPull, {}}, Revision(2), Revision(2)};
    state::Snapshot state;
    state.settings = state::Table<state::SettingRecord>(std::move(settings));
    return state;
}

Allowed allowed(const state::Snapshot& state, const UserRecord* who, std::string_view repository) {
    Allowed found;
    for (const Action action : actions) {
        if (isAllowed(state, who, repository, action)) {
            found.insert(action);
        }
    }
    return found;
}
Allowed allowed(const UserRecord& who, std::string_view repository) {
    return allowed(state::Snapshot(), &who, repository);
}

TEST(RegistryAccess, RolesDecideEverywhere) {
    for (const auto* repository : {"app", "team/app"}) {
        EXPECT_EQ(allowed(user(UserRole::admin), repository), everything);
        EXPECT_EQ(allowed(user(UserRole::writer), repository), everything);
        EXPECT_EQ(allowed(user(UserRole::reader), repository), reading);
        EXPECT_EQ(allowed(user(UserRole::guest), repository), nothing);
        EXPECT_EQ(allowed(state::Snapshot(), nullptr, repository), nothing);
    }
}

TEST(RegistryAccess, GrantsAddToEachRoleWhereTheyMatch) {
    struct Case {
        std::string pattern;
        std::set<std::string> matching;
    };
    const std::set<std::string> repositories{"app",           "team",      "team/app",
                                             "team/app/deep", "teams/app", "other/team/app"};
    const std::vector<Case> cases{{"*", repositories},
                                  {"team/*", {"team/app", "team/app/deep"}},
                                  {"team/app/*", {"team/app/deep"}},
                                  {"team/app", {"team/app"}},
                                  {"app", {"app"}},
                                  {"te", {}}};
    const std::vector<std::pair<UserRole, Allowed>> byRole{{UserRole::admin, everything},
                                                           {UserRole::writer, everything},
                                                           {UserRole::reader, reading},
                                                           {UserRole::guest, nothing}};
    for (const auto& [role, alone] : byRole) {
        for (const auto& [pattern, matching] : cases) {
            for (const auto& repository : repositories) {
                for (const bool writer : {false, true}) {
                    const auto who = user(role, {{"unrelated", UserRole::writer},
                                                 {pattern, writer ? UserRole::writer : UserRole::reader}});
                    auto expected = alone;
                    if (matching.contains(repository)) {
                        const auto& more = writer ? writing : pulling;
                        expected.insert(more.begin(), more.end());
                    }
                    EXPECT_EQ(allowed(who, repository), expected) << pattern << " in " << repository;
                }
            }
        }
    }
}

TEST(RegistryAccess, TheStrongestOfSeveralGrantsCounts) {
    const auto who = user(UserRole::guest, {{"team/*", UserRole::writer}, {"team/app", UserRole::reader}});
    EXPECT_EQ(allowed(who, "team/app"), writing) << "a grant takes nothing away";
}

TEST(RegistryAccess, AnybodyMayPullWhatTheSettingNames) {
    const auto state = stateWith("public/*, hello");
    for (const auto* open : {"public/app", "hello"}) {
        EXPECT_EQ(allowed(state, nullptr, open), pulling) << open;
        const auto guest = user(UserRole::guest);
        EXPECT_EQ(allowed(state, &guest, open), pulling) << "a login takes nothing away";
    }
    for (const auto* closed : {"public", "publics/app", "hello/world", "app"}) {
        EXPECT_EQ(allowed(state, nullptr, closed), nothing) << closed;
    }
    EXPECT_EQ(allowed(stateWith("*"), nullptr, "team/app"), pulling);
    EXPECT_EQ(allowed(stateWith(""), nullptr, "team/app"), nothing);
    EXPECT_EQ(allowed(stateWith("Not a name"), nullptr, "team/app"), nothing);
}

TEST(RegistryAccess, AScopeIsCutDownToWhatIsAllowed) {
    const auto reader = user(UserRole::reader, {{"team/*", UserRole::writer}});
    const auto part = [&](const std::string& scope, const UserRecord* who) {
        return toText(allowedPart(state::Snapshot(), who, parseScopes({scope}).front()));
    };
    EXPECT_EQ(part("repository:app:pull,push", &reader), "repository:app:pull");
    EXPECT_EQ(part("repository:app:push", &reader), "repository:app:");
    EXPECT_EQ(part("repository:app:*", &reader), "repository:app:pull");
    EXPECT_EQ(part("repository:team/app:pull,push", &reader), "repository:team/app:pull,push");
    EXPECT_EQ(part("repository:team/app:*", &reader), "repository:team/app:delete,pull,push");
    EXPECT_EQ(part("repository:team/app:delete,fly", &reader), "repository:team/app:delete");
    EXPECT_EQ(part("registry:catalog:*", &reader), "registry:catalog:*");
    EXPECT_EQ(part("registry:other:*", &reader), "registry:other:");
    EXPECT_EQ(part("unknown:app:pull", &reader), "unknown:app:");
    EXPECT_EQ(part("repository:app:pull,push", nullptr), "repository:app:");
    EXPECT_EQ(part("registry:catalog:*", nullptr), "registry:catalog:");
}

} // namespace
} // namespace pilothouse::registry
