// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/operation.h"

#include "domain/enum_names.h"

namespace pilothouse::domain {
namespace {

using namespace std::chrono_literals;

constexpr EnumNames<OperationKind, 9> kinds{{{OperationKind::remove, "remove"},
                                             {OperationKind::forget, "forget"},
                                             {OperationKind::join, "join"},
                                             {OperationKind::replace, "replace"},
                                             {OperationKind::rollingRestart, "rolling_restart"},
                                             {OperationKind::makeLeader, "make_leader"},
                                             {OperationKind::drain, "drain"},
                                             {OperationKind::undrain, "undrain"},
                                             {OperationKind::rename, "rename"}}};
constexpr EnumNames<StepKind, 16> steps{{{StepKind::check, "check"},
                                         {StepKind::drain, "drain"},
                                         {StepKind::finishRequests, "finish_requests"},
                                         {StepKind::handOver, "hand_over"},
                                         {StepKind::completeCopies, "complete_copies"},
                                         {StepKind::removeMember, "remove_member"},
                                         {StepKind::stopReplica, "stop_replica"},
                                         {StepKind::repairCopies, "repair_copies"},
                                         {StepKind::admit, "admit"},
                                         {StepKind::catchUp, "catch_up"},
                                         {StepKind::promote, "promote"},
                                         {StepKind::takePart, "take_part"},
                                         {StepKind::restart, "restart"},
                                         {StepKind::makeLeader, "make_leader"},
                                         {StepKind::undrain, "undrain"},
                                         {StepKind::rename, "rename"}}};
constexpr EnumNames<StepState, 5> states{{{StepState::pending, "pending"},
                                          {StepState::running, "running"},
                                          {StepState::done, "done"},
                                          {StepState::skipped, "skipped"},
                                          {StepState::undone, "undone"}}};
constexpr EnumNames<OperationPhase, 5> phases{{{OperationPhase::running, "running"},
                                               {OperationPhase::undoing, "undoing"},
                                               {OperationPhase::done, "done"},
                                               {OperationPhase::cancelled, "cancelled"},
                                               {OperationPhase::refused, "refused"}}};
constexpr EnumNames<WaitReason, 14> reasons{{{WaitReason::requests, "requests"},
                                             {WaitReason::balancer, "balancer"},
                                             {WaitReason::copies, "copies"},
                                             {WaitReason::unknown, "unknown"},
                                             {WaitReason::noLeader, "no_leader"},
                                             {WaitReason::engineBusy, "engine_busy"},
                                             {WaitReason::membership, "membership"},
                                             {WaitReason::noAnswer, "no_answer"},
                                             {WaitReason::stopping, "stopping"},
                                             {WaitReason::joining, "joining"},
                                             {WaitReason::restarting, "restarting"},
                                             {WaitReason::catchingUp, "catching_up"},
                                             {WaitReason::unwell, "unwell"},
                                             {WaitReason::trouble, "trouble"}}};
constexpr EnumNames<Decision, 2> decisions{{{Decision::cancel, "cancel"}, {Decision::skip, "skip"}}};

} // namespace

bool isOver(OperationPhase phase) {
    return phase != OperationPhase::running && phase != OperationPhase::undoing;
}

const std::vector<StepKind>& stepsOf(OperationKind kind) {
    static const std::vector<StepKind> remove{
        StepKind::check,          StepKind::drain,        StepKind::finishRequests, StepKind::handOver,
        StepKind::completeCopies, StepKind::removeMember, StepKind::stopReplica};
    static const std::vector<StepKind> forget{StepKind::check, StepKind::removeMember,
                                              StepKind::repairCopies};
    static const std::vector<StepKind> join{StepKind::check, StepKind::admit, StepKind::catchUp,
                                            StepKind::promote, StepKind::takePart};
    static const std::vector<StepKind> replace{
        StepKind::check,   StepKind::removeMember, StepKind::repairCopies, StepKind::admit,
        StepKind::catchUp, StepKind::promote,      StepKind::takePart};
    static const std::vector<StepKind> restart{StepKind::check, StepKind::drain, StepKind::finishRequests,
                                               StepKind::restart};
    static const std::vector<StepKind> makeLeader{StepKind::check, StepKind::makeLeader};
    static const std::vector<StepKind> drain{StepKind::check, StepKind::drain, StepKind::finishRequests};
    static const std::vector<StepKind> undrain{StepKind::check, StepKind::undrain, StepKind::takePart};
    static const std::vector<StepKind> rename{StepKind::check, StepKind::rename};
    switch (kind) {
    case OperationKind::remove:
        return remove;
    case OperationKind::forget:
        return forget;
    case OperationKind::join:
        return join;
    case OperationKind::replace:
        return replace;
    case OperationKind::rollingRestart:
        return restart;
    case OperationKind::makeLeader:
        return makeLeader;
    case OperationKind::drain:
        return drain;
    case OperationKind::undrain:
        return undrain;
    case OperationKind::rename:
        break;
    }
    return rename;
}

std::optional<StepKind> commitOf(OperationKind kind) {
    switch (kind) {
    case OperationKind::remove:
    case OperationKind::forget:
        return StepKind::removeMember;
    case OperationKind::join:
    case OperationKind::replace:
        return StepKind::promote;
    case OperationKind::makeLeader:
        return StepKind::makeLeader;
    case OperationKind::rename:
        return StepKind::rename;
    case OperationKind::rollingRestart:
    case OperationKind::drain:
    case OperationKind::undrain:
        break;
    }
    return std::nullopt;
}

bool changesMembers(OperationKind kind) {
    return kind == OperationKind::remove || kind == OperationKind::forget || hasHost(kind);
}

bool canBeUndone(StepKind step) {
    switch (step) {
    case StepKind::removeMember:
    case StepKind::stopReplica:
    case StepKind::repairCopies:
    case StepKind::restart:
    case StepKind::makeLeader:
    case StepKind::rename:
        return false;
    default:
        return true;
    }
}

bool hasHost(OperationKind kind) {
    return kind == OperationKind::join || kind == OperationKind::replace;
}

bool isOfHost(StepKind step) {
    return step == StepKind::admit || step == StepKind::catchUp || step == StepKind::promote ||
           step == StepKind::takePart;
}

Milliseconds limitOf(StepKind step) {
    switch (step) {
    case StepKind::completeCopies:
    case StepKind::repairCopies:
    case StepKind::catchUp:
    case StepKind::promote:
        return 60s; // a blob that grows on its way is progress, and sets it back
    case StepKind::finishRequests:
    case StepKind::removeMember:
    case StepKind::takePart:
        return 30s;
    case StepKind::restart:
        return 60s; // which reads all that it has first
    case StepKind::admit:
        return 45s; // a change of the members whose outcome is not known blocks the next one for 30 s
    case StepKind::check:
    case StepKind::drain:
    case StepKind::handOver:
    case StepKind::stopReplica:
    case StepKind::makeLeader:
    case StepKind::undrain:
    case StepKind::rename:
        break;
    }
    return 15s;
}

bool canBeSkipped(StepKind step) {
    return step == StepKind::drain || step == StepKind::finishRequests || step == StepKind::stopReplica ||
           step == StepKind::repairCopies || step == StepKind::takePart;
}

std::string_view nameOf(OperationKind kind) {
    return nameIn(kinds, kind);
}
std::string_view nameOf(StepKind step) {
    return nameIn(steps, step);
}
std::string_view nameOf(StepState state) {
    return nameIn(states, state);
}
std::string_view nameOf(OperationPhase phase) {
    return nameIn(phases, phase);
}
std::string_view nameOf(WaitReason reason) {
    return nameIn(reasons, reason);
}
std::string_view nameOf(Decision decision) {
    return nameIn(decisions, decision);
}

std::optional<OperationKind> operationKindOf(std::string_view name) {
    return valueIn(kinds, name);
}
std::optional<StepKind> stepKindOf(std::string_view name) {
    return valueIn(steps, name);
}
std::optional<StepState> stepStateOf(std::string_view name) {
    return valueIn(states, name);
}
std::optional<OperationPhase> operationPhaseOf(std::string_view name) {
    return valueIn(phases, name);
}
std::optional<WaitReason> waitReasonOf(std::string_view name) {
    return valueIn(reasons, name);
}
std::optional<Decision> decisionOf(std::string_view name) {
    return valueIn(decisions, name);
}

} // namespace pilothouse::domain
