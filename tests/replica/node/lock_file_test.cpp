// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/engine/child.h"
#include "replica/node/lock_file.h"
#include "support/fixtures.h"

#include <gtest/gtest.h>

#include <unistd.h>

namespace pilothouse::node {
namespace {

TEST(LockFileTest, OneHolderAtATimeWhomTheFileNames) {
    const pilothouse::test::TemporaryFolder folder;
    const auto path = folder / "lock";
    {
        const auto lock = LockFile::acquire(path);
        ASSERT_TRUE(lock) << lock.error().text();
        EXPECT_EQ(pilothouse::test::readWhole(path), engine::processMark(getpid()).value_or("") + "\n");
        for (int attempt = 1; attempt <= 2; ++attempt) {
            const auto other = LockFile::acquire(path);
            ASSERT_FALSE(other);
            EXPECT_EQ(other.error().code, ErrorCode::conflict);
            EXPECT_EQ(other.error().message,
                      folder.path().string() + " is in use by process " + std::to_string(getpid()))
                << "attempt " << attempt;
        }
    }
    EXPECT_EQ(pilothouse::test::readWhole(path), "") << "nobody holds it";
    EXPECT_TRUE(LockFile::acquire(path));
}

TEST(LockFileTest, SaysWhereThereIsNoFolder) {
    const auto lock = LockFile::acquire("/nonexistent/lock");
    ASSERT_FALSE(lock);
    EXPECT_NE(lock.error().message.find("/nonexistent/lock"), std::string::npos);
}

} // namespace
} // namespace pilothouse::node
