// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/program/settings_file.h"

#include "replica/security/files.h"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace pilothouse::program {
namespace {

constexpr std::size_t fileLimit = 256 * 1024;
constexpr std::string_view blanks = " \t\r";

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string atLine(int line) {
    return "line " + std::to_string(line) + ": ";
}

// The names that a file may hold: all options that take a value, but the file itself.
std::string knownNames(CLI::App& command) {
    std::string names;
    for (const auto* option : command.get_options()) {
        const auto& longNames = option->get_lnames();
        if (!longNames.empty() && longNames.front() != "config" && option->get_items_expected_max() > 0) {
            names += (names.empty() ? "" : ", ") + longNames.front();
        }
    }
    return names;
}

Status apply(CLI::App& command, const Setting& setting) {
    auto* option = command.get_option_no_throw("--" + setting.name);
    if (option == nullptr || setting.name == "config" || option->get_items_expected_max() == 0) {
        return fail(ErrorCode::invalid, atLine(setting.line) + "there is no setting \"" + setting.name + "\"",
                    "Known are: " + knownNames(command));
    }
    if (setting.value.empty()) {
        return fail(ErrorCode::invalid, atLine(setting.line) + setting.name + " has no value",
                    "Take the line out for the default");
    }
    // What is set already is kept, but a wrong value in the file is told all the same.
    const auto given = option->results();
    try {
        option->clear();
        option->add_result(setting.value);
        option->run_callback();
        if (!given.empty()) {
            option->clear();
            option->add_result(given);
            option->run_callback();
        }
    } catch (const CLI::Error& error) {
        std::string why = error.what(); // "--threads: Value 0 not in range 1 to 64"
        why.erase(0, why.find_first_not_of('-'));
        return fail(ErrorCode::invalid, atLine(setting.line) + why);
    }
    return {};
}

} // namespace

Result<std::vector<Setting>> parseSettings(std::string_view text) {
    std::vector<Setting> settings;
    for (int line = 1; !text.empty(); ++line) {
        const auto end = text.find('\n');
        const std::string_view content = trimmed(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (content.empty() || content.front() == '#') {
            continue;
        }
        const auto equals = content.find('=');
        const std::string_view name = trimmed(content.substr(0, equals));
        if (equals == std::string_view::npos || name.empty()) {
            return fail(ErrorCode::invalid, atLine(line) + "\"" + std::string(content.substr(0, 60)) +
                                                "\" is not of the form name = value");
        }
        const auto same = std::find_if(settings.begin(), settings.end(),
                                       [&](const Setting& earlier) { return earlier.name == name; });
        if (same != settings.end()) {
            return fail(ErrorCode::invalid, atLine(line) + std::string(name) + " was set before, in line " +
                                                std::to_string(same->line));
        }
        settings.push_back({line, std::string(name), std::string(trimmed(content.substr(equals + 1)))});
    }
    return settings;
}

Status applySettingsFile(CLI::App& command, const std::filesystem::path& file) {
    const auto text = security::readFile(file, fileLimit);
    if (!text) {
        return fail(text.error());
    }
    const auto settings = parseSettings(*text);
    if (!settings) {
        return failIn(file.string(), settings.error());
    }
    for (const Setting& setting : *settings) {
        if (const Status applied = apply(command, setting); !applied) {
            return failIn(file.string(), applied.error());
        }
    }
    return {};
}

} // namespace pilothouse::program
