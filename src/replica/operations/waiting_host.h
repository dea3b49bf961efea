// SPDX-License-Identifier: GPL-3.0-or-later
// A host that waits to be joined, as its setup code names it.
#pragma once

#include "api/setup.h"
#include "base/clock.h"
#include "base/result.h"
#include "replica/http/async.h"
#include "replica/security/setup_code.h"

#include <boost/asio/awaitable.hpp>

#include <string>
#include <vector>

namespace pilothouse::operations {

// It proves that it has the certificate which the code pins before anything secret is sent. Errors:
// ErrorCode::unavailable, it does not answer; ErrorCode::unauthorized, another host answers there;
// ErrorCode::forbidden, it does not take the code.
class WaitingHost {
public:
    WaitingHost(http::Executor executor, security::SetupCode code)
        : m_executor(std::move(executor)), m_code(std::move(code)) {}

    // What kind of host it is, and which of `paths` are open from there. Changes nothing.
    [[nodiscard]] boost::asio::awaitable<Result<api::HostReport>>
    inspect(std::string clusterId, std::vector<api::PathQuery> paths, Milliseconds deadline);
    // Makes it join with that token, and tells how that goes when it is asked again.
    [[nodiscard]] boost::asio::awaitable<Result<api::SetupState>> admit(std::string token,
                                                                        Milliseconds deadline);

private:
    [[nodiscard]] boost::asio::awaitable<Result<std::string>> post(std::string target, std::string body,
                                                                   Milliseconds deadline);
    [[nodiscard]] boost::asio::awaitable<Result<std::string>> authority(http::Deadline deadline);

    http::Executor m_executor;
    security::SetupCode m_code;
};

} // namespace pilothouse::operations
