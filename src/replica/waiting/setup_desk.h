// SPDX-License-Identifier: GPL-3.0-or-later
// Who may order something of a host that waits to be joined, and how far its joining is.
#pragma once

#include "api/setup.h"
#include "base/log.h"
#include "base/result.h"
#include "replica/provision/layout.h"
#include "replica/waiting/pending_setup.h"

#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace pilothouse::waiting {

// Thread-safe: the servers hand orders in, the thread that joins takes them. What must outlast a crash is in
// setup.pending before it is answered.
class SetupDesk {
public:
    SetupDesk(provision::Layout layout, PendingSetup setup, Logger log);

    // Whether `secret` is the setup code's. A wrong one counts, and is logged with where it came from
    // (ErrorCode::unauthorized); after five the wait is over, for the right one too (ErrorCode::forbidden).
    [[nodiscard]] Status admit(std::string_view secret, const std::string& from);
    // Five wrong codes were given.
    [[nodiscard]] bool isOver() const;

    // Hands a token in, or asks how the attempt with it goes. A failure is told once; the next call is a new
    // attempt. ErrorCode::invalid when it is no token, ErrorCode::conflict while another one is being tried,
    // or may have been used up by this host.
    [[nodiscard]] Result<api::SetupState> take(std::string_view token);

    // The token that is to be tried now.
    [[nodiscard]] std::optional<std::string> tokenToTry() const;
    // The attempt with it failed. `mayBeUsed`: the cluster may have taken this host in all the same, for the
    // keys of this attempt, so that only the same token can be tried again.
    void failed(const Error& why, bool mayBeUsed);

private:
    enum class Phase { waiting, joining, failed };
    [[nodiscard]] Result<api::SetupState> begin(const std::string& token);

    const provision::Layout m_layout;
    const Logger m_log;
    mutable std::mutex m_mutex; // guards what follows
    PendingSetup m_setup;
    Phase m_phase = Phase::waiting;
    std::string m_tried; // the last token
    std::string m_error; // why it failed
};

} // namespace pilothouse::waiting
