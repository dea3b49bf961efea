// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/node/path_probe.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_future.hpp>
#include <gtest/gtest.h>

#include <cerrno>
#include <sys/socket.h>

namespace pilothouse::node {
namespace {

using boost::asio::ip::tcp;
using namespace std::chrono_literals;

std::vector<api::PathAnswer> probed(std::vector<api::PathQuery> paths, Milliseconds deadline = 5000ms) {
    boost::asio::io_context context;
    auto answers =
        boost::asio::co_spawn(context, probePaths(std::move(paths), deadline), boost::asio::use_future);
    context.run_for(20s);
    return answers.wait_for(0s) == std::future_status::ready ? answers.get() : std::vector<api::PathAnswer>();
}

class PathProbe : public testing::Test {
protected:
    // Of a socket that listens; nobody needs to accept.
    [[nodiscard]] std::string open() {
        m_listening.emplace_back(m_context, tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0));
        return "127.0.0.1:" + std::to_string(m_listening.back().local_endpoint().port());
    }
    // Bound, so that nobody else takes it, and not listening.
    [[nodiscard]] std::string closed() {
        m_bound.emplace_back(m_context, tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0));
        return "127.0.0.1:" + std::to_string(m_bound.back().local_endpoint().port());
    }
    // Listening with a full queue: the kernel drops what comes, as a firewall does.
    [[nodiscard]] std::string silent() {
        tcp::acceptor acceptor(m_context);
        acceptor.open(tcp::v4());
        acceptor.bind({boost::asio::ip::address_v4::loopback(), 0});
        acceptor.listen(0);
        const tcp::endpoint endpoint = acceptor.local_endpoint();
        m_listening.push_back(std::move(acceptor));
        for (int i = 0; i < 3; ++i) {
            m_bound.emplace_back(m_context, tcp::v4());
            m_bound.back().non_blocking(true);
            // Not Asio's, which waits for the end also then.
            EXPECT_TRUE(::connect(m_bound.back().native_handle(), endpoint.data(),
                                  static_cast<socklen_t>(endpoint.size())) == 0 ||
                        errno == EINPROGRESS);
        }
        return "127.0.0.1:" + std::to_string(endpoint.port());
    }

private:
    boost::asio::io_context m_context;
    std::vector<tcp::acceptor> m_listening;
    std::vector<tcp::socket> m_bound;
};

TEST_F(PathProbe, TellsWhatListensFromWhatRefusesAndWhatIsSilent) {
    const auto answers = probed(
        {{"reg-1", "https", open()}, {"reg-1", "engine", closed()}, {"reg-2", "https", silent()}}, 300ms);
    ASSERT_EQ(answers.size(), 3U);
    EXPECT_EQ(answers[0].reach, api::Reach::ok);
    EXPECT_EQ(answers[0].name, "reg-1");
    EXPECT_EQ(answers[0].port, "https");
    ASSERT_TRUE(answers[0].ms.has_value());
    EXPECT_GE(*answers[0].ms, 0);
    EXPECT_EQ(answers[1].reach, api::Reach::refused);
    EXPECT_EQ(answers[1].ms, std::nullopt);
    EXPECT_EQ(answers[2].reach, api::Reach::timeout);
}

TEST_F(PathProbe, LeavesOutWhatIsTooMuchOrNoAddress) {
    std::vector<api::PathQuery> paths(mostPaths + 1, {"reg-1", "https", open()});
    paths.front().address = "no address at all";
    const auto answers = probed(paths);
    ASSERT_EQ(answers.size(), paths.size());
    EXPECT_EQ(answers.front().reach, api::Reach::unknown);
    EXPECT_EQ(answers[1].reach, api::Reach::ok);
    EXPECT_EQ(answers.back().reach, api::Reach::ok);
    paths.push_back({"reg-9", "https", open()});
    EXPECT_EQ(probed(paths).back().reach, api::Reach::unknown);
}

TEST_F(PathProbe, OfNothingEndsAtOnce) {
    EXPECT_TRUE(probed({}).empty());
}

TEST_F(PathProbe, NamesThatAreNotKnownAreUnreachable) {
    const auto answers = probed({{"reg-1", "https", "no-such-host.invalid:443"}});
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_EQ(answers[0].reach, api::Reach::unreachable);
}

} // namespace
} // namespace pilothouse::node
