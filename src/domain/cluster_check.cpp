// SPDX-License-Identifier: GPL-3.0-or-later
// What has to do with several replicas.
#include "domain/cluster_check.h"

#include "domain/enum_names.h"
#include "domain/host_limits.h"
#include "domain/operation_plan.h"
#include "domain/plan_findings.h"
#include "domain/quorum.h"

#include <algorithm>
#include <cmath>

namespace pilothouse::domain {
namespace {

constexpr EnumNames<PortState, 8> portStates{{{PortState::unknown, "unknown"},
                                              {PortState::open, "open"},
                                              {PortState::refused, "refused"},
                                              {PortState::hangs, "hangs"},
                                              {PortState::silent, "silent"},
                                              {PortState::unreachable, "unreachable"},
                                              {PortState::tls, "tls"},
                                              {PortState::rejected, "rejected"}}};

bool isMeant(const std::string& name, const std::string& only) {
    return only.empty() || name == only;
}

const CheckedReplica* find(const ClusterCheckFacts& facts, const std::string& name) {
    const auto found = std::find_if(facts.replicas.begin(), facts.replicas.end(),
                                    [&](const CheckedReplica& each) { return each.name == name; });
    return found != facts.replicas.end() ? &*found : nullptr;
}

bool answers(const CheckedReplica& replica) {
    return replica.reports || replica.tooOld;
}

// Who reaches its HTTPS port.
std::vector<std::string> whoReaches(const ClusterCheckFacts& facts, const std::string& name) {
    std::vector<std::string> names;
    for (const PortFacts& port : facts.ports) {
        if (port.to == name && port.port == "https" && port.state == PortState::open) {
            names.push_back(port.from);
        }
    }
    return names;
}

// One finding for each that gives no report, or one for all.
void addAnswers(const ClusterCheckFacts& facts, const std::string& only, std::vector<Finding>& findings) {
    Finding well{CheckId::replicaAnswers};
    const auto before = findings.size();
    for (const CheckedReplica& replica : facts.replicas) {
        if (!isMeant(replica.name, only)) {
            continue;
        }
        if (answers(replica)) {
            well.names.push_back(replica.name);
            continue;
        }
        Finding finding{
            CheckId::replicaAnswers, replica.voting ? Severity::blocks : Severity::needsWord, {replica.name}};
        std::int64_t tried = 0;
        std::optional<PortState> state;
        for (const PortFacts& port : facts.ports) {
            if (port.to == replica.name && port.port == "https" && port.state != PortState::unknown) {
                ++tried;
                state = !state || *state == port.state ? port.state : PortState::unknown;
            }
        }
        const auto reached = whoReaches(facts, replica.name);
        finding.names.insert(finding.names.end(), reached.begin(), reached.end());
        finding.numbers = {tried};
        finding.detail = nameOf(state.value_or(PortState::unknown));
        findings.push_back(std::move(finding));
    }
    if (findings.size() == before) {
        findings.push_back(std::move(well));
    }
}

Finding knownFinding(const ClusterCheckFacts& facts, const std::string& only) {
    Finding finding{CheckId::checksKnown};
    for (const CheckedReplica& replica : facts.replicas) {
        if (replica.tooOld && isMeant(replica.name, only)) {
            finding.severity = Severity::information;
            finding.names.push_back(replica.name);
        }
    }
    return finding;
}

// By the word of any replica: without a majority nobody has confirmed a read.
Finding quorumFinding(const ClusterCheckFacts& facts) {
    int voters = 0;
    int answering = 0;
    bool quorum = false;
    for (const CheckedReplica& replica : facts.replicas) {
        quorum = quorum || replica.quorum;
        if (replica.voting) {
            ++voters;
            answering += answers(replica) ? 1 : 0;
        }
    }
    return {CheckId::quorum, quorum ? Severity::passed : Severity::blocks, {}, {answering, quorumOf(voters)}};
}

Finding votersFinding(const ClusterCheckFacts& facts) {
    const int voters =
        static_cast<int>(std::count_if(facts.replicas.begin(), facts.replicas.end(),
                                       [](const CheckedReplica& each) { return each.voting; }));
    const auto severity = voters > mostVoters ? Severity::blocks
                          : voters == 2       ? Severity::needsWord // the loss of either stops writes
                          : voters == 1 || voters % 2 == 0 ? Severity::information
                                                           : Severity::passed;
    return {CheckId::voters, severity, {}, {voters}};
}

Finding changeFinding(const ClusterCheckFacts& facts) {
    if (!facts.running) {
        return {CheckId::changeUnderWay};
    }
    return {
        CheckId::changeUnderWay, Severity::information, {facts.running->replica}, {}, facts.running->kind};
}

// Where nobody reaches a replica that does not answer, another check says so.
bool isTold(const ClusterCheckFacts& facts, const PortFacts& port) {
    const CheckedReplica* to = find(facts, port.to);
    return to == nullptr || (!answers(*to) && whoReaches(facts, port.to).empty());
}

// nullopt: none could be tried, or what there is to say is told already.
std::optional<Finding> pathsFinding(const ClusterCheckFacts& facts, const std::string& only) {
    Finding finding{CheckId::paths};
    std::int64_t tried = 0;
    std::int64_t open = 0;
    for (const PortFacts& port : facts.ports) {
        if ((!isMeant(port.from, only) && !isMeant(port.to, only)) || port.state == PortState::unknown ||
            isTold(facts, port)) {
            continue;
        }
        ++tried;
        if (port.state == PortState::open) {
            ++open;
            continue;
        }
        // The plain port has health checks and a redirect only.
        finding.severity =
            std::max(finding.severity, port.port == "http" ? Severity::needsWord : Severity::blocks);
        finding.names.insert(finding.names.end(),
                             {port.from, port.to, port.port, std::string(nameOf(port.state))});
    }
    finding.numbers = {tried, open};
    return tried > 0 ? std::optional(finding) : std::nullopt;
}

// How far its clock is ahead of most others'; nullopt: nobody measured it. Where two disagree, the nearer
// one counts: it is the other one that is off.
std::optional<double> offsetOf(const ClusterCheckFacts& facts, const std::string& name,
                               std::vector<std::string>& against) {
    std::vector<double> offsets;
    for (const CheckedReplica& replica : facts.replicas) {
        const auto seen = replica.clockOffsets.find(name);
        if (replica.name != name && seen != replica.clockOffsets.end()) {
            offsets.push_back(seen->second);
            against.push_back(replica.name);
        }
    }
    if (offsets.empty()) {
        return std::nullopt;
    }
    std::sort(offsets.begin(), offsets.end(), [](double a, double b) { return std::abs(a) < std::abs(b); });
    return offsets[(offsets.size() - 1) / 2];
}

void addClocks(const ClusterCheckFacts& facts, const std::string& only, std::vector<Finding>& findings) {
    Finding well{CheckId::clocks};
    std::vector<std::pair<std::string, Finding>> off;
    std::size_t measured = 0;
    for (const CheckedReplica& replica : facts.replicas) {
        std::vector<std::string> against;
        const auto offset = offsetOf(facts, replica.name, against);
        if (!offset) {
            continue;
        }
        ++measured;
        const double distance = std::abs(*offset);
        if (distance <= static_cast<double>(noticedClock.count())) {
            well.names.push_back(replica.name);
            continue;
        }
        Finding finding{CheckId::clocks,
                        distance > static_cast<double>(blockingClock.count()) ? Severity::blocks
                                                                              : Severity::needsWord,
                        {replica.name},
                        {std::llround(*offset)}};
        finding.names.insert(finding.names.end(), against.begin(), against.end());
        off.emplace_back(replica.name, std::move(finding));
    }
    const bool pair = measured == 2 && off.size() == 2; // which of them is wrong cannot be told
    for (auto& [name, finding] : off) {
        const bool second = pair && name == off.back().first;
        if (isMeant(name, only) && !(second && only.empty())) {
            findings.push_back(std::move(finding));
        }
    }
    if (!only.empty()) {
        std::erase_if(well.names, [&](const std::string& name) { return name != only; });
    }
    if (!well.names.empty() &&
        std::none_of(off.begin(), off.end(), [&](const auto& each) { return isMeant(each.first, only); })) {
        findings.push_back(std::move(well));
    }
}

// A sandbox is on one computer on purpose, and its addresses say so.
void addMachines(const ClusterCheckFacts& facts, const std::string& only, std::vector<Finding>& findings) {
    std::map<std::string, std::vector<const CheckedReplica*>> byMachine;
    Finding well{CheckId::ownMachine};
    for (const CheckedReplica& replica : facts.replicas) {
        if (replica.reports && !replica.machine.empty()) {
            byMachine[replica.machine].push_back(&replica);
        }
    }
    const auto before = findings.size();
    for (const auto& [machine, sharing] : byMachine) {
        Finding finding{CheckId::ownMachine, Severity::needsWord, {}, {1}, sharing.front()->hostname};
        bool meant = false;
        for (const CheckedReplica* each : sharing) {
            finding.names.push_back(each->name);
            meant = meant || isMeant(each->name, only);
            if (each->diskDevice != sharing.front()->diskDevice) {
                finding.numbers = {0};
            }
            if (each->loopback) {
                finding.severity = Severity::information;
            }
        }
        if (meant && sharing.size() > 1) {
            findings.push_back(std::move(finding));
        } else if (meant) {
            well.names.push_back(sharing.front()->name);
        }
    }
    const bool known = std::all_of(facts.replicas.begin(), facts.replicas.end(),
                                   [](const CheckedReplica& each) { return each.reports; });
    if (known && findings.size() == before && !well.names.empty()) {
        std::sort(well.names.begin(), well.names.end());
        findings.push_back(std::move(well));
    }
}

std::optional<Finding> versionsFinding(const ClusterCheckFacts& facts) {
    Finding finding{CheckId::versions};
    const CheckedReplica* first = nullptr;
    for (const CheckedReplica& replica : facts.replicas) {
        if (!replica.reports) {
            continue;
        }
        if (first == nullptr) {
            first = &replica;
            finding.numbers = {replica.featureLevel, replica.featureLevel};
        }
        finding.names.insert(finding.names.end(), {replica.name, replica.version});
        finding.numbers[0] = std::min(finding.numbers[0], replica.featureLevel);
        finding.numbers[1] = std::max(finding.numbers[1], replica.featureLevel);
        if (replica.version != first->version || replica.featureLevel != first->featureLevel) {
            finding.severity = Severity::information;
        }
    }
    return first != nullptr ? std::optional(finding) : std::nullopt;
}

} // namespace

std::vector<Finding> checkTogether(const ClusterCheckFacts& facts, const std::string& only) {
    std::vector<Finding> findings;
    addAnswers(facts, only, findings);
    findings.push_back(quorumFinding(facts));
    if (auto paths = pathsFinding(facts, only)) {
        findings.push_back(std::move(*paths));
    }
    addClocks(facts, only, findings);
    addMachines(facts, only, findings);
    if (auto versions = versionsFinding(facts)) {
        findings.push_back(std::move(*versions));
    }
    findings.push_back(votersFinding(facts));
    findings.push_back(changeFinding(facts));
    if (auto known = knownFinding(facts, only); known.severity != Severity::passed) {
        findings.push_back(std::move(known));
    }
    return findings;
}

std::vector<Finding> checkCluster(const ClusterCheckFacts& facts, const std::string& only) {
    auto findings = checkTogether(facts, only);
    auto each = checkEach(facts, only);
    std::move(each.begin(), each.end(), std::back_inserter(findings));
    sortByWeight(findings);
    return findings;
}

bool needsAttention(const std::vector<Finding>& findings) {
    return std::any_of(findings.begin(), findings.end(),
                       [](const Finding& each) { return each.severity > Severity::information; });
}

std::string_view nameOf(PortState state) {
    return nameIn(portStates, state);
}
std::optional<PortState> portStateOf(std::string_view name) {
    return valueIn(portStates, name);
}

} // namespace pilothouse::domain
