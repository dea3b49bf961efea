// SPDX-License-Identifier: GPL-3.0-or-later
// What the console asks of a cluster about its health, beyond what it watches.
#pragma once

#include "api/checks.h"
#include "base/result.h"

#include <QFuture>
#include <QString>

namespace pilothouse::ui {

// GUI thread. Futures end within 10 s and are cancelled when the session goes.
class Checks {
public:
    virtual ~Checks() = default;
    // Of the whole cluster, or of one replica and its ways. Also when nobody answers: by what is seen from
    // here.
    [[nodiscard]] virtual QFuture<Result<api::ClusterCheck>> check(const QString& replicaId) = 0;
};

} // namespace pilothouse::ui
