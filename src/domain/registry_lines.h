// SPDX-License-Identifier: GPL-3.0-or-later
// The four lines that push an image through one replica and pull it through another, to be copied into a
// shell.
//
// They take for granted that the client trusts the cluster's CA (domain/client_trust.h). What each is for is
// said by text/registry_lines.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pilothouse::domain {

enum class RegistryStep {
    login,     // at every address of the lines: clients keep a login for each
    tag,       // an image of the person's own, IMAGE in the line
    push,      //
    pull,      // through another address than the push
    pullAgain, // through the same one: there is no other
};

struct RegistryLine {
    RegistryStep step{};
    std::string command; // for a POSIX shell
    friend bool operator==(const RegistryLine&, const RegistryLine&) = default;
};

struct RegistryAccess {
    std::string pushAt; // HOST[:PORT] as registryAddress() gives it
    std::string pullAt; // another one; empty: there is none
    std::string user;
    std::optional<std::string> passwordFile; // nullopt: the client asks for the password, without echo
    std::string client = "podman";           // or "docker", which takes the same words
};

// Always four, in the order in which they work.
[[nodiscard]] std::vector<RegistryLine> registryLines(const RegistryAccess& access);

// "https://HOST[:PORT][/…]" as registry clients write it in front of an image's name: HOST:PORT, or HOST
// alone where the port is 443. Nothing for another scheme or without a host.
[[nodiscard]] std::optional<std::string> registryAddress(std::string_view url);
// Of each that has one, in order.
[[nodiscard]] std::vector<std::string> registryAddresses(const std::vector<std::string>& urls);

// `text` as one word of a POSIX shell, in quotes only where it needs them.
[[nodiscard]] std::string shellWord(std::string_view text);

} // namespace pilothouse::domain
