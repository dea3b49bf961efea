// SPDX-License-Identifier: GPL-3.0-or-later
// Light or dark as a desktop's portal says, on a real session bus.
#include "ui/theme/desktop_appearance.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVariant>
#include <QProcess>
#include <QSignalSpy>

#include <gtest/gtest.h>

#include <csignal>
#include <sys/prctl.h>

namespace pilothouse::ui {
namespace {

constexpr int deadlineMs = 10'000;
const QString portalPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString space = QStringLiteral("org.freedesktop.appearance");
const QString key = QStringLiteral("color-scheme");

// org.freedesktop.portal.Settings, as far as it is asked for.
class Portal : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")
public:
    explicit Portal(const QString& busAddress)
        : m_bus(QDBusConnection::connectToBus(busAddress, QStringLiteral("portal"))) {
        EXPECT_TRUE(m_bus.isConnected());
        EXPECT_TRUE(m_bus.registerObject(portalPath, this, QDBusConnection::ExportAllSlots));
        EXPECT_TRUE(m_bus.registerService(QStringLiteral("org.freedesktop.portal.Desktop")));
    }
    ~Portal() override { QDBusConnection::disconnectFromBus(QStringLiteral("portal")); }

    void change(const QString& ofSpace, const QString& ofKey, uint value) {
        auto signal = QDBusMessage::createSignal(
            portalPath, QStringLiteral("org.freedesktop.portal.Settings"), QStringLiteral("SettingChanged"));
        signal << ofSpace << ofKey << QVariant::fromValue(QDBusVariant(value));
        EXPECT_TRUE(m_bus.send(signal));
    }

    uint scheme = 0;

public Q_SLOTS:
    // A variant inside the one that every answer of Read is.
    QDBusVariant Read(const QString& ofSpace, const QString& ofKey) {
        const bool known = ofSpace == space && ofKey == key;
        return QDBusVariant(QVariant::fromValue(QDBusVariant(known ? scheme : 99)));
    }

private:
    QDBusConnection m_bus;
};

class DesktopAppearanceTest : public testing::Test {
protected:
    static void SetUpTestSuite() {
        bus = new QProcess;
        bus->setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
        bus->start(QStringLiteral("dbus-daemon"), {QStringLiteral("--session"), QStringLiteral("--nofork"),
                                                   QStringLiteral("--print-address")});
        ASSERT_TRUE(bus->waitForReadyRead(deadlineMs)) << bus->errorString().toStdString();
        address = QString::fromUtf8(bus->readLine().trimmed());
        qputenv("DBUS_SESSION_BUS_ADDRESS", address.toUtf8());
    }
    static void TearDownTestSuite() {
        bus->kill();
        bus->waitForFinished(deadlineMs);
        delete bus;
    }

    static QProcess* bus;
    static QString address;
};

QProcess* DesktopAppearanceTest::bus = nullptr;
QString DesktopAppearanceTest::address;

TEST_F(DesktopAppearanceTest, IsWhatThePortalSaysAndFollowsIt) {
    Portal portal(address);
    portal.scheme = 1;
    DesktopAppearance appearance;
    QSignalSpy changed(&appearance, &DesktopAppearance::changed);
    EXPECT_EQ(appearance.preferred(), std::nullopt) << "it is asked without waiting";
    ASSERT_TRUE(changed.wait(deadlineMs));
    EXPECT_EQ(appearance.preferred(), Appearance::dark);

    portal.change(space, key, 2);
    ASSERT_TRUE(changed.wait(deadlineMs));
    EXPECT_EQ(appearance.preferred(), Appearance::light);

    // Other settings are none of ours; what comes after them on the same connection shows that they came.
    portal.change(space, QStringLiteral("accent-color"), 1);
    portal.change(QStringLiteral("org.gnome.desktop.interface"), key, 1);
    portal.change(space, key, 0);
    ASSERT_TRUE(changed.wait(deadlineMs));
    EXPECT_EQ(appearance.preferred(), std::nullopt);
    EXPECT_EQ(changed.size(), 3);
}

TEST_F(DesktopAppearanceTest, IsNoPreferenceWhereThereIsNoPortal) {
    DesktopAppearance appearance;
    QSignalSpy changed(&appearance, &DesktopAppearance::changed);
    // The bus answers in order: by then it has said that nobody has that name.
    auto session = QDBusConnection::sessionBus();
    const auto asked = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.DBus"), QStringLiteral("/org/freedesktop/DBus"),
        QStringLiteral("org.freedesktop.DBus"), QStringLiteral("GetId"));
    EXPECT_EQ(session.call(asked, QDBus::BlockWithGui, deadlineMs).type(), QDBusMessage::ReplyMessage);
    QCoreApplication::processEvents();
    EXPECT_EQ(appearance.preferred(), std::nullopt);
    EXPECT_TRUE(changed.isEmpty());
}

} // namespace
} // namespace pilothouse::ui

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    QCoreApplication application(argc, argv);
    return RUN_ALL_TESTS();
}

#include "desktop_appearance_test.moc"
