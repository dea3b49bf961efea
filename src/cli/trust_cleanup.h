// SPDX-License-Identifier: GPL-3.0-or-later
// Registry clients that trust the CA of a sandbox that goes.
#pragma once

#include "api/sandbox.h"
#include "domain/client_trust.h"

namespace pilothouse::cli {

// Whose files trust is about: the user who runs this program.
[[nodiscard]] domain::TrustUser trustUser();

// Takes away what makes this user's registry clients trust the sandbox's CA, and nothing else: another one
// that takes its addresses later would meet it there. Notes on standard error say what went, and what root
// alone may remove. While the sandbox's files are still there. Gives the exit code.
[[nodiscard]] int forgetTrust(const api::Sandbox& sandbox);

} // namespace pilothouse::cli
