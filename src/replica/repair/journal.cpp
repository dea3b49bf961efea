// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/repair/journal.h"

#include "api/json_codec.h"
#include "domain/operation.h"
#include "replica/security/files.h"

#include <boost/describe/class.hpp>

#include <algorithm>

namespace pilothouse::repair {

BOOST_DESCRIBE_STRUCT(Journal, (),
                      (schema, repair, order_id, peer_ca, sealed_peer_ca_key, undoing, revision, merged))

namespace {

constexpr std::size_t maxBytes = 1 << 20;

api::OperationStep& stepIn(Journal& journal, domain::RepairStep step) {
    auto& steps = journal.repair.steps;
    const auto found = std::find_if(steps.begin(), steps.end(), [&](const api::OperationStep& each) {
        return each.kind == domain::nameOf(step);
    });
    return found != steps.end() ? *found
                                : steps.emplace_back(api::OperationStep{
                                      std::string(domain::nameOf(step)),
                                      std::string(domain::nameOf(domain::StepState::pending)),
                                      {},
                                      {}});
}

} // namespace

Result<std::optional<Journal>> loadJournal(const provision::Layout& layout) {
    const auto text = security::readPrivateFile(layout.repairJournal(), maxBytes);
    if (!text) {
        return text.error().code == ErrorCode::notFound ? Result<std::optional<Journal>>(std::nullopt)
                                                        : fail(text.error());
    }
    auto journal = api::fromJson<Journal>(*text);
    if (!journal) {
        return fail(ErrorCode::corrupt,
                    layout.repairJournal().string() + " cannot be read: " + journal.error().message,
                    "It is the journal of a repair from this replica: do not remove it while one runs");
    }
    if (journal->schema != 1) {
        return fail(ErrorCode::conflict, layout.repairJournal().string() + " was written by a newer version",
                    "Update this program");
    }
    return std::optional(std::move(*journal));
}

Status saveJournal(const provision::Layout& layout, const Journal& journal) {
    return security::writePrivateFile(layout.repairJournal(), api::toJson(journal) + "\n");
}

domain::RepairPhase phaseOf(const Journal& journal) {
    return domain::repairPhaseOf(journal.repair.phase).value_or(domain::RepairPhase::failed);
}

void setPhase(Journal& journal, domain::RepairPhase phase) {
    journal.repair.phase = domain::nameOf(phase);
}

bool isPending(const Journal& journal) {
    const auto phase = phaseOf(journal);
    const bool undoing = journal.undoing || !isDone(journal, domain::RepairStep::recordEpoch);
    return phase == domain::RepairPhase::puttingBack || (phase == domain::RepairPhase::running && undoing);
}

bool isBegun(const Journal& journal, domain::RepairStep step) {
    const auto& steps = journal.repair.steps;
    return std::any_of(steps.begin(), steps.end(), [&](const api::OperationStep& each) {
        return each.kind == domain::nameOf(step) && each.state != domain::nameOf(domain::StepState::pending);
    });
}

bool isDone(const Journal& journal, domain::RepairStep step) {
    const auto& steps = journal.repair.steps;
    return std::any_of(steps.begin(), steps.end(), [&](const api::OperationStep& each) {
        return each.kind == domain::nameOf(step) && each.state == domain::nameOf(domain::StepState::done);
    });
}

void beginStep(Journal& journal, domain::RepairStep step, WallTime now) {
    auto& begun = stepIn(journal, step);
    begun.state = domain::nameOf(domain::StepState::running);
    begun.began_at = toRfc3339(now);
    journal.repair.journal.push_back({toRfc3339(now), journal.repair.replica, "step_began", begun.kind, {}});
}

void endStep(Journal& journal, domain::RepairStep step, WallTime now) {
    auto& ended = stepIn(journal, step);
    ended.state = domain::nameOf(domain::StepState::done);
    ended.ended_at = toRfc3339(now);
    journal.repair.journal.push_back({toRfc3339(now), journal.repair.replica, "step_done", ended.kind, {}});
}

void note(Journal& journal, const char* what, std::string detail, WallTime now) {
    journal.repair.journal.push_back({toRfc3339(now), journal.repair.replica, what, {}, std::move(detail)});
}

} // namespace pilothouse::repair
