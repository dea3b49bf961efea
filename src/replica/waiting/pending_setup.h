// SPDX-License-Identifier: GPL-3.0-or-later
// What a host that waits to be joined goes on with after a restart: setup.pending in its data folder. Beside
// it lies setup-code, the line for the person who adds the host to a cluster.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "replica/node/lock_file.h"
#include "replica/provision/layout.h"
#include "replica/security/random.h"
#include "replica/waiting/host_plan.h"

#include <cstdint>
#include <string>

namespace pilothouse::waiting {

inline constexpr std::int64_t mostWrongCodes = 5;

struct PendingSetup {
    std::int64_t schema = 1;
    std::string name; // as the plan has them: another plan needs another code
    std::string url;
    std::string http_url;
    std::string peer_url;
    std::string secret;    // 64 hexadecimal digits (256 bits)
    std::string authority; // PEM; its key was thrown away once it had signed the certificate
    std::string certificate;
    std::string key;
    std::int64_t wrong_codes = 0;
    std::string token; // the cluster's, from when it was given until it is known to be of no use
};

// Makes the data folder where there is none, and locks it. ErrorCode::conflict when it is in use, or holds
// anything that does not belong to a wait.
[[nodiscard]] Result<node::LockFile> takeFolder(const provision::Layout& layout);

// What setup.pending holds where it is for the same plan; else a new code, which ends an attempt to join that
// was made with the old one. Writes both files. The folder must be locked. ErrorCode::corrupt when
// setup.pending cannot be what was written.
[[nodiscard]] Result<PendingSetup> beginSetup(const provision::Layout& layout, const HostPlan& plan,
                                              const security::Random& random, const Clock& clock);

[[nodiscard]] Status savePendingSetup(const provision::Layout& layout, const PendingSetup& setup);

// The line that setup-code holds.
[[nodiscard]] Result<std::string> setupCodeLine(const PendingSetup& setup);

// Removes both files: the host was joined.
void endSetup(const provision::Layout& layout);
// The same for a host that was not, with the keys of its attempt to join, if any: the next start begins anew.
void abandonSetup(const provision::Layout& layout);

} // namespace pilothouse::waiting
