// SPDX-License-Identifier: GPL-3.0-or-later
// The YAML of `init --members`.
#include "replica/provision/create_cluster.h"

#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/node/convert.h>
#include <yaml-cpp/node/detail/impl.h>
#include <yaml-cpp/node/impl.h>
#include <yaml-cpp/node/iterator.h>
#include <yaml-cpp/node/node.h>
#include <yaml-cpp/node/parse.h>

namespace pilothouse::provision {

namespace {

std::string atLine(const YAML::Node& node) {
    return "line " + std::to_string(node.Mark().line + 1);
}

template <typename T>
Status read(const YAML::Node& node, const std::string& key, T& value) {
    if (!node.IsScalar() || !YAML::convert<T>::decode(node, value)) {
        return fail(ErrorCode::invalid, atLine(node) + ": " + key + " is not " +
                                            (std::is_same_v<T, std::string> ? "a text" : "a whole number"));
    }
    return {};
}

Status readField(const std::string& key, const YAML::Node& value, const std::filesystem::path& base,
                 MemberOptions& member) {
    if (key == "name") {
        return read(value, key, member.name);
    }
    if (key == "host") {
        return read(value, key, member.host);
    }
    if (key == "listen_host") {
        return read(value, key, member.listen_host.emplace());
    }
    if (key == "https_port") {
        return read(value, key, member.https_port);
    }
    if (key == "http_port") {
        return read(value, key, member.http_port);
    }
    if (key == "peer_port") {
        return read(value, key, member.peer_port);
    }
    if (key == "engine_port") {
        return read(value, key, member.engine_port);
    }
    if (key == "data_dir") {
        std::string folder;
        const Status status = read(value, key, folder);
        member.data_dir = (base / folder).lexically_normal();
        return status;
    }
    return fail(
        ErrorCode::invalid, atLine(value) + ": unknown key \"" + key + "\"",
        "Known are: name, host, listen_host, https_port, http_port, peer_port, engine_port, data_dir");
}

Result<MemberOptions> readMember(const YAML::Node& node, const std::filesystem::path& base) {
    MemberOptions member;
    if (!node.IsMap()) {
        return fail(ErrorCode::invalid,
                    atLine(node) + ": a member is a map with at least name, host and data_dir");
    }
    for (const auto& field : node) {
        if (const Status status = readField(field.first.Scalar(), field.second, base, member); !status) {
            return fail(status.error());
        }
    }
    for (const auto& [key, missing] :
         {std::pair("name", member.name.empty()), std::pair("host", member.host.empty()),
          std::pair("data_dir", member.data_dir.empty())}) {
        if (missing) {
            return fail(ErrorCode::invalid, atLine(node) + ": the member has no " + key);
        }
    }
    return member;
}

} // namespace

Result<std::vector<MemberOptions>> parseMembers(std::string_view yaml, const std::filesystem::path& base) {
    try {
        const YAML::Node root = YAML::Load(std::string(yaml));
        if (!root.IsSequence() || root.size() == 0) {
            return fail(ErrorCode::invalid, "the list of members is empty or not a list");
        }
        std::vector<MemberOptions> members;
        for (const auto& node : root) {
            Result<MemberOptions> member = readMember(node, base);
            if (!member) {
                return fail(member.error());
            }
            members.push_back(std::move(*member));
        }
        return members;
    } catch (const YAML::Exception& error) {
        return fail(ErrorCode::invalid, "the list of members is not YAML: line " +
                                            std::to_string(error.mark.line + 1) + ": " + error.msg);
    }
}

} // namespace pilothouse::provision
