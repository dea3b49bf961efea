// SPDX-License-Identifier: GPL-3.0-or-later
// What the state relies on, of etcd and of its twin alike. Each backend begins empty.
#include "conformance.h"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <gtest/gtest.h>

#include <mutex>

namespace pilothouse::engine {
namespace {

const std::string everyKey(1, '\0');

INSTANTIATE_TEST_SUITE_P(Of, EngineConformance, testing::Values("memory", "etcd"),
                         [](const auto& instance) { return std::string(instance.param); });

TEST_P(EngineConformance, KeepsRevisionsAndVersions) {
    const auto first = put("a", "1");
    const auto second = put("a", "2");
    EXPECT_EQ(second.value(), first.value() + 1);
    auto entry = list("a").entries.at(0);
    EXPECT_EQ(entry.value, "2");
    EXPECT_EQ(entry.created, first);
    EXPECT_EQ(entry.modified, second);
    EXPECT_EQ(entry.version, 2);
    EXPECT_EQ(entry.lease, 0);
    remove("a");
    EXPECT_TRUE(list("a").entries.empty());
    const auto again = put("a", "3");
    entry = list("a").entries.at(0);
    EXPECT_EQ(entry.created, again);
    EXPECT_EQ(entry.version, 1) << "a key that comes back begins anew";
    const auto barrier = loop.run(engine().barrier(5s));
    ASSERT_TRUE(barrier) << why(barrier);
    EXPECT_EQ(*barrier, again);
    EXPECT_EQ(remove("nothing"), again) << "what changes nothing makes no revision";
}

TEST_P(EngineConformance, KeepsBytesAsTheyAre) {
    std::string all;
    for (int c = 0; c < 256; ++c) {
        all += static_cast<char>(c);
    }
    put(all, all + all);
    put("empty", "");
    put("large", std::string(500'000, 'x'));
    EXPECT_EQ(list(all).entries.at(0).value, all + all);
    EXPECT_EQ(list("empty").entries.at(0).value, "");
    EXPECT_EQ(list("large").entries.at(0).value.size(), 500'000U);
    EXPECT_EQ(list(everyKey, everyKey).entries.size(), 3U);
    EXPECT_EQ(list(everyKey, everyKey).entries.at(0).key, all) << "sorted by bytes";
}

TEST_P(EngineConformance, PagesThroughARangeAtOneRevision) {
    for (const char* key : {"users/a", "users/b", "users/c", "users/d", "users/\xff", "users0", "user"}) {
        put(key, "v");
    }
    const std::string end = prefixEnd("users/");
    EXPECT_EQ(list("users/", end).entries.size(), 5U) << "neither what comes before nor what comes after";
    const auto first = list("users/", end, 2);
    EXPECT_EQ(keysOf(first.entries), "users/a=v users/b=v");
    EXPECT_TRUE(first.more);
    EXPECT_EQ(first.count, 5) << "of all, not of the page";
    remove("users/c");
    put("users/ba", "later");
    const auto second = list(first.entries.back().key + '\0', end, 2, first.revision);
    EXPECT_EQ(keysOf(second.entries), "users/c=v users/d=v") << "as it was when the first page was read";
    EXPECT_TRUE(second.more);
    const auto third = list(second.entries.back().key + '\0', end, 2, first.revision);
    EXPECT_EQ(third.entries.size(), 1U);
    EXPECT_FALSE(third.more);
    EXPECT_GT(third.revision, first.revision)
        << "the answer carries the store's revision, not the one asked for";
    EXPECT_TRUE(list("z", "a").entries.empty());
    const auto future = range({"a", {}, 0, Revision(1'000'000), false});
    EXPECT_FALSE(future) << "nothing is known of the future";
    EXPECT_TRUE(range({"users/a", {}, 0, {}, true})) << "the own copy";
}

TEST_P(EngineConformance, LeasesTakeTheirKeysAlong) {
    const auto lease = loop.run(engine().grantLease(60s, 5s));
    ASSERT_TRUE(lease) << why(lease);
    ASSERT_NE(*lease, 0);
    put("a", "1", *lease);
    put("b", "2", *lease);
    put("c", "3");
    EXPECT_EQ(list("a").entries.at(0).lease, *lease);
    put("b", "kept");
    EXPECT_EQ(list("b").entries.at(0).lease, 0) << "a write without the lease frees the key from it";
    EXPECT_TRUE(loop.run(engine().keepLease(*lease, 5s)));
    EXPECT_TRUE(loop.run(engine().revokeLease(*lease, 5s)));
    EXPECT_EQ(keysOf(list("a", "z").entries), "b=kept c=3");
    const auto kept = loop.run(engine().keepLease(*lease, 5s));
    ASSERT_FALSE(kept);
    EXPECT_EQ(kept.error().code, ErrorCode::notFound) << kept.error().text();
    const auto late = transact({.compares = {}, .then = {Put{"d", "4", *lease}}, .otherwise = {}});
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, ErrorCode::notFound) << why(late);
    const auto unknown = loop.run(engine().revokeLease(12345, 5s));
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code, ErrorCode::notFound) << unknown.error().text();
}

TEST_P(EngineConformance, CompactsThePast) {
    put("a", "1");
    const auto second = put("a", "2");
    const auto third = put("a", "3");
    ASSERT_TRUE(loop.run(engine().compact(second, 5s)));
    const auto past = range({"a", {}, 0, Revision(second.value() - 1), false});
    ASSERT_FALSE(past);
    EXPECT_EQ(past.error().code, ErrorCode::conflict) << why(past);
    EXPECT_EQ(list("a", {}, 0, second).entries.at(0).value, "2") << "what it was compacted to can be read";
    EXPECT_EQ(list("a", {}, 0, third).entries.at(0).value, "3");
    const auto again = loop.run(engine().compact(second, 5s));
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, ErrorCode::conflict) << again.error().text();
    EXPECT_FALSE(loop.run(engine().compact(Revision(third.value() + 1000), 5s)));
    EXPECT_TRUE(loop.run(engine().defragment(5s)));
    EXPECT_EQ(list("a").entries.at(0).value, "3");
}

TEST_P(EngineConformance, TellsWhoItIs) {
    put("a", "1");
    const auto status = loop.run(engine().status(5s));
    ASSERT_TRUE(status) << why(status);
    EXPECT_NE(status->memberId, 0U);
    EXPECT_EQ(status->leaderId, status->memberId);
    EXPECT_GE(status->term.value(), 1);
    EXPECT_FALSE(status->learner);
    EXPECT_TRUE(status->version.starts_with("3."));
    EXPECT_TRUE(status->errors.empty());
    const auto members = loop.run(engine().members(5s));
    ASSERT_TRUE(members) << why(members);
    ASSERT_EQ(members->size(), 1U);
    EXPECT_EQ(members->front().id, status->memberId);
    EXPECT_EQ(members->front().name.size(), 12U);
    EXPECT_FALSE(members->front().learner);
    const auto alarms = loop.run(engine().alarms(5s));
    ASSERT_TRUE(alarms) << why(alarms);
    EXPECT_TRUE(alarms->empty());
    const auto unknown = loop.run(engine().removeMember(4711, 5s));
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code, ErrorCode::notFound) << unknown.error().text();
}

// A watch that is kept in a list, until it is stopped.
class Watching {
public:
    Watching(test::Loop& loop, Engine& engine, Revision from) : m_loop(loop) {
        boost::asio::co_spawn(loop.context,
                              engine.watch(from,
                                           [this](WatchBatch batch) -> Awaitable<void> {
                                               const std::lock_guard lock(m_mutex);
                                               m_batches.push_back(std::move(batch));
                                               co_return;
                                           }),
                              boost::asio::bind_cancellation_slot(
                                  m_stop.slot(), [this](const std::exception_ptr&, WatchEnd end) {
                                      m_ended.set_value(std::move(end));
                                  }));
    }
    ~Watching() {
        std::promise<void> told;
        boost::asio::post(m_loop.context, [&] {
            m_stop.emit(boost::asio::cancellation_type::terminal);
            told.set_value();
        });
        told.get_future().wait();
        m_end.wait();
    }
    // The changes so far as text, once one of them is of `upTo`.
    std::string changes(Revision upTo) {
        const auto end = std::chrono::steady_clock::now() + 10s;
        for (;;) {
            {
                const std::lock_guard lock(m_mutex);
                if (!m_batches.empty() && m_batches.back().revision >= upTo) {
                    return describe();
                }
            }
            if (std::chrono::steady_clock::now() > end) {
                const std::lock_guard lock(m_mutex);
                return "not in time: " + describe();
            }
            std::this_thread::sleep_for(1ms);
        }
    }
    std::optional<WatchEnd> end() {
        return m_end.wait_for(10s) == std::future_status::ready ? std::optional(m_end.get()) : std::nullopt;
    }

private:
    std::string describe() {
        std::string text;
        Revision last;
        for (const auto& batch : m_batches) {
            EXPECT_GT(batch.revision, last) << "a revision is never split";
            for (const auto& change : batch.changes) {
                EXPECT_GT(change.entry.modified, last);
                EXPECT_LE(change.entry.modified, batch.revision);
                text +=
                    (text.empty() ? "" : " ") +
                    (change.deleted ? "-" + change.entry.key : change.entry.key + "=" + change.entry.value);
            }
            last = batch.revision;
        }
        return text;
    }

