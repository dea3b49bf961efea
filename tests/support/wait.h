// SPDX-License-Identifier: GPL-3.0-or-later
// Waiting for a condition while the event loop runs, with a deadline.
#pragma once

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QEventLoop>

#include <chrono>

namespace pilothouse::test {

// True as soon as `condition` holds; false if it does not within `deadline`.
template <typename Condition>
[[nodiscard]] bool waitUntil(const Condition& condition,
                             std::chrono::milliseconds deadline = std::chrono::seconds(10)) {
    const QDeadlineTimer end(deadline);
    while (!condition()) {
        if (end.hasExpired()) {
            return condition();
        }
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 20);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    return true;
}

// Lets the event loop run for a while, to show that something does not happen.
inline void runFor(std::chrono::milliseconds time) {
    (void)waitUntil([] { return false; }, time);
}

} // namespace pilothouse::test
