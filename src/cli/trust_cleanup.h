// SPDX-License-Identifier: GPL-3.0-or-later
// Registry clients that trust the CA of a sandbox that goes.
#pragma once

#include "api/sandbox.h"
#include "domain/client_trust.h"

namespace pilothouse::cli {

// Whose files trust is about: the user who runs this program.
[[nodiscard]] domain::TrustUser trustUser();

// Those of this user's registry clients' files that trust the sandbox's CA and nothing else. While the CA can
// be read.
[[nodiscard]] std::vector<domain::TrustFile> filesTrusting(const api::Sandbox& sandbox);
// Takes them away: another sandbox that takes its addresses later would meet the CA there. Notes on standard
// error say what went, and what root alone may remove. Gives the exit code.
[[nodiscard]] int forgetTrust(const std::vector<domain::TrustFile>& files);

} // namespace pilothouse::cli
