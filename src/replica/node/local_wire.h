// SPDX-License-Identifier: GPL-3.0-or-later
// What `pilothouse-replica local` and a running replica say to each other through the unix socket in the data
// folder: one line of JSON each way. Program and replica are of one version, except during an upgrade:
// unknown fields are ignored.
#pragma once

#include "api/admin.h"
#include "api/status.h"

#include <boost/describe/class.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace pilothouse::node {

inline constexpr std::size_t localRequestLimit = 16 * 1024; // bytes of one line
inline constexpr std::size_t localAnswerLimit = 4 * 1024 * 1024;

namespace local_verb {
inline constexpr const char* status = "status";
inline constexpr const char* drain = "drain";                  // with `draining`
inline constexpr const char* resetPassword = "reset-password"; // with `user` and `password`
inline constexpr const char* rebuild = "rebuild";
inline constexpr const char* defragment = "defragment";
} // namespace local_verb

struct LocalRequest {
    std::string verb;
    std::optional<bool> draining;
    std::optional<std::string> user;
    std::optional<std::string> password;
};
BOOST_DESCRIBE_STRUCT(LocalRequest, (), (verb, draining, user, password))

// What came of `defragment`.
struct Defragmented {
    std::int64_t bytes_before = 0; // of the engine's database
    std::int64_t bytes_after = 0;
    bool disarmed = false; // there was an alarm, and it is over
};
BOOST_DESCRIBE_STRUCT(Defragmented, (), (bytes_before, bytes_after, disarmed))

struct LocalAnswer {
    std::optional<api::Problem> problem;      // absent when it was done
    std::optional<api::ClusterStatus> status; // of `status`
    std::optional<Defragmented> defragmented; // of `defragment`
};
BOOST_DESCRIBE_STRUCT(LocalAnswer, (), (problem, status, defragmented))

} // namespace pilothouse::node
