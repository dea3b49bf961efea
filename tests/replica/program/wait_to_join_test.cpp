// SPDX-License-Identifier: GPL-3.0-or-later
// serve on an empty data folder, up to where a cluster would be needed.
#include "api/json.h"
#include "api/setup.h"
#include "replica/http/tls.h"
#include "replica/program/http_call.h"
#include "replica/program/wait_to_join.h"
#include "replica/provision/layout.h"
#include "replica/security/join_token.h"
#include "replica/security/setup_code.h"
#include "replica/support/ports.h"
#include "serving.h"
#include "support/fixtures.h"

#include <gmock/gmock.h>

#include <csignal>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace pilothouse::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

class WaitToJoinTest : public testing::Test {
protected:
    [[nodiscard]] std::vector<std::string> arguments() const {
        return {"--join-host",   "127.0.0.1",
                "--join-name",   "reg-4",
                "--https-port",  std::to_string(port),
                "--http-port",   std::to_string(port + 1),
                "--peer-port",   std::to_string(port + 2),
                "--engine-port", std::to_string(port + 3),
                "--log-level",   "debug"};
    }
    [[nodiscard]] std::unique_ptr<Serving> serve() const {
        auto serving = std::make_unique<Serving>(layout.root(), arguments(), folder / "log");
        EXPECT_TRUE(waits()) << serving->log();
        return serving;
    }
    [[nodiscard]] bool waits() const {
        const auto end = std::chrono::steady_clock::now() + 20s;
        while (httpStatus(port + 1, "/_ping") != 503 && std::chrono::steady_clock::now() < end) {
            std::this_thread::sleep_for(10ms);
        }
        return httpStatus(port + 1, "/_ping") == 503;
    }
    [[nodiscard]] std::string code() const { return readWhole(layout.setupCode()); }
    [[nodiscard]] Result<std::string> ask(const std::string& verb, const std::string& body) const {
        http::ClientRequest request;
        request.method = "POST";
        request.target = "/api/v0/setup/" + verb;
        request.headers.set("Content-Type", "application/json");
        request.body = body;
        return program::callHttps("https://127.0.0.1:" + std::to_string(port),
                                  http::TlsContext::clientOfAnyServer().value(), {}, std::move(request), 15s);
    }
    [[nodiscard]] Result<api::SetupState> join(const std::string& secret, const std::string& token) const {
        const auto body = ask("join", api::toJson(api::AdmitHost{secret, token}));
        return body ? api::fromJson<api::SetupState>(*body) : fail(body.error());
    }
    void expectNoSecretIn(const std::string& log) const {
        EXPECT_THAT(log, Not(HasSubstr("phsetup1.")));
        EXPECT_THAT(log, Not(HasSubstr(security::parseSetupCode(code())
                                           .value_or(security::SetupCode{{}, {}, "no code at all"})
                                           .secret)));
    }

    const std::uint16_t port = reservePorts();
    TemporaryFolder folder;
    provision::Layout layout{folder / "data"};
};

TEST_F(WaitToJoinTest, StopsAsAskedAndGoesOnWithTheSameCode) {
    std::string shown;
    for (const int number : {SIGTERM, SIGKILL, SIGINT}) {
        const auto serving = serve();
        shown = shown.empty() ? code() : shown;
        EXPECT_EQ(code(), shown);
        EXPECT_EQ(modeOf(layout.setupCode()), 0600U);
        serving->signal(number);
        EXPECT_EQ(serving->wait(5s), number == SIGKILL ? 128 + SIGKILL : 0) << serving->log();
        expectNoSecretIn(serving->log());
        EXPECT_THAT(serving->log(), HasSubstr(layout.setupCode().string())) << "where it lies is told";
    }
}

TEST_F(WaitToJoinTest, FiveWrongCodesEndIt) {
    std::string shown;
    {
        const auto serving = serve();
        shown = code();
        expectNoSecretIn(serving->log());
        for (int i = 0; i < 5; ++i) {
            const auto refused = join(std::string(64, 'e'), "");
            ASSERT_FALSE(refused);
            EXPECT_EQ(refused.error().code, ErrorCode::unauthorized) << refused.error().text();
        }
        EXPECT_EQ(serving->wait(10s), 1) << serving->log();
        EXPECT_THAT(serving->log(), HasSubstr("five wrong setup codes"));
        EXPECT_FALSE(std::filesystem::exists(layout.pendingSetup()));
        EXPECT_FALSE(std::filesystem::exists(layout.setupCode()));
    }
    const auto serving = serve();
    EXPECT_NE(code(), shown);
}

