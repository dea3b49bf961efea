// SPDX-License-Identifier: GPL-3.0-or-later
// Real etcd members on loopback that a test starts, kills and damages one by one.
#pragma once

#include "backend.h"
#include "replica/engine/etcd_engine.h"
#include "replica/engine/etcd_options.h"
#include "support/fixtures.h"

#include <gtest/gtest.h>

#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace pilothouse::engine::test {

// What coroutines give is waited for in `loop`; which ends after all members.
class Member {
public:
    // `folder` is made, with certificates of its own for its client.
    Member(Loop& loop, std::filesystem::path folder, const std::string& name);
    ~Member(); // kills it
    Member(const Member&) = delete;
    Member& operator=(const Member&) = delete;

    // Runs until kill() or stop(), or it ends by itself; not restarted. The last of two arguments counts.
    void start(const std::vector<std::string>& more = {});
    // Without warning: what it has not written yet is lost.
    void kill();
    // As a service is stopped.
    void stop();
    void signal(int number) const;
    [[nodiscard]] bool runs();
    // All that it logged.
    [[nodiscard]] std::string output() const;

    [[nodiscard]] std::string peerUrl() const;
    [[nodiscard]] EngineAddress address() const;
    [[nodiscard]] Engine& engine() { return *m_engine; }
    [[nodiscard]] const std::filesystem::path& data() const { return options.dataDir; }

    // Fails the test when it is not done.
    void put(const std::string& key, const std::string& value);
    // The values of `keys`, with blanks between; "-" for one that is not there.
    [[nodiscard]] std::string get(const std::vector<std::string>& keys);
    [[nodiscard]] EngineStatus status(); // memberId 0: it does not answer
    [[nodiscard]] bool leads();
    [[nodiscard]] bool answers(); // to what needs a quorum

    EtcdOptions options;

private:
    Loop& m_loop;
    const std::filesystem::path m_folder;
    std::unique_ptr<EtcdEngine> m_engine;
    int m_pid = -1;
    std::thread m_reader; // of its output
    mutable std::mutex m_mutex;
    std::string m_output;
};

class MembersTest : public testing::Test {
protected:
    ~MembersTest() override;

    // So many, of one new cluster; not started. Fails the test when that does not work.
    void make(int count);
    // One more, which is not in it yet.
    Member& add(const std::string& name);
    // Peer certificates from an authority of their own.
    void givePeerCertificates(const std::vector<Member*>& members);
    void startAll(const std::vector<std::string>& more = {});
    [[nodiscard]] Member& member(std::size_t index) { return *m_members.at(index); }
    // Which leads, as itself says; waits for it.
    [[nodiscard]] std::size_t leader();

    // Looks every 10 ms.
    [[nodiscard]] static bool eventually(const std::function<bool()>& holds,
                                         std::chrono::milliseconds within = std::chrono::seconds(30));

    Loop loop;
    pilothouse::test::TemporaryFolder folder;

private:
    std::vector<std::unique_ptr<Member>> m_members;
};

} // namespace pilothouse::engine::test
