// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/operations/waits.h"

namespace pilothouse::operations {

using domain::WaitReason;

Waits trouble(const Error& error) {
    return {WaitReason::trouble, {}, {}, error.text()};
}

Waits notKnownYet(const std::string& name) {
    return {WaitReason::trouble, {}, {}, "This replica does not know " + name + " yet"};
}

Waits changeWaits(const Error& error) {
    // Both pass by themselves; what the engine says of its members is known by its words alone.
    if (error.message.find("unhealthy cluster") != std::string::npos) {
        return {WaitReason::engineBusy};
    }
    if (error.message.find("is being changed") != std::string::npos ||
        error.message.find("has changed since") != std::string::npos) {
        return {WaitReason::membership};
    }
    return trouble(error);
}

} // namespace pilothouse::operations
