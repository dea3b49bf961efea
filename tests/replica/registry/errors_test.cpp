// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/errors.h"

#include <gtest/gtest.h>

#include <set>

namespace pilothouse::registry {
namespace {

TEST(RegistryErrors, AreWrittenAsClientsReadThem) {
    EXPECT_EQ(errorBody(Fault::manifestUnknown, "There is no \"latest\" in team/app", "latest"),
              R"({"errors":[{"code":"MANIFEST_UNKNOWN","message":"There is no \"latest\" in team/app",)"
              R"("detail":"latest"}]})");
    EXPECT_EQ(errorBody(Fault::denied, "No"), R"({"errors":[{"code":"DENIED","message":"No"}]})");
    EXPECT_EQ(
        errorBody(Fault::nameInvalid, "Bad", "a\xff\n\"b"),
        "{\"errors\":[{\"code\":\"NAME_INVALID\",\"message\":\"Bad\",\"detail\":\"a\xef\xbf\xbd\\n\\\"b\"}]}")
        << "what came back is not UTF-8";
}

TEST(RegistryErrors, HaveEachTheirCodeAndAStatusOfTheClients) {
    std::set<std::string_view> codes;
    for (int fault = 0; fault <= static_cast<int>(Fault::unavailable); ++fault) {
        const auto each = static_cast<Fault>(fault);
        EXPECT_TRUE(codes.insert(codeOf(each)).second) << codeOf(each);
        const int status = statusOf(each);
        EXPECT_TRUE(each == Fault::unavailable ? status == 503 : status >= 400 && status < 500)
            << codeOf(each);
        EXPECT_EQ(status == 404, codeOf(each).ends_with("_UNKNOWN") && each != Fault::manifestBlobUnknown)
            << codeOf(each);
    }
}

} // namespace
} // namespace pilothouse::registry
