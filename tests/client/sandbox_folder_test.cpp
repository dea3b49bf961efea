// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/json.h"
#include "client/sandbox_folder.h"
#include "support/test_authority.h"
#include "support/wait.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace pilothouse::client {
namespace {

using test::waitUntil;

class SandboxFolderTest : public testing::Test {
protected:
    [[nodiscard]] QString folder() const {
        return m_root.filePath(QStringLiteral("share/pilothouse/sandboxes"));
    }
    [[nodiscard]] QString recordOf(const QString& name) const {
        return folder() + u'/' + name + QStringLiteral("/sandbox.json");
    }
    void write(const QString& path, const QByteArray& text) {
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        ASSERT_TRUE(file.open(QIODevice::WriteOnly)) << path.toStdString();
        file.write(text);
    }
    [[nodiscard]] api::Sandbox sandbox(const std::string& name) const {
        api::Sandbox made;
        made.name = name;
        made.dir = m_root.path().toStdString();
        made.ca_file = made.dir + "/ca.crt";
        made.username = "admin";
        made.password_file = made.dir + "/password";
        made.replicas = {{"a41f09c2d7e3", "reg-1", "https://127.0.0.1:20001", "http://127.0.0.1:20002",
                          std::nullopt, made.dir + "/reg-1"}};
        return made;
    }
    void writeRecord(const std::string& name) {
        write(recordOf(QString::fromStdString(name)), QByteArray::fromStdString(api::toJson(sandbox(name))));
    }

    QTemporaryDir m_root;
};

TEST_F(SandboxFolderTest, FindsASandboxThatAppearsThoughNoFolderWasThere) {
    SandboxFolder watched(folder());
    EXPECT_TRUE(watched.sandboxes().empty());
    int changes = 0;
    QObject::connect(&watched, &SandboxFolder::changed, &watched, [&] { ++changes; });
    writeRecord("demo");
    ASSERT_TRUE(waitUntil([&] { return watched.sandboxes().contains(QStringLiteral("demo")); }));
    EXPECT_GE(changes, 1);
    writeRecord("second");
    EXPECT_TRUE(waitUntil([&] { return watched.sandboxes().size() == 2; }));
}

TEST_F(SandboxFolderTest, SeesARecordThatChanges) {
    writeRecord("demo");
    SandboxFolder watched(folder());
    ASSERT_EQ(watched.sandboxes().size(), 1U);
    auto changed = sandbox("demo");
    changed.replicas.push_back(changed.replicas.front());
    write(recordOf(QStringLiteral("demo")), QByteArray::fromStdString(api::toJson(changed)));
    EXPECT_TRUE(waitUntil([&] {
        const auto found = watched.sandboxes().find(QStringLiteral("demo"));
        return found != watched.sandboxes().end() && found->second.replicas.size() == 2;
    }));
}

TEST_F(SandboxFolderTest, LetsARemovedOneGo) {
    writeRecord("demo");
    SandboxFolder watched(folder());
    ASSERT_EQ(watched.sandboxes().size(), 1U);
    QDir(folder() + QStringLiteral("/demo")).removeRecursively();
    EXPECT_TRUE(waitUntil([&] { return watched.sandboxes().empty(); }));
    writeRecord("demo"); // and the same name once more
    EXPECT_TRUE(waitUntil([&] { return watched.sandboxes().size() == 1; }));
}

TEST_F(SandboxFolderTest, LeavesABrokenRecordOutUntilItIsWhole) {
    write(recordOf(QStringLiteral("broken")), "{\"name\": ");
    writeRecord("demo");
    SandboxFolder watched(folder());
    ASSERT_EQ(watched.sandboxes().size(), 1U);
    EXPECT_TRUE(watched.sandboxes().contains(QStringLiteral("demo")));
    writeRecord("broken");
    EXPECT_TRUE(waitUntil([&] { return watched.sandboxes().size() == 2; }));
}

TEST_F(SandboxFolderTest, TrustsASandboxFromItsOwnFiles) {
    const test::TestAuthority authority("demo");
    const auto demo = sandbox("demo");
    EXPECT_EQ(targetOf(demo).error().code, ErrorCode::notFound);
    write(QString::fromStdString(demo.ca_file), authority.pem());
    const QString password = QString::fromStdString(demo.password_file);
    write(password, "s3cret\n");
    QFile::setPermissions(password,
                          QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadOther);
    EXPECT_EQ(targetOf(demo).error().code, ErrorCode::forbidden) << "others may read the password";
    QFile::setPermissions(password, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    const auto target = targetOf(demo);
    ASSERT_TRUE(target) << target.error().text();
    EXPECT_EQ(target->credentials, (Credentials{QStringLiteral("admin"), QStringLiteral("s3cret")}));
    EXPECT_EQ(target->trust.authority, authority.certificate());
    EXPECT_EQ(target->members.size(), 1);
}

} // namespace
} // namespace pilothouse::client
