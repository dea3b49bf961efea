// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/connect_dialog.h"
#include "ui/dialogs/password_dialog.h"
#include "ui/dialogs/sandbox_dialog.h"
#include "ui/dialogs/trust_panel.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPromise>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <gtest/gtest.h>

namespace pilothouse::ui {
namespace {

template <typename Part>
Part* named(QWidget& dialog, const QString& name) {
    for (Part* part : dialog.findChildren<Part*>()) {
        if (part->accessibleName() == name) {
            return part;
        }
    }
    return nullptr;
}

QPushButton* button(QWidget& dialog, const QString& text) {
    for (QPushButton* one : dialog.findChildren<QPushButton*>()) {
        if (one->text() == text) {
            return one;
        }
    }
    return nullptr;
}

QStringList visibleTexts(const QWidget& dialog) {
    QStringList texts;
    for (const QLabel* label : dialog.findChildren<QLabel*>()) {
        if (label->isVisible()) {
            texts.append(label->text());
        }
    }
    return texts;
}

client::PresentedAuthority authority() {
    client::PresentedAuthority seen;
    QStringList pairs;
    for (int i = 0; i < 32; ++i) {
        pairs.append(QStringLiteral("%1").arg(i, 2, 16, QLatin1Char('0')).toUpper());
    }
    seen.fingerprint = pairs.join(QLatin1Char(':'));
    seen.name = QStringLiteral("prod-eu");
    seen.madeAt = QDateTime(QDate(2026, 3, 2), QTime(10, 0));
    seen.validTo = QDateTime(QDate(2036, 2, 28), QTime(10, 0));
    seen.replica.replica = ReplicaId("a41f09c2d7e3");
    return seen;
}

class ConnectDialogTest : public testing::Test {
protected:
    void SetUp() override {
        theme.apply(*qApp, ThemeChoice::light);
        dialog = std::make_unique<ConnectDialog>(
            theme,
            [this](const QUrl& url) {
                asked.append(url);
                promise = QPromise<Result<client::PresentedAuthority>>();
                promise.start();
                return promise.future();
            },
            [this](const QUrl&, const client::PresentedAuthority&) { return known; });
        dialog->show();
        address = named<QLineEdit>(*dialog, QStringLiteral("Address"));
        secret = named<QLineEdit>(*dialog, QStringLiteral("Password or access token"));
        strong = button(*dialog, QStringLiteral("Look who is there"));
        ASSERT_TRUE(address != nullptr && secret != nullptr && strong != nullptr);
    }
    void answer(Result<client::PresentedAuthority> result) {
        promise.addResult(std::move(result));
        promise.finish();
        QApplication::processEvents();
    }

