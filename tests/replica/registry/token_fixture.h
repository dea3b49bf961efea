// SPDX-License-Identifier: GPL-3.0-or-later
// Users, keys and tokens on an engine in memory.
#pragma once

#include "fixture.h" // of tests/replica/state
#include "follow.h"
#include "replica/admin/authenticator.h"
#include "replica/registry/tokens.h"
#include "replica/security/password.h"
#include "replica/state/signing_keys.h"

namespace pilothouse::registry::test {

inline const ClusterId cluster(std::string(32, 'c'));

class TokenTest : public state::test::StateTest {
protected:
    TokenTest() {
        rotate();
        putUser("ada", api::UserRole::writer);
        putUser("rex", api::UserRole::reader);
        putUser("ci", api::UserRole::guest, {{"team/*", api::UserRole::writer}});
    }
    void write(engine::Operation operation) {
        engine::Transaction transaction;
        transaction.then.push_back(std::move(operation));
        const auto done = state::test::run(context, store.transact(transaction, Milliseconds(1000)));
        ASSERT_TRUE(done) << state::test::why(done);
        ASSERT_TRUE(follow.reaches(store.revision()));
    }
    void rotate() {
        state::SigningKeyService service{engine, box, security::systemRandom(), systemClock(), Logger()};
        ASSERT_TRUE(state::test::run(context, service.rotate(Milliseconds(1000))));
        ASSERT_TRUE(follow.reaches(store.revision()));
    }
    void aWeekLater() {
        store.expire(store.content().at(std::string(state::keys::signingKeyFresh)).lease);
        rotate();
    }
    // The password is "password of NAME"; cheap to check.
    void putUser(const std::string& name, api::UserRole role, std::vector<api::Grant> grants = {}) {
        auto user = state::test::user(name, role);
        user.verifier = security::makeVerifier("password of " + name, security::systemRandom(),
                                               {.logN = 4, .r = 8, .p = 1})
                            .value();
        if (!grants.empty()) {
            user.grants = std::move(grants);
        }
        write(engine::Put{state::keys::of(state::keys::users, name), state::encode(user)});
    }
    void removeUser(const std::string& name) {
        write(engine::Delete{state::keys::of(state::keys::users, name), {}});
    }
    void putSetting(std::string_view name, const std::string& value) {
        const state::SettingRecord record{std::string(name), value, {}};
        write(engine::Put{state::keys::of(state::keys::settings, name), state::encode(record)});
    }
    // As a log-in with the password gives it.
    [[nodiscard]] admin::UserPrincipal login(const std::string& name) const {
        const auto state = follow.model.snapshot();
        const auto* stored = state->users.find(name);
        admin::UserPrincipal user;
        user.name = name;
        user.role = stored->record.role;
        user.revision = stored->modified;
        return user;
    }
    [[nodiscard]] std::string tokenFor(const std::string& name, const std::string& scope) {
        const auto issued = tokens.issue(login(name), parseScopes({scope}));
        EXPECT_TRUE(issued) << state::test::why(issued);
        return issued ? issued->token : std::string();
    }
    Result<std::shared_ptr<const Bearer>> verify(const std::string& token) {
        return state::test::run(context, tokens.verify(token));
    }
    ErrorCode refusalOf(const std::string& token) {
        const auto verified = verify(token);
        return verified ? ErrorCode::internal : verified.error().code;
    }

    state::test::TempFolder folder;
    state::test::Follow follow{context, engine, folder / "projection.sqlite"};
    ManualClock clock;
    admin::Authenticator authenticator{clock, security::systemRandom(), follow.model, cluster};
    state::KeyRing ring{box};
    TokenService tokens{clock,  security::systemRandom(), follow.model, follow.follower, authenticator, ring,
                        cluster};
};

} // namespace pilothouse::registry::test
