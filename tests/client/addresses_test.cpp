// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/addresses.h"

#include <gtest/gtest.h>

namespace pilothouse::client {
namespace {

std::string parsed(const char* text) {
    const auto url = parseAddress(QString::fromUtf8(text));
    return url ? url->toString().toStdString() : "error: " + url.error().message;
}

TEST(Addresses, takesWhatPeopleWrite) {
    EXPECT_EQ(parsed("reg-1.example.com"), "https://reg-1.example.com");
    EXPECT_EQ(parsed("  10.0.0.5:4443 "), "https://10.0.0.5:4443");
    EXPECT_EQ(parsed("https://reg-1/"), "https://reg-1");
    EXPECT_EQ(parsed("https://reg-1:443"), "https://reg-1");
    EXPECT_EQ(parsed("[::1]:8443"), "https://[::1]:8443");
}

TEST(Addresses, refusesWhatWouldLeakOrMislead) {
    EXPECT_EQ(parsed("http://reg-1"), "error: \"http://reg-1\" is not an https address");
    EXPECT_EQ(parsed("https://anna:secret@reg-1"),
              "error: \"https://anna:secret@reg-1\" has a user name in it");
    EXPECT_EQ(parsed("reg-1/v2/"), "error: \"reg-1/v2/\" has more than a host and a port");
    EXPECT_EQ(parsed(" "), "error: The address is empty");
    EXPECT_EQ(parsed("reg 1"), "error: \"reg 1\" is not an address");
    EXPECT_EQ(parsed("reg-1:99999"), "error: \"reg-1:99999\" is not an address");
}

} // namespace
} // namespace pilothouse::client
