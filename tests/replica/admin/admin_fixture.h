// SPDX-License-Identifier: GPL-3.0-or-later
// The admin API as a client meets it. The replica behind it: see rig.h.
#pragma once

#include "http_client.h"

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace pilothouse::admin::test {

struct Rig;

struct Ask {
    std::string authorization; // the field's value; empty: none
    std::string body;
    std::string contentType = "application/json"; // with a body
    std::vector<std::string> fields;              // "Name: value"
};

class AdminTest : public ::testing::Test {
protected:
    AdminTest(); // returns once the replica is healthy
    ~AdminTest() override;

    // On a connection of its own.
    [[nodiscard]] Answer ask(std::string_view method, std::string_view target, const Ask& ask) const;
    // As the administrator.
    [[nodiscard]] Answer ask(std::string_view method, std::string_view target, std::string body = {}) const;
    // The bytes of a request to the HTTPS side or to the HTTP side.
    [[nodiscard]] Answer raw(std::string_view bytes, bool https = true) const;
    [[nodiscard]] std::uint16_t port() const;
    [[nodiscard]] std::uint16_t plainPort() const;

    // Checks that it is a problem of that status and code, and gives its detail.
    static std::string expectProblem(const Answer& answer, int status, std::string_view code);
    [[nodiscard]] static std::string admin();
    // A user with that role; its password is "password of NAME".
    void createUser(const std::string& name, const std::string& role);
    [[nodiscard]] static std::string login(const std::string& name);
    // The secret of a new access token of the user's.
    [[nodiscard]] std::string createToken(const std::string& user);
    static bool eventually(const std::function<bool()>& holds,
                           std::chrono::milliseconds within = std::chrono::seconds(15));
    [[nodiscard]] Rig& rig() const { return *m_rig; }

private:
    std::unique_ptr<Rig> m_rig;
};

} // namespace pilothouse::admin::test
