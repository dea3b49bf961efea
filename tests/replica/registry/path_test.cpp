// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/path.h"

#include <gtest/gtest.h>

#include <ostream>
#include <random>
#include <vector>

namespace pilothouse::registry {

static void PrintTo(const Path& path, std::ostream* out) {
    *out << static_cast<int>(path.resource) << " \"" << path.name << "\" \"" << path.last << '"';
}

namespace {

TEST(RegistryPath, NamesEachResource) {
    EXPECT_EQ(parsePath(""), (Path{Resource::base, "", ""}));
    EXPECT_EQ(parsePath("_catalog"), (Path{Resource::catalog, "", ""}));
    EXPECT_EQ(parsePath("team/app/tags/list"), (Path{Resource::tags, "team/app", ""}));
    EXPECT_EQ(parsePath("team/app/manifests/latest"), (Path{Resource::manifest, "team/app", "latest"}));
    EXPECT_EQ(parsePath("app/blobs/sha256:00"), (Path{Resource::blob, "app", "sha256:00"}));
    EXPECT_EQ(parsePath("app/blobs/uploads/"), (Path{Resource::uploads, "app", ""}));
    EXPECT_EQ(parsePath("app/blobs/uploads"), (Path{Resource::uploads, "app", ""}));
    EXPECT_EQ(parsePath("a/b/c/blobs/uploads/x-1"), (Path{Resource::upload, "a/b/c", "x-1"}));
    EXPECT_EQ(parsePath("app/referrers/sha256:00"), (Path{Resource::referrers, "app", "sha256:00"}));
}

// The end of a path decides what it is, because a name may be any of the fixed words.
TEST(RegistryPath, TakesTheFixedWordsInNames) {
    EXPECT_EQ(parsePath("tags/list/tags/list"), (Path{Resource::tags, "tags/list", ""}));
    EXPECT_EQ(parsePath("blobs/uploads/blobs/uploads/"), (Path{Resource::uploads, "blobs/uploads", ""}));
    EXPECT_EQ(parsePath("blobs/uploads/manifests/x"), (Path{Resource::manifest, "blobs/uploads", "x"}));
    EXPECT_EQ(parsePath("manifests/manifests/manifests"),
              (Path{Resource::manifest, "manifests", "manifests"}));
    EXPECT_EQ(parsePath("manifests/blobs/x"), (Path{Resource::blob, "manifests", "x"}));
    EXPECT_EQ(parsePath("_catalog/tags/list"), (Path{Resource::tags, "_catalog", ""}));
    EXPECT_EQ(parsePath("a/tags/manifests/list"), (Path{Resource::manifest, "a/tags", "list"}));
    EXPECT_EQ(parsePath("a/manifests/tags/list"), (Path{Resource::tags, "a/manifests", ""}));
}

TEST(RegistryPath, OfNothingIsNone) {
    for (const char* text : {"/", "a", "a/", "a/b", "a/tags", "a/tags/", "a/tags/other", "a/tags/list/",
                             "a/manifests", "a/manifests/", "a/blobs/", "a/referrers/", "manifests/latest",
                             "/manifests/latest", "tags/list", "blobs/x", "_catalog/", "a/unknown/b"}) {
        EXPECT_EQ(parsePath(text), Path()) << text;
    }
}

// Whatever comes: what was found is in the text, in order, and reads back.
TEST(RegistryPath, ReadsBackAsItWasWritten) {
    const std::vector<std::string> parts{
        "a",        "/",        "tags",      "list", "manifests",          "blobs",
        "uploads",  "_catalog", "referrers", "..",   std::string(1, '\0'), "\xff",
        "sha256:0", "//"};
    const auto text = [](const Path& path) -> std::string {
        switch (path.resource) {
        case Resource::base:
            return "";
        case Resource::catalog:
            return "_catalog";
        case Resource::tags:
            return path.name + "/tags/list";
        case Resource::manifest:
            return path.name + "/manifests/" + path.last;
        case Resource::blob:
            return path.name + "/blobs/" + path.last;
        case Resource::uploads:
            return path.name + "/blobs/uploads";
        case Resource::upload:
            return path.name + "/blobs/uploads/" + path.last;
        case Resource::referrers:
            return path.name + "/referrers/" + path.last;
        case Resource::none:
            break;
        }
        return "none";
    };
    std::mt19937 random(11);
    int found = 0;
    for (int i = 0; i < 200'000; ++i) {
        std::string given;
        for (auto count = random() % 9; count > 0; --count) {
            given += parts[random() % parts.size()] + (random() % 2 == 0 ? "/" : "");
        }
        const Path path = parsePath(given);
        if (path.resource != Resource::none) {
            ++found;
            const bool same =
                text(path) == given || (path.resource == Resource::uploads && text(path) + "/" == given);
            ASSERT_TRUE(same) << given << " is not " << text(path);
        }
    }
    EXPECT_GT(found, 1000);
}

} // namespace
} // namespace pilothouse::registry
