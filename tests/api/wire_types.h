// SPDX-License-Identifier: GPL-3.0-or-later
// All wire types, and what tests do with any of them: make one from a seed, compare two, name their fields.
#pragma once

#include "api/admin.h"
#include "api/checks.h"
#include "api/dtr.h"
#include "api/operations.h"
#include "api/repair.h"
#include "api/repositories.h"
#include "api/sandbox.h"
#include "api/setup.h"
#include "api/status.h"

#include <boost/describe/enumerators.hpp>
#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>
#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <type_traits>
#include <vector>

namespace pilothouse::api::wire {

template <typename... Types>
struct TypeList {
    using Tests = testing::Types<Types...>;
    static constexpr std::size_t size = sizeof...(Types);
};

using StatusTypes =
    TypeList<Health, Consensus, Engine, Traffic, Certificate, HostFacts, Blobs, ReplicaStatus, Heartbeat,
             PeerView, Member, Membership, Alarm, ClusterInfo, FormerMember, NewerEpoch, ClusterStatus>;
using AdminTypes =
    TypeList<Problem, Event, EventPage, User, UserList, CreateUser, ChangeUser, Grant, PutGrant, Setting,
             SettingList, PutSetting, AccessToken, AccessTokenList, CreateAccessToken, CreatedAccessToken,
             CreateJoinToken, CreatedJoinToken, JoinRequest, JoinAnswer, MakeLeader, Drain, Restart>;
using OperationTypes =
    TypeList<Finding, Margin, AskPlan, OperationPlan, StartOperation, DecideOperation, Waiting, OperationStep,
             JournalLine, Operation, RunningOperation, OperationList>;
using SetupTypes =
    TypeList<PathQuery, PathAnswer, AskPaths, PathReport, InspectHost, HostReport, AdmitHost, SetupState>;
using RepairTypes = TypeList<SilentMember, SeenMember, AskRepair, EngineLog, SurvivorReport, Survivor,
                             RepairPlan, StartRepair, Repair, PutBack>;
using CheckTypes = TypeList<CheckedPort, ReplicaChecks, AskCheck, Cause, ClusterCheck>;
using RegistryTypes = TypeList<Copies, Push, Repository, RepositoryPage, Tag, TagPage, Use, Layer,
                               RelatedManifest, ManifestDetails, Deletion, Collect, CollectReport>;
using OtherTypes = TypeList<dtr::Ping, dtr::RethinkSystemTables, dtr::ClusterStatus, dtr::ReplicaSettings,
                            dtr::Settings, dtr::Alert, SandboxReplica, Sandbox>;

template <typename T>
using Members = boost::describe::describe_members<T, boost::describe::mod_public>;

// Makes values from a seeded source: edges as often as the middle.
class Maker {
public:
    explicit Maker(std::uint64_t seed) : m_random(seed) {}

    [[nodiscard]] std::size_t below(std::size_t limit) { return m_random() % limit; }

    void make(std::string& value) {
        static const std::vector<std::string> pieces{
            "reg-1", "\"", "\\", "/",  "\n",  std::string(1, '\0'), "\x7f", "\xC2\x85", "é", "…",
            "船",    "🚢",  " ",  "{}", "null"};
        value.clear();
        for (std::size_t i = below(6); i > 0; --i) {
            value += pieces[below(pieces.size())];
        }
    }
    void make(bool& value) { value = below(2) == 1; }
    void make(std::int64_t& value) {
        using Limits = std::numeric_limits<std::int64_t>;
        const std::int64_t edges[] = {
            0, 1, -1, Limits::min(), Limits::max(), static_cast<std::int64_t>(m_random())};
        value = edges[below(std::size(edges))];
    }
    void make(double& value) {
        using Limits = std::numeric_limits<double>;
        const double any = static_cast<double>(below(1'000'000)) / 8;
        const double edges[] = {
            0.0, -1.5, 0.1, Limits::max(), Limits::lowest(), Limits::min(), Limits::denorm_min(), any};
        value = edges[below(std::size(edges))];
    }
    template <typename T>
    requires std::is_enum_v<T>
    void make(T& value) {
        std::vector<T> all;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>(
            [&](auto each) { all.push_back(each.value); });
        value = all[below(all.size())];
    }
    template <typename T>
    void make(std::optional<T>& value) {
        value.reset();
        if (below(2) == 1) {
            make(value.emplace());
        }
    }
    template <typename T>
    void make(std::vector<T>& values) {
        values.resize(below(4));
        for (T& each : values) {
            make(each);
        }
    }
    template <typename T>
    void make(std::map<std::string, T>& values) {
        values.clear();
        for (std::size_t i = below(4); i > 0; --i) {
            std::string key;
            make(key);
            make(values[key]);
        }
    }
    template <typename T>
    requires std::is_class_v<T>
    void make(T& value) {
        boost::mp11::mp_for_each<Members<T>>([&](auto each) { make(value.*each.pointer); });
    }

private:
    std::mt19937_64 m_random;
};

template <typename T>
[[nodiscard]] T made(std::uint64_t seed) {
    T value;
    Maker(seed).make(value);
    return value;
}

} // namespace pilothouse::api::wire
