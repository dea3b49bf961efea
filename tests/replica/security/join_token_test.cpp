// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/security/join_token.h"
#include "support/fixtures.h"

#include <functional>
#include <vector>

namespace pilothouse::security {
namespace {

using namespace pilothouse::test;

JoinToken sample() {
    return {.cluster_id = std::string(32, 'c'),
            .epoch = 3,
            .replica_id = "0123456789ab",
            .secret = std::string(64, '5'),
            .ca_sha256 = std::string(64, 'f'),
            .seeds = {"https://reg-1.example.org", "https://[2001:db8::1]:8443"},
            .expires_at = "2026-03-02T13:00:00.000Z"};
}

TEST(JoinToken, IsOneLineThatComesBack) {
    const std::string line = formatJoinToken(sample());
    EXPECT_TRUE(line.starts_with("phjoin1."));
    EXPECT_EQ(line.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."),
              std::string::npos)
        << "it must survive a shell and a mail: " << line;
    const Result<JoinToken> parsed = parseJoinToken(line);
    ASSERT_TRUE(parsed) << parsed.error().text();
    EXPECT_EQ(*parsed, sample());
    EXPECT_EQ(parseJoinToken(" \t" + line + "\r\n").value(), sample());
}

TEST(JoinToken, PartsOfItAreNoToken) {
    const std::string line = formatJoinToken(sample());
    for (std::size_t length = 0; length < line.size(); ++length) {
        const Result<JoinToken> parsed = parseJoinToken(line.substr(0, length));
        ASSERT_FALSE(parsed) << length;
        ASSERT_EQ(parsed.error().code, ErrorCode::invalid);
        ASSERT_TRUE(parsed.error().message.starts_with("the join token "));
        ASSERT_FALSE(parsed.error().hint.empty());
    }
}

TEST(JoinToken, SaysWhatIsWrong) {
    const auto messageOf = [](const std::string& text) {
        const Result<JoinToken> parsed = parseJoinToken(text);
        return parsed ? std::string("accepted") : parsed.error().message;
    };
    EXPECT_EQ(messageOf("  "), "the join token is empty");
    EXPECT_EQ(messageOf("hello"), "the join token does not begin with \"phjoin1.\"");
    EXPECT_EQ(messageOf("phjoin2.abc"), "the join token was made by another version of this program");
    EXPECT_EQ(messageOf("phjoin1." + std::string(20000, 'A')), "the join token is too long");
    EXPECT_EQ(messageOf("phjoin1." + toBase64Url("{}")), "the join token is damaged: cluster_id: missing");
}

TEST(JoinToken, EveryFieldIsChecked) {
    const std::vector<std::function<void(JoinToken&)>> faults{
        [](JoinToken& t) { t.cluster_id.pop_back(); },
        [](JoinToken& t) { t.cluster_id[0] = 'C'; },
        [](JoinToken& t) { t.epoch = 0; },
        [](JoinToken& t) { t.replica_id = "0123456789aB"; },
        [](JoinToken& t) { t.secret.clear(); },
        [](JoinToken& t) { t.ca_sha256 += "0"; },
        [](JoinToken& t) { t.seeds.clear(); },
        [](JoinToken& t) { t.seeds.push_back("http://reg-2.example.org"); },
        [](JoinToken& t) { t.seeds.push_back("https://"); },
        [](JoinToken& t) { t.seeds.assign(65, "https://reg-1"); },
        [](JoinToken& t) { t.expires_at = "tomorrow"; },
    };
    for (std::size_t i = 0; i < faults.size(); ++i) {
        JoinToken token = sample();
        faults[i](token);
        const Result<JoinToken> parsed = parseJoinToken(formatJoinToken(token));
        ASSERT_FALSE(parsed) << "fault " << i;
        EXPECT_EQ(parsed.error().message.find(sample().secret), std::string::npos) << "errors go to logs";
    }
}

} // namespace
} // namespace pilothouse::security
