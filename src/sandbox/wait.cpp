// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/wait.h"

#include "sandbox/text.h"

#include <QTimer>

namespace pilothouse::sandbox {

void run(QEventLoop& loop, const std::stop_token& cancel) {
    // By an event: it waits for a loop that does not run yet, and comes from any thread.
    const std::stop_callback onCancel(
        cancel, [&loop] { QMetaObject::invokeMethod(&loop, &QEventLoop::quit, Qt::QueuedConnection); });
    loop.exec();
}

void pause(Milliseconds time, const std::stop_token& cancel) {
    QEventLoop loop;
    QTimer::singleShot(time, &loop, &QEventLoop::quit);
    run(loop, cancel);
}

Error cancelled() {
    return {ErrorCode::cancelled, Text::tr("cancelled").toStdString(), {}};
}

} // namespace pilothouse::sandbox
