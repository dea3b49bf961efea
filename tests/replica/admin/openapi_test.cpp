// SPDX-License-Identifier: GPL-3.0-or-later
// The description lists the addresses that there are, and no others.
#include "admin_fixture.h"
#include "replica/admin/openapi.h"
#include "rig.h"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <cctype>
#include <set>

namespace pilothouse::admin {
namespace {

std::string upper(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return text;
}

class OpenApi : public test::AdminTest {
protected:
    static std::set<std::string> described() {
        static const std::set<std::string> methods{"get",   "put",  "post",   "delete",
                                                   "patch", "head", "options"};
        const auto document = boost::json::parse(openApiDocument());
        std::set<std::string> found;
        for (const auto& [path, item] : document.at("paths").as_object()) {
            for (const auto& [method, operation] : item.as_object()) {
                if (methods.contains(std::string(method))) {
                    found.insert(upper(std::string(method)) + " " + std::string(path));
                }
            }
        }
        return found;
    }
};

TEST_F(OpenApi, DescribesEveryRouteAndNothingElse) {
    std::set<std::string> served;
    for (const auto& route : rig().router.routes()) {
        served.insert(route.method + " " + route.pattern);
    }
    EXPECT_EQ(served, described());
}

TEST_F(OpenApi, ThePlainPortServesNothingThatIsNotDescribedForIt) {
    const auto document = boost::json::parse(openApiDocument());
    for (const auto& route : rig().plainRouter.routes()) {
        const auto& item = document.at("paths").at(route.pattern).as_object();
        ASSERT_TRUE(item.contains("servers")) << route.pattern;
        EXPECT_TRUE(item.at("servers").as_array().back().at("url").as_string().starts_with("http://"))
            << route.pattern;
    }
}

TEST_F(OpenApi, IsServedToEverybody) {
    const auto answer = ask("GET", "/api/v0/openapi.json", test::Ask{});
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("content-type"), "application/json");
    EXPECT_EQ(answer.body, openApiDocument());
    EXPECT_EQ(boost::json::parse(answer.body).at("info").at("version").as_string(), PILOTHOUSE_VERSION)
        << "of this program";
}

} // namespace
} // namespace pilothouse::admin
