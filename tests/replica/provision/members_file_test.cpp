// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/provision/create_cluster.h"

#include <gtest/gtest.h>

namespace pilothouse::provision {
namespace {

TEST(MembersFile, ReadsEveryKeyAndKeepsTheDefaults) {
    const auto members = parseMembers(R"(
- name: reg-1
  host: reg-1.example.org
  data_dir: /srv/reg-1
- name: reg-2
  host: 127.0.0.1
  listen_host: 127.0.0.2
  https_port: 20010
  http_port: 20011
  peer_port: 20012
  engine_port: 20013
  data_dir: ../reg-2
)",
                                      "/etc/pilothouse");
    ASSERT_TRUE(members) << members.error().text();
    ASSERT_EQ(members->size(), 2U);
    const MemberOptions& first = members->at(0);
    EXPECT_EQ(first.name, "reg-1");
    EXPECT_EQ(first.host, "reg-1.example.org");
    EXPECT_EQ(first.listen_host, std::nullopt);
    EXPECT_EQ(first.https_port, 443);
    EXPECT_EQ(first.data_dir, "/srv/reg-1");
    const MemberOptions& second = members->at(1);
    EXPECT_EQ(second.listen_host, "127.0.0.2");
    EXPECT_EQ(second.https_port, 20010);
    EXPECT_EQ(second.http_port, 20011);
    EXPECT_EQ(second.peer_port, 20012);
    EXPECT_EQ(second.engine_port, 20013);
    EXPECT_EQ(second.data_dir, "/etc/reg-2");
}

TEST(MembersFile, SaysWhatIsWrongAndWhere) {
    const auto messageOf = [](const char* yaml) {
        const auto members = parseMembers(yaml, "/");
        return members ? std::string("accepted") : members.error().message;
    };
    EXPECT_EQ(messageOf(""), "the list of members is empty or not a list");
    EXPECT_EQ(messageOf("{}"), "the list of members is empty or not a list");
    EXPECT_EQ(messageOf("[]"), "the list of members is empty or not a list");
    EXPECT_EQ(messageOf("- 3"), "line 1: a member is a map with at least name, host and data_dir");
    EXPECT_EQ(messageOf("- name: a\n  hots: b\n"), "line 2: unknown key \"hots\"");
    EXPECT_EQ(messageOf("- name: a\n  host: b\n"), "line 1: the member has no data_dir");
    EXPECT_EQ(messageOf("- name: a\n  https_port: many\n"), "line 2: https_port is not a whole number");
    EXPECT_EQ(messageOf("- name: [a]\n"), "line 1: name is not a text");
    EXPECT_EQ(messageOf("- name: [a\n"),
              "the list of members is not YAML: line 2: end of sequence flow not found");
}

} // namespace
} // namespace pilothouse::provision