    Theme theme;
    QList<QUrl> asked;
    std::optional<KnownCluster> known;
    QPromise<Result<client::PresentedAuthority>> promise;
    std::unique_ptr<ConnectDialog> dialog;
    QLineEdit* address = nullptr;
    QLineEdit* secret = nullptr;
    QPushButton* strong = nullptr;
};

TEST_F(ConnectDialogTest, ShowsTheAuthorityBeforeAnythingIsSent) {
    const QSignalSpy trusted(dialog.get(), &ConnectDialog::trusted);
    QTest::keyClicks(address, QStringLiteral("reg-1.dc1.example.com"));
    QTest::keyClicks(secret, QStringLiteral("swordfish"));
    QTest::mouseClick(strong, Qt::LeftButton);
    ASSERT_EQ(asked.size(), 1);
    EXPECT_EQ(asked[0].host(), QStringLiteral("reg-1.dc1.example.com"));
    EXPECT_FALSE(strong->isEnabled());
    answer(authority());
    EXPECT_EQ(strong->text(), QStringLiteral("It is the same, trust it"));
    const QString shown = visibleTexts(*dialog).join(QLatin1Char('\n'));
    EXPECT_TRUE(shown.contains(QStringLiteral(
        "prod-eu, made 2026-03-02, valid to 2036-02-28 · replica a41f09c2d7e3 is signed by it")))
        << shown.toStdString();
    EXPECT_TRUE(shown.contains(QStringLiteral("00:01:02:03:04:05:06:07:08:09:0A:0B:0C:0D:0E:0F\n10:11")))
        << shown.toStdString();
    EXPECT_EQ(trusted.count(), 0);
    QTest::mouseClick(strong, Qt::LeftButton);
    EXPECT_EQ(trusted.count(), 1);
    EXPECT_FALSE(dialog->isVisible());
}

TEST_F(ConnectDialogTest, AnotherAuthorityThanTheTrustedOneIsShownBesideIt) {
    known = KnownCluster{QStringLiteral("prod-eu"), QStringLiteral("AA:BB:CC")};
    QString replaced;
    QObject::connect(dialog.get(), &ConnectDialog::trusted,
                     [&replaced](const ConnectRequest& request) { replaced = request.replaces; });
    QTest::keyClicks(address, QStringLiteral("reg-1"));
    QTest::keyClicks(secret, QStringLiteral("swordfish"));
    QTest::mouseClick(strong, Qt::LeftButton);
    answer(authority());
    const QString shown = visibleTexts(*dialog).join(QLatin1Char('\n'));
    EXPECT_TRUE(shown.contains(QStringLiteral("This is not the certificate authority that prod-eu had")))
        << shown.toStdString();
    EXPECT_TRUE(shown.contains(QStringLiteral("AA:BB:CC"))) << shown.toStdString();
    EXPECT_TRUE(shown.contains(QStringLiteral("00:01:02:03"))) << shown.toStdString();
    EXPECT_EQ(strong->text(), QStringLiteral("It is right, trust the new one"));
    EXPECT_EQ(strong->property("kind").toString(), QStringLiteral("destructive"));
    QTest::keyClick(secret, Qt::Key_Return);
    EXPECT_TRUE(dialog->isVisible()) << "Enter alone must not replace what was trusted";
    QTest::mouseClick(strong, Qt::LeftButton);
    EXPECT_EQ(replaced, QStringLiteral("prod-eu"));
}

TEST_F(ConnectDialogTest, ATrustedAuthorityIsNoQuestion) {
    known = KnownCluster{QStringLiteral("prod-eu"), authority().fingerprint};
    QTest::keyClicks(address, QStringLiteral("reg-2"));
    QTest::mouseClick(strong, Qt::LeftButton);
    answer(authority());
    EXPECT_EQ(strong->text(), QStringLiteral("Connect"));
    const QString shown = visibleTexts(*dialog).join(QLatin1Char('\n'));
    EXPECT_TRUE(shown.contains(QStringLiteral("which you trust"))) << shown.toStdString();
}

TEST_F(ConnectDialogTest, AnotherAddressTakesWhatWasSeenBack) {
    QTest::keyClicks(address, QStringLiteral("reg-1"));
    QTest::mouseClick(strong, Qt::LeftButton);
    answer(authority());
    QTest::keyClicks(address, QStringLiteral("0"));
    EXPECT_EQ(strong->text(), QStringLiteral("Look who is there"));
    EXPECT_FALSE(dialog->findChild<TrustPanel*>()->isVisible());
}

TEST_F(ConnectDialogTest, SaysWhatWentWrong) {
    QTest::keyClicks(address, QStringLiteral("ftp://reg-1"));
    QTest::mouseClick(strong, Qt::LeftButton);
    EXPECT_TRUE(asked.isEmpty());
    address->clear();
    QTest::keyClicks(address, QStringLiteral("reg-9"));
    QTest::mouseClick(strong, Qt::LeftButton);
    answer(fail(ErrorCode::unavailable, "reg-9 refused the connection", "Is the service running?"));
    EXPECT_TRUE(visibleTexts(*dialog).contains(
        QStringLiteral("reg-9 refused the connection. Is the service running?")));
    EXPECT_TRUE(strong->isEnabled());
}

TEST_F(ConnectDialogTest, WantsAPasswordBeforeItTrusts) {
    const QSignalSpy trusted(dialog.get(), &ConnectDialog::trusted);
    QTest::keyClicks(address, QStringLiteral("reg-1"));
    QTest::mouseClick(strong, Qt::LeftButton);
    answer(authority());
    QTest::mouseClick(strong, Qt::LeftButton);
    EXPECT_EQ(trusted.count(), 0);
    EXPECT_TRUE(dialog->isVisible());
}

TEST_F(ConnectDialogTest, ClosesWhileItAsks) {
    QTest::keyClicks(address, QStringLiteral("reg-1"));
    QTest::mouseClick(strong, Qt::LeftButton);
    dialog.reset();
    EXPECT_TRUE(promise.isCanceled());
}

class SandboxDialogTest : public testing::Test {
protected:
    void SetUp() override {
        theme.apply(*qApp, ThemeChoice::light);
        dialog = std::make_unique<SandboxDialog>(
            theme,
            [this](const QString& name, int replicas) {
                asked = name + QLatin1Char(' ') + QString::number(replicas);
                promise = QPromise<Result<QString>>();
                promise.start();
                return promise.future();
            },
            QStringLiteral("sandbox"));
        dialog->show();
        QTest::mouseClick(button(*dialog, QStringLiteral("Start sandbox")), Qt::LeftButton);
    }

