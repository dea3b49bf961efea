// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/node/drain_switch.h"

#include "replica/security/files.h"

namespace pilothouse::node {
namespace {

constexpr Milliseconds longestChange{3000};

} // namespace

DrainSwitch::DrainSwitch(std::filesystem::path marker, std::function<void(bool)> onChange)
    : m_marker(std::move(marker)), m_onChange(std::move(onChange)),
      m_draining(std::filesystem::exists(m_marker)) {}

Status DrainSwitch::set(bool draining) {
    if (m_draining == draining) {
        return {};
    }
    if (draining) {
        if (auto written = security::writePrivateFile(m_marker, "draining\n"); !written) {
            return written;
        }
    } else {
        std::error_code error;
        std::filesystem::remove(m_marker, error);
        if (error) {
            return fail(ErrorCode::internal, "cannot delete " + m_marker.string() + ": " + error.message());
        }
    }
    if (m_draining.exchange(draining) != draining) {
        m_onChange(draining);
    }
    return {};
}

boost::asio::awaitable<Status> DrainSwitch::change(bool draining) {
    std::function<Status()> setting = [this, draining] { return set(draining); };
    return m_disk.runWithin(longestChange, std::move(setting));
}

} // namespace pilothouse::node
