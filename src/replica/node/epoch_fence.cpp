// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/node/epoch_fence.h"

#include "api/json.h"
#include "replica/security/files.h"

#include <system_error>

namespace pilothouse::node {
namespace {

constexpr std::size_t maxBytes = 4096;
constexpr std::chrono::seconds silence{10}; // after which it is not known any more what one says of itself

std::optional<api::NewerEpoch> readFence(const std::filesystem::path& file, std::int64_t own,
                                         const Logger& log) {
    const auto text = security::readPrivateFile(file, maxBytes);
    if (!text && text.error().code == ErrorCode::notFound) {
        return std::nullopt;
    }
    auto known = text ? api::fromJson<api::NewerEpoch>(*text) : Result<api::NewerEpoch>(fail(text.error()));
    if (!known) {
        log.error(file.string() +
                  " cannot be read, so this replica takes no changes: " + known.error().text());
        return api::NewerEpoch{own + 1, {}, {}};
    }
    // A replica that was repaired itself is further than what left it behind once.
    return known->epoch > own ? std::optional(std::move(*known)) : std::nullopt;
}

} // namespace

EpochFence::EpochFence(Own own, const Clock& clock, OnChange onChange, Logger log)
    : m_own(std::move(own)), m_clock(clock), m_onChange(std::move(onChange)), m_log(std::move(log)),
      m_closedBy(readFence(m_own.file, m_own.epoch, m_log)) {}

void EpochFence::heard(const api::Heartbeat& heartbeat, const std::string& name) {
    const auto known = closedBy();
    if (heartbeat.epoch > m_own.epoch) {
        if (!known || heartbeat.epoch > known->epoch || known->replica.empty()) {
            close({heartbeat.epoch, heartbeat.id, name});
        }
        return;
    }
    {
        const std::lock_guard lock(m_mutex);
        m_heardInOwn[heartbeat.id] = m_clock.monotonic();
    }
    if (known && heartbeat.id == known->replica) {
        open(); // it was put back
    } else if (!known && heartbeat.newer_epoch && isBelieved(*heartbeat.newer_epoch)) {
        close(*heartbeat.newer_epoch);
    }
}

// What others tell of a third counts as long as that one does not say otherwise itself: after a repair was
// put back they may not have heard so yet.
bool EpochFence::isBelieved(const api::NewerEpoch& told) const {
    if (told.epoch <= m_own.epoch || told.replica == m_own.replica) {
        return false;
    }
    const std::lock_guard lock(m_mutex);
    const auto heard = m_heardInOwn.find(told.replica);
    return heard == m_heardInOwn.end() || m_clock.monotonic() - heard->second > silence;
}

void EpochFence::close(api::NewerEpoch by) {
    {
        const std::lock_guard lock(m_mutex);
        m_closedBy = by;
    }
    m_log.error("the cluster was repaired from " + by.name + " and is in epoch " + std::to_string(by.epoch) +
                ": this replica belongs to epoch " + std::to_string(m_own.epoch) +
                ", and is read-only from now on");
    if (const Status written = security::writePrivateFile(m_own.file, api::toJson(by) + "\n"); !written) {
        m_log.warning(written.error().text()); // the next start hears it again
    }
    m_onChange(by);
}

void EpochFence::open() {
    {
        const std::lock_guard lock(m_mutex);
        m_closedBy.reset();
    }
    m_log.info("the repair of the cluster was put back: this replica takes part again");
    std::error_code failed;
    std::filesystem::remove(m_own.file, failed); // else the next start opens it in the same way
    m_onChange(std::nullopt);
}

std::optional<api::NewerEpoch> EpochFence::closedBy() const {
    const std::lock_guard lock(m_mutex);
    return m_closedBy;
}

std::optional<Error> EpochFence::refusal() const {
    const auto by = closedBy();
    if (!by) {
        return std::nullopt;
    }
    return Error{ErrorCode::unavailable,
                 "this replica belongs to epoch " + std::to_string(m_own.epoch) +
                     " of the cluster, which was repaired from " + by->name + " and is in epoch " +
                     std::to_string(by->epoch) + ": it is read-only",
                 "Use " + by->name +
                     "; to take this replica back in, empty its data folder and join it again"};
}

} // namespace pilothouse::node
