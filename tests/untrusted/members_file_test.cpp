// SPDX-License-Identifier: GPL-3.0-or-later
#include "mutate.h"
#include "replica/provision/create_cluster.h"

#include <gtest/gtest.h>

namespace pilothouse::provision {
namespace {

TEST(UntrustedMembersFile, IsReadOrRefusedWithASentence) {
    test::Mutator mutator({R"(
- name: reg-1
  host: reg-1.example.org
  data_dir: /srv/reg-1
- name: reg-2
  host: 127.0.0.1
  https_port: 20010
  data_dir: ../reg-2
)",
                           R"([{"name": "reg-1", "host": "reg-1", "data_dir": "/srv/a"}])"},
                          {"-",  ":",        "{",  "}",   "[",    "]",      "\"",        "'",     "&a",
                           "*a", "!!binary", "|",  ">",   "#",    "\t",     "\n",        "---\n", "null",
                           "~",  "65536",    "-1", "1e9", "name", "<<: *a", "%YAML 9\n", "\xff"});
    int accepted = 0;
    for (int i = 0; i < 20'000; ++i) {
        const std::string text = mutator.next();
        const auto members = parseMembers(text, "/");
        if (members) {
            ++accepted;
            ASSERT_FALSE(members->empty()) << test::shown(text);
            continue;
        }
        ASSERT_EQ(members.error().code, ErrorCode::invalid) << test::shown(text);
        ASSERT_FALSE(members.error().message.empty()) << test::shown(text);
    }
    EXPECT_GT(accepted, 100) << "the mutations are too wild to say anything";
}

} // namespace
} // namespace pilothouse::provision
