// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/single_instance.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

#include <thread>

namespace pilothouse::ui {
namespace {

class SingleInstanceTest : public testing::Test {
protected:
    [[nodiscard]] QString socket() const { return m_folder.filePath(QStringLiteral("s")); }

private:
    QTemporaryDir m_folder;
};

TEST_F(SingleInstanceTest, NobodyIsThere) {
    EXPECT_FALSE(SingleInstance(socket()).handOver({QStringLiteral("prod-eu"), {}}, 200));
}

TEST_F(SingleInstanceTest, TheFirstTakesWhatTheSecondWants) {
    SingleInstance first(socket());
    ASSERT_TRUE(first.listen());
    QList<OpenRequest> requests;
    QObject::connect(&first, &SingleInstance::requested,
                     [&requests](const OpenRequest& request) { requests.append(request); });
    bool taken = false;
    std::thread second([this, &taken] {
        taken = SingleInstance(socket()).handOver({QStringLiteral("prod-eu"), QStringLiteral("reg-2")}, 5000);
    });
    EXPECT_TRUE(QTest::qWaitFor([&requests] { return !requests.isEmpty(); }));
    QTest::qWait(50); // its answer has to leave this thread
    second.join();
    EXPECT_TRUE(taken);
    ASSERT_EQ(requests.size(), 1);
    EXPECT_EQ(requests[0], (OpenRequest{QStringLiteral("prod-eu"), QStringLiteral("reg-2")}));
}

TEST_F(SingleInstanceTest, ASocketThatWasLeftOverIsReplaced) {
    QFile left(socket());
    ASSERT_TRUE(left.open(QIODevice::WriteOnly));
    left.close();
    SingleInstance instance(socket());
    EXPECT_FALSE(instance.handOver({}, 200));
    EXPECT_TRUE(instance.listen());
}

} // namespace
} // namespace pilothouse::ui
