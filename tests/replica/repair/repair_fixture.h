// SPDX-License-Identifier: GPL-3.0-or-later
// A cluster of three in the test's own process, of which one survives.
#pragma once

#include "api/repair.h"
#include "replica/http/client.h"
#include "replica/repair/carry_out.h"
#include "replica/repair/journal.h"
#include "replica/security/sealed_box.h"
#include "replica/state/records.h"
#include "replica/support/cluster.h"
#include "tree.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace pilothouse::repair::test {

using pilothouse::test::readWhole;
using pilothouse::test::writeFile;

// As reg-1, in epoch 1, that a repair from it begins.
[[nodiscard]] Journal orderedJournal(const std::string& survivor, const provision::Layout& layout,
                                     std::vector<api::SilentMember> silent = {});

// A crash, where onProgress throws it.
struct Crash {};

class RepairTest : public pilothouse::test::ClusterTest {
protected:
    RepairTest() = default;

    // Three that are healthy; one of them has the user "ada".
    void startThree();
    // Something that a repair ends: an operation of reg-3 that was under way, and a join token.
    void leaveSomethingRunning();
    void stopAll();
    [[nodiscard]] std::unique_ptr<Replica>& replica(int member) {
        return replicas.at(static_cast<std::size_t>(member) - 1);
    }
    [[nodiscard]] const provision::Identity& made(int member) const {
        return cluster.members.at(static_cast<std::size_t>(member) - 1);
    }
    [[nodiscard]] provision::Layout layout(int member = 1) const {
        return provision::Layout(dataDir(member));
    }
    // reg-2 destroyed, reg-3 powered off.
    [[nodiscard]] std::vector<api::SilentMember> silent() const;

    // The journal of a repair from reg-1, on disk.
    Journal orderRepair();
    [[nodiscard]] Journal journalNow() const;
    // carryOut() on what the folder holds now, as the start of a replica does; Crash comes through.
    [[nodiscard]] Status carryOutNow(std::function<void(const api::Repair&)> onProgress = {});
    // All keys of the state in the folder of reg-1, read by its engine alone. No replica may run on it.
    [[nodiscard]] std::map<std::string, std::string> stateOfSurvivor();
    template <typename Record>
    [[nodiscard]] static Record record(const std::map<std::string, std::string>& state,
                                       const std::string& key) {
        const auto found = state.find(key);
        if (found == state.end()) {
            ADD_FAILURE() << "no record " << key;
            return {};
        }
        const auto read = state::decode<Record>(found->second);
        EXPECT_TRUE(read) << read.error().text();
        return read ? *read : Record();
    }
    // Epoch 2 in the state and in the folder, reg-1 alone, and nothing else lost.
    void expectRepaired();
    // reg-1 alone is healthy, in `epoch`.
    void expectServes(std::int64_t epoch);
    // All three start, and elect one in epoch 1.
    void expectThreeAgree();

    [[nodiscard]] http::Response ask(int member, const std::string& method, const std::string& target,
                                     const std::string& json = {}) const;
    [[nodiscard]] std::string admin() const;

    std::vector<std::unique_ptr<Replica>> replicas;
    std::filesystem::path program; // of the engine; empty: etcd
};

} // namespace pilothouse::repair::test
