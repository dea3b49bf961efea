// SPDX-License-Identifier: GPL-3.0-or-later
// A saved cluster at the start of the console: it is contacted with its secret or not at all.
#include "base/clock.h"
#include "support/scripted_cluster.h"
#include "support/wait.h"
#include "ui/console/console.h"
#include "ui/dialogs/password_dialog.h"
#include "ui/inspector/inspector.h"
#include "ui/pages/cluster_page.h"
#include "ui/pages/topology_page.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QFile>
#include <QLineEdit>
#include <QPromise>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace pilothouse::ui {
namespace {

using test::runFor;
using test::waitUntil;

const QString name = QStringLiteral("prod");

class SavedClusterTest : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(m_folder.isValid());
        theme.apply(*qApp, ThemeChoice::light);
    }

    // With a keyring that answers when a test lets it.
    void open(const client::SavedCluster& saved) {
        ASSERT_TRUE(store().save(saved));
        console = std::make_unique<Console>(
            theme, ConsoleParts{.clock = systemClock(),
                                .storeFile = m_folder.filePath(QStringLiteral("clusters.json")),
                                .sandboxFolder = m_folder.filePath(QStringLiteral("sandboxes")),
                                .stateFile = m_folder.filePath(QStringLiteral("console.ini")),
                                .themeOfThisRun = themeOfThisRun,
                                .readSecret =
                                    [this](const QString&, const QString&) {
                                        keyring.start();
                                        return keyring.future();
                                    },
                                .controlOf = nullptr,
                                .startSandbox = nullptr});
        console->window().setAttribute(Qt::WA_DontShowOnScreen, isPicture);
        console->window().show();
        console->watchAll();
    }
    void keyringSays(const Result<QString>& secret) {
        keyring.addResult(secret);
        keyring.finish();
    }

    [[nodiscard]] client::SavedCluster saved() {
        client::SavedCluster one;
        one.name = name;
        one.seeds = {QUrl(QString::fromStdString(cluster.replica(0).url()))};
        one.authorityPem = cluster.authority().pem();
        one.clusterId = QString::fromStdString(test::TestAuthority::clusterId);
        one.user = QStringLiteral("admin");
        return one;
    }
    [[nodiscard]] client::ClusterStore store() const {
        return client::ClusterStore(m_folder.filePath(QStringLiteral("clusters.json")));
    }
    [[nodiscard]] QString in(const QString& file) const { return m_folder.filePath(file); }

    [[nodiscard]] const models::ClusterView& view() const {
        return console->sessions().find(QStringLiteral("saved/") + name)->view();
    }
    // A worse moment on the way there is shown for five seconds.
    [[nodiscard]] bool becomesHealthy() const {
        return waitUntil([this] { return view().verdict == domain::Verdict::healthy; },
                         std::chrono::seconds(20));
    }
    [[nodiscard]] PasswordDialog* dialog() const { return console->window().findChild<PasswordDialog*>(); }
    [[nodiscard]] std::size_t requests() {
        std::size_t all = 0;
        for (int i = 0; i < cluster.size(); ++i) {
            all += cluster.replica(i).requests().size();
        }
        return all;
    }
    // Requests that were answered with 401.
    [[nodiscard]] int refused(const QByteArray& good = "Basic " + QByteArray("admin:secret").toBase64()) {
        int all = 0;
        for (int i = 0; i < cluster.size(); ++i) {
            for (const test::RecordedRequest& request : cluster.replica(i).requests()) {
                all += request.headers.value("authorization") == good ? 0 : 1;
            }
        }
        return all;
    }
    void type(const QString& user, const QString& secret) {
        const QList<QLineEdit*> fields = dialog()->findChildren<QLineEdit*>();
        ASSERT_EQ(fields.size(), 2);
        fields[0]->setText(user);
        fields[1]->setText(secret);
        dialog()->findChild<QCheckBox*>()->setChecked(false); // no keyring of whoever runs this
        for (QPushButton* button : dialog()->findChildren<QPushButton*>()) {
            if (button->isDefault()) {
                button->click();
                return;
            }
        }
    }

    Theme theme;
    test::ScriptedCluster cluster{3};
    QPromise<Result<QString>> keyring;
    bool isPicture = false;
    std::optional<ThemeChoice> themeOfThisRun;
    std::unique_ptr<Console> console;

private:
    QTemporaryDir m_folder;
};

TEST_F(SavedClusterTest, WaitsForASlowKeyringAndIsNeverRefused) {
    open(saved());
    EXPECT_NE(console->sessions().find(QStringLiteral("saved/") + name), nullptr) << "it is on the list";
    runFor(Milliseconds(400));
    EXPECT_EQ(requests(), 0U) << "contacted without the secret";
    keyringSays(QStringLiteral("secret"));
    ASSERT_TRUE(becomesHealthy()) << view().sentence.toStdString();
    EXPECT_EQ(refused(), 0);
    EXPECT_EQ(dialog(), nullptr);
}

TEST_F(SavedClusterTest, ReadsAPasswordFileAtOnce) {
    QFile file(in(QStringLiteral("password")));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("secret\n");
    file.close();
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    client::SavedCluster one = saved();
    one.passwordFile = file.fileName();
    open(one);
    ASSERT_TRUE(becomesHealthy()) << view().sentence.toStdString();
    EXPECT_EQ(refused(), 0);
    EXPECT_EQ(dialog(), nullptr);
}

