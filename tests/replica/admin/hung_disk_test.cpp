// SPDX-License-Identifier: GPL-3.0-or-later
// What is answered while the disk hangs.
#include "admin_fixture.h"
#include "rig.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

namespace pilothouse::admin {
namespace {

using namespace std::chrono_literals;

class HungDiskTest : public test::AdminTest {
protected:
    // What waits for the disk on these threads waits until it answers.
    void hangProbes() {
        std::function<Status()> probe = [answered = m_answered] {
            answered.wait();
            return Status();
        };
        boost::asio::co_spawn(rig().strand, rig().disk.run(std::move(probe)), boost::asio::detached);
    }
    void hangReadModel() {
        std::function<Result<int>(state::Projection&)> query =
            [answered = m_answered](state::Projection&) -> Result<int> {
            answered.wait();
            return 0;
        };
        boost::asio::co_spawn(rig().strand, rig().model.read<int>(std::move(query)), boost::asio::detached);
    }
    void answer() { m_answer.set_value(); }
    void TearDown() override {
        if (m_answered.wait_for(0s) != std::future_status::ready) {
            answer();
        }
    }

private:
    std::promise<void> m_answer;
    std::shared_future<void> m_answered{m_answer.get_future().share()};
};

TEST_F(HungDiskTest, DrainDoesNotQueueBehindTheDisksProbe) {
    hangProbes();
    EXPECT_EQ(ask("PUT", "/api/v0/replica/drain", R"({"draining":true})").status, 204);
}

TEST_F(HungDiskTest, RequestsEndWithASentence) {
    hangReadModel();
    const auto detail = expectProblem(ask("GET", "/api/v0/events"), 503, "timeout");
    EXPECT_NE(detail.find("The disk has not answered"), std::string::npos) << detail;
    answer();
    EXPECT_EQ(ask("GET", "/api/v0/events").status, 200);
}

TEST_F(HungDiskTest, TheStreamShowsSignsOfLife) {
    hangReadModel();
    test::Socket stream(port());
    stream.send("GET /api/v0/stream HTTP/1.1\r\nHost: a\r\nLast-Event-ID: 0\r\nAuthorization: " + admin() +
                "\r\n\r\n");
    EXPECT_TRUE(stream.waitFor("event: status\n")) << stream.received();
    EXPECT_TRUE(stream.waitFor("\n: \n")) << stream.received();
    answer();
    EXPECT_TRUE(stream.waitFor("event: event\n")) << "told once the disk answers: " << stream.received();
}

} // namespace
} // namespace pilothouse::admin
