// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin_fixture.h"

#include "api/admin.h"
#include "api/json.h"
#include "rig.h"

namespace pilothouse::admin::test {

AdminTest::AdminTest() : m_rig(std::make_unique<Rig>()) {
    EXPECT_TRUE(eventually([this] { return m_rig->board.snapshot()->status.self.health.healthy; }))
        << m_rig->board.snapshot()->json;
}

AdminTest::~AdminTest() = default;

std::uint16_t AdminTest::port() const {
    return m_rig->server.port();
}
std::uint16_t AdminTest::plainPort() const {
    return m_rig->plainServer.port();
}

Answer AdminTest::ask(std::string_view method, std::string_view target, const Ask& ask) const {
    std::string request =
        std::string(method) + " " + std::string(target) + " HTTP/1.1\r\nHost: reg-1\r\nConnection: close\r\n";
    if (!ask.authorization.empty()) {
        request += "Authorization: " + ask.authorization + "\r\n";
    }
    for (const auto& field : ask.fields) {
        request += field + "\r\n";
    }
    if (!ask.body.empty()) {
        request += ask.contentType.empty() ? "" : "Content-Type: " + ask.contentType + "\r\n";
        request += "Content-Length: " + std::to_string(ask.body.size()) + "\r\n";
    }
    Socket socket(port());
    socket.send(request + "\r\n" + ask.body);
    return socket.readAnswer(method == "HEAD");
}

Answer AdminTest::ask(std::string_view method, std::string_view target, std::string body) const {
    Ask asked;
    asked.authorization = admin();
    asked.body = std::move(body);
    return ask(method, target, asked);
}

Answer AdminTest::raw(std::string_view bytes, bool https) const {
    Socket socket(https ? port() : plainPort());
    socket.send(bytes);
    return socket.readAnswer(bytes.starts_with("HEAD"));
}

std::string AdminTest::expectProblem(const Answer& answer, int status, std::string_view code) {
    EXPECT_EQ(answer.status, status) << answer.body;
    EXPECT_EQ(answer.header("content-type"), "application/problem+json") << answer.body;
    const auto problem = api::fromJson<api::Problem>(answer.body);
    if (!problem) {
        ADD_FAILURE() << problem.error().text() << " in " << answer.body;
        return {};
    }
    EXPECT_EQ(problem->status, status) << answer.body;
    EXPECT_EQ(problem->code, code) << answer.body;
    EXPECT_FALSE(problem->title.empty()) << answer.body;
    EXPECT_FALSE(problem->detail.empty()) << answer.body;
    return problem->detail;
}

std::string AdminTest::admin() {
    return basic("admin", adminPassword);
}

void AdminTest::createUser(const std::string& name, const std::string& role) {
    const auto created = ask("POST", "/api/v0/users",
                             R"({"name":")" + name + R"(","password":"password of )" + name +
                                 R"(","role":")" + role + R"(","operation_id":""})");
    ASSERT_EQ(created.status, 201) << created.body;
    ASSERT_TRUE(eventually([&] { return m_rig->model.snapshot()->users.find(name) != nullptr; }));
}

std::string AdminTest::login(const std::string& name) {
    return basic(name, "password of " + name);
}

std::string AdminTest::createToken(const std::string& user) {
    const auto created = ask("POST", "/api/v0/tokens",
                             R"({"user":")" + user + R"(","description":"a test","operation_id":""})");
    EXPECT_EQ(created.status, 201) << created.body;
    const auto token = api::fromJson<api::CreatedAccessToken>(created.body);
    if (!token) {
        ADD_FAILURE() << token.error().text();
        return {};
    }
    EXPECT_TRUE(
        eventually([&] { return m_rig->model.snapshot()->accessTokens.find(token->token.id) != nullptr; }));
    return token->secret;
}

bool AdminTest::eventually(const std::function<bool()>& holds, std::chrono::milliseconds within) {
    const auto end = std::chrono::steady_clock::now() + within;
    while (!holds()) {
        if (std::chrono::steady_clock::now() > end) {
            return false;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return true;
}

} // namespace pilothouse::admin::test
