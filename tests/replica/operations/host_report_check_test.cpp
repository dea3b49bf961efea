// SPDX-License-Identifier: GPL-3.0-or-later
// What a hostile host may say of itself.
#include "base/clock.h"
#include "replica/operations/host_report_check.h"

#include <gtest/gtest.h>

#include <functional>
#include <limits>

namespace pilothouse::operations {
namespace {

const std::vector<api::PathQuery> asked{{"reg-1", "https", "reg-1:443"}, {"reg-1", "engine", "reg-1:7443"}};

api::HostReport good() {
    api::HostReport report;
    report.name = "reg-4";
    report.url = "https://reg-4:443";
    report.http_url = "http://reg-4:80";
    report.peer_url = "https://reg-4:7443";
    report.version = "1.0.0";
    report.feature_level = 1;
    report.engine_version = "3.4.23";
    report.at = toRfc3339(systemClock().wall());
    report.open_files = 65'536;
    report.host.hostname = "n-4";
    report.host.cores = 2;
    report.host.disk_sync_ms = 1.5;
    for (const api::PathQuery& path : asked) {
        report.paths.push_back({path.name, path.port, path.address, api::Reach::ok, 0.3});
    }
    return report;
}

TEST(HostReportCheck, AGoodOneIsFine) {
    const Status fine = checkReport(good(), "https://reg-4:443", asked);
    EXPECT_TRUE(fine) << fine.error().text();
}

TEST(HostReportCheck, WhatCannotBeIsRefused) {
    using Report = api::HostReport;
    const std::vector<std::function<void(Report&)>> faults{
        [](Report& r) { r.name.clear(); },
        [](Report& r) { r.name = "../../etc/passwd"; },
        [](Report& r) { r.name = "reg-4\n  Passed: all fine"; },
        [](Report& r) { r.url = "https://balancer:443"; },
        [](Report& r) { r.http_url = "http://reg-1:80"; },
        [](Report& r) { r.peer_url = "https://reg-1:7443"; },
        [](Report& r) { r.peer_url = r.url; },
        [](Report& r) { r.http_url = "https://reg-4:80"; },
        [](Report& r) { r.peer_url = "nonsense"; },
        [](Report& r) { r.at = "tomorrow"; },
        [](Report& r) { r.at = "9999-01-01T00:00:00.000Z"; },
        [](Report& r) { r.at = "0001-01-01T00:00:00.000Z"; },
        [](Report& r) { r.feature_level = std::numeric_limits<std::int64_t>::max(); },
        [](Report& r) { r.open_files = -1; },
        [](Report& r) { r.host.cores = -1; },
        [](Report& r) { r.host.memory_bytes = -1; },
        [](Report& r) { r.host.disk_free_bytes = std::numeric_limits<std::int64_t>::max(); },
        [](Report& r) { r.host.disk_sync_ms = 1e308; },
        [](Report& r) { r.host.disk_sync_ms = -5; },
        [](Report& r) { r.host.disk_sync_ms = std::numeric_limits<double>::quiet_NaN(); },
        [](Report& r) { r.version = std::string(1000, 'x'); },
        [](Report& r) { r.host.hostname = "n-4\x1b[2J"; },
        [](Report& r) { r.paths.pop_back(); },
        [](Report& r) { r.paths.push_back(r.paths.front()); },
        [](Report& r) { r.paths.front().name = "reg-9"; },
    };
    for (std::size_t i = 0; i < faults.size(); ++i) {
        Report report = good();
        faults[i](report);
        const Status refused = checkReport(report, "https://reg-4:443", asked);
        ASSERT_FALSE(refused) << "fault " << i;
        EXPECT_EQ(refused.error().code, ErrorCode::invalid);
        EXPECT_FALSE(refused.error().hint.empty());
    }
}

TEST(HostReportCheck, ForeignSentencesAreShortAndOfOneLine) {
    EXPECT_EQ(shortened("the disk\nis full"), "the disk is full");
    const std::string longOne = shortened(std::string(399, 'x') + "é" + std::string(3'000'000, 'y'));
    EXPECT_EQ(longOne, std::string(399, 'x') + "…");
    EXPECT_EQ(shortened(""), "");
}

} // namespace
} // namespace pilothouse::operations
