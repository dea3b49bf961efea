// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/waiting/host_report.h"
#include "support/fixtures.h"

#include <sys/stat.h>

namespace pilothouse::waiting {
namespace {

using namespace pilothouse::test;

class MeasureHost : public testing::Test {
protected:
    [[nodiscard]] api::HostReport measured(const std::filesystem::path& engine) const {
        api::HostReport known;
        known.name = "reg-4";
        return measureHost({provision::Layout(folder.path()), engine}, known, ClusterId(std::string(32, 'c')),
                           systemClock());
    }
    [[nodiscard]] std::filesystem::path program(const std::string& script) const {
        writeFile(folder / "engine", "#!/bin/sh\n" + script + "\n");
        EXPECT_EQ(::chmod((folder / "engine").c_str(), 0700), 0);
        return folder / "engine";
    }
    TemporaryFolder folder;
};

TEST_F(MeasureHost, TellsWhatItFinds) {
    const auto report = measured(program("echo 'etcd Version: 3.3.25'"));
    EXPECT_EQ(report.name, "reg-4");
    EXPECT_EQ(report.engine_version, "3.3.25") << "whether that will do is for the cluster to say";
    EXPECT_GT(report.open_files, 0);
    EXPECT_GT(report.host.disk_bytes, 0);
    EXPECT_GE(report.host.disk_sync_ms.value_or(-1), 0);
    EXPECT_FALSE(report.host.machine_id.empty());
}

TEST_F(MeasureHost, AnEngineThatIsNoneIsNone) {
    EXPECT_EQ(measured(folder / "gone").engine_version, "");
    EXPECT_EQ(measured(program("echo hello")).engine_version, "");
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(measured(program("exec tail -f /dev/null")).engine_version, "") << "it never ends";
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
}

TEST_F(MeasureHost, ADiskThatCannotBeWrittenHasNoSyncTime) {
    const auto report = measureHost({provision::Layout(folder / "gone"), {}}, {}, ClusterId(), systemClock());
    EXPECT_EQ(report.host.disk_sync_ms, std::nullopt);
}

} // namespace
} // namespace pilothouse::waiting
