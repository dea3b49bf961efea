// SPDX-License-Identifier: GPL-3.0-or-later
// Draws the console's parts in every state to PNG files, to be looked at: shots DIRECTORY [light|dark]
// [STATE...] [-WIDTHxHEIGHT] [-de] [-long] [-show]
#include "check_shots.h"
#include "history_shots.h"
#include "operation_shots.h"
#include "pseudo_translator.h"
#include "repair_shots.h"
#include "scripted_session.h"
#include "shooting.h"
#include "text/sentence.h"
#include "ui/accessibility.h"
#include "ui/dialogs/connect_dialog.h"
#include "ui/dialogs/password_dialog.h"
#include "ui/dialogs/sandbox_dialog.h"
#include "ui/pages/cluster_page.h"
#include "ui/pages/repositories_page.h"
#include "ui/repositories/delete_dialog.h"
#include "ui/session/sessions.h"
#include "ui/theme/theme.h"
#include "ui/window/main_window.h"
#include "views.h"

#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QLocale>
#include <QPromise>
#include <QPushButton>
#include <QTabBar>

#include <functional>
#include <map>

using namespace pilothouse;
using namespace pilothouse::ui;
using test::save;
using test::shootWindow;

namespace {

const std::map<std::string, std::function<models::ClusterView()>> clusters{
    {"healthy", test::healthyFive},
    {"at-risk", test::atRiskFive},
    {"no-quorum", test::noQuorumThree},
    {"partition", test::partitionFive},
    {"sandbox", test::healthySandbox},
    {"joining", test::joiningThree},
    {"starting", test::startingThree},
    {"unreachable", test::unreachableThree},
    {"cut-off", test::cutOffFive},
    {"draining", test::drainingThree},
    {"late", test::lateThree},
    {"hidden", test::hiddenThree},
    {"refused", test::refusedThree},
    {"seven", test::healthySeven},
    {"single", test::single}};

client::PresentedAuthority someAuthority() {
    client::PresentedAuthority seen;
    seen.fingerprint = QStringLiteral(
        "3F:9A:11:C2:7E:04:5B:D8:66:10:AF:93:2C:E1:07:BB:90:4D:8E:21:F5:6A:DD:13:70:CE:58:B9:42:0F:A6:1C");
    seen.name = QStringLiteral("prod-eu");
    seen.madeAt = QDateTime(QDate(2026, 3, 2), QTime(10, 0));
    seen.validTo = QDateTime(QDate(2036, 2, 28), QTime(10, 0));
    seen.replica.replica = ReplicaId("a41f09c2d7e3");
    return seen;
}

int showAll(Theme& theme) {
    installAccessibility();
    Sessions sessions;
    MainWindow window(theme, sessions);
    for (const auto& [name, make] : clusters) {
        models::ClusterView view = make();
        view.key = QString::fromStdString(name);
        view.name = view.key;
        sessions.add(view.key, std::make_unique<test::ScriptedSession>(view));
    }
    window.show();
    return QApplication::exec();
}

QSize sizeFrom(const QStringList& arguments) {
    for (const QString& argument : arguments) {
        const QStringList parts = argument.mid(1).split(QLatin1Char('x'));
        if (parts.size() == 2 && parts[0].toInt() > 0) {
            return {parts[0].toInt(), parts[1].toInt()};
        }
    }
    return {1440, 900};
}

void shootRepositories(Theme& theme, const QDir& directory, const QString& look, QSize size) {
    test::ScriptedRegistry full;
    test::ScriptedRegistry empty;
    empty.all.clear();
    for (auto& [name, registry] :
         {std::pair<QString, test::ScriptedRegistry&>{QStringLiteral("repositories"), full},
          {QStringLiteral("no-repositories"), empty}}) {
        Sessions sessions;
        MainWindow window(theme, sessions);
        auto session = std::make_unique<test::ScriptedSession>(test::healthyFive());
        session->registryOf = &registry;
        sessions.add(test::healthyFive().key, std::move(session));
        window.resize(size);
        window.show();
        window.clusterPage()->tabs()->setCurrentIndex(2);
        save(window, directory, QStringLiteral("%1-%2").arg(name, look));
        registry.failure =
            Error{ErrorCode::unavailable, "no majority of the replicas answers", "Look at the topology"};
        window.clusterPage()->tabs()->setCurrentIndex(0);
        window.clusterPage()->tabs()->setCurrentIndex(2);
        save(window, directory, QStringLiteral("%1-old-%2").arg(name, look));
        registry.failure.reset();
    }
    for (const QString& reference : {QString(), QStringLiteral("v4.12.0")}) {
        Registry::Deletion wish;
        wish.repository = QStringLiteral("platform/api");
        wish.reference = reference;
        wish.dryRun = true;
        const auto would = full.remove(wish).result();
        DeleteDialog dialog(theme, *would,
                            reference.isEmpty() ? wish.repository : wish.repository + u':' + reference,
                            nullptr);
        save(dialog, directory,
             QStringLiteral("delete-%1-%2")
                 .arg(reference.isEmpty() ? QStringLiteral("repository") : QStringLiteral("tag"), look));
    }
}

void shootConnect(Theme& theme, const QDir& directory, const QString& look, const QString& name,
                  const std::optional<KnownCluster>& known) {
    ConnectDialog dialog(
        theme,
        [](const QUrl&) {
            return QtFuture::makeReadyFuture(Result<client::PresentedAuthority>(someAuthority()));
        },
        [known](const QUrl&, const client::PresentedAuthority&) { return known; });
    dialog.show();
    const QList<QLineEdit*> fields = dialog.findChildren<QLineEdit*>();
    fields[0]->setText(QStringLiteral("reg-1.dc1.example.com"));
    fields[2]->setText(QStringLiteral("swordfish-12"));
    dialog.findChildren<QPushButton*>().last()->click();
    QApplication::processEvents();
    save(dialog, directory, QStringLiteral("%1-%2").arg(name, look));
}

void shootRest(Theme& theme, const QDir& directory, const QString& look, QSize size) {
    Sessions none;
    MainWindow window(theme, none);
    window.resize(size);
    save(window, directory, QStringLiteral("first-run-%1").arg(look));
    shootConnect(theme, directory, look, QStringLiteral("connect"), std::nullopt);
    shootConnect(theme, directory, look, QStringLiteral("connect-known"),
                 KnownCluster{QStringLiteral("prod-eu"), someAuthority().fingerprint});
    shootConnect(
        theme, directory, look, QStringLiteral("connect-changed"),
        KnownCluster{QStringLiteral("prod-eu"),
                     QStringLiteral("70:CE:58:B9:42:0F:A6:1C:90:4D:8E:21:F5:6A:DD:13:66:10:AF:93:2C:E1:07:"
                                    "BB:3F:9A:11:C2:7E:04:5B:D8")});
    QPromise<Result<QString>> promise;
    SandboxDialog sandboxDialog(
        theme,
        [&promise](const QString&, int) {
            promise.start();
            promise.setProgressRange(0, 3);
            promise.setProgressValueAndText(2, QStringLiteral("Starting replicas: 2 of 3 run"));
            return promise.future();
        },
        QStringLiteral("sandbox"));
    save(sandboxDialog, directory, QStringLiteral("start-sandbox-%1").arg(look));
    sandboxDialog.findChildren<QPushButton*>().last()->click();
    QApplication::processEvents();
    save(sandboxDialog, directory, QStringLiteral("starting-sandbox-%1").arg(look));
    promise.addResult(
        Result<QString>(fail(ErrorCode::unavailable,
                             "port 20000 is taken by nginx (process 412); stop it, or remove the sandbox")));
    promise.finish();
    QApplication::processEvents();
    save(sandboxDialog, directory, QStringLiteral("failed-sandbox-%1").arg(look));
    for (const bool refused : {false, true}) {
        PasswordDialog password(theme, QStringLiteral("prod-eu"), QStringLiteral("admin"), refused);
        save(password, directory,
             QStringLiteral("password%1-%2").arg(refused ? QStringLiteral("-refused") : QString(), look));
    }
}

} // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    const QStringList arguments = application.arguments().mid(1);
    const QDir directory(arguments.value(0, QStringLiteral(".")));
    test::PseudoTranslator longer;
    if (arguments.contains(QStringLiteral("-long"))) {
        QCoreApplication::installTranslator(&longer);
    }
    Theme theme;
    const QString look = arguments.value(1, QStringLiteral("light"));
    theme.apply(application, themeChoiceFrom(look));
    if (arguments.contains(QStringLiteral("-de"))) {
        QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
        text::installTranslations();
    }
    if (arguments.contains(QStringLiteral("-show"))) {
        return showAll(theme);
    }
    const QSize size = sizeFrom(arguments);
    QStringList wanted = arguments.mid(2);
    wanted.removeIf([](const QString& one) { return one.startsWith(QLatin1Char('-')); });
    for (const auto& [name, make] : clusters) {
        if (wanted.isEmpty() || wanted.contains(QString::fromStdString(name))) {
            shootWindow(theme, directory, QString::fromStdString(name), make, look, size);
        }
    }
    test::shootHistory(theme, directory, look, size);
    if (wanted.contains(QStringLiteral("operations"))) {
        return 0; // only their page
    }
    shootRepositories(theme, directory, look, size);
    test::shootOperations(theme, directory, look, size);
    test::shootRepairs(theme, directory, look, size);
    test::shootChecks(theme, directory, look);
    shootRest(theme, directory, look, size);
    return 0;
}
