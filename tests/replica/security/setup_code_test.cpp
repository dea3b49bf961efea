// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/security/setup_code.h"
#include "support/fixtures.h"

#include <functional>
#include <vector>

namespace pilothouse::security {
namespace {

using namespace pilothouse::test;

SetupCode sample() {
    return {.url = "https://[2001:db8::1]:8443",
            .ca_sha256 = std::string(64, 'f'),
            .secret = std::string(64, '5')};
}

TEST(SetupCode, IsOneLineThatComesBack) {
    const std::string line = formatSetupCode(sample());
    EXPECT_TRUE(line.starts_with("phsetup1."));
    EXPECT_EQ(line.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."),
              std::string::npos)
        << "it must survive a shell and a mail: " << line;
    const Result<SetupCode> parsed = parseSetupCode(" \t" + line + "\r\n");
    ASSERT_TRUE(parsed) << parsed.error().text();
    EXPECT_EQ(*parsed, sample());
}

TEST(SetupCode, PartsOfItAreNoCode) {
    const std::string line = formatSetupCode(sample());
    for (std::size_t length = 0; length < line.size(); ++length) {
        const Result<SetupCode> parsed = parseSetupCode(line.substr(0, length));
        ASSERT_FALSE(parsed) << length;
        ASSERT_EQ(parsed.error().code, ErrorCode::invalid);
        ASSERT_TRUE(parsed.error().message.starts_with("the setup code "));
        ASSERT_FALSE(parsed.error().hint.empty());
    }
}

TEST(SetupCode, EveryFieldIsChecked) {
    const std::vector<std::function<void(SetupCode&)>> faults{
        [](SetupCode& c) { c.url = "http://reg-4"; }, [](SetupCode& c) { c.url = "https://"; },
        [](SetupCode& c) { c.ca_sha256[3] = 'F'; },   [](SetupCode& c) { c.ca_sha256.clear(); },
        [](SetupCode& c) { c.secret.pop_back(); },
    };
    for (std::size_t i = 0; i < faults.size(); ++i) {
        SetupCode code = sample();
        faults[i](code);
        const Result<SetupCode> parsed = parseSetupCode(formatSetupCode(code));
        ASSERT_FALSE(parsed) << "fault " << i;
        EXPECT_EQ(parsed.error().message.find(sample().secret), std::string::npos) << "errors go to logs";
    }
}

// People have both in their hands at once.
TEST(SetupCode, IsNoJoinToken) {
    const Result<SetupCode> parsed = parseSetupCode("phjoin1.e30");
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error().message, "the setup code does not begin with \"phsetup1.\"");
}

} // namespace
} // namespace pilothouse::security
