// SPDX-License-Identifier: GPL-3.0-or-later
// Waiting for a future in a program that has nothing else to do.
#pragma once

#include <QEventLoop>
#include <QFuture>
#include <QFutureWatcher>

namespace pilothouse::cli {

// Runs the event loop until the future has ended. The future's own deadline bounds the wait.
template <typename T>
[[nodiscard]] T await(QFuture<T> future) {
    QFutureWatcher<T> watcher;
    QEventLoop loop;
    QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
    watcher.setFuture(future);
    if (!future.isFinished()) {
        loop.exec();
    }
    return future.result();
}

} // namespace pilothouse::cli
