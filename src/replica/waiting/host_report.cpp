// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/waiting/host_report.h"

#include "replica/engine/child.h"
#include "replica/engine/etcd_options.h"
#include "replica/node/host_facts.h"

#include <unistd.h>

namespace pilothouse::waiting {
namespace {

constexpr Milliseconds engineDeadline{3000};

std::string engineVersion(const std::filesystem::path& configured) {
    const auto program = engine::findEtcd(configured);
    if (!program) {
        return {};
    }
    const auto output = engine::outputOf(*program, {"--version"}, engineDeadline);
    return output ? engine::etcdVersionIn(*output).value_or("") : std::string();
}

} // namespace

api::HostReport measureHost(const ProbedHost& host, const api::HostReport& known, const ClusterId& cluster,
                            const Clock& clock) {
    api::HostReport report = known;
    report.engine_version = engineVersion(host.engineProgram);
    report.open_files = node::openFileLimits().most; // serve raises the limit to that
    report.host = node::HostFactsReader(clock, cluster)
                      .read(node::probeDiskTypically(host.layout.root()), {::getpid()});
    return report;
}

} // namespace pilothouse::waiting
