// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/json.h"
#include "replica/node/local_server.h"
#include "support/fixtures.h"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <sys/socket.h>
#include <sys/un.h>
#include <thread>
#include <unistd.h>

namespace pilothouse::node {
namespace {

class LocalServerTest : public testing::Test {
protected:
    void serve(const std::filesystem::path& path) {
        server = std::make_unique<LocalServer>(
            context.get_executor(), path,
            [this](LocalRequest request) -> boost::asio::awaitable<LocalAnswer> {
                asked.push_back(request.verb);
                LocalAnswer answer;
                answer.status.emplace();
                answer.status->observer = request.user.value_or("");
                co_return answer;
            },
            Logger());
        const auto started = server->start();
        ASSERT_TRUE(started) << started.error().text();
        boost::asio::co_spawn(context, server->run(),
                              boost::asio::bind_cancellation_slot(stop.slot(), boost::asio::detached));
        thread = std::thread([this] { context.run(); });
    }
    void TearDown() override {
        boost::asio::post(context, [this] { stop.emit(boost::asio::cancellation_type::terminal); });
        if (thread.joinable()) {
            thread.join();
        }
    }
    // What comes back for these bytes until the server closes; the test's limit ends what never does.
    static std::string call(const std::filesystem::path& path, const std::string& bytes) {
        const auto address = LocalAddress::of(path);
        EXPECT_TRUE(address);
        sockaddr_un where{};
        where.sun_family = AF_UNIX;
        std::copy(address->text().begin(), address->text().end(), where.sun_path);
        const int file = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        EXPECT_EQ(connect(file, reinterpret_cast<sockaddr*>(&where), sizeof where), 0);
        EXPECT_EQ(send(file, bytes.data(), bytes.size(), MSG_NOSIGNAL), static_cast<ssize_t>(bytes.size()));
        shutdown(file, SHUT_WR);
        std::string answer;
        char buffer[4096];
        for (ssize_t got = 0; (got = read(file, buffer, sizeof buffer)) > 0;) {
            answer.append(buffer, static_cast<std::size_t>(got));
        }
        close(file);
        return answer;
    }

    pilothouse::test::TemporaryFolder folder;
    boost::asio::io_context context;
    boost::asio::cancellation_signal stop;
    std::unique_ptr<LocalServer> server;
    std::vector<std::string> asked;
    std::thread thread;
};

TEST_F(LocalServerTest, OneLineEachWay) {
    const auto path = folder / "local.sock";
    serve(path);
    EXPECT_EQ(pilothouse::test::modeOf(path), 0600U);
    for (int i = 0; i < 3; ++i) {
        const auto answer = api::fromJson<LocalAnswer>(call(path, R"({"verb":"status","user":"ada"})"
                                                                  "\n"));
        ASSERT_TRUE(answer) << answer.error().text();
        EXPECT_FALSE(answer->problem);
        EXPECT_EQ(answer->status->observer, "ada");
    }
}

TEST_F(LocalServerTest, NonsenseIsRefusedAndHarmless) {
    const auto path = folder / "local.sock";
    serve(path);
    for (const std::string& bytes : {std::string("nonsense\n"), std::string("[]\n"), std::string("\n"),
                                     std::string("{\"verb\":3}\n"), std::string("\0\xff\n", 3)}) {
        const auto answer = api::fromJson<LocalAnswer>(call(path, bytes));
        ASSERT_TRUE(answer) << answer.error().text();
        ASSERT_TRUE(answer->problem);
        EXPECT_EQ(answer->problem->code, "invalid");
    }
    EXPECT_EQ(call(path, "no end"), "");
    EXPECT_EQ(call(path, std::string(localRequestLimit, 'x')), "");
    EXPECT_TRUE(asked.empty());
    EXPECT_NE(call(path, "{\"verb\":\"status\"}\n"), "");
}

TEST_F(LocalServerTest, TakesTheSocketOfAProcessThatIsGone) {
    const auto path = folder / "local.sock";
    pilothouse::test::writeFile(path, "left behind");
    serve(path);
    EXPECT_NE(call(path, "{\"verb\":\"status\"}\n"), "");
}

TEST_F(LocalServerTest, AFolderMayHaveAnyLength) {
    const auto deep = folder / std::string(100, 'd') / std::string(100, 'e');
    std::filesystem::create_directories(deep);
    serve(deep / "local.sock");
    EXPECT_NE(call(deep / "local.sock", "{\"verb\":\"status\"}\n"), "");
}

TEST_F(LocalServerTest, TheSocketGoesWithIt) {
    serve(folder / "local.sock");
    boost::asio::post(context, [this] { stop.emit(boost::asio::cancellation_type::terminal); });
    thread.join();
    EXPECT_FALSE(std::filesystem::exists(folder / "local.sock"));
}

TEST(LocalServerRuleTest, RootAndTheOwnerMayOrder) {
    EXPECT_TRUE(mayOrder(0, 1000));
    EXPECT_TRUE(mayOrder(1000, 1000));
    EXPECT_FALSE(mayOrder(1001, 1000));
    EXPECT_FALSE(mayOrder(1000, 0));
}

} // namespace
} // namespace pilothouse::node
