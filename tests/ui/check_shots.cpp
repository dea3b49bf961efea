// SPDX-License-Identifier: GPL-3.0-or-later
#include "check_shots.h"

#include "scripted_checks.h"
#include "shooting.h"
#include "ui/operations/check_dialog.h"
#include "ui/theme/theme.h"

#include <QApplication>

namespace pilothouse::ui::test {

void shootChecks(Theme& theme, const QDir& directory, const QString& look) {
    const auto shoot = [&](const char* name, const Result<api::ClusterCheck>& found, bool one, bool silent,
                           int tall = 640) {
        ScriptedChecks checks;
        checks.found = found;
        checks.silent = silent;
        CheckWish wish{QStringLiteral("prod-eu"), {}, {}};
        if (one) {
            wish.replicaId = QStringLiteral("5a41f09c2d7e");
            wish.replica = QStringLiteral("reg-2");
        }
        CheckDialog dialog(theme, checks, wish, nullptr);
        dialog.show();
        dialog.resize(760, tall);
        dialog.check();
        for (int i = 0; i < 4; ++i) {
            QApplication::processEvents();
        }
        save(dialog, directory, QStringLiteral("check-%1-%2").arg(QLatin1String(name), look));
    };
    shoot("running", wellCheck(), false, true);
    shoot("well", wellCheck(), false, false);
    shoot("sick", sickCheck(), false, false);
    shoot("sick-tall", sickCheck(), false, false, 1000);
    shoot("failed", fail(ErrorCode::unavailable, "none of 3 replicas could be asked"), false, false);
    auto one = sickCheck();
    one.replica = "reg-2";
    one.causes.resize(1);
    one.findings.erase(one.findings.begin() + 1, one.findings.begin() + 3); // of others
    shoot("diagnosis", one, true, false);
}

} // namespace pilothouse::ui::test
