// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/replica_local.h"

#include "replica/admin/answer.h"
#include "replica/admin/principal.h"
#include "replica/node/sleep.h"
#include "replica/security/password.h"

namespace pilothouse {
namespace {

constexpr Milliseconds rebuildDeadline{25'000};
constexpr Milliseconds defragmentDeadline{25'000};
constexpr Milliseconds look{50};

api::Problem problemOf(const Error& error) {
    api::Problem problem;
    problem.title = "The order was not carried out";
    problem.status = admin::statusOf(error.code);
    problem.code = admin::nameOf(error.code);
    problem.detail = error.message;
    if (!error.hint.empty()) {
        problem.hint = error.hint;
    }
    return problem;
}

std::string mebibytes(std::int64_t bytes) {
    return std::to_string(bytes >> 20) + " MiB";
}

} // namespace

boost::asio::awaitable<node::LocalAnswer> LocalOrders::carryOut(node::LocalRequest request) {
    namespace verb = node::local_verb;
    node::LocalAnswer answer;
    Status done;
    if (request.verb == verb::status) {
        answer.status = m_board.snapshot()->status;
    } else if (request.verb == verb::drain && request.draining) {
        done = co_await m_drain.change(*request.draining);
    } else if (request.verb == verb::resetPassword && request.user && request.password) {
        done = co_await resetPassword(std::move(request));
    } else if (request.verb == verb::rebuild) {
        done = co_await rebuild();
    } else if (request.verb == verb::defragment) {
        const auto defragmented = co_await defragment();
        if (defragmented) {
            answer.defragmented = *defragmented;
        } else {
            done = fail(defragmented.error());
        }
    } else {
        done =
            fail(ErrorCode::invalid, "The running replica does not know the order \"" + request.verb + "\"",
                 "It may be of another version than this program: restart it");
    }
    if (!done) {
        answer.problem = problemOf(done.error());
    }
    co_return answer;
}

boost::asio::awaitable<Status> LocalOrders::resetPassword(node::LocalRequest request) {
    if (auto allowed = security::checkPasswordRules(*request.password); !allowed) {
        co_return allowed;
    }
    auto verifier = co_await m_passwords.makeVerifier(std::move(*request.password));
    if (!verifier) {
        co_return fail(verifier.error());
    }
    state::Request asked;
    asked.actor = admin::nameOf(admin::LocalPrincipal{});
    state::UserChange change;
    change.verifier = std::move(*verifier);
    const auto changed = co_await m_users.change(std::move(asked), *request.user, std::move(change));
    if (!changed) {
        co_return fail(changed.error());
    }
    m_log.info("the password of user " + *request.user + " was reset by root on the host");
    co_return Status();
}

boost::asio::awaitable<Status> LocalOrders::rebuild() {
    const auto before = m_model.rebuilds();
    const auto end = std::chrono::steady_clock::now() + rebuildDeadline;
    m_model.requestRebuild();
    while (m_model.rebuilds() == before) {
        if (std::chrono::steady_clock::now() > end) {
            co_return fail(ErrorCode::timeout, "The read model is not built anew yet",
                           "It goes on in the background; look at the log if it does not end");
        }
        co_await node::sleepFor(look);
    }
    m_log.info("the read model was built anew by order of root on the host");
    co_return Status();
}

boost::asio::awaitable<Result<node::Defragmented>> LocalOrders::defragment() {
    const auto done = co_await m_housekeeping.defragment(m_quotaBytes, defragmentDeadline);
    if (!done && done.error().code == ErrorCode::timeout) {
        co_return fail(ErrorCode::timeout, "The engine is not defragmented yet",
                       "It goes on in the background: give this order again in a minute");
    }
    if (!done) {
        co_return fail(done.error());
    }
    if (done->bytesAfter >= m_quotaBytes) {
        co_return fail(ErrorCode::conflict,
                       "The engine's database takes " + mebibytes(done->bytesAfter) +
                           " after it was defragmented, and its quota is " + mebibytes(m_quotaBytes) +
                           ": the cluster still takes no writes",
                       "Raise engine-quota, restart the replica, then give this order again");
    }
    m_log.info("the engine was defragmented by order of root on the host");
    co_return node::Defragmented{done->bytesBefore, done->bytesAfter, done->disarmed};
}

} // namespace pilothouse
