// SPDX-License-Identifier: GPL-3.0-or-later
// JSON that the command line prints about sandboxes, and the sandbox's own record on disk.
#pragma once

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pilothouse::api {

struct SandboxReplica {
    std::string id;
    std::string name;
    std::string url;
    std::string http_url;
    std::optional<std::int64_t> pid; // absent when it does not run
    std::string data_dir;
};
BOOST_DESCRIBE_STRUCT(SandboxReplica, (), (id, name, url, http_url, pid, data_dir))

// `pilothousectl sandbox start --json` prints one of these.
struct Sandbox {
    std::string name;
    std::string dir;
    std::string ca_file;
    std::string username;
    std::string password_file;
    std::vector<SandboxReplica> replicas;
};
BOOST_DESCRIBE_STRUCT(Sandbox, (), (name, dir, ca_file, username, password_file, replicas))

} // namespace pilothouse::api
