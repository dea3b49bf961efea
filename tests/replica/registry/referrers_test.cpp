// SPDX-License-Identifier: GPL-3.0-or-later
// The list as it is answered; where its entries come from, the tag schema included, is tried in the
// scenarios.
#include "replica/registry/referrers.h"

#include <gtest/gtest.h>

namespace pilothouse::registry {
namespace {

const std::string start =
    R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[)";

TEST(ReferrersIndex, IsAnEmptyListOfNone) {
    EXPECT_EQ(referrersIndex({}, ""), start + "]}");
    EXPECT_EQ(referrersIndex({}, "application/x"), start + "]}");
}

TEST(ReferrersIndex, HasTheDescriptorsOfTheType) {
    Referrers referrers;
    referrers.entries = {{"application/a", R"({"digest":"1"})"},
                         {"application/b", R"({"digest":"2"})"},
                         {"", R"({"digest":"3"})"},
                         {"application/a", R"({"digest":"4"})"}};
    EXPECT_EQ(referrersIndex(referrers, ""),
              start + R"({"digest":"1"},{"digest":"2"},{"digest":"3"},{"digest":"4"}]})");
    EXPECT_EQ(referrersIndex(referrers, "application/a"), start + R"({"digest":"1"},{"digest":"4"}]})");
    EXPECT_EQ(referrersIndex(referrers, "application/b"), start + R"({"digest":"2"}]})");
    EXPECT_EQ(referrersIndex(referrers, "application"), start + "]}");
}

} // namespace
} // namespace pilothouse::registry
