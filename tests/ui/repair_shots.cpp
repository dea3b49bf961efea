// SPDX-License-Identifier: GPL-3.0-or-later
#include "repair_shots.h"

#include "scripted_repairs.h"
#include "shooting.h"
#include "ui/operations/finding_list.h"
#include "ui/operations/put_back_dialog.h"
#include "ui/operations/repair_dialog.h"
#include "ui/operations/statements_page.h"
#include "ui/operations/survivor_page.h"
#include "ui/theme/theme.h"
#include "views.h"

#include <QApplication>
#include <QCheckBox>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>

#include <functional>

namespace pilothouse::ui::test {
namespace {

const QHash<QString, QString> howSilent{{QStringLiteral("5a41f09c2d7e"), QStringLiteral("refused · 4 min")},
                                        {QStringLiteral("c93d52aa41b7"), QStringLiteral("no answer · 4 min")},
                                        {QStringLiteral("e2b7740c91d5"), QStringLiteral("no route · 2 h")}};

// A dialog that was clicked on so far, and what is done to it on each page before.
class Shot {
public:
    Shot(Theme& theme, ScriptedRepairs& repairs, int voters, int answering)
        : m_repairs(repairs),
          dialog(theme, repairs, {QStringLiteral("prod-eu"), voters, answering}, howSilent, nullptr) {
        dialog.show();
        dialog.look();
        settle();
    }
    void state() {
        for (const api::SilentMember& each : std::vector(dialog.statements()->statements())) {
            const bool second = each.replica == "5a41f09c2d7e";
            dialog.statements()
                ->choice(QString::fromStdString(each.replica),
                         second ? QStringLiteral("destroyed") : QStringLiteral("powered_off"))
                ->setChecked(true);
        }
    }
    void giveReason() {
        dialog.findings()->findChild<QCheckBox*>()->setChecked(true);
        dialog.findings()->findChild<QLineEdit*>()->setText(QStringLiteral("fire in hall 2"));
    }
    void next() {
        dialog.nextButton()->click();
        settle();
    }
    void goTo(int page) {
        for (int at = 0; at < page; ++at) {
            if (at == 1) {
                state();
            }
            if (at == 2) {
                giveReason();
            }
            next();
        }
    }
    static void settle() {
        for (int i = 0; i < 4; ++i) {
            QApplication::processEvents();
        }
    }

    ScriptedRepairs& m_repairs;
    RepairDialog dialog;
};

void shootWizard(Theme& theme, const QDir& directory, const QString& look) {
    const auto named = [&](const char* name) {
        return QStringLiteral("repair-%1-%2").arg(QLatin1String(name), look);
    };
    ScriptedRepairs repairs;
    repairs.who = {{QStringLiteral("7be0113d90fe"), QStringLiteral("reg-1.dc1")}};
    repairs.plans = {{repairs.who[0].id, repairOfThree()}};
    const char* const names[] = {"survivor", "others", "check", "review"};
    for (int page = 0; page < 4; ++page) {
        Shot shot(theme, repairs, 3, 1);
        shot.goTo(page);
        save(shot.dialog, directory, named(names[page]));
        if (page == 1) {
            shot.state();
            save(shot.dialog, directory, named("stated"));
        }
    }
    ScriptedRepairs five;
    answerFromTwoOfFive(five);
    {
        Shot shot(theme, five, 5, 2);
        save(shot.dialog, directory, named("two-survivors"));
        qobject_cast<QRadioButton*>(shot.dialog.survivors()->choices().last())->setChecked(true);
        save(shot.dialog, directory, named("lesser"));
        shot.next();
        save(shot.dialog, directory, named("three-others"));
        shot.state();
        shot.next();
        save(shot.dialog, directory, named("lesser-check"));
    }
    ScriptedRepairs nobody;
    Shot gone(theme, nobody, 3, 0);
    save(gone.dialog, directory, named("nobody"));
    ScriptedRepairs waiting;
    waiting.who = repairs.who;
    waiting.silent = true;
    Shot asking(theme, waiting, 3, 1);
    save(asking.dialog, directory, named("asking"));
}

void shootProgress(Theme& theme, const QDir& directory, const QString& look) {
    const auto named = [&](const char* name) {
        return QStringLiteral("repair-%1-%2").arg(QLatin1String(name), look);
    };
    ScriptedRepairs repairs;
    repairs.who = {{QStringLiteral("7be0113d90fe"), QStringLiteral("reg-1.dc1")}};
    repairs.plans = {{repairs.who[0].id, repairOfThree()}};
    Shot shot(theme, repairs, 3, 1);
    shot.goTo(4);
    api::RepairPlan plan = repairOfThree();
    plan.silent[0].statement = "destroyed";
    plan.silent[1].statement = "powered_off";
    Q_EMIT repairs.progress->told(repairAt(plan, "copy_folder"));
    save(shot.dialog, directory, named("copying"));
    Q_EMIT repairs.progress->heard(QStringLiteral("repair from reg-1.dc1: the engine is started alone"));
    save(shot.dialog, directory, named("restarting"));
    const api::Repair done = repairedAs(repairAt(plan, "serve"), "done");
    Q_EMIT repairs.progress->ended(done);
    save(shot.dialog, directory, named("done"));
    Q_EMIT repairs.progress->ended(repairedAs(repairAt(plan, "start_alone"), "failed"));
    save(shot.dialog, directory, named("failed"));
    for (const std::int64_t changes : {0, 1204}) {
        repairs.lastOne = done;
        repairs.lastOne->changes_since = changes;
        PutBackDialog dialog(theme, repairs, repairs.who[0].id, QStringLiteral("prod-eu"), nullptr);
        dialog.show();
        dialog.look();
        save(dialog, directory, named(changes == 0 ? "put-back" : "put-back-loses"));
        if (changes == 0) {
            dialog.putBackButton()->click();
            Q_EMIT repairs.progress->ended(repairedAs(done, "put_back"));
            save(dialog, directory, named("put-back-done"));
        }
    }
}

} // namespace

void shootRepairs(Theme& theme, const QDir& directory, const QString& look, QSize size) {
    shootWizard(theme, directory, look);
    shootProgress(theme, directory, look);
    shootWindow(theme, directory, QStringLiteral("left-behind"), leftBehindOne, look, size);
    shootWindow(theme, directory, QStringLiteral("sandbox-no-quorum"), noQuorumSandbox, look, size);
}

} // namespace pilothouse::ui::test
