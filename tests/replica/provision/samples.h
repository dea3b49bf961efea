// SPDX-License-Identifier: GPL-3.0-or-later
// Clusters to try things on.
#pragma once

#include "replica/provision/create_cluster.h"
#include "support/fixtures.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace pilothouse::provision::test {

// Options for `count` members on this computer below `folder`. Nothing listens, so any ports will do.
inline CreateOptions sampleOptions(const std::filesystem::path& folder, int count) {
    CreateOptions options;
    options.clusterName = "First light";
    for (int i = 1; i <= count; ++i) {
        MemberOptions member;
        member.name = "reg-" + std::to_string(i);
        member.host = "127.0.0.1";
        member.https_port = 20000 + 10 * i;
        member.http_port = member.https_port + 1;
        member.peer_port = member.https_port + 2;
        member.engine_port = member.https_port + 3;
        member.data_dir = folder / member.name;
        options.members.push_back(member);
    }
    return options;
}

// Every file and folder below `folder`, sorted, for comparing.
inline std::vector<std::string> treeOf(const std::filesystem::path& folder) {
    std::vector<std::string> paths;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        paths.push_back(entry.path().lexically_relative(folder).string());
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

// All that is in the files below `folder`, one after the other.
inline std::string contentOfAll(const std::filesystem::path& folder) {
    std::string content;
    for (const std::string& path : treeOf(folder)) {
        if (std::filesystem::is_regular_file(folder / path)) {
            content += pilothouse::test::readWhole(folder / path);
        }
    }
    return content;
}

} // namespace pilothouse::provision::test
