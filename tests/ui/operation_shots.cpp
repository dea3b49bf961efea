// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation_shots.h"

#include "models/describe.h"
#include "scripted_operations.h"
#include "shooting.h"
#include "ui/operations/change_dialog.h"
#include "ui/operations/setup_page.h"
#include "ui/theme/theme.h"
#include "views.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QPushButton>

namespace pilothouse::ui::test {
namespace {

// A dialog that has gone so far with `operations`.
void shootChange(Theme& theme, const QDir& directory, const QString& name, ScriptedOperations& operations,
                 int pages, QSize size) {
    const api::OperationPlan plan = operations.planned.value();
    ChangeDialog dialog(theme, operations,
                        {*domain::operationKindOf(plan.kind), QString::fromStdString(plan.replica),
                         QString::fromStdString(plan.name), QStringLiteral("prod-eu")},
                        nullptr);
    dialog.resize(size);
    dialog.show();
    if (dialog.setupPage() != nullptr) {
        dialog.setupPage()->field()->setText(QStringLiteral("phsetup1.eyJ1cmwiOiJodHRwczovLzEwLjIuMC4x"));
    }
    dialog.check();
    for (int page = 0; page < pages; ++page) {
        QApplication::processEvents();
        QApplication::processEvents();
        dialog.nextButton()->click();
    }
    QElapsedTimer looking;
    looking.start();
    while (pages > 1 && looking.elapsed() < 400) {
        QApplication::processEvents(QEventLoop::AllEvents, 20);
    }
    save(dialog, directory, name);
}

constexpr QSize dialogSize(960, 680);

// The first page, with what was pasted.
void shootPreparing(Theme& theme, const QDir& directory, const QString& name, const QString& pasted) {
    ScriptedOperations operations;
    ChangeDialog dialog(theme, operations, {domain::OperationKind::join, {}, {}, QStringLiteral("prod-eu")},
                        nullptr);
    dialog.show();
    dialog.activateWindow();
    dialog.setupPage()->field()->setText(pasted);
    save(dialog, directory, name);
}

// While the answers about the host are awaited.
void shootAsking(Theme& theme, const QDir& directory, const QString& name) {
    ScriptedOperations operations;
    operations.silent = true;
    ChangeDialog dialog(theme, operations, {domain::OperationKind::join, {}, {}, QStringLiteral("prod-eu")},
                        nullptr);
    dialog.show();
    dialog.check();
    save(dialog, directory, name);
}

void shootJoin(Theme& theme, const QDir& directory, const QString& look, QSize size) {
    shootPreparing(theme, directory, QStringLiteral("join-%1").arg(look), {});
    shootPreparing(theme, directory, QStringLiteral("join-token-%1").arg(look),
                   QStringLiteral("phjoin1.eyJ1cmwiOiJodHRwczovLzEwLjIuMC4x"));
    shootPreparing(theme, directory, QStringLiteral("join-pasted-%1").arg(look),
                   QStringLiteral("phsetup1.eyJ1cmwiOiJodHRwczovLzEwLjIuMC4x"));
    shootAsking(theme, directory, QStringLiteral("join-asking-%1").arg(look));
    ScriptedOperations operations;
    for (const auto& [name, plan] :
         {std::pair<QString, api::OperationPlan>{QStringLiteral("join-check"), joinOfSix()},
          {QStringLiteral("join-blocked"), joinOfTheShared()},
          {QStringLiteral("join-word"), joinOfTheSlow()},
          {QStringLiteral("join-unreachable"), joinOfTheUnreachable()}}) {
        operations.planned = plan;
        shootChange(theme, directory, QStringLiteral("%1-%2").arg(name, look), operations, 0, dialogSize);
    }
    operations.planned = replacementOfTwo();
    shootChange(theme, directory, QStringLiteral("replace-review-%1").arg(look), operations, 1, dialogSize);
    operations.started = operationAt(replacementOfTwo(), "repair_copies");
    operations.now =
        waitingFor(operations.started.value(), {"copies", {"reg-4.dc2"}, {14}, {}, {}, false, {"cancel"}});
    shootChange(theme, directory, QStringLiteral("replace-working-%1").arg(look), operations, 2, dialogSize);
    operations.now = endedAs(operationAt(replacementOfTwo(), "catch_up"), "cancelled");
    shootChange(theme, directory, QStringLiteral("replace-cancelled-%1").arg(look), operations, 2,
                dialogSize);
    operations.planned = joinOfSix();
    shootChange(theme, directory, QStringLiteral("join-review-%1").arg(look), operations, 1, dialogSize);
    operations.started = operationAt(joinOfSix(), "admit");
    const auto shoot = [&](const char* name, const api::Operation& now) {
        operations.now = now;
        shootChange(theme, directory, QStringLiteral("%1-%2").arg(QLatin1String(name), look), operations, 2,
                    dialogSize);
    };
    shoot("join-admit",
          waitingFor(operations.started.value(), {"joining", {"reg-6.dc3"}, {}, {}, {}, false, {"cancel"}}));
    shoot("join-take-part",
          waitingFor(operationAt(joinOfSix(), "take_part"),
                     {"unwell", {"reg-6.dc3"}, {}, "it sees no leader", {}, true, {"skip"}}));
    shoot("join-done", endedAs(operations.started.value(), "done"));
    shoot("join-cancelled", endedAs(operationAt(joinOfSix(), "catch_up"), "cancelled"));
    shoot("join-refused", endedAs(operationAt(joinOfSix(), "check"), "refused"));
    shootWindow(theme, directory, QStringLiteral("catching-up"), catchingUpFour, look, size);
}

// The missing bytes fall while one looks.
void shootCatchingUp(Theme& theme, const QDir& directory, const QString& look) {
    ScriptedOperations operations;
    operations.planned = joinOfSix();
    operations.started = operationAt(joinOfSix(), "catch_up");
    ChangeDialog dialog(
        theme, operations,
        {domain::OperationKind::join, {}, QStringLiteral("reg-6.dc3"), QStringLiteral("prod-eu")}, nullptr);
    operations.now =
        waitingFor(operations.started.value(),
                   {"catching_up", {"reg-6.dc3"}, {480, 412'600'000}, {}, {}, false, {"cancel"}});
    dialog.show();
    dialog.follow(QStringLiteral("20261128T053012-4f2a"));
    QElapsedTimer looking;
    looking.start();
    while (looking.elapsed() < 3600) {
        const std::int64_t missing = 412'600'000 - 33'000 * looking.elapsed();
        operations.now = waitingFor(
            operations.started.value(),
            {"catching_up", {"reg-6.dc3"}, {missing / 850'000, missing}, {}, {}, false, {"cancel"}});
        QApplication::processEvents(QEventLoop::AllEvents, 20);
    }
    save(dialog, directory, QStringLiteral("join-working-%1").arg(look));
}

} // namespace

void shootOperations(Theme& theme, const QDir& directory, const QString& look, QSize size) {
    ScriptedOperations operations;
    for (const auto& [name, plan] :
         {std::pair<QString, api::OperationPlan>{QStringLiteral("change-five"), removalOfFive()},
          {QStringLiteral("change-word"), removalOfThree()},
          {QStringLiteral("change-dead"), removalOfTheDead()},
          {QStringLiteral("change-lost"), forgettingTheLastCopy()}}) {
        operations.planned = plan;
        shootChange(theme, directory, QStringLiteral("%1-%2").arg(name, look), operations, 0, dialogSize);
    }
    operations.planned = removalOfFive();
    shootChange(theme, directory, QStringLiteral("change-review-%1").arg(look), operations, 1, dialogSize);
    operations.started = operationAt(removalOfFive(), "complete_copies");
    operations.now =
        waitingFor(operations.started.value(), {"copies", {"reg-4.dc2"}, {14}, {}, {}, true, {"cancel"}});
    shootChange(theme, directory, QStringLiteral("change-working-%1").arg(look), operations, 2, dialogSize);
    operations.now = waitingFor(operationAt(removalOfFive(), "finish_requests"),
                                {"requests", {"reg-5.dc3"}, {3}, {}, {}, false, {"cancel", "skip"}});
    shootChange(theme, directory, QStringLiteral("change-skip-%1").arg(look), operations, 2, dialogSize);
    operations.now = endedAs(operations.started.value(), "done");
    shootChange(theme, directory, QStringLiteral("change-done-%1").arg(look), operations, 2, dialogSize);

    models::ClusterView view = healthyFive();
    api::RunningOperation running{"20261128T053012-4f2a",
                                  "remove",
                                  "c00000000005",
                                  "reg-5.dc3",
                                  "running",
                                  false,
                                  "complete_copies",
                                  5,
                                  7,
                                  {},
                                  {}};
    running.waiting = api::Waiting{"copies", {"reg-4.dc2"}, {14}, {}, {}, false, {"cancel"}};
    view.operation = models::describe(running);
    shootWindow(
        theme, directory, QStringLiteral("operation"), [&view] { return view; }, look, size);
    shootJoin(theme, directory, look, size);
    shootCatchingUp(theme, directory, look);
}

} // namespace pilothouse::ui::test
