// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/diagnosis.h"

#include "domain/enum_names.h"

#include <algorithm>
#include <iterator>

namespace pilothouse::domain {
namespace {

constexpr EnumNames<CauseId, 30> causes{{{CauseId::notFromHere, "not_from_here"},
                                         {CauseId::notRunning, "not_running"},
                                         {CauseId::hostSilent, "host_silent"},
                                         {CauseId::hostUnreachable, "host_unreachable"},
                                         {CauseId::hangs, "hangs"},
                                         {CauseId::cutOff, "cut_off"},
                                         {CauseId::firewall, "firewall"},
                                         {CauseId::portRefused, "port_refused"},
                                         {CauseId::wrongCertificate, "wrong_certificate"},
                                         {CauseId::unanswered, "unanswered"},
                                         {CauseId::noWitness, "no_witness"},
                                         {CauseId::diskUnwritable, "disk_unwritable"},
                                         {CauseId::diskFull, "disk_full"},
                                         {CauseId::databaseCorrupt, "database_corrupt"},
                                         {CauseId::databaseFull, "database_full"},
                                         {CauseId::certificateExpired, "certificate_expired"},
                                         {CauseId::clockOff, "clock_off"},
                                         {CauseId::leftBehind, "left_behind"},
                                         {CauseId::engineDown, "engine_down"},
                                         {CauseId::readModelBehind, "read_model_behind"},
                                         {CauseId::noMajority, "no_majority"},
                                         {CauseId::starting, "starting"},
                                         {CauseId::notWell, "not_well"},
                                         {CauseId::certificateExpires, "certificate_expires"},
                                         {CauseId::diskFills, "disk_fills"},
                                         {CauseId::databaseFills, "database_fills"},
                                         {CauseId::slowDisk, "slow_disk"},
                                         {CauseId::smallHost, "small_host"},
                                         {CauseId::behind, "behind"},
                                         {CauseId::drained, "drained"}}};

// How others find the ports of one replica.
struct Ways {
    std::vector<const PortFacts*> ports;

