// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/provision/create_options.h"

#include "replica/http/url.h"
#include "replica/provision/folder_writer.h"
#include "replica/provision/names.h"

#include <set>
#include <utility>

namespace pilothouse::provision {

namespace fs = std::filesystem;

namespace {

Status checkMember(const MemberOptions& member) {
    return checkName(member.name, "replica")
        .and_then([&] { return checkHost(member.host); })
        .and_then([&] { return checkPort(member.https_port, "https_port"); })
        .and_then([&] { return checkPort(member.http_port, "http_port"); })
        .and_then([&] { return checkPort(member.peer_port, "peer_port"); })
        .and_then([&] { return checkPort(member.engine_port, "engine_port"); })
        .and_then([&]() -> Status {
            if (member.listen_host && !isIpAddress(*member.listen_host)) {
                return fail(ErrorCode::invalid,
                            "listen_host: \"" + *member.listen_host + "\" is not an IP address");
            }
            return {};
        });
}

// The same for every spelling of one folder.
fs::path placeOf(const fs::path& folder) {
    std::error_code ignored; // a folder that cannot be looked at fails later, with its reason
    const fs::path place = fs::weakly_canonical(fs::absolute(folder, ignored), ignored);
    return place.has_filename() ? place : place.parent_path();
}

// Two members may share a host, but neither a name, a folder nor a port on it.
Status checkDistinct(const std::vector<MemberOptions>& members) {
    std::set<std::string> names;
    std::set<fs::path> folders;
    std::set<std::pair<std::string, std::int64_t>> ports;
    for (const MemberOptions& member : members) {
        if (!names.insert(member.name).second) {
            return fail(ErrorCode::invalid, "two members are called \"" + member.name + "\"");
        }
        if (!folders.insert(placeOf(member.data_dir)).second) {
            return fail(ErrorCode::invalid, "two members have the data folder " + member.data_dir.string());
        }
        for (const std::int64_t port :
             {member.https_port, member.http_port, member.peer_port, member.engine_port}) {
            if (!ports.emplace(member.host, port).second) {
                return fail(ErrorCode::invalid, "port " + std::to_string(port) + " on " + member.host +
                                                    " is given twice (" + member.name + ")");
            }
        }
    }
    return {};
}

} // namespace

Status checkOptions(const CreateOptions& options) {
    if (options.members.empty()) {
        return fail(ErrorCode::invalid, "a cluster needs at least one member");
    }
    Status status =
        checkClusterName(options.clusterName).and_then([&] { return checkName(options.adminName, "user"); });
    if (status && options.externalUrl) {
        const Result<http::Url> url = http::parseUrl(*options.externalUrl);
        status = url && url->tls ? Status()
                                 : fail(ErrorCode::invalid, "the external address must begin with https://");
    }
    for (const MemberOptions& member : options.members) {
        status = status.and_then([&] { return checkMember(member); });
    }
    status = status.and_then([&] { return checkDistinct(options.members); });
    for (const MemberOptions& member : options.members) {
        status = status.and_then([&] { return checkFolderIsFree(member.data_dir); });
    }
    return status;
}

} // namespace pilothouse::provision
