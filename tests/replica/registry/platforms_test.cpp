// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/platforms.h"

#include <gmock/gmock.h>

namespace pilothouse::registry {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

TEST(Platforms, OfAnIndexAreThoseOfItsImages) {
    EXPECT_THAT(platformsOfIndex(R"({"manifests":[
        {"digest":"sha256:1","platform":{"os":"linux","architecture":"amd64"}},
        {"digest":"sha256:2","platform":{"os":"linux","architecture":"arm","variant":"v7"}},
        {"digest":"sha256:3","platform":{"os":"unknown","architecture":"unknown"}},
        {"digest":"sha256:4"}]})"),
                ElementsAre(Pair("sha256:1", "linux/amd64"), Pair("sha256:2", "linux/arm/v7")));
}

TEST(Platforms, OfAConfigIsItsOwn) {
    EXPECT_EQ(platformOfConfig(R"({"os":"windows","architecture":"amd64","rootfs":{}})"), "windows/amd64");
    EXPECT_EQ(platformOfConfig(R"({"os":"linux"})"), "");
    EXPECT_EQ(platformOfConfig("{}"), "");
}

TEST(Platforms, WhatIsNoneHasNone) {
    for (const char* text : {"", "[]", "{", R"({"manifests":7})", R"({"manifests":[7,{"platform":7}]})",
                             R"({"manifests":[{"platform":{"os":7,"architecture":[]}}]})"}) {
        EXPECT_THAT(platformsOfIndex(text), IsEmpty()) << text;
        EXPECT_EQ(platformOfConfig(text), "") << text;
    }
}

} // namespace
} // namespace pilothouse::registry
