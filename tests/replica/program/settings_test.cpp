// SPDX-License-Identifier: GPL-3.0-or-later
// The settings of serve: flags, environment and file, and what they may be.
#include "support/fixtures.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <regex>
#include <set>
#include <sstream>

namespace pilothouse::test {
namespace {

using testing::HasSubstr;

class ServeSettingsTest : public testing::Test {
protected:
    // Runs serve on a folder that is no replica's: exit code 1 says that all settings were accepted.
    [[nodiscard]] Ran serve(const std::string& options, const std::string& environment = {}) const {
        return run("env " + environment + " " + REPLICA_PROGRAM + " serve --data-dir " +
                   (folder / "nothing").string() + " " + options);
    }
    [[nodiscard]] Ran serveWith(const std::string& settings, const std::string& options = {},
                                const std::string& environment = {}) const {
        writeFile(folder / "settings.conf", settings);
        return serve("--config " + (folder / "settings.conf").string() + " " + options, environment);
    }
    void expectAccepted(const Ran& ran) const {
        EXPECT_EQ(ran.code, 1) << ran.output;
        EXPECT_THAT(ran.output, HasSubstr("is not the data folder of a replica"));
    }
    TemporaryFolder folder;
};

TEST_F(ServeSettingsTest, AnUnknownNameIsNamed) {
    const auto ran = serveWith("threads = 2\nthread = 4\n");
    EXPECT_EQ(ran.code, 2);
    EXPECT_THAT(ran.output, HasSubstr("settings.conf: line 2: there is no setting \"thread\""));
    EXPECT_THAT(ran.output, HasSubstr("Known are: "));
    EXPECT_THAT(ran.output, HasSubstr("engine-quota"));
    EXPECT_EQ(serveWith("config = other.conf\n").code, 2) << "a file cannot name another";
    EXPECT_EQ(serve("--thread 4").code, 2);
}

TEST_F(ServeSettingsTest, RangesHoldWhereverAValueComesFrom) {
    struct Limit {
        const char* name;
        const char* variable;
        const char* fine;
        std::vector<const char*> wrong;
    };
    const std::vector<Limit> limits{{"threads", "THREADS", "64", {"0", "65", "-1", "two", ""}},
                                    {"disk-floor", "DISK_FLOOR", "0", {"-1", "1.5", "12 MiB"}},
                                    {"peer-interval", "PEER_INTERVAL", "50", {"49", "10001"}},
                                    {"engine-heartbeat", "ENGINE_HEARTBEAT", "10", {"9", "10001"}},
                                    {"engine-election", "ENGINE_ELECTION", "50000", {"49", "50001"}},
                                    {"engine-poll", "ENGINE_POLL", "10", {"9", "10001"}},
                                    {"engine-quota", "ENGINE_QUOTA", "8192", {"63", "8193"}},
                                    {"https-port", "HTTPS_PORT", "65535", {"0", "65536", "https"}},
                                    {"http-port", "HTTP_PORT", "1", {"0", "65536"}},
                                    {"peer-port", "PEER_PORT", "1", {"0", "65536"}},
                                    {"engine-port", "ENGINE_PORT", "1", {"0", "65536"}},
                                    {"log-format", "LOG_FORMAT", "json", {"yaml"}},
                                    {"log-level", "LOG_LEVEL", "debug", {"loud"}}};
    for (const auto& limit : limits) {
        const std::string name = limit.name;
        expectAccepted(serveWith(name + " = " + limit.fine));
        for (const std::string wrong : limit.wrong) {
            const auto file = serveWith(name + " = " + wrong);
            EXPECT_EQ(file.code, 2) << name << " = " << wrong << "\n" << file.output;
            EXPECT_THAT(file.output, HasSubstr("line 1: " + name));
        }
        const std::string wrong = limit.wrong.front();
        EXPECT_EQ(serve("--" + name + "=" + wrong).code, 2) << name;
        EXPECT_EQ(serve("", "PILOTHOUSE_" + std::string(limit.variable) + "=" + wrong).code, 2) << name;
    }
}

TEST_F(ServeSettingsTest, TheCommandLineWinsOverTheEnvironmentAndThatOverTheFile) {
    const std::string file =
        "engine-heartbeat = 300\n"; // with an election of 1000 ms each of these is refused
    const std::string environment = "PILOTHOUSE_ENGINE_HEARTBEAT=400";
    EXPECT_THAT(serveWith(file).output, HasSubstr("(300 ms)"));
    EXPECT_THAT(serveWith(file, "", environment).output, HasSubstr("(400 ms)"));
    EXPECT_THAT(serveWith(file, "--engine-heartbeat 500", environment).output, HasSubstr("(500 ms)"));
    EXPECT_THAT(serveWith("", "--engine-heartbeat 500", environment).output, HasSubstr("(500 ms)"));
    // A wrong value in the file is told, even where it does not count.
    EXPECT_THAT(serveWith("engine-heartbeat = 3\n", "--engine-heartbeat 100").output, HasSubstr("line 1"));
}

TEST_F(ServeSettingsTest, AnElectionLastsFiveHeartbeats) {
    const auto ran = serve("--engine-heartbeat 100 --engine-election 499");
    EXPECT_EQ(ran.code, 2);
    EXPECT_THAT(ran.output,
                HasSubstr("engine-election is 499 ms, less than 5 times engine-heartbeat (100 ms)"));
    EXPECT_THAT(ran.output, HasSubstr("at least 500 ms"));
    expectAccepted(serve("--engine-heartbeat 100 --engine-election 500"));
}

TEST_F(ServeSettingsTest, AddressesAndFilesAreChecked) {
    for (const char* wrong : {"registry.example.com", "http://registry.example.com", "https://a/path"}) {
        EXPECT_EQ(serve(std::string("--external-url ") + wrong).code, 2) << wrong;
    }
    expectAccepted(serve("--external-url https://registry.example.com:8443"));
    const auto missing = serve("--config /nonexistent/settings.conf");
    EXPECT_NE(missing.code, 0);
    EXPECT_THAT(missing.output, HasSubstr("/nonexistent/settings.conf"));
    EXPECT_THAT(serve("", "PILOTHOUSE_CONFIG=/nonexistent/settings.conf").output,
                HasSubstr("/nonexistent/settings.conf"));
}

TEST_F(ServeSettingsTest, WhatAHostWaitsAsIsChecked) {
    for (const std::string wrong : {"join-host = a b", "join-host = https://reg-4", "join-name = -x",
                                    "listen-host = reg-4", "https-port = 80", "engine-port = 7443"}) {
        const std::string host = wrong.starts_with("join-host") ? "" : "join-host = 127.0.0.1\n";
        const auto ran = serveWith(host + wrong + "\n");
        EXPECT_EQ(ran.code, 2) << wrong << "\n" << ran.output;
        EXPECT_FALSE(std::filesystem::exists(folder / "nothing")) << wrong;
    }
    EXPECT_EQ(serve("--join-name -x", "PILOTHOUSE_JOIN_HOST=127.0.0.1").code, 2);
    // Without a host to wait as, the rest means nothing; and the error says how one is given.
    const auto ran = serve("--join-name -x --listen-host reg-4 --https-port 80");
    expectAccepted(ran);
    EXPECT_THAT(ran.output, HasSubstr("--join-host"));
}

// "name = value" of the example's commented settings.
std::map<std::string, std::string> exampleSettings() {
    std::map<std::string, std::string> settings;
    std::istringstream lines(readWhole(EXAMPLE_SETTINGS));
    const std::regex commented("#([a-z-]+) = (.*)");
    for (std::string line; std::getline(lines, line);) {
        std::smatch match;
        if (std::regex_match(line, match, commented)) {
            settings[match[1]] = match[2];
        }
    }
    return settings;
}

TEST_F(ServeSettingsTest, TheExampleIsAcceptedAsItIsAndWithEverythingSet) {
    expectAccepted(serve(std::string("--config ") + EXAMPLE_SETTINGS));
    std::string all;
    for (const auto& [name, value] : exampleSettings()) {
        // With join-host it would wait.
        all += name == "data-dir" || name == "join-host" ? "" : name + " = " + value + "\n";
    }
    expectAccepted(serveWith(all));
}

TEST_F(ServeSettingsTest, TheExampleHasEveryOptionWithItsDefault) {
    const std::string help = run(std::string(REPLICA_PROGRAM) + " serve --help").output;
    std::set<std::string> options;
    const std::regex option("--([a-z-]+)");
    for (std::sregex_iterator it(help.begin(), help.end(), option), end; it != end; ++it) {
        options.insert((*it)[1]);
    }
    options.erase("help");
    options.erase("config");
    const auto example = exampleSettings();
    std::set<std::string> documented;
    for (const auto& [name, value] : example) {
        documented.insert(name);
        // Where help tells a default, it is the example's.
        std::smatch match;
        const std::regex line("--" + name + "[^=\\n]*=([^ \\n]+)");
        if (std::regex_search(help, match, line)) {
            EXPECT_EQ(match[1], value) << name;
        }
    }
    EXPECT_EQ(documented, options);
}

} // namespace
} // namespace pilothouse::test
