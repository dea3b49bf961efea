// SPDX-License-Identifier: GPL-3.0-or-later
// Transactions, one and several at once.
#include "conformance.h"

namespace pilothouse::engine {
namespace {

using Field = Compare::Field;
using Relation = Compare::Relation;

TEST_P(EngineConformance, ComparesEveryFieldInEveryWay) {
    const auto created = put("k", "b");
    const auto modified = put("k", "c");
    struct Case {
        Field field;
        std::int64_t number;
        std::string value;
    };
    const Case cases[] = {{Field::version, 2, {}},
                          {Field::createRevision, created.value(), {}},
                          {Field::modRevision, modified.value(), {}},
                          {Field::value, 0, "c"}};
    for (const auto& [field, number, value] : cases) {
        const auto compare = [&, field = field](Relation relation, int by) {
            const std::string text =
                field == Field::value ? std::string(1, static_cast<char>(value[0] + by)) : "";
            return holds({"k", field, relation, field == Field::value ? 0 : number + by, text});
        };
        const int name = static_cast<int>(field);
        EXPECT_TRUE(compare(Relation::equal, 0)) << name;
        EXPECT_FALSE(compare(Relation::equal, 1)) << name;
        EXPECT_TRUE(compare(Relation::notEqual, 1)) << name;
        EXPECT_FALSE(compare(Relation::notEqual, 0)) << name;
        EXPECT_TRUE(compare(Relation::less, 1)) << name << ": what is stored stands on the left";
        EXPECT_FALSE(compare(Relation::less, 0)) << name;
        EXPECT_TRUE(compare(Relation::greater, -1)) << name;
        EXPECT_FALSE(compare(Relation::greater, 0)) << name;
    }
    EXPECT_TRUE(holds(Compare::absent("none")));
    EXPECT_FALSE(holds(Compare::absent("k")));
    EXPECT_TRUE(holds(Compare::present("k")));
    EXPECT_TRUE(holds(Compare::unchanged("none", Revision(0))));
    EXPECT_FALSE(holds(Compare::holds("none", ""))) << "an absent key has no value, not an empty one";
    EXPECT_FALSE(holds({"none", Field::value, Relation::notEqual, 0, "x"}));
    EXPECT_FALSE(holds(Compare::noneBelow("k")));
    EXPECT_TRUE(holds(Compare::noneBelow("kk")));
    const auto later = put("kl", "c");
    EXPECT_TRUE(holds({"k", Field::value, Relation::equal, 0, "c", prefixEnd("k")})) << "both";
    EXPECT_FALSE(holds({"k", Field::modRevision, Relation::equal, later.value(), {}, prefixEnd("k")}));
}

TEST_P(EngineConformance, TakesOneBranchAndAnswersItsGetsInOrder) {
    put("a", "1");
    Transaction transaction;
    transaction.compares = {Compare::present("a"), Compare::absent("b")};
    transaction.then = {Get{"a", {}, 0}, Put{"b", "2", 0}, Get{"a", "c", 0}, Get{"zzz", {}, 0},
                        Get{"a", "c", 1}};
    transaction.otherwise = {Put{"c", "3", 0}, Get{"b", {}, 0}};
    auto done = transact(transaction);
    ASSERT_TRUE(done) << why(done);
    EXPECT_TRUE(done->succeeded);
    ASSERT_EQ(done->gets.size(), 4U);
    EXPECT_EQ(keysOf(done->gets[0]), "a=1");
    EXPECT_EQ(keysOf(done->gets[1]), "a=1 b=2") << "sees what was written before it";
    EXPECT_EQ(keysOf(done->gets[2]), "");
    EXPECT_EQ(keysOf(done->gets[3]), "a=1");
    const auto revision = done->revision;
    EXPECT_EQ(list("b").entries.at(0).modified, revision);
    done = transact(transaction);
    ASSERT_TRUE(done) << why(done);
    EXPECT_FALSE(done->succeeded) << "b is there now";
    ASSERT_EQ(done->gets.size(), 1U);
    EXPECT_EQ(keysOf(done->gets[0]), "b=2");
    EXPECT_EQ(keysOf(list("a", "z").entries), "a=1 b=2 c=3");
}

TEST_P(EngineConformance, DoesSeveralTransactionsAtOneRevision) {
    put("a", "1");
    const auto before = put("b", "1");
    const auto writing = [](const std::string& key, std::vector<Compare> compares) {
        return Transaction{.compares = std::move(compares),
                           .then = {Put{key, "new", 0}, Get{key, {}, 0}},
                           .otherwise = {Get{key, {}, 0}, Put{key + "/refused", "x", 0}}};
    };
    const std::vector<Transaction> group{
        writing("a", {Compare::present("a")}),
        writing("b", {Compare::absent("b")}),
        writing("c", {Compare::unchanged("b", before), Compare::noneBelow("d")}),
        {.compares = {}, .then = {Delete{"x", "y"}}, .otherwise = {}}};
    const auto done = loop.run(engine().transactAll(group, 5s));
    ASSERT_TRUE(done) << why(done);
    ASSERT_EQ(done->size(), 4U);
    const std::vector<bool> expected{true, false, true, true};
    const std::vector<std::string> seen{"a=new", "b=1", "c=new"};
    for (std::size_t i = 0; i < done->size(); ++i) {
        EXPECT_EQ((*done)[i].succeeded, expected[i]) << i;
        EXPECT_EQ((*done)[i].revision.value(), before.value() + 1) << i;
        ASSERT_EQ((*done)[i].gets.size(), i < 3 ? 1U : 0U) << i;
        if (i < 3) {
            EXPECT_EQ(keysOf((*done)[i].gets[0]), seen[i]);
        }
    }
    EXPECT_EQ(keysOf(list("a", "z").entries), "a=new b=1 b/refused=x c=new");
}

TEST_P(EngineConformance, ComparesAllOfThemBeforeTheFirstOneWrites) {
    const std::vector<Transaction> group{
        {.compares = {Compare::absent("b")}, .then = {Put{"a", "1", 0}}, .otherwise = {}},
        {.compares = {Compare::absent("a")}, .then = {Put{"b", "1", 0}}, .otherwise = {}}};
    const auto done = loop.run(engine().transactAll(group, 5s));
    ASSERT_TRUE(done) << why(done);
    EXPECT_TRUE((*done)[0].succeeded);
    EXPECT_TRUE((*done)[1].succeeded) << "which is why those that depend on each other may not go together";
    const auto twice = loop.run(engine().transactAll({group[0], group[0]}, 5s));
    ASSERT_FALSE(twice) << "nor two that write the same";
    EXPECT_EQ(twice.error().code, ErrorCode::invalid) << why(twice);
}

TEST_P(EngineConformance, RefusesTransactionsThatItCannotDo) {
    Transaction twice;
    twice.then = {Put{"a", "1", 0}, Put{"a", "2", 0}};
    auto done = transact(twice);
    ASSERT_FALSE(done) << "one key has one value a revision";
    EXPECT_EQ(done.error().code, ErrorCode::invalid) << why(done);
    Transaction large;
    for (int i = 0; i <= static_cast<int>(mostOperations); ++i) {
        large.then.emplace_back(Put{"k" + std::to_string(i), "v", 0});
    }
    done = transact(large);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, ErrorCode::invalid) << why(done);
    large.then.pop_back();
    EXPECT_TRUE(transact(large)) << "that many it takes";
    EXPECT_TRUE(list("a").entries.empty());
}

} // namespace
} // namespace pilothouse::engine