    test::Loop& m_loop;
    boost::asio::cancellation_signal m_stop;
    std::promise<WatchEnd> m_ended;
    std::shared_future<WatchEnd> m_end = m_ended.get_future().share();
    std::mutex m_mutex; // guards what follows
    std::vector<WatchBatch> m_batches;
};

TEST_P(EngineConformance, WatchesFromARevisionOn) {
    const auto first = put("a", "1");
    const auto second = put("b", "2");
    const auto removed = remove("a");
    Watching all(loop, engine(), first);
    Watching some(loop, engine(), second);
    Watching future(loop, engine(), Revision(removed.value() + 2));
    EXPECT_EQ(all.changes(removed), "a=1 b=2 -a");
    EXPECT_EQ(some.changes(removed), "b=2 -a");
    Transaction together;
    together.then = {Put{"c", "3", 0}, Delete{"b", {}}, Put{"d", std::string("4\0", 2), 0}};
    ASSERT_TRUE(transact(together));
    const auto last = put("e", "5");
    const std::string batch = std::string("c=3 -b d=4\0 e=5", 15);
    EXPECT_EQ(all.changes(last), "a=1 b=2 -a " + batch);
    EXPECT_EQ(some.changes(last), "b=2 -a " + batch);
    EXPECT_EQ(future.changes(last), "e=5") << "nothing before what was asked for";
}

TEST_P(EngineConformance, WatchesDeletionsOfRangesAndLeases) {
    const auto lease = loop.run(engine().grantLease(60s, 5s));
    ASSERT_TRUE(lease) << why(lease);
    const auto first = put("a/1", "x");
    put("a/2", "x", *lease);
    put("a/3", "x", *lease);
    put("b", "x");
    Watching all(loop, engine(), Revision(first.value() + 4));
    ASSERT_TRUE(loop.run(engine().revokeLease(*lease, 5s)));
    const auto removed = remove("a/", prefixEnd("a/"));
    EXPECT_EQ(all.changes(removed), "-a/2 -a/3 -a/1");
}

TEST_P(EngineConformance, EndsAWatchOfTheCompactedPast) {
    put("a", "1");
    const auto second = put("a", "2");
    const auto third = put("a", "3");
    ASSERT_TRUE(loop.run(engine().compact(second, 5s)));
    Watching past(loop, engine(), Revision(second.value() - 1));
    const auto ended = past.end();
    ASSERT_TRUE(ended) << "the watch goes on";
    ASSERT_TRUE(ended->compactedTo) << ended->error.text();
    EXPECT_EQ(*ended->compactedTo, second);
    Watching present(loop, engine(), Revision(ended->compactedTo->value() + 1));
    EXPECT_EQ(present.changes(third), "a=3");
}

} // namespace
} // namespace pilothouse::engine