    [[nodiscard]] std::vector<std::string> from(PortState state, const std::string& port = {}) const {
        std::vector<std::string> names;
        for (const PortFacts* each : ports) {
            if (each->state == state && (port.empty() || each->port == port) &&
                std::find(names.begin(), names.end(), each->from) == names.end()) {
                names.push_back(each->from);
            }
        }
        return names;
    }
    [[nodiscard]] bool any(PortState state, const std::string& port = {}) const {
        return !from(state, port).empty();
    }
    // Of all that are tried; false of none.
    [[nodiscard]] bool all(PortState state, const std::string& port = {}) const {
        std::size_t tried = 0;
        for (const PortFacts* each : ports) {
            if (!port.empty() && each->port != port) {
                continue;
            }
            ++tried;
            if (each->state != state) {
                return false;
            }
        }
        return tried > 0;
    }
    // As that one alone finds them.
    [[nodiscard]] Ways of(const std::string& name) const {
        Ways result;
        std::copy_if(ports.begin(), ports.end(), std::back_inserter(result.ports),
                     [&](const PortFacts* each) { return each->from == name; });
        return result;
    }
    [[nodiscard]] std::vector<std::string> witnesses() const {
        std::vector<std::string> names;
        for (const PortFacts* each : ports) {
            if (std::find(names.begin(), names.end(), each->from) == names.end()) {
                names.push_back(each->from);
            }
        }
        return names;
    }
};

Ways waysTo(const ClusterCheckFacts& facts, const std::string& name) {
    Ways ways;
    for (const PortFacts& port : facts.ports) {
        if (port.to == name && port.state != PortState::unknown) {
            ways.ports.push_back(&port);
        }
    }
    return ways;
}

Cause causeAbout(CauseId id, const CheckedReplica& replica, std::vector<std::string> others,
                 std::vector<std::int64_t> numbers = {}, std::string detail = {}) {
    Cause cause{id, {replica.name}, std::move(numbers), std::move(detail)};
    std::move(others.begin(), others.end(), std::back_inserter(cause.names));
    return cause;
}

bool isUnheard(PortState state) {
    return state == PortState::silent || state == PortState::unreachable;
}

// Whether nothing at all comes back from it to that one.
bool nothingComesBack(const Ways& ways) {
    return !ways.ports.empty() && std::all_of(ways.ports.begin(), ways.ports.end(),
                                              [](const PortFacts* each) { return isUnheard(each->state); });
}

// The same with what hangs for one and is open for others taken for silent: it is the way that swallows it.
Ways withoutSwallowed(const ClusterCheckFacts& facts, Ways ways, std::vector<PortFacts>& changed) {
    changed.reserve(ways.ports.size()); // they are pointed to
    for (const PortFacts*& each : ways.ports) {
        const Ways all = waysTo(facts, each->to);
        if (each->state == PortState::hangs && all.any(PortState::open, each->port)) {
            changed.push_back(*each);
            changed.back().state = PortState::silent;
            each = &changed.back();
        }
    }
    return ways;
}

// Of one that is reached: by whom not at all, and at which ports not.
void addClosedWays(const ClusterCheckFacts& facts, const CheckedReplica& replica, const Ways& tried,
                   std::vector<Cause>& found) {
    std::vector<PortFacts> changed;
    const Ways ways = withoutSwallowed(facts, tried, changed);
    std::vector<std::string> cut;
    for (const std::string& witness : ways.witnesses()) {
        if (nothingComesBack(ways.of(witness))) {
            std::vector<PortFacts> back;
            const Ways other = withoutSwallowed(facts, waysTo(facts, witness).of(replica.name), back);
            const bool both = nothingComesBack(other);
            if (!both || witness > replica.name) { // of a pair that does not hear each other once
                found.push_back(causeAbout(CauseId::cutOff, replica, {witness}, {}, both ? "both" : ""));
            }
            cut.push_back(witness);
        }
    }
    for (const std::string port : {"https", "http", "engine"}) {
        const auto those = [&](PortState state) {
            auto names = ways.from(state, port);
            std::erase_if(names, [&](const std::string& name) {
                return std::find(cut.begin(), cut.end(), name) != cut.end();
            });
            return names;
        };
        auto dropped = those(PortState::silent);
        const auto noRoute = those(PortState::unreachable);
        dropped.insert(dropped.end(), noRoute.begin(), noRoute.end());
        if (!dropped.empty()) {
            found.push_back(causeAbout(CauseId::firewall, replica, std::move(dropped), {}, port));
        }
        auto refused = those(PortState::refused);
        if (!refused.empty() && !(port == "engine" && replica.health == Unhealthy::engineDown)) {
            found.push_back(causeAbout(CauseId::portRefused, replica, std::move(refused), {}, port));
        }
        auto hanging = those(PortState::hangs);
        if (!hanging.empty()) {
            found.push_back(
                causeAbout(CauseId::hangs, replica, std::move(hanging), {port == "engine" ? 0 : 1}, port));
        }
        auto strange = those(PortState::tls);
        const auto wrong = those(PortState::rejected);
        strange.insert(strange.end(), wrong.begin(), wrong.end());
        if (!strange.empty()) {
            found.push_back(causeAbout(CauseId::wrongCertificate, replica, std::move(strange), {}, port));
        }
    }
}

// Of one that nobody reaches by HTTPS.
Cause unreachedCause(const CheckedReplica& replica, const Ways& ways) {
    const auto local = [&] { return std::vector<std::int64_t>{replica.loopback ? 1 : 0}; };
    if (ways.ports.empty()) {
        return causeAbout(CauseId::noWitness, replica, {});
    }
    if (ways.any(PortState::tls, "https") || ways.any(PortState::rejected, "https")) {
        auto names = ways.from(PortState::tls, "https");
        const auto wrong = ways.from(PortState::rejected, "https");
        names.insert(names.end(), wrong.begin(), wrong.end());
        return causeAbout(CauseId::wrongCertificate, replica, std::move(names), {}, "https");
    }
    if (ways.any(PortState::hangs, "https")) {
        const bool engine = ways.any(PortState::open, "engine");
        return causeAbout(CauseId::hangs, replica, ways.from(PortState::hangs, "https"), {engine ? 1 : 0},
                          "https");
    }
    if (ways.all(PortState::unreachable)) {
        return causeAbout(CauseId::hostUnreachable, replica, ways.witnesses());
    }
    if (nothingComesBack(ways)) {
        // By that port alone it cannot be told whether its host is there.
        const bool alone = std::all_of(ways.ports.begin(), ways.ports.end(),
                                       [](const PortFacts* each) { return each->port == "https"; });
        return causeAbout(CauseId::hostSilent, replica, ways.witnesses(), {}, alone ? "https" : "");
    }
    if (ways.all(PortState::refused, "https")) {
        return ways.any(PortState::open, "http")
                   ? causeAbout(CauseId::portRefused, replica, ways.witnesses(), {}, "https")
                   : causeAbout(CauseId::notRunning, replica, ways.witnesses(), local());
    }
    if (ways.any(PortState::refused, "https")) { // its host answers some, and not others
        return causeAbout(CauseId::notRunning, replica, ways.from(PortState::refused, "https"), local());
    }
    return causeAbout(CauseId::firewall, replica, ways.from(PortState::silent, "https"), {}, "https");
}

bool isAbout(const Cause& cause, const std::string& only) {
    return only.empty() || cause.cause == CauseId::noMajority ||
           std::find(cause.names.begin(), cause.names.end(), only) != cause.names.end();
}

} // namespace

std::vector<Cause> causesOnTheWay(const ClusterCheckFacts& facts) {
    std::vector<Cause> found;
    for (const CheckedReplica& replica : facts.replicas) {
        const Ways ways = waysTo(facts, replica.name);
        const bool answers = replica.reports || replica.tooOld;
        if (answers || ways.any(PortState::open, "https")) {
            const auto before = found.size();
            addClosedWays(facts, replica, ways, found);
            if (!answers && found.size() == before) {
                found.push_back(
                    causeAbout(CauseId::unanswered, replica, ways.from(PortState::open, "https")));
            }
            continue;
        }
        found.push_back(unreachedCause(replica, ways));
    }
    return found;
}

std::vector<Cause> diagnose(const ClusterCheckFacts& facts, const std::vector<Finding>& findings,
                            const std::string& only) {
    std::vector<Cause> found = causesOnTheWay(facts);
    for (const Finding& finding : findings) {
        if (auto cause = causeOf(finding, facts)) {
            found.push_back(std::move(*cause));
        }
    }
    std::erase_if(found, [&](const Cause& cause) { return !isAbout(cause, only); });
    std::stable_sort(found.begin(), found.end(),
                     [](const Cause& a, const Cause& b) { return a.cause < b.cause; });
    return found;
}

std::string_view nameOf(CauseId cause) {
    return nameIn(causes, cause);
}
std::optional<CauseId> causeIdOf(std::string_view name) {
    return valueIn(causes, name);
}

} // namespace pilothouse::domain
