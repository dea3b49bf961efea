// SPDX-License-Identifier: GPL-3.0-or-later
// The checker of histories is right about good and wrong ones, and agrees with one that tries everything.
#include "linearizability.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace pilothouse::test {
namespace {

using Kind = RegisterOperation::Kind;
constexpr auto never = RegisterOperation::never;

RegisterOperation wrote(std::int64_t invoked, std::int64_t answered, std::string value) {
    return {Kind::write, std::move(value), invoked, answered, {}};
}

RegisterOperation read(std::int64_t invoked, std::int64_t answered, std::string value) {
    return {Kind::read, std::move(value), invoked, answered, {}};
}

TEST(Linearizability, AcceptsWhatASingleCopyCouldHaveAnswered) {
    EXPECT_TRUE(isLinearizable({}));
    EXPECT_TRUE(isLinearizable({read(0, 1, ""), wrote(2, 3, "a"), read(4, 5, "a"), wrote(6, 7, "")}));
    // During a write both are right, one after the other.
    EXPECT_TRUE(isLinearizable({wrote(0, 9, "a"), read(1, 2, ""), read(3, 4, "a")}));
    // Two at once, and the one that began first came last.
    EXPECT_TRUE(isLinearizable({wrote(0, 5, "a"), wrote(1, 4, "b"), read(6, 7, "a")}));
}

TEST(Linearizability, RejectsAStaleRead) {
    EXPECT_FALSE(isLinearizable({wrote(0, 1, "a"), wrote(2, 3, "b"), read(4, 5, "a")}));
    EXPECT_FALSE(isLinearizable({wrote(0, 1, "a"), wrote(2, 3, ""), read(4, 5, "a")}));
}

TEST(Linearizability, RejectsALostUpdate) {
    EXPECT_FALSE(isLinearizable({wrote(0, 1, "a"), read(2, 3, "")}));
}

TEST(Linearizability, RejectsAValueThatNobodyWroteOrHadWrittenYet) {
    EXPECT_FALSE(isLinearizable({wrote(0, 1, "a"), read(2, 3, "b")}));
    EXPECT_FALSE(isLinearizable({read(0, 1, "a"), wrote(2, 3, "a")}));
    EXPECT_FALSE(isLinearizable({read(0, 1, "a"), wrote(2, never, "a")}));
}

TEST(Linearizability, RejectsReadsThatGoBack) {
    EXPECT_FALSE(isLinearizable({wrote(0, 9, "a"), read(1, 2, "a"), read(3, 4, "")}));
    EXPECT_FALSE(isLinearizable(
        {wrote(0, 20, "a"), wrote(0, 20, "b"), read(1, 2, "a"), read(3, 4, "b"), read(5, 6, "a")}));
}

TEST(Linearizability, AWriteWithoutAnAnswerMayHappenLateOrNever) {
    EXPECT_TRUE(isLinearizable({wrote(0, never, "a"), read(1, 2, ""), read(90, 91, "a")}));
    EXPECT_TRUE(isLinearizable({wrote(0, never, "a"), read(1, 2, ""), read(90, 91, "")}));
    EXPECT_TRUE(isLinearizable({wrote(0, never, "a"), wrote(1, 2, "b"), read(3, 4, "b"), read(5, 6, "a")}));
    // A delete, too, once for each.
    EXPECT_TRUE(isLinearizable({wrote(0, never, ""), wrote(1, 2, "b"), read(3, 4, "b"), read(5, 6, "")}));
    EXPECT_FALSE(isLinearizable(
        {wrote(0, never, ""), wrote(1, 2, "b"), read(3, 4, ""), wrote(5, 6, "c"), read(7, 8, "")}));
}

TEST(Linearizability, AWriteWithoutAnAnswerHappensOnce) {
    EXPECT_FALSE(isLinearizable({wrote(0, never, "a"), read(1, 2, "a"), read(3, 4, ""), read(5, 6, "a")}));
    EXPECT_FALSE(isLinearizable(
        {wrote(0, never, "a"), read(1, 2, "a"), wrote(3, 4, "b"), read(5, 6, "b"), read(7, 8, "a")}));
}

TEST(Linearizability, ShowsOnlyWhatIsWrong) {
    RegisterHistory history;
    for (int i = 0; i < 200; ++i) {
        history.push_back(wrote(10 * i, 10 * i + 1, std::to_string(i)));
        history.push_back(read(10 * i + 2, 10 * i + 3, std::to_string(i)));
    }
    EXPECT_EQ(wrongWindow(history), std::nullopt);
    history[301].value = "149"; // where 150 was
    const auto window = wrongWindow(history);
    ASSERT_TRUE(window);
    EXPECT_EQ(*window, (RegisterHistory{history[298], history[300], history[301]})) << printed(*window);
    EXPECT_EQ(printed({wrote(5000, 6000, "a"), wrote(7000, never, "")}),
              "0 to 1 wrote a\n2 to ? wrote nothing\n");
}

// --- by chance

// Tries every order. For a few operations.
bool triedOut(const RegisterHistory& left, const std::string& value) {
    const bool isOver = std::all_of(left.begin(), left.end(),
                                    [](const auto& operation) { return operation.answered == never; });
    if (isOver) {
        return true;
    }
    for (std::size_t i = 0; i < left.size(); ++i) {
        const bool isFirst = std::none_of(
            left.begin(), left.end(), [&](const auto& other) { return other.answered < left[i].invoked; });
        const bool isRead = left[i].kind == Kind::read;
        if (!isFirst || (isRead && left[i].value != value)) {
            continue;
        }
        RegisterHistory rest = left;
        rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
        if (triedOut(rest, left[i].value)) {
            return true;
        }
    }
    return false;
}

struct Shape {
    int clients;
    int operations;
    int oneUnknownIn;
};

// Clients at a register that does one thing at a time, at a moment between invocation and answer.
RegisterHistory simulated(std::mt19937& random, const Shape& shape) {
    const auto upTo = [&](int most) { return std::uniform_int_distribution<int>(0, most)(random); };
    struct Effect {
        std::int64_t at;
        std::size_t operation;
    };
    RegisterHistory history;
    std::vector<Effect> effects;
    std::vector<std::int64_t> clock(static_cast<std::size_t>(shape.clients), 0);
    for (int i = 0; i < shape.operations; ++i) {
        auto& now = clock[static_cast<std::size_t>(upTo(shape.clients - 1))];
        RegisterOperation operation;
        operation.kind = upTo(1) == 0 ? Kind::read : Kind::write;
        operation.value = upTo(3) == 0 ? std::string() : std::to_string(i);
        operation.invoked = now + upTo(9);
        std::int64_t effect = operation.invoked + upTo(9);
        operation.answered = effect + upTo(9);
        now = operation.answered + 1;
        if (operation.kind == Kind::write && upTo(shape.oneUnknownIn) == 0) {
            operation.answered = never;
            effect += upTo(60);
        }
        const bool isLost = operation.answered == never && upTo(1) == 0;
        if (!isLost) {
            effects.push_back({effect, history.size()});
        }
        history.push_back(std::move(operation));
    }
    std::stable_sort(effects.begin(), effects.end(),
                     [](const Effect& a, const Effect& b) { return a.at < b.at; });
    std::string value;
    for (const auto& effect : effects) {
        auto& operation = history[effect.operation];
        if (operation.kind == Kind::write) {
            value = operation.value;
        } else {
            operation.value = value;
        }
    }
    return history;
}

// One result is another: what was read, or the end of a write.
void changeOne(RegisterHistory& history, std::mt19937& random) {
    auto& changed = history[random() % history.size()];
    if (changed.kind == Kind::read) {
        changed.value = history[random() % history.size()].value;
    } else {
        changed.answered = random() % 2 == 0 ? never : changed.invoked;
    }
}

class LinearizabilityByChance : public testing::TestWithParam<unsigned> {};
INSTANTIATE_TEST_SUITE_P(Seed, LinearizabilityByChance, testing::Range(1U, 5U));

TEST_P(LinearizabilityByChance, WhatARegisterDidIsAccepted) {
    std::mt19937 random(GetParam());
    for (int i = 0; i < 200; ++i) {
        const auto history = simulated(random, {6, 60, 8});
        ASSERT_EQ(wrongWindow(history), std::nullopt) << printed(*wrongWindow(history));
    }
    const auto large = simulated(random, {6, 4000, 40});
    EXPECT_TRUE(isLinearizable(large));
}

TEST_P(LinearizabilityByChance, AgreesWithOneThatTriesEverything) {
    std::mt19937 random(GetParam());
    int wrong = 0;
    for (int i = 0; i < 3000; ++i) {
        auto history = simulated(random, {3, 7, 4});
        changeOne(history, random);
        const bool right = triedOut(history, {});
        ASSERT_EQ(isLinearizable(history), right) << printed(history);
        if (const auto window = wrongWindow(history)) {
            ++wrong;
            ASSERT_FALSE(triedOut(*window, {})) << printed(history) << "shown as\n" << printed(*window);
        }
    }
    EXPECT_GT(wrong, 100);
}

} // namespace
} // namespace pilothouse::test