TEST_F(SavedClusterTest, AsksForASecretThatNobodyKeptAndKeepsTheUserThatWasGiven) {
    for (int i = 0; i < cluster.size(); ++i) {
        cluster.replica(i).setCredentials("anna", "hers");
    }
    open(saved());
    keyringSays(fail(ErrorCode::notFound, "none is kept"));
    ASSERT_TRUE(waitUntil([this] { return dialog() != nullptr; }));
    EXPECT_EQ(requests(), 0U);
    type(QStringLiteral("anna"), QStringLiteral("hers"));
    ASSERT_TRUE(becomesHealthy()) << view().sentence.toStdString();
    EXPECT_EQ(refused("Basic " + QByteArray("anna:hers").toBase64()), 0);
    EXPECT_TRUE(waitUntil([this] { return dialog() == nullptr; }));
    const auto kept = store().find(name);
    ASSERT_TRUE(kept) << kept.error().text();
    EXPECT_EQ(kept->user, QStringLiteral("anna"));
    EXPECT_EQ(kept->members.size(), 3) << "and the members that were found since";
    EXPECT_EQ(kept->seeds, saved().seeds);
}

TEST_F(SavedClusterTest, APasswordFileStaysWithItsUserWhenAnotherIsGivenForOnce) {
    client::SavedCluster one = saved();
    one.passwordFile = in(QStringLiteral("none"));
    open(one);
    ASSERT_TRUE(waitUntil([this] { return dialog() != nullptr; }));
    type(QStringLiteral("anna"), QStringLiteral("hers"));
    EXPECT_TRUE(waitUntil([this] { return requests() > 0; }));
    EXPECT_EQ(store().find(name)->user, QStringLiteral("admin"));
    EXPECT_EQ(store().find(name)->passwordFile, one.passwordFile);
}

TEST_F(SavedClusterTest, WhoGivesNoSecretSeesThatTheLoginIsRefusedAndIsNotAskedAgain) {
    open(saved());
    keyringSays(fail(ErrorCode::notFound, "none is kept"));
    ASSERT_TRUE(waitUntil([this] { return dialog() != nullptr; }));
    dialog()->reject();
    ASSERT_TRUE(waitUntil([this] { return view().verdict == domain::Verdict::unreachable; }))
        << view().sentence.toStdString();
    EXPECT_TRUE(waitUntil([this] { return dialog() == nullptr; }));
}

TEST_F(SavedClusterTest, ASecretThatIsRefusedIsAskedForAgain) {
    open(saved());
    keyringSays(QStringLiteral("old"));
    ASSERT_TRUE(waitUntil([this] { return dialog() != nullptr; }));
    type(QStringLiteral("admin"), QStringLiteral("secret"));
    ASSERT_TRUE(becomesHealthy()) << view().sentence.toStdString();
    EXPECT_TRUE(waitUntil([this] { return dialog() == nullptr; }));
}

TEST_F(SavedClusterTest, APictureAsksNobody) {
    isPicture = true;
    open(saved());
    keyringSays(fail(ErrorCode::unavailable, "there is no keyring"));
    ASSERT_TRUE(waitUntil([this] { return view().verdict == domain::Verdict::unreachable; }))
        << view().sentence.toStdString();
    EXPECT_EQ(dialog(), nullptr);
}

// --replica, and what a second start hands over to the console that runs.
TEST_F(SavedClusterTest, OpensOnTheReplicaThatIsWanted) {
    open(saved());
    console->raise({name, QStringLiteral("reg-2")});
    keyringSays(QStringLiteral("secret"));
    const auto inspected = [this] {
        return console->window().clusterPage()->topologyPage()->inspector()->shownReplica();
    };
    EXPECT_TRUE(waitUntil([&] {
        return console->wanted().done() && inspected() == view().replicas.value(1).id;
    })) << inspected().toStdString();
    EXPECT_EQ(view().replicas.value(1).name, QStringLiteral("reg-2"));
}

TEST_F(SavedClusterTest, SaysWhichReplicasAndClustersThereAre) {
    open(saved());
    QSignalSpy missing(&console->wanted(), &Wanted::missing);
    console->raise({QStringLiteral("nosuch"), QStringLiteral("reg-1")});
    ASSERT_EQ(missing.size(), 1);
    EXPECT_EQ(missing[0][0].toString().toStdString(), "There is no cluster “nosuch” here. There is: prod.");
    EXPECT_TRUE(console->wanted().done()) << "it must not jump there in an hour";
    console->raise({name, QStringLiteral("reg-9")});
    EXPECT_EQ(missing.size(), 1) << "its members are not known before it answers";
    keyringSays(QStringLiteral("secret"));
    EXPECT_TRUE(waitUntil([&] { return missing.size() == 2; }));
    EXPECT_EQ(missing.value(1).value(0).toString().toStdString(),
              "test has no replica “reg-9”. It has: reg-1, reg-2, reg-3.");
}

TEST_F(SavedClusterTest, AThemeForOneRunIsNotKept) {
    WindowStateFile file(in(QStringLiteral("console.ini")));
    WindowState before;
    before.theme = ThemeChoice::light;
    file.save(before);
    themeOfThisRun = ThemeChoice::dark;
    theme.apply(*qApp, ThemeChoice::dark);
    open(saved());
    console->open({});
    QMetaObject::invokeMethod(qApp, "aboutToQuit");
    EXPECT_EQ(file.load().theme, ThemeChoice::light);
    theme.apply(*qApp, ThemeChoice::system); // chosen in the window
    QMetaObject::invokeMethod(qApp, "aboutToQuit");
    EXPECT_EQ(file.load().theme, ThemeChoice::system);
}

} // namespace
} // namespace pilothouse::ui
