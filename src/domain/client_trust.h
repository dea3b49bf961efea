// SPDX-License-Identifier: GPL-3.0-or-later
// Which files make registry clients trust a cluster's CA, by what each of them really reads.
//
// podman, skopeo and buildah look for the address as it stands before the image's name, in
// $HOME/.config/containers/certs.d, then /etc/containers/certs.d, then /etc/docker/certs.d: the first folder
// that exists is the only one that they read, so an empty one must not be left behind. docker's daemon reads
// /etc/docker/certs.d, a daemon without root its user's own. containerd reads hosts.toml below its
// config_path. Whoever writes HOST without a port has a folder of that name.
#pragma once

#include <string>
#include <vector>

namespace pilothouse::domain {

enum class TrustClient { containers, docker, rootlessDocker, containerd };
enum class TrustContent {
    authority, // the CA's certificate, PEM
    hosts,     // containerd's hosts.toml, which names it
};

struct TrustFile {
    TrustClient client{};
    std::string address; // HOST[:PORT], as registryAddress() gives it
    TrustContent content{};
    std::string path;
    bool sudo = false; // root alone may write it, and this user is not root
    friend bool operator==(const TrustFile&, const TrustFile&) = default;
};

// Who wants to trust.
struct TrustUser {
    bool root = false;
    std::string home;       // $HOME
    std::string configHome; // $XDG_CONFIG_HOME, or ~/.config
};

// Every file for every address, by client. Not twice for an address that comes twice.
[[nodiscard]] std::vector<TrustFile> trustFiles(const std::vector<std::string>& addresses,
                                                const TrustUser& user);

// What hosts.toml says at this address, line by line.
[[nodiscard]] std::vector<std::string> hostsLines(const TrustFile& hosts);

// The line for a shell that writes the file, and its folders; `authorityFile` has the CA's certificate.
[[nodiscard]] std::string installCommand(const TrustFile& file, const std::string& authorityFile);
// The line that takes it away, and its folder if nothing else is in it.
[[nodiscard]] std::string removeCommand(const TrustFile& file);

} // namespace pilothouse::domain
