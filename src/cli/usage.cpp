// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/usage.h"

#include "cli/exit_code.h"
#include "cli/output.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <string_view>

namespace pilothouse::cli {
namespace {

constexpr std::size_t mostSuggestions = 3;

// Steps from one word to the other: a letter replaced, added, removed, or two neighbours swapped.
std::size_t distance(const std::string& from, const std::string& to) {
    std::vector<std::vector<std::size_t>> steps(from.size() + 1, std::vector<std::size_t>(to.size() + 1));
    for (std::size_t i = 0; i <= from.size(); ++i) {
        for (std::size_t j = 0; j <= to.size(); ++j) {
            if (i == 0 || j == 0) {
                steps[i][j] = i + j;
                continue;
            }
            const std::size_t replaced = from[i - 1] == to[j - 1] ? 0 : 1;
            steps[i][j] =
                std::min({steps[i - 1][j] + 1, steps[i][j - 1] + 1, steps[i - 1][j - 1] + replaced});
            if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1]) {
                steps[i][j] = std::min(steps[i][j], steps[i - 2][j - 2] + 1);
            }
        }
    }
    return steps[from.size()][to.size()];
}

// The command that was reached, and the words that lead there.
struct Reached {
    const CLI::App* command;
    std::string path;
};

Reached reached(const CLI::App& app) {
    Reached at{&app, app.get_name()};
    for (auto inner = app.get_subcommands(); !inner.empty(); inner = at.command->get_subcommands()) {
        at.command = inner.back();
        at.path += " " + at.command->get_name();
    }
    return at;
}

std::vector<std::string> verbsOf(const CLI::App& command) {
    std::vector<std::string> names;
    for (const auto* verb :
         command.get_subcommands([](const CLI::App* a) { return !a->get_group().empty(); })) {
        names.push_back(verb->get_name());
    }
    return names;
}

std::vector<std::string> optionsOf(const CLI::App& command) {
    std::vector<std::string> names;
    for (const auto* option : command.get_options()) {
        for (const auto& name : option->get_lnames()) {
            names.push_back("--" + name);
        }
    }
    return names;
}

// "; did you mean "a" or "b"?", or nothing.
std::string suggestion(const std::string& typed, const std::vector<std::string>& known) {
    std::string text;
    for (const auto& name : likely(typed, known)) {
        text += (text.empty() ? "; did you mean \"" : " or \"") + name + "\"";
    }
    return text.empty() ? text : text + "?";
}

std::string unexpected(const Reached& at, const std::string& word) {
    if (word.starts_with("-")) {
        const std::string name = word.substr(0, word.find('='));
        return "there is no option \"" + name + "\"" + suggestion(name, optionsOf(*at.command));
    }
    const auto verbs = verbsOf(*at.command);
    return verbs.empty() ? "\"" + word + "\" is one word too many"
                         : "there is no command \"" + word + "\"" + suggestion(word, verbs);
}

int sayHow(const Reached& at, const std::string& what) {
    const bool whole = what.ends_with('?') || what.ends_with('.');
    printNote(
        QString::fromStdString(at.path + ": " + what + (whole ? " See " : ". See ") + at.path + " --help"));
    return exitUsage;
}

} // namespace

std::vector<std::string> likely(const std::string& typed, const std::vector<std::string>& known) {
    std::vector<std::pair<std::size_t, std::string>> near;
    for (const auto& name : known) {
        const std::size_t steps = distance(typed, name);
        const std::size_t allowed = std::max<std::size_t>(1, std::min(typed.size(), name.size()) / 3);
        const bool begun =
            typed.size() >= 2 && typed.find_first_not_of('-') != std::string::npos && name.starts_with(typed);
        if (steps <= allowed || begun) {
            near.emplace_back(steps, name);
        }
    }
    std::stable_sort(near.begin(), near.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<std::string> names;
    for (const auto& [steps, name] : near) {
        if (names.size() < mostSuggestions) {
            names.push_back(name);
        }
    }
    return names;
}

int endOfParse(const CLI::App& app, const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) {
        return app.exit(error); // help or version was asked for
    }
    const Reached at = reached(app);
    if (const auto words = app.remaining(true); !words.empty()) {
        return sayHow(at, unexpected(at, words.front()));
    }
    if (at.command->get_require_subcommand_min() > 0) {
        printNote(QString::fromStdString(app.help()).trimmed());
        return exitUsage;
    }
    const std::string_view what = error.what();
    constexpr std::string_view unreadable = "Could not convert: "; // "--limit = x"
    return sayHow(at, what.starts_with(unreadable)
                          ? "cannot understand " + std::string(what.substr(unreadable.size()))
                          : std::string(what));
}

} // namespace pilothouse::cli
