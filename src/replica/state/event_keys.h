// SPDX-License-Identifier: GPL-3.0-or-later
// Names of events below keys::events. The same fact seen by several replicas has the same name, and so makes
// one record.
#pragma once

#include "base/ids.h"

#include <string>
#include <string_view>

namespace pilothouse::state::event_keys {

// A leader of this term was elected.
[[nodiscard]] std::string leader(Epoch epoch, Term term);
// One replica lost sight of a quorum that the others kept: a fact of that replica. `occasion` tells one loss
// from the next: a replica that is cut off keeps its term.
[[nodiscard]] std::string contactLost(Epoch epoch, const ReplicaId& observer, std::string_view occasion);
[[nodiscard]] std::string contactRegained(Epoch epoch, const ReplicaId& observer, std::string_view occasion);
// Something that happens to each replica once ("replica-joined"), or once per `occasion`.
[[nodiscard]] std::string ofReplica(std::string_view kind, Epoch epoch, const std::string& replica,
                                    std::string_view occasion = {});

} // namespace pilothouse::state::event_keys
