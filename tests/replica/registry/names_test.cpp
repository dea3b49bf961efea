// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/names.h"

#include <gtest/gtest.h>

#include <functional>
#include <regex>

namespace pilothouse::registry {
namespace {

// Calls `visit` with each text of up to `length` characters of `alphabet`.
void eachText(std::string_view alphabet, std::size_t length,
              const std::function<void(const std::string&)>& visit) {
    std::vector<std::string> texts{""};
    for (std::size_t at = 0; at < texts.size(); ++at) {
        visit(texts[at]);
        if (texts[at].size() < length) {
            for (const char c : alphabet) {
                texts.push_back(texts[at] + c);
            }
        }
    }
}

// The specification's own expression.
TEST(RepositoryName, IsWhatTheSpecificationSaysForEveryShortText) {
    const std::regex oracle(R"([a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*)");
    int names = 0;
    eachText("a0._-/A", 6, [&](const std::string& text) {
        const bool expected = std::regex_match(text, oracle);
        names += expected ? 1 : 0;
        ASSERT_EQ(isRepositoryName(text), expected) << '"' << text << '"';
    });
    EXPECT_GT(names, 500);
}

TEST(RepositoryName, HasAtMost255Characters) {
    std::string name = "a";
    while (name.size() + 2 <= 255) {
        name += "/a";
    }
    EXPECT_EQ(name.size(), 255U);
    EXPECT_TRUE(isRepositoryName(name));
    EXPECT_FALSE(isRepositoryName(name + "a"));
    EXPECT_TRUE(isRepositoryName("team/app-v1.2__x/y0"));
    for (const std::string& text : {std::string("a\0b", 3), std::string("ä"), std::string("a b"),
                                    std::string("../a"), std::string("a/../b"), std::string("a\n"),
                                    std::string("a:b"), std::string("a@b"), std::string("%61")}) {
        EXPECT_FALSE(isRepositoryName(text)) << text;
    }
}

TEST(TagName, IsWhatTheSpecificationSaysForEveryShortText) {
    const std::regex oracle("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");
    eachText("aZ9_.-/:", 5, [&](const std::string& text) {
        ASSERT_EQ(isTag(text), std::regex_match(text, oracle)) << '"' << text << '"';
    });
    EXPECT_TRUE(isTag(std::string(128, 'x')));
    EXPECT_FALSE(isTag(std::string(129, 'x')));
    EXPECT_FALSE(isTag(std::string("a\0", 2)));
}

TEST(ManifestReference, IsADigestWhereItHasAColon) {
    const auto digest = blobs::Digest::of("abc");
    EXPECT_EQ(parseReference(digest.str()).value(), Reference(digest));
    EXPECT_EQ(parseReference("latest").value(), Reference(Tag{"latest"}));
    for (const char* text : {"sha256:totallywrong", "a:b", ":", "", ".x", "-x", "a/b"}) {
        const auto reference = parseReference(text);
        ASSERT_FALSE(reference) << text;
        EXPECT_EQ(reference.error().code, ErrorCode::invalid) << text;
    }
}

} // namespace
} // namespace pilothouse::registry
