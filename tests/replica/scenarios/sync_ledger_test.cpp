// SPDX-License-Identifier: GPL-3.0-or-later
// Two sync the same thing at once, and the one that began first ends last.
#include "sync_ledger.h"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <fstream>
#include <functional>
#include <unistd.h>

namespace pilothouse::registry::test {
namespace {

namespace fs = std::filesystem;

std::function<void()> meanwhile; // what happens while the one that began first still syncs

int syncWithSomethingMeanwhile(int) {
    meanwhile();
    return 0;
}

int syncAtOnce(int) {
    return 0;
}

class SyncLedgerTest : public testing::Test {
protected:
    SyncLedgerTest() : m_folder(testing::TempDir() + "sync-ledger-XXXXXX") {
        EXPECT_NE(::mkdtemp(m_folder.data()), nullptr);
    }
    ~SyncLedgerTest() override {
        fs::remove_all(m_folder);
        SyncLedger::instance().clear();
    }

    [[nodiscard]] fs::path file(const std::string& name) const { return fs::path(m_folder) / name; }
    [[nodiscard]] const std::string& folder() const { return m_folder; }

    static void write(const fs::path& file, const std::string& bytes) { std::ofstream(file) << bytes; }
    static void sync(const fs::path& path, int (*real)(int)) {
        const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        EXPECT_EQ(SyncLedger::instance().sync(descriptor, real), 0);
        ::close(descriptor);
    }

private:
    std::string m_folder;
};

TEST_F(SyncLedgerTest, KeepsNamesThatALaterSyncOfTheFolderSaw) {
    meanwhile = [this] {
        write(file("new"), {});
        sync(folder(), syncAtOnce);
    };
    sync(folder(), syncWithSomethingMeanwhile);
    EXPECT_TRUE(SyncLedger::instance().now().bytesOf(file("new")).has_value());
}

TEST_F(SyncLedgerTest, KeepsBytesThatALaterSyncOfTheFileSaw) {
    write(file("blob"), "half");
    sync(folder(), syncAtOnce);
    meanwhile = [this] {
        write(file("blob"), "all of it");
        sync(file("blob"), syncAtOnce);
    };
    sync(file("blob"), syncWithSomethingMeanwhile);
    EXPECT_TRUE(SyncLedger::instance().now().has(file("blob")));
}

} // namespace
} // namespace pilothouse::registry::test
