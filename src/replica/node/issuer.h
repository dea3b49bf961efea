// SPDX-License-Identifier: GPL-3.0-or-later
// Signing certificates of the cluster's replicas: any of them can, since the authorities' keys lie sealed in
// the state and each holds the cluster key.
#pragma once

#include "base/result.h"
#include "replica/security/authority.h"
#include "replica/security/sealed_box.h"
#include "replica/state/snapshot.h"

#include <string>

namespace pilothouse::node {

// The authority for certificates of `profile` (node or enginePeer). ErrorCode::unavailable while its records
// are not in `state`, ErrorCode::corrupt when they cannot be opened.
[[nodiscard]] Result<security::Authority>
openAuthority(const state::Snapshot& state, const security::SealedBox& box, security::Profile profile);

// The names in a certificate of the server at `url`.
[[nodiscard]] security::SubjectNames namesFor(const std::string& url);

} // namespace pilothouse::node
