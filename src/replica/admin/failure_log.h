// SPDX-License-Identifier: GPL-3.0-or-later
// Tells of requests that failed on our side, so that somebody who reports one, with its id, can be helped.
#pragma once

#include "base/clock.h"
#include "base/log.h"
#include "base/log_limit.h"
#include "replica/http/server.h"

#include <array>

namespace pilothouse::admin {

// Thread-safe.
class FailureLog {
public:
    explicit FailureLog(Logger log, const Clock& clock = systemClock());

    // Writes a line when the answer was 5xx: a warning with id, method, path, status and the client's
    // address. Of each kind (500, 503, 507, others) one in a while, since a replica without quorum refuses
    // every change.
    void finished(const http::ExchangeReport& report);

private:
    const Logger m_log;
    std::array<LogLimit, 4> m_limits;
};

} // namespace pilothouse::admin
