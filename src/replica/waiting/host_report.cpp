// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/waiting/host_report.h"

#include "replica/engine/child.h"
#include "replica/engine/etcd_options.h"
#include "replica/node/host_facts.h"

#include <algorithm>
#include <limits>
#include <sys/resource.h>
#include <unistd.h>

namespace pilothouse::waiting {
namespace {

constexpr int diskProbes = 5;
constexpr Milliseconds engineDeadline{3000};

// One slow sync among others says nothing about the disk.
node::DiskProbe typicalProbe(const std::filesystem::path& folder) {
    node::DiskProbe probe;
    std::vector<double> times;
    for (int i = 0; i < diskProbes; ++i) {
        probe = node::probeDisk(folder);
        if (!probe.syncMs) {
            return probe;
        }
        times.push_back(*probe.syncMs);
    }
    probe.syncMs = medianOf(std::move(times));
    return probe;
}

std::string engineVersion(const std::filesystem::path& configured) {
    const auto program = engine::findEtcd(configured);
    if (!program) {
        return {};
    }
    const auto output = engine::outputOf(*program, {"--version"}, engineDeadline);
    return output ? engine::etcdVersionIn(*output).value_or("") : std::string();
}

// The hard limit: serve raises the soft one to it.
std::int64_t openFiles() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) {
        return 0;
    }
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    return limit.rlim_max > static_cast<rlim_t>(most) ? most : static_cast<std::int64_t>(limit.rlim_max);
}

} // namespace

api::HostReport measureHost(const ProbedHost& host, const api::HostReport& known, const ClusterId& cluster,
                            const Clock& clock) {
    api::HostReport report = known;
    report.engine_version = engineVersion(host.engineProgram);
    report.open_files = openFiles();
    report.host = node::HostFactsReader(clock, cluster).read(typicalProbe(host.layout.root()), {::getpid()});
    return report;
}

std::optional<double> medianOf(std::vector<double> values) {
    if (values.empty()) {
        return std::nullopt;
    }
    std::sort(values.begin(), values.end());
    return values[(values.size() - 1) / 2];
}

} // namespace pilothouse::waiting