TEST_F(WaitToJoinTest, AFailureIsToldAndTheNextTokenIsTaken) {
    const auto serving = serve();
    const std::string secret = security::parseSetupCode(code()).value().secret;
    for (const char digit : {'1', '2'}) { // for clusters that are not there
        const std::string token =
            security::formatJoinToken({.cluster_id = std::string(32, 'c'),
                                       .epoch = 1,
                                       .replica_id = "0123456789ab",
                                       .secret = std::string(64, digit),
                                       .ca_sha256 = std::string(64, 'f'),
                                       .seeds = {"https://127.0.0.1:" + std::to_string(port)},
                                       .expires_at = "2026-03-02T13:00:00Z"});
        // Its own port answers there, with another authority: nothing is sent to it.
        auto state = join(secret, token);
        ASSERT_TRUE(state) << state.error().text();
        EXPECT_EQ(state->phase, "joining");
        const auto end = std::chrono::steady_clock::now() + 20s;
        while (state && state->phase == "joining" && std::chrono::steady_clock::now() < end) {
            std::this_thread::sleep_for(20ms);
            state = join(secret, token);
        }
        ASSERT_TRUE(state) << state.error().text();
        EXPECT_EQ(state->phase, "failed");
        EXPECT_THAT(state->error, HasSubstr("belongs to another cluster"));
        EXPECT_FALSE(std::filesystem::exists(layout.pendingJoin())) << "keys that nobody has seen";
        EXPECT_THAT(serving->log(), Not(HasSubstr(token)));
        EXPECT_THAT(serving->log(), Not(HasSubstr(std::string(64, digit))));
    }
    serving->signal(SIGTERM);
    EXPECT_EQ(serving->wait(5s), 0) << serving->log();
}

TEST_F(WaitToJoinTest, StopsInTheMiddleOfAnAttempt) {
    const auto serving = serve();
    const std::string secret = security::parseSetupCode(code()).value().secret;
    const std::string token =
        security::formatJoinToken({.cluster_id = std::string(32, 'c'),
                                   .epoch = 1,
                                   .replica_id = "0123456789ab",
                                   .secret = std::string(64, '1'),
                                   .ca_sha256 = std::string(64, 'f'),
                                   .seeds = {"https://127.0.0.1:" + std::to_string(port + 4)},
                                   .expires_at = "2026-03-02T13:00:00Z"});
    ASSERT_TRUE(join(secret, token));
    const auto end = std::chrono::steady_clock::now() + 20s;
    while (!std::filesystem::exists(layout.pendingJoin()) && std::chrono::steady_clock::now() < end) {
        std::this_thread::sleep_for(10ms);
    }
    serving->signal(SIGTERM);
    EXPECT_EQ(serving->wait(5s), 0) << serving->log();
    const auto again = serve();
    const auto state = join(secret, token);
    ASSERT_TRUE(state) << state.error().text();
    EXPECT_EQ(state->phase, "joining") << "it goes on by itself";
}

// systemd is to take the wait for a service that runs: it may last for days.
TEST_F(WaitToJoinTest, IsReadyWhenItWaits) {
    const ServiceManagerDouble manager(folder / "notify");
    const auto serving = serve();
    EXPECT_EQ(manager.received(), "READY=1");
}

TEST_F(WaitToJoinTest, TwoDoNotWaitOnOneFolder) {
    const auto first = serve();
    Serving second(layout.root(), {"--join-host", "127.0.0.1"}, folder / "second");
    EXPECT_EQ(second.wait(5s), 1);
    EXPECT_THAT(second.log(), HasSubstr("is in use by process " + std::to_string(first->pid())));
}

TEST_F(WaitToJoinTest, AFolderOfSomethingElseIsRefused) {
    std::filesystem::create_directory(layout.root());
    writeFile(layout.root() / "photos", "precious");
    EXPECT_TRUE(program::mayJoin(layout.root())) << "it is no replica";
    Serving serving(layout.root(), arguments(), folder / "log");
    EXPECT_EQ(serving.wait(5s), 1);
    EXPECT_THAT(serving.log(), HasSubstr("not empty"));
    for (const auto& mark : {layout.identity(), layout.removed()}) {
        writeFile(mark, "");
        EXPECT_FALSE(program::mayJoin(layout.root()));
        std::filesystem::remove(mark);
    }
}

TEST_F(WaitToJoinTest, ShowsTheCodeOnATerminal) {
    int terminal = -1;
    const auto words = arguments();
    std::vector<std::string> all{REPLICA_PROGRAM, "serve", "--data-dir", layout.root().string()};
    all.insert(all.end(), words.begin(), words.end());
    std::vector<char*> pointers;
    for (auto& word : all) {
        pointers.push_back(word.data());
    }
    pointers.push_back(nullptr);
    const pid_t child = ::forkpty(&terminal, nullptr, nullptr, nullptr);
    if (child == 0) {
        ::execv(REPLICA_PROGRAM, pointers.data());
        ::_exit(127);
    }
    ASSERT_GT(child, 0);
    std::string seen;
    const auto end = std::chrono::steady_clock::now() + 20s;
    while ((seen.find("phsetup1.") == std::string::npos || !seen.ends_with("\n")) &&
           std::chrono::steady_clock::now() < end) {
        pollfd wait{.fd = terminal, .events = POLLIN, .revents = 0};
        std::array<char, 4096> buffer{};
        if (::poll(&wait, 1, 100) == 1) {
            const auto got = ::read(terminal, buffer.data(), buffer.size());
            seen.append(buffer.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
        }
    }
    std::string line = code();
    line.pop_back();
    EXPECT_THAT(seen, HasSubstr(line));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    ::close(terminal);
}

} // namespace
} // namespace pilothouse::test
