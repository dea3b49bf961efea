// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/registry_lines.h"

#include <algorithm>

namespace pilothouse::domain {
namespace {

constexpr std::string_view exampleRepository = "/team/app:1";

bool isPlain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("_-./:@%+=,").find(c) != std::string_view::npos;
}

std::string loginLine(const RegistryAccess& access) {
    const std::string login = access.client + " login --username " + shellWord(access.user) + " ";
    const bool two = !access.pullAt.empty() && access.pullAt != access.pushAt;
    const std::string where = two ? "$each" : shellWord(access.pushAt);
    std::string line = access.passwordFile
                           ? login + "--password-stdin " + where + " < " + shellWord(*access.passwordFile)
                           : login + where;
    return two ? "for each in " + shellWord(access.pushAt) + " " + shellWord(access.pullAt) + "; do " + line +
                     "; done"
               : line;
}

} // namespace

std::vector<RegistryLine> registryLines(const RegistryAccess& access) {
    const bool another = !access.pullAt.empty() && access.pullAt != access.pushAt;
    const std::string pushed = shellWord(access.pushAt + std::string(exampleRepository));
    const std::string pulled =
        shellWord((another ? access.pullAt : access.pushAt) + std::string(exampleRepository));
    return {{RegistryStep::login, loginLine(access)},
            {RegistryStep::tag, access.client + " tag IMAGE " + pushed},
            {RegistryStep::push, access.client + " push " + pushed},
            {another ? RegistryStep::pull : RegistryStep::pullAgain, access.client + " pull " + pulled}};
}

std::optional<std::string> registryAddress(std::string_view url) {
    constexpr std::string_view scheme = "https://";
    constexpr std::string_view usualPort = ":443";
    if (!url.starts_with(scheme)) {
        return std::nullopt;
    }
    url.remove_prefix(scheme.size());
    url = url.substr(0, url.find_first_of("/?#"));
    if (url.ends_with(usualPort)) {
        url.remove_suffix(usualPort.size());
    }
    const auto isHostCharacter = [](char c) {
        return isPlain(c) && c != '/' && c != '@' && c != '%' && c != '=' && c != ',' && c != '+';
    };
    const bool harmless = std::all_of(url.begin(), url.end(),
                                      [&](char c) { return isHostCharacter(c) || c == '[' || c == ']'; });
    if (url.empty() || url.front() == ':' || url.front() == '.' || !harmless) {
        return std::nullopt;
    }
    std::string address(url);
    std::transform(address.begin(), address.end(), address.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return address;
}

std::vector<std::string> registryAddresses(const std::vector<std::string>& urls) {
    std::vector<std::string> addresses;
    for (const std::string& url : urls) {
        if (auto address = registryAddress(url)) {
            addresses.push_back(std::move(*address));
        }
    }
    return addresses;
}

std::string shellWord(std::string_view text) {
    if (!text.empty() && std::all_of(text.begin(), text.end(), isPlain)) {
        return std::string(text);
    }
    std::string word = "'";
    for (const char c : text) {
        word += c == '\'' ? std::string("'\\''") : std::string(1, c);
    }
    return word + "'";
}

} // namespace pilothouse::domain
