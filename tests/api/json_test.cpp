// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/json.h"
#include "wire_types.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <random>

namespace pilothouse::api {
namespace {

template <typename T>
std::string errorOf(const std::string& text) {
    const auto value = fromJson<T>(text);
    if (value) {
        return "no error";
    }
    EXPECT_EQ(value.error().code, ErrorCode::invalid);
    return value.error().message;
}

TEST(Json, EveryWireTypeIsTested) {
    std::size_t described = 0;
    for (const auto& entry : std::filesystem::directory_iterator(PILOTHOUSE_API_FOLDER)) {
        if (entry.path().extension() != ".h") {
            continue;
        }
        std::ifstream file(entry.path());
        ASSERT_TRUE(file) << entry.path();
        for (std::string line; std::getline(file, line);) {
            described += line.starts_with("BOOST_DESCRIBE_STRUCT(") ? 1 : 0;
        }
    }
    EXPECT_EQ(described, wire::StatusTypes::size + wire::AdminTypes::size + wire::RegistryTypes::size +
                             wire::OperationTypes::size + wire::SetupTypes::size + wire::RepairTypes::size +
                             wire::CheckTypes::size + wire::OtherTypes::size);
}

TEST(Json, ReadsAndWritesAsDocumented) {
    const std::string text = R"({"name":"Zoë","role":"admin","created_at":"2026-03-02T10:00:00.000Z"})";
    const auto user = fromJson<User>(text);
    ASSERT_TRUE(user.has_value()) << user.error().text();
    EXPECT_EQ(user->name, "Zoë");
    EXPECT_EQ(user->role, UserRole::admin);
    EXPECT_EQ(toJson(*user), text);
    EXPECT_EQ(toJson(Traffic{12.5, std::nullopt, 3}), R"({"writes_per_s":12.5,"requests_running":3})");
    EXPECT_EQ(toJson(dtr::Ping{}), R"({"Error":"","Healthy":false})");
}

TEST(Json, AnOptionalMayBeMissingOrNull) {
    for (const char* const text :
         {R"({"operation_id":"x"})", R"({"password":null,"role":null,"operation_id":"x"})"}) {
        const auto change = fromJson<ChangeUser>(text);
        ASSERT_TRUE(change.has_value()) << change.error().text();
        EXPECT_FALSE(change->password);
        EXPECT_FALSE(change->role);
        EXPECT_EQ(toJson(*change), R"({"operation_id":"x"})");
    }
}

TEST(Json, ATrailingUnderscoreIsNoPartOfTheName) {
    const dtr::Alert alert{"m", "warning", "i", "g", "u"};
    EXPECT_EQ(toJson(alert), R"({"message":"m","class":"warning","id":"i","img":"g","url":"u"})");
    EXPECT_EQ(fromJson<dtr::Alert>(toJson(alert)).value().class_, "warning");
}

TEST(Json, AlertsAreAnArray) {
    EXPECT_EQ(toJson(std::vector<dtr::Alert>{}), "[]");
    const std::vector<dtr::Alert> alerts{{"m", "c", "i", "g", "u"}, {}};
    const auto again = fromJson<std::vector<dtr::Alert>>(toJson(alerts));
    ASSERT_TRUE(again.has_value()) << again.error().text();
    ASSERT_EQ(again->size(), 2U);
    EXPECT_EQ(again->front().message, "m");
    EXPECT_EQ(errorOf<std::vector<dtr::Alert>>(R"([{"message":"m"}])"), "[0].class: missing");
    EXPECT_EQ(errorOf<std::vector<dtr::Alert>>("{}"), "the document: expected an array");
}

TEST(Json, ErrorsNameThePath) {
    EXPECT_EQ(errorOf<UserList>(R"({"users":[{"name":"a","role":"admin","created_at":"t"},{"name":7}]})"),
              "users[1].name: expected a string");
    EXPECT_EQ(errorOf<UserList>(R"({"users":{}})"), "users: expected an array");
    EXPECT_EQ(errorOf<UserList>(R"({"users":[3]})"), "users[0]: expected an object");
    EXPECT_EQ(errorOf<UserList>("[]"), "the document: expected an object");
    EXPECT_EQ(errorOf<User>(R"({"name":"a","role":"captain","created_at":"t"})"),
              "role: expected one of admin, writer, reader, guest");
    EXPECT_EQ(errorOf<Drain>(R"({"draining":"yes"})"), "draining: expected true or false");
    EXPECT_EQ(errorOf<dtr::ClusterStatus>(R"({"replica_health":{"ab\n":1}})"),
              "replica_health.ab\\n: expected a string");
    EXPECT_EQ(errorOf<CreatedAccessToken>(R"({"token":{"id":"i"}})"), "token.user: missing");
}

TEST(Json, WholeNumbersAreWhole) {
    const auto read = [](const std::string& number) {
        return fromJson<Membership>(R"({"phase":"stable","generation":)" + number + "}");
    };
    EXPECT_EQ(read("-7").value().generation, -7);
    EXPECT_EQ(read("9223372036854775807").value().generation, std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ(read("-9223372036854775808").value().generation, std::numeric_limits<std::int64_t>::min());
    for (const char* const wrong : {"1.0", "1e3", "9223372036854775808", "-9223372036854775809", "1e99",
                                    "\"1\"", "true", "null", "NaN"}) {
        EXPECT_FALSE(read(wrong).has_value()) << wrong;
    }
}

TEST(Json, NumbersAreFinite) {
    const auto read = [](const std::string& number) {
        return fromJson<Traffic>(R"({"requests_running":0,"writes_per_s":)" + number + "}");
    };
    EXPECT_EQ(read("3").value().writes_per_s, 3.0);
    EXPECT_EQ(read("18446744073709551615").value().writes_per_s, 18446744073709551615.0);
    EXPECT_EQ(read("-2.5e-1").value().writes_per_s, -0.25);
    for (const char* const wrong : {"1e999", "-1e999", "Infinity", "nan", "\"3\"", "null"}) {
        EXPECT_FALSE(read(wrong).has_value()) << wrong;
    }
    Traffic broken;
    broken.writes_per_s = std::numeric_limits<double>::quiet_NaN();
    broken.answer_p99_ms = std::numeric_limits<double>::infinity();
    EXPECT_EQ(errorOf<Traffic>(toJson(broken)), "writes_per_s: expected a number");
    EXPECT_EQ(toJson(broken), R"({"writes_per_s":null,"answer_p99_ms":null,"requests_running":0})");
}

// The reader may be one unit in the last place off: numbers with a fraction are measurements.
TEST(Json, NumbersKeepFifteenDigits) {
    std::mt19937_64 random(754); // NOLINT(cert-msc51-cpp): the same numbers in every run
    std::uniform_int_distribution<int> exponent(-300, 240);
    for (int i = 0; i < 10'000; ++i) {
        const double number = std::ldexp(static_cast<double>(random()), exponent(random));
        const auto again = fromJson<Traffic>(toJson(Traffic{number, std::nullopt, 0}));
        ASSERT_TRUE(again.has_value()) << again.error().text();
        ASSERT_NEAR(again->writes_per_s / number, 1, 1e-15) << number;
    }
}

TEST(Json, ANewerReplicaMaySayMoreThanWeKnow) {
    const std::string text = R"({"healthy":false,"code":"blobs_missing","reason":"r"})";
    const auto health = fromJson<Health>(text);
    ASSERT_TRUE(health.has_value()) << health.error().text();
    EXPECT_EQ(health->code, Unhealthy::unknown);
    EXPECT_EQ(fromJson<Health>(R"({"healthy":false,"code":"draining","reason":"r"})").value().code,
              Unhealthy::draining);
    EXPECT_EQ(errorOf<Health>(R"({"healthy":false,"code":3,"reason":"r"})"), "code: expected a string");
}

TEST(Json, WhatIsWrittenIsValidUtf8) {
    MakeLeader verb{"bad \xff byte, \x1b escape"};
    EXPECT_EQ(toJson(verb), "{\"replica\":\"bad \xEF\xBF\xBD byte, \\u001b escape\"}");
    EXPECT_TRUE(fromJson<MakeLeader>(toJson(verb)).has_value());
    EXPECT_FALSE(fromJson<MakeLeader>("{\"replica\":\"\xff\"}").has_value());
}

TEST(Json, WhatIsNoJsonIsRefused) {
    for (const char* const wrong :
         {"", " ", "{", "{}x", "{\"replica\":\"a\"}}", "{'replica':'a'}", "{\"replica\":\"a\",}",
          "// x\n{\"replica\":\"a\"}", "{\"replica\":\"\n\"}"}) {
        EXPECT_TRUE(errorOf<MakeLeader>(wrong).starts_with("the document: not JSON")) << wrong;
    }
}

TEST(Json, SizeAndDepthAreLimited) {
    const auto nested = [](std::size_t depth) {
        return R"({"replica":"a","x":)" + std::string(depth - 1, '[') + std::string(depth - 1, ']') + "}";
    };
    EXPECT_TRUE(fromJson<MakeLeader>(nested(32)).has_value());
    EXPECT_EQ(errorOf<MakeLeader>(nested(33)), "the document: nested more than 32 deep");
    EXPECT_EQ(errorOf<MakeLeader>(nested(1'000'000)), "the document: nested more than 32 deep");

    const std::size_t limit = std::size_t{16} * 1024 * 1024;
    std::string text = R"({"replica":"a"})";
    text.append(limit - text.size(), ' ');
    EXPECT_TRUE(fromJson<MakeLeader>(text).has_value());
    text += ' ';
    EXPECT_EQ(errorOf<MakeLeader>(text), "the document: larger than 16 MiB");
}

} // namespace
} // namespace pilothouse::api
