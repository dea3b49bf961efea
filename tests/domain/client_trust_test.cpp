// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/client_trust.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace pilothouse::domain::test {
namespace {

using testing::ElementsAre;

const TrustUser person{.home = "/home/ann", .configHome = "/home/ann/.config"};
const TrustUser root{.root = true, .home = "/root", .configHome = "/root/.config"};

std::vector<std::string> pathsOf(const std::vector<TrustFile>& files, TrustClient client) {
    std::vector<std::string> paths;
    for (const auto& file : files) {
        if (file.client == client) {
            paths.push_back(file.path);
        }
    }
    return paths;
}

// Every user, client and kind of address, with the one folder that is read then.
struct Case {
    TrustUser user;
    TrustClient client;
    std::string folder; // before the address
    bool sudo;
};

TEST(ClientTrust, EveryClientOfEveryUserAtEveryKindOfAddress) {
    TrustUser moved = person;
    moved.configHome = "/data/config";
    const std::vector<Case> cases{
        {person, TrustClient::containers, "/home/ann/.config/containers/certs.d/", false},
        {person, TrustClient::rootlessDocker, "/home/ann/.config/docker/certs.d/", false},
        {person, TrustClient::docker, "/etc/docker/certs.d/", true},
        {person, TrustClient::containerd, "/etc/containerd/certs.d/", true},
        // podman reads $HOME/.config wherever $XDG_CONFIG_HOME is; docker does not.
        {moved, TrustClient::containers, "/home/ann/.config/containers/certs.d/", false},
        {moved, TrustClient::rootlessDocker, "/data/config/docker/certs.d/", false},
        {root, TrustClient::containers, "/etc/containers/certs.d/", false},
        {root, TrustClient::docker, "/etc/docker/certs.d/", false},
        {root, TrustClient::containerd, "/etc/containerd/certs.d/", false},
    };
    for (const auto& expected : cases) {
        for (const std::string address : {"127.0.0.1:4001", "reg-1.example.org", "[::1]:4001"}) {
            SCOPED_TRACE(expected.folder + address);
            const auto files = trustFiles({address}, expected.user);
            const std::string folder = expected.folder + address;
            if (expected.client == TrustClient::containerd) {
                EXPECT_THAT(pathsOf(files, expected.client),
                            ElementsAre(folder + "/ca.crt", folder + "/hosts.toml"));
            } else {
                EXPECT_THAT(pathsOf(files, expected.client), ElementsAre(folder + "/ca.crt"));
            }
            for (const auto& file : files) {
                EXPECT_EQ(file.address, address);
                EXPECT_TRUE(file.client != expected.client || file.sudo == expected.sudo);
                EXPECT_EQ(file.content == TrustContent::hosts, file.path.ends_with("hosts.toml"));
            }
        }
    }
    EXPECT_TRUE(pathsOf(trustFiles({"a:1"}, root), TrustClient::rootlessDocker).empty());
}

TEST(ClientTrust, EveryAddressHasItsFilesOnce) {
    for (const auto& user : {person, root}) {
        const auto files = trustFiles({"a:1", "b", "a:1", "b"}, user);
        std::set<std::string> paths;
        for (const auto& file : files) {
            EXPECT_TRUE(paths.insert(file.path).second) << file.path;
        }
        EXPECT_EQ(files, trustFiles({"a:1", "b"}, user));
        EXPECT_EQ(files.size(), user.root ? 8U : 10U);
    }
    EXPECT_TRUE(trustFiles({}, person).empty());
}

TEST(ClientTrust, CommandsOfAUser) {
    const auto files = trustFiles({"127.0.0.1:4001"}, person);
    ASSERT_EQ(files.size(), 5U);
    std::vector<std::string> commands;
    for (const auto& file : files) {
        commands.push_back(installCommand(file, "/home/ann/demo/ca.crt"));
    }
    EXPECT_THAT(
        commands,
        ElementsAre("install -D -m 644 /home/ann/demo/ca.crt "
                    "/home/ann/.config/containers/certs.d/127.0.0.1:4001/ca.crt",
                    "install -D -m 644 /home/ann/demo/ca.crt "
                    "/home/ann/.config/docker/certs.d/127.0.0.1:4001/ca.crt",
                    "sudo install -D -m 644 /home/ann/demo/ca.crt "
                    "/etc/docker/certs.d/127.0.0.1:4001/ca.crt",
                    "sudo install -D -m 644 /home/ann/demo/ca.crt "
                    "/etc/containerd/certs.d/127.0.0.1:4001/ca.crt",
                    R"(printf '%s\n' 'server = "https://127.0.0.1:4001"' )"
                    R"('ca = "/etc/containerd/certs.d/127.0.0.1:4001/ca.crt"' )"
                    R"('[host."https://127.0.0.1:4001"]' )"
                    R"('ca = "/etc/containerd/certs.d/127.0.0.1:4001/ca.crt"' | )"
                    "sudo install -D -m 644 /dev/stdin /etc/containerd/certs.d/127.0.0.1:4001/hosts.toml"));
    EXPECT_EQ(removeCommand(files[0]),
              "rm /home/ann/.config/containers/certs.d/127.0.0.1:4001/ca.crt && rmdir "
              "--ignore-fail-on-non-empty /home/ann/.config/containers/certs.d/127.0.0.1:4001");
    EXPECT_EQ(removeCommand(files[2]), "sudo rm /etc/docker/certs.d/127.0.0.1:4001/ca.crt && sudo rmdir "
                                       "--ignore-fail-on-non-empty /etc/docker/certs.d/127.0.0.1:4001");
}

TEST(ClientTrust, RootNeedsNoSudo) {
    for (const auto& file : trustFiles({"reg-1.example.org"}, root)) {
        EXPECT_FALSE(file.sudo);
        EXPECT_EQ(installCommand(file, "/ca.crt").find("sudo"), std::string::npos);
        EXPECT_EQ(removeCommand(file).find("sudo"), std::string::npos);
    }
}

TEST(ClientTrust, NamesAreQuotedForTheShell) {
    const TrustUser odd{.home = "/home/ann lee", .configHome = "/home/ann lee/.config"};
    const auto file = trustFiles({"[::1]:4001"}, odd).front();
    EXPECT_EQ(installCommand(file, "/tmp/$x"),
              "install -D -m 644 '/tmp/$x' '/home/ann lee/.config/containers/certs.d/[::1]:4001/ca.crt'");
}

TEST(ClientTrust, NothingSwitchesVerificationOff) {
    for (const auto& user : {person, root}) {
        for (const auto& file : trustFiles({"a:1", "b"}, user)) {
            std::string said = installCommand(file, "/ca.crt") + removeCommand(file);
            for (const auto& line : hostsLines(file)) {
                said += line;
            }
            for (const char* word : {"skip_verify", "insecure", "tls-verify", "http://"}) {
                EXPECT_EQ(said.find(word), std::string::npos) << said;
            }
        }
    }
}

} // namespace
} // namespace pilothouse::domain::test
