// SPDX-License-Identifier: GPL-3.0-or-later
// What holds for every wire type. Each list of types is compiled in a file of its own, to keep builds short.
#pragma once

#include "api/json.h"
#include "wire_types.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace pilothouse::api::wire {

// Ways to break a document; each gives texts that fromJson() must answer with a value or an error.
[[nodiscard]] std::vector<std::string> mutations(const std::string& text, Maker& maker, std::size_t count);

template <typename T>
class RoundTrip : public testing::Test {};
TYPED_TEST_SUITE_P(RoundTrip);

// Equality by JSON is safe here: that no field is left out is shown by EachFieldIsNeeded.
TYPED_TEST_P(RoundTrip, WhatWasWrittenIsReadBack) {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        const std::string text = toJson(made<TypeParam>(seed));
        const auto again = fromJson<TypeParam>(text);
        ASSERT_TRUE(again.has_value()) << again.error().text() << "\nseed " << seed << ": " << text;
        ASSERT_EQ(toJson(*again), text) << "seed " << seed;
    }
}

TYPED_TEST_P(RoundTrip, EachFieldIsNeededUnlessOptional) {
    const boost::json::object whole = boost::json::parse(toJson(made<TypeParam>(1))).as_object();
    boost::mp11::mp_for_each<Members<TypeParam>>([&](auto each) {
        std::string name = each.name;
        name = name.ends_with('_') ? name.substr(0, name.size() - 1) : name;
        using Field = std::remove_cvref_t<decltype(TypeParam().*each.pointer)>;
        constexpr bool optional = requires(Field field) {
            field.has_value();
        };

        boost::json::object without = whole;
        without.erase(name);
        const auto missing = fromJson<TypeParam>(boost::json::serialize(without));
        EXPECT_EQ(missing.has_value(), optional) << name;
        boost::json::object mistyped = whole;
        mistyped[name] = boost::json::array{boost::json::array{}};
        const auto wrong = fromJson<TypeParam>(boost::json::serialize(mistyped));
        ASSERT_FALSE(wrong.has_value()) << name;
        EXPECT_EQ(wrong.error().code, ErrorCode::invalid);
        EXPECT_TRUE(wrong.error().message.starts_with(name)) << name << " gave: " << wrong.error().message;
        if (!optional) {
            EXPECT_EQ(missing.error().message, name + ": missing");
        }
    });
}

TYPED_TEST_P(RoundTrip, UnknownFieldsAreIgnored) {
    boost::json::object document = boost::json::parse(toJson(made<TypeParam>(2))).as_object();
    const std::string before = toJson(fromJson<TypeParam>(boost::json::serialize(document)).value());
    document["from_the_future"] = {{"any", {1, "thing", nullptr}}};
    const auto value = fromJson<TypeParam>(boost::json::serialize(document));
    ASSERT_TRUE(value.has_value()) << value.error().text();
    EXPECT_EQ(toJson(*value), before);
}

// Deterministic fuzzing: whatever comes in, a value or an error comes out, and a value survives another
// round.
TYPED_TEST_P(RoundTrip, BrokenDocumentsGiveAValueOrAnError) {
    Maker maker(4711);
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        for (const std::string& text : mutations(toJson(made<TypeParam>(seed)), maker, 150)) {
            const auto value = fromJson<TypeParam>(text);
            if (value) {
                const auto again = fromJson<TypeParam>(toJson(*value));
                ASSERT_TRUE(again.has_value()) << again.error().text() << '\n' << text;
            } else {
                ASSERT_EQ(value.error().code, ErrorCode::invalid) << text;
                ASSERT_FALSE(value.error().message.empty()) << text;
            }
        }
    }
}

REGISTER_TYPED_TEST_SUITE_P(RoundTrip, WhatWasWrittenIsReadBack, EachFieldIsNeededUnlessOptional,
                            UnknownFieldsAreIgnored, BrokenDocumentsGiveAValueOrAnError);

} // namespace pilothouse::api::wire
