// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/engine/footprint.h"

#include <gtest/gtest.h>

#include <random>

namespace pilothouse::engine {
namespace {

Transaction of(std::vector<Compare> compares, std::vector<Operation> then,
               std::vector<Operation> otherwise = {}) {
    return {.compares = std::move(compares), .then = std::move(then), .otherwise = std::move(otherwise)};
}

Transaction reads(const std::string& key) {
    return of({Compare::present(key)}, {});
}
Transaction writes(const std::string& key) {
    return of({}, {Put{key, "v", 0}});
}

bool independent(const Transaction& a, const Transaction& b) {
    Footprint footprint;
    EXPECT_TRUE(footprint.add(a)) << "the first always fits";
    return footprint.add(b);
}

TEST(Footprint, ReadersDoNotDisturbEachOther) {
    EXPECT_TRUE(independent(reads("a"), reads("a")));
    EXPECT_TRUE(independent(of({Compare::noneBelow("a")}, {}), reads("ab")));
    EXPECT_TRUE(independent(of({}, {Get{"a", "z", 0}}), reads("b")));
}

TEST(Footprint, AWriterDisturbsWhoReadsOrWritesTheSame) {
    const Transaction range = of({Compare::noneBelow("a/")}, {});
    const Transaction sweep = of({}, {Delete{"a/", prefixEnd("a/")}});
    const Transaction toTheEnd = of({}, {Delete{"m", std::string(1, '\0')}});
    const struct {
        Transaction a;
        Transaction b;
        bool free;
    } cases[] = {
        {writes("a"), writes("a"), false},
        {writes("a"), reads("a"), false},
        {writes("a"), writes("b"), true},
        {writes("a"), reads("b"), true},
        {range, writes("a/1"), false},
        {range, writes("a"), true},
        {range, writes("a0"), true},
        {sweep, writes("a/1"), false},
        {sweep, reads("a/1"), false},
        {sweep, reads("a0"), true},
        {sweep, range, false},
        {sweep, of({Compare::noneBelow("a/b")}, {}), false},
        {sweep, of({Compare::noneBelow("b")}, {}), true},
        {toTheEnd, reads("zzz"), false},
        {toTheEnd, reads("l"), true},
        {toTheEnd, of({Compare::noneBelow("")}, {}), false},
        {of({}, {Get{"a", {}, 0}}), writes("a"), false},
        {of({}, {}, {Put{"a", "v", 0}}), reads("a"), false},
        {of({}, {}, {Get{"a", {}, 0}}), writes("a"), false},
    };
    int number = 0;
    for (const auto& [a, b, free] : cases) {
        EXPECT_EQ(independent(a, b), free) << "case " << number;
        EXPECT_EQ(independent(b, a), free) << "case " << number << " the other way round";
        ++number;
    }
}

TEST(Footprint, WhatDoesNotFitLeavesNothingBehind) {
    Footprint footprint;
    ASSERT_TRUE(footprint.add(writes("a")));
    ASSERT_FALSE(footprint.add(of({Compare::present("a")}, {Put{"b", "v", 0}})));
    EXPECT_TRUE(footprint.add(writes("b")));
}

// Against the definition, key by key.
TEST(Footprint, AgreesWithComparingEveryKey) {
    std::mt19937 random(1);
    const auto key = [&] { return std::string(1, static_cast<char>('a' + random() % 6)); };
    const auto end = [&]() -> std::string {
        const unsigned choice = random() % 4;
        return choice == 0 ? std::string(1, '\0') : choice == 1 ? key() : "";
    };
    const auto any = [&] {
        Transaction made;
        for (unsigned i = random() % 3; i > 0; --i) {
            made.compares.push_back({key(), Compare::Field::version, Compare::Relation::equal, 0, {}, end()});
        }
        for (auto* branch : {&made.then, &made.otherwise}) {
            for (unsigned i = random() % 2; i > 0; --i) {
                switch (random() % 3) {
                case 0:
                    branch->emplace_back(Put{key(), "v", 0});
                    break;
                case 1:
                    branch->emplace_back(Delete{key(), end()});
                    break;
                default:
                    branch->emplace_back(Get{key(), end(), 0});
                }
            }
        }
        return made;
    };
    const auto covers = [](const std::string& from, const std::string& rangeEnd, char c) {
        const std::string text(1, c);
        return rangeEnd.empty() ? text == from
                                : text >= from && (rangeEnd == std::string(1, '\0') || text < rangeEnd);
    };
    const auto keysOf = [&](const Transaction& transaction, bool written) {
        std::string keys;
        for (char c = 'a'; c <= 'g'; ++c) {
            bool in = false;
            for (const Compare& compare : transaction.compares) {
                in = in || (!written && covers(compare.key, compare.rangeEnd, c));
            }
            for (const auto* branch : {&transaction.then, &transaction.otherwise}) {
                for (const Operation& operation : *branch) {
                    if (const auto* put = std::get_if<Put>(&operation)) {
                        in = in || (written && covers(put->key, {}, c));
                    } else if (const auto* gone = std::get_if<Delete>(&operation)) {
                        in = in || (written && covers(gone->key, gone->rangeEnd, c));
                    } else if (const auto* get = std::get_if<Get>(&operation)) {
                        in = in || (!written && covers(get->key, get->rangeEnd, c));
                    }
                }
            }
            keys += in ? std::string(1, c) : "";
        }
        return keys;
    };
    const auto meet = [](const std::string& a, const std::string& b) {
        return a.find_first_of(b) != std::string::npos;
    };
    for (int round = 0; round < 5000; ++round) {
        const Transaction a = any();
        const Transaction b = any();
        const bool disturbed = meet(keysOf(a, true), keysOf(b, true)) ||
                               meet(keysOf(a, true), keysOf(b, false)) ||
                               meet(keysOf(a, false), keysOf(b, true));
        // It may be wary of ranges that hold no key of this alphabet, never the reverse.
        if (disturbed) {
            ASSERT_FALSE(independent(a, b)) << "round " << round;
        }
    }
}

} // namespace
} // namespace pilothouse::engine
