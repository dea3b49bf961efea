// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/client_trust.h"

#include "domain/registry_lines.h"

#include <algorithm>

namespace pilothouse::domain {
namespace {

const std::string authorityName = "ca.crt";
const std::string hostsName = "hosts.toml";

struct Folder {
    TrustClient client{};
    std::string path;
    bool sudo = false;
};

std::vector<Folder> foldersOf(const TrustUser& user) {
    std::vector<Folder> folders;
    if (user.root) {
        folders.push_back({TrustClient::containers, "/etc/containers/certs.d"});
    } else {
        folders.push_back({TrustClient::containers, user.home + "/.config/containers/certs.d"});
        folders.push_back({TrustClient::rootlessDocker, user.configHome + "/docker/certs.d"});
    }
    folders.push_back({TrustClient::docker, "/etc/docker/certs.d", !user.root});
    folders.push_back({TrustClient::containerd, "/etc/containerd/certs.d", !user.root});
    return folders;
}

std::string folderOf(const TrustFile& file) {
    return file.path.substr(0, file.path.rfind('/'));
}

std::string asRoot(const TrustFile& file) {
    return file.sudo ? "sudo " : "";
}

} // namespace

std::vector<TrustFile> trustFiles(const std::vector<std::string>& addresses, const TrustUser& user) {
    std::vector<std::string> once;
    for (const auto& address : addresses) {
        if (std::find(once.begin(), once.end(), address) == once.end()) {
            once.push_back(address);
        }
    }
    std::vector<TrustFile> files;
    for (const auto& folder : foldersOf(user)) {
        for (const auto& address : once) {
            const std::string path = folder.path + "/" + address + "/";
            files.push_back(
                {folder.client, address, TrustContent::authority, path + authorityName, folder.sudo});
            if (folder.client == TrustClient::containerd) {
                files.push_back({folder.client, address, TrustContent::hosts, path + hostsName, folder.sudo});
            }
        }
    }
    return files;
}

// containerd asks the hosts first and then the server itself, each with a CA of its own; a file without any
// host it refuses.
std::vector<std::string> hostsLines(const TrustFile& hosts) {
    const std::string url = "\"https://" + hosts.address + "\"";
    const std::string authority = "ca = \"" + folderOf(hosts) + "/" + authorityName + "\"";
    return {"server = " + url, authority, "[host." + url + "]", authority};
}

std::string installCommand(const TrustFile& file, const std::string& authorityFile) {
    const std::string install = asRoot(file) + "install -D -m 644 ";
    if (file.content == TrustContent::authority) {
        return install + shellWord(authorityFile) + " " + shellWord(file.path);
    }
    std::string command = "printf '%s\\n'";
    for (const auto& line : hostsLines(file)) {
        command += " " + shellWord(line);
    }
    return command + " | " + install + "/dev/stdin " + shellWord(file.path);
}

std::string removeCommand(const TrustFile& file) {
    return asRoot(file) + "rm " + shellWord(file.path) + " && " + asRoot(file) +
           "rmdir --ignore-fail-on-non-empty " + shellWord(folderOf(file));
}

} // namespace pilothouse::domain
