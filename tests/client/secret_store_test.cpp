// SPDX-License-Identifier: GPL-3.0-or-later
// The keyring, on a session bus of the test's own where a test decides who answers.
#include "client/secret_store.h"
#include "support/wait.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVirtualObject>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>

#include <gtest/gtest.h>

namespace pilothouse::client {
namespace {

using test::waitUntil;

const QString cluster = QStringLiteral("prod");
const QString user = QStringLiteral("admin");

// The names that a keyring can have, and nobody who answers a call: a locked one that waits for a person.
class LockedKeyring : public QDBusVirtualObject {
public:
    LockedKeyring()
        : m_bus(QDBusConnection::connectToBus(qEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS"),
                                              QStringLiteral("keyring"))) {
        EXPECT_TRUE(m_bus.registerVirtualObject(QStringLiteral("/"), this, QDBusConnection::SubPath));
        for (const auto& name : names()) {
            EXPECT_TRUE(m_bus.registerService(name)) << name.toStdString();
        }
    }
    ~LockedKeyring() override { QDBusConnection::disconnectFromBus(QStringLiteral("keyring")); }
    LockedKeyring(const LockedKeyring&) = delete;
    LockedKeyring& operator=(const LockedKeyring&) = delete;

    [[nodiscard]] int calls() const { return m_calls; }
    [[nodiscard]] QString introspect(const QString&) const override { return {}; }
    bool handleMessage(const QDBusMessage& message, const QDBusConnection&) override {
        message.setDelayedReply(true);
        ++m_calls;
        return true;
    }

private:
    static QStringList names() {
        return {QStringLiteral("org.freedesktop.secrets"), QStringLiteral("org.kde.kwalletd5"),
                QStringLiteral("org.kde.kwalletd6")};
    }
    QDBusConnection m_bus;
    int m_calls = 0;
};

template <typename T>
T outcomeOf(QFuture<T> future) {
    EXPECT_TRUE(waitUntil([&] { return future.isFinished(); }, std::chrono::seconds(30)));
    return future.result();
}

TEST(SecretStore, GivesUpAKeyringThatNeverAnswers) {
    const LockedKeyring locked;
    SecretStore store(nullptr, std::chrono::milliseconds(400));
    QElapsedTimer clock;
    clock.start();
    const auto read = outcomeOf(store.read(cluster, user));
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, ErrorCode::timeout) << read.error().text();
    EXPECT_FALSE(read.error().hint.empty());
    EXPECT_GE(clock.elapsed(), 390) << "ms";
    EXPECT_GE(locked.calls(), 1) << "it was never asked";
    EXPECT_EQ(outcomeOf(store.remove(cluster, user)).error().code, ErrorCode::timeout);
}

TEST(SecretStore, RemembersForTheSessionWhatALockedKeyringDoesNotTake) {
    const LockedKeyring locked;
    SecretStore store(nullptr, std::chrono::milliseconds(400));
    EXPECT_EQ(outcomeOf(store.write(cluster, user, QStringLiteral("s3cret"), true)), SecretKept::session);
    EXPECT_EQ(outcomeOf(store.read(cluster, user)).value_or(QString()), QStringLiteral("s3cret"));
    EXPECT_FALSE(outcomeOf(store.read(QStringLiteral("lab"), user)));
    EXPECT_FALSE(outcomeOf(SecretStore(nullptr, std::chrono::milliseconds(400)).read(cluster, user)));
}

TEST(SecretStore, BlocksNobodyWhileItWaits) {
    const LockedKeyring locked;
    SecretStore store(nullptr, std::chrono::milliseconds(1000));
    int ticks = 0;
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, &timer, [&] { ++ticks; });
    timer.start(10);
    EXPECT_FALSE(outcomeOf(store.read(cluster, user)));
    EXPECT_GE(ticks, 5) << "the event loop stood still";
}

TEST(SecretStore, SaysThatThereIsNoKeyringWithoutWaitingForOne) {
    SecretStore store(nullptr, std::chrono::seconds(20));
    QElapsedTimer clock;
    clock.start();
    const auto read = outcomeOf(store.read(cluster, user));
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, ErrorCode::unavailable) << read.error().text();
    EXPECT_LT(clock.elapsed(), 10'000) << "ms";
    EXPECT_EQ(outcomeOf(store.write(cluster, user, QStringLiteral("s3cret"), true)), SecretKept::session);
}

TEST(SecretStore, AsksNoKeyringForWhatIsOnlyForTheSession) {
    const LockedKeyring locked;
    SecretStore store;
    EXPECT_EQ(outcomeOf(store.write(cluster, user, QStringLiteral("s3cret"), false)), SecretKept::session);
    EXPECT_EQ(locked.calls(), 0);
}

TEST(SecretStore, MayGoWhileAnAnswerIsOutstanding) {
    const LockedKeyring locked;
    QFuture<Result<QString>> read;
    {
        SecretStore store(nullptr, std::chrono::milliseconds(300));
        read = store.read(cluster, user);
    }
    EXPECT_TRUE(waitUntil([&] { return read.isFinished(); }));
    EXPECT_TRUE(read.isCanceled());
}

TEST(PasswordFile, IsReadByItsOwnerAlone) {
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("password"));
    EXPECT_EQ(readPasswordFile(path).error().code, ErrorCode::invalid);
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("pässword\r\nsecond line\n");
    file.close();
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadGroup);
    EXPECT_EQ(readPasswordFile(path).error().code, ErrorCode::forbidden);
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    EXPECT_EQ(readPasswordFile(path).value_or(QString()), QStringLiteral("pässword"));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write("\nsecond line\n");
    file.close();
    EXPECT_EQ(readPasswordFile(path).error().code, ErrorCode::invalid);
}

} // namespace
} // namespace pilothouse::client

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    const QCoreApplication application(argc, argv);
    // Listing the tests needs no bus.
    if (testing::GTEST_FLAG(list_tests)) {
        return RUN_ALL_TESTS();
    }
    QProcess bus;
    bus.start(QStringLiteral("dbus-daemon"),
              {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address=1")});
    if (!bus.waitForStarted() || !bus.waitForReadyRead()) {
        std::fprintf(stderr, "dbus-daemon does not start: %s\n", qPrintable(bus.errorString()));
        return 1;
    }
    qputenv("DBUS_SESSION_BUS_ADDRESS", bus.readLine().trimmed());
    qputenv("XDG_CURRENT_DESKTOP",
            "KDE"); // where libsecret is not installed: a keyring that is asked by D-Bus
    qputenv("KDE_SESSION_VERSION", "5");
    const int result = RUN_ALL_TESTS();
    bus.terminate();
    bus.waitForFinished();
    return result;
}