    Theme theme;
    QString asked;
    QPromise<Result<QString>> promise;
    std::unique_ptr<SandboxDialog> dialog;
};

TEST_F(SandboxDialogTest, StartsThreeAndTellsHowFarItIs) {
    const QSignalSpy started(dialog.get(), &SandboxDialog::started);
    EXPECT_EQ(asked, QStringLiteral("sandbox 3"));
    promise.setProgressRange(0, 3);
    promise.setProgressValueAndText(2, QStringLiteral("2 of 3 replicas are healthy"));
    EXPECT_TRUE(QTest::qWaitFor(
        [&] { return visibleTexts(*dialog).contains(QStringLiteral("2 of 3 replicas are healthy")); }));
    promise.addResult(QStringLiteral("sandbox"));
    promise.finish();
    EXPECT_TRUE(QTest::qWaitFor([&] { return started.count() == 1; }));
    EXPECT_FALSE(dialog->isVisible());
}

TEST_F(SandboxDialogTest, CancelWaitsForTheCleaningUp) {
    QTest::mouseClick(button(*dialog, QStringLiteral("Cancel")), Qt::LeftButton);
    EXPECT_TRUE(promise.isCanceled());
    EXPECT_TRUE(dialog->isVisible()) << "what was started is being stopped";
    promise.finish();
    EXPECT_TRUE(QTest::qWaitFor([&] { return !dialog->isVisible(); }));
}

TEST_F(SandboxDialogTest, AFailureIsToldAndCanBeTriedAgain) {
    promise.addResult(Result<QString>(
        fail(ErrorCode::notFound, "etcd is not installed", "Install the package etcd-server")));
    promise.finish();
    EXPECT_TRUE(QTest::qWaitFor([&] {
        return visibleTexts(*dialog).contains(
            QStringLiteral("etcd is not installed. Install the package etcd-server"));
    }));
    EXPECT_TRUE(button(*dialog, QStringLiteral("Start sandbox"))->isEnabled());
}

TEST(PasswordDialog, GivesWhatWasTyped) {
    Theme theme;
    theme.apply(*qApp, ThemeChoice::light);
    PasswordDialog dialog(theme, QStringLiteral("prod-eu"), QStringLiteral("anna"), true);
    const QSignalSpy given(&dialog, &PasswordDialog::given);
    dialog.show();
    QTest::mouseClick(button(dialog, QStringLiteral("Log in")), Qt::LeftButton);
    EXPECT_EQ(given.count(), 0);
    QTest::keyClicks(named<QLineEdit>(dialog, QStringLiteral("Password or access token")),
                     QStringLiteral("swordfish"));
    QTest::mouseClick(button(dialog, QStringLiteral("Log in")), Qt::LeftButton);
    ASSERT_EQ(given.count(), 1);
    EXPECT_EQ(given[0][0].toString(), QStringLiteral("anna"));
    EXPECT_EQ(given[0][1].toString(), QStringLiteral("swordfish"));
}

} // namespace
} // namespace pilothouse::ui
