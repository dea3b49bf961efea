// SPDX-License-Identifier: GPL-3.0-or-later
#include "exercise.h"
#include "replica/registry/scopes.h"

#include <gtest/gtest.h>

#include <random>

namespace pilothouse::registry {
namespace {

std::string textsOf(const std::vector<std::string_view>& parameters) {
    std::string text;
    for (const auto& scope : parseScopes(parameters)) {
        text += (text.empty() ? "" : " ") + toText(scope);
    }
    return text;
}

TEST(Scopes, AreReadFromOneParameterAndFromSeveral) {
    const auto* const both = "repository:team/app:pull,push repository:base:pull";
    EXPECT_EQ(textsOf({"repository:team/app:push,pull", "repository:base:pull"}), both);
    EXPECT_EQ(textsOf({"repository:team/app:push,pull repository:base:pull"}), both);
    EXPECT_EQ(textsOf({"registry:catalog:*"}), "registry:catalog:*");
    EXPECT_EQ(textsOf({"repository(plugin):team/app:pull"}), "repository:team/app:pull");
    EXPECT_EQ(textsOf({}), "");
}

TEST(Scopes, OfOneRepositoryAreMadeOne) {
    EXPECT_EQ(textsOf({"repository:a:pull repository:b:pull repository:a:push,pull"}),
              "repository:a:pull,push repository:b:pull");
}

TEST(Scopes, ThatAreMalformedAreLeftOut) {
    for (const char* text : {"", " ", ":", "::", "repository", "repository:a", "repository::pull", ":a:pull",
                             "repository:A:pull", "repository:../a:pull", "repository:host:5000/a:pull",
                             "rep0sitory:a:pull", "registry:Catalog:*"}) {
        EXPECT_EQ(textsOf({text}), "") << '"' << text << '"';
        EXPECT_EQ(textsOf({text, "repository:a:pull"}), "repository:a:pull") << '"' << text << '"';
    }
    EXPECT_EQ(textsOf({"repository:a:pull,,PUSH,pu-sh"}), "repository:a:pull");
    EXPECT_EQ(textsOf({"repository:a:"}), "repository:a:") << "an empty wish is granted";
}

TEST(Scopes, AreOfABoundedNumber) {
    std::string many;
    for (int i = 0; i < 1000; ++i) {
        many += "repository:a" + std::to_string(i) + ":pull ";
    }
    EXPECT_EQ(parseScopes({many}).size(), 100U);
}

TEST(Scopes, AreReadBackAsTheyWereWritten) {
    std::mt19937 random(3);
    const std::string_view letters = "repository:registry:(plugin)a/b.c-_,*AB pull push 0";
    for (int i = 0; i < 100'000; ++i) {
        std::string text = random() % 2 == 0 ? "repository:" : "";
        for (auto length = random() % 30; length > 0; --length) {
            text += letters[random() % letters.size()];
        }
        ASSERT_EQ(test::faultInScopes(text), "") << text;
    }
}

} // namespace
} // namespace pilothouse::registry
