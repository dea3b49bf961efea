// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/event_keys.h"

namespace pilothouse::state::event_keys {

namespace {

std::string name(std::string_view kind, Epoch epoch, const std::string& rest) {
    return std::string(kind) + "/" + std::to_string(epoch.value()) + "/" + rest;
}

} // namespace

std::string leader(Epoch epoch, Term term) {
    return name("leader", epoch, std::to_string(term.value()));
}

std::string contactLost(Epoch epoch, const ReplicaId& observer, std::string_view occasion) {
    return ofReplica("contact-lost", epoch, observer.str(), occasion);
}

std::string contactRegained(Epoch epoch, const ReplicaId& observer, std::string_view occasion) {
    return ofReplica("contact-regained", epoch, observer.str(), occasion);
}

std::string ofReplica(std::string_view kind, Epoch epoch, const std::string& replica,
                      std::string_view occasion) {
    std::string rest = replica;
    if (!occasion.empty()) {
        rest += "-";
        rest += occasion;
    }
    return name(kind, epoch, rest);
}

} // namespace pilothouse::state::event_keys
