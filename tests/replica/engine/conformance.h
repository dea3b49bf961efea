// SPDX-License-Identifier: GPL-3.0-or-later
// The same tests for etcd and for its twin in memory. Each backend begins empty.
#pragma once

#include "backend.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace pilothouse::engine {

using namespace std::chrono_literals; // NOLINT: for the tests, which are all that includes this
using test::why;

class EngineConformance : public testing::TestWithParam<const char*> {
protected:
    void SetUp() override {
        backend = std::string(GetParam()) == "etcd" ? test::etcdBackend(loop) : test::memoryBackend();
    }
    Engine& engine() { return backend->engine(); }

    Result<TransactionResult> transact(Transaction transaction) {
        return loop.run(engine().transact(std::move(transaction), 5s));
    }
    Revision put(const std::string& key, const std::string& value, std::int64_t lease = 0) {
        const auto done = transact({.compares = {}, .then = {Put{key, value, lease}}, .otherwise = {}});
        EXPECT_TRUE(done) << why(done);
        return done ? done->revision : Revision();
    }
    Revision remove(const std::string& key, const std::string& rangeEnd = {}) {
        const auto done = transact({.compares = {}, .then = {Delete{key, rangeEnd}}, .otherwise = {}});
        EXPECT_TRUE(done) << why(done);
        return done ? done->revision : Revision();
    }
    Result<RangeResult> range(Range wanted) { return loop.run(engine().range(std::move(wanted), 5s)); }
    RangeResult list(const std::string& key, const std::string& rangeEnd = {}, std::int64_t limit = 0,
                     Revision at = {}) {
        const auto found = range({key, rangeEnd, limit, at, false});
        EXPECT_TRUE(found) << why(found);
        return found.value_or(RangeResult());
    }
    std::string keysOf(const std::vector<Entry>& entries) {
        std::string keys;
        for (const auto& entry : entries) {
            keys += (keys.empty() ? "" : " ") + entry.key + "=" + entry.value;
        }
        return keys;
    }
    bool holds(const Compare& compare) {
        const auto done = transact({.compares = {compare}, .then = {}, .otherwise = {}});
        EXPECT_TRUE(done) << why(done);
        return done && done->succeeded;
    }

    test::Loop loop;
    std::unique_ptr<test::Backend> backend;
};

} // namespace pilothouse::engine
