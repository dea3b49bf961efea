// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/waiting/setup_desk.h"

#include "replica/security/join_token.h"
#include "replica/security/secret_token.h"

namespace pilothouse::waiting {
namespace {

constexpr const char* onlyThatToken = "Use that token again, or remove the data folder and begin anew";

std::string triesLeft(std::int64_t left) {
    return left == 1 ? "1 try is left" : std::to_string(left) + " tries are left";
}

tl::unexpected<Error> over() {
    return fail(ErrorCode::forbidden, "too many wrong setup codes were given: this host waits no longer",
                "Start its replica again: it makes a new setup code");
}

} // namespace

SetupDesk::SetupDesk(provision::Layout layout, PendingSetup setup, Logger log)
    : m_layout(std::move(layout)), m_log(std::move(log)), m_setup(std::move(setup)) {
    // The process ended in the middle of an attempt.
    if (!m_setup.token.empty()) {
        m_phase = Phase::joining;
        m_tried = m_setup.token;
    }
}

Status SetupDesk::admit(std::string_view secret, const std::string& from) {
    const std::lock_guard lock(m_mutex);
    if (m_setup.wrong_codes >= mostWrongCodes) {
        return over();
    }
    if (security::secretMatches(secret, security::hashSecret(m_setup.secret))) {
        return {};
    }
    if (!m_setup.token.empty()) { // the right one was given: nobody can stop its work by guessing
        return fail(ErrorCode::unauthorized, "the setup code is wrong", "This host is joining already");
    }
    ++m_setup.wrong_codes;
    const std::int64_t left = mostWrongCodes - m_setup.wrong_codes;
    m_log.warning("a wrong setup code was given: " + triesLeft(left), {{"from", from}});
    if (const Status saved = savePendingSetup(m_layout, m_setup); !saved) {
        m_log.error(saved.error().text()); // it counts as long as this process lives
    }
    return fail(ErrorCode::unauthorized, "the setup code is wrong: " + triesLeft(left),
                left > 0 ? "Copy the whole line from the file setup-code in the new host's data folder"
                         : "Start the new host's replica again: it makes a new setup code");
}

bool SetupDesk::isOver() const {
    const std::lock_guard lock(m_mutex);
    return m_setup.wrong_codes >= mostWrongCodes;
}

Result<api::SetupState> SetupDesk::take(std::string_view token) {
    const auto parsed = security::parseJoinToken(token);
    if (!parsed) {
        return fail(parsed.error());
    }
    const std::string line = security::formatJoinToken(*parsed);
    const std::lock_guard lock(m_mutex);
    const bool same = line == m_tried;
    if (m_phase == Phase::joining) {
        if (!same) {
            return fail(ErrorCode::conflict, "this host is joining with another token already",
                        "Ask again when that attempt is over");
        }
        return api::SetupState{"joining", {}};
    }
    if (!m_setup.token.empty() && line != m_setup.token) {
        return fail(ErrorCode::conflict, "this host has an unfinished join with another token",
                    onlyThatToken);
    }
    if (m_phase == Phase::failed && same) {
        m_phase = Phase::waiting;
        return api::SetupState{"failed", m_error};
    }
    return begin(line);
}

Result<api::SetupState> SetupDesk::begin(const std::string& token) {
    const std::string before = m_setup.token;
    m_setup.token = token;
    if (const Status saved = savePendingSetup(m_layout, m_setup); !saved) {
        m_setup.token = before;
        return fail(saved.error());
    }
    m_tried = token;
    m_phase = Phase::joining;
    return api::SetupState{"joining", {}};
}

std::optional<std::string> SetupDesk::tokenToTry() const {
    const std::lock_guard lock(m_mutex);
    return m_phase == Phase::joining ? std::optional(m_setup.token) : std::nullopt;
}

void SetupDesk::failed(const Error& why, bool mayBeUsed) {
    const std::lock_guard lock(m_mutex);
    m_log.warning("this host could not join: " + why.text());
    m_phase = Phase::failed;
    m_error = why.text();
    if (mayBeUsed) {
        return;
    }
    m_setup.token.clear();
    if (const Status saved = savePendingSetup(m_layout, m_setup); !saved) {
        m_log.warning(saved.error().text()); // at worst the next start tries the token once more
    }
}

} // namespace pilothouse::waiting
