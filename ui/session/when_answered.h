// SPDX-License-Identifier: GPL-3.0-or-later
// What is to be done when an answer comes.
#pragma once

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>

#include <utility>

namespace pilothouse::ui {

// Calls `then` with the result on `owner`'s thread; not at all if the future was cancelled or `owner` is
// gone.
template <typename T, typename Then>
void whenAnswered(QObject* owner, const QFuture<T>& future, Then then) {
    auto* watcher = new QFutureWatcher<T>(owner);
    QObject::connect(watcher, &QFutureWatcherBase::finished, owner, [watcher, then = std::move(then)] {
        watcher->deleteLater();
        if (watcher->future().resultCount() > 0) {
            then(watcher->result());
        }
    });
    watcher->setFuture(future);
}

} // namespace pilothouse::ui
