// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done to the processes of a sandbox on this computer.
#pragma once

#include "base/result.h"
#include "ui/session/verbs.h"

#include <QFuture>

namespace pilothouse::ui {

class SandboxControl {
public:
    virtual ~SandboxControl() = default;
    // How each replica's process is now; quick.
    [[nodiscard]] virtual Processes processes() const = 0;
    // start, stop, kill, pause or resume, away from this thread; without a replica, of all.
    [[nodiscard]] virtual QFuture<Status> run(VerbKind kind, const QString& replicaId) = 0;
};

} // namespace pilothouse::ui
