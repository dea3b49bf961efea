// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/trust_files.h"
#include "support/test_authority.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <sys/stat.h>

namespace pilothouse::client {
namespace {

using domain::TrustClient;
using domain::TrustContent;

class TrustFiles : public testing::Test {
protected:
    [[nodiscard]] domain::TrustFile file(TrustContent content = TrustContent::authority) const {
        const bool ca = content == TrustContent::authority;
        return {
            TrustClient::containerd, "reg-1:5000", content,
            path(ca ? QStringLiteral("a/b/reg-1:5000/ca.crt") : QStringLiteral("a/b/reg-1:5000/hosts.toml"))
                .toStdString(),
            false};
    }
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    [[nodiscard]] static QByteArray read(const domain::TrustFile& file) {
        QFile in(QString::fromStdString(file.path));
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
    }
    void write(const domain::TrustFile& file, const QByteArray& content) const {
        const QString full = QString::fromStdString(file.path);
        QDir().mkpath(QFileInfo(full).path());
        QFile out(full);
        ASSERT_TRUE(out.open(QIODevice::WriteOnly));
        out.write(content);
    }
    [[nodiscard]] static unsigned modeOf(const QString& path) {
        struct stat found {};
        return stat(path.toLocal8Bit().constData(), &found) == 0 ? found.st_mode & 07777U : 0;
    }

    QTemporaryDir m_folder;
    test::TestAuthority m_authority;
    test::TestAuthority m_other;
};

TEST_F(TrustFiles, IsMissingThenTrustedThenMissing) {
    for (const auto content : {TrustContent::authority, TrustContent::hosts}) {
        EXPECT_EQ(lookAtTrust(file(content), m_authority.certificate()).state, TrustState::missing);
        ASSERT_TRUE(installTrust(file(content), m_authority.certificate()));
        EXPECT_EQ(lookAtTrust(file(content), m_authority.certificate()).state, TrustState::trusted);
        ASSERT_TRUE(removeTrust(file(content)));
        EXPECT_EQ(lookAtTrust(file(content), m_authority.certificate()).state, TrustState::missing);
    }
    EXPECT_FALSE(removeTrust(file()));
}

TEST_F(TrustFiles, EverybodyMayReadThemWhateverTheUmask) {
    const mode_t usual = umask(077);
    const auto installed = installTrust(file(), m_authority.certificate());
    umask(usual);
    ASSERT_TRUE(installed);
    EXPECT_EQ(read(file()), m_authority.pem());
    EXPECT_EQ(modeOf(path(QStringLiteral("a/b/reg-1:5000/ca.crt"))), 0644U);
    for (const auto* folder : {"a", "a/b", "a/b/reg-1:5000"}) {
        EXPECT_EQ(modeOf(path(QString::fromLatin1(folder))), 0755U) << folder;
    }
}

TEST_F(TrustFiles, FoldersThatAreThereKeepTheirMode) {
    ASSERT_TRUE(QDir().mkdir(path(QStringLiteral("a"))));
    ASSERT_EQ(chmod(path(QStringLiteral("a")).toLocal8Bit().constData(), 0700), 0);
    ASSERT_TRUE(installTrust(file(), m_authority.certificate()));
    EXPECT_EQ(modeOf(path(QStringLiteral("a"))), 0700U);
}

TEST_F(TrustFiles, AnotherAuthorityIsToldApart) {
    write(file(), m_other.pem());
    const auto found = lookAtTrust(file(), m_authority.certificate());
    EXPECT_EQ(found.state, TrustState::different);
    EXPECT_EQ(found.fingerprint, fingerprintOf(m_other.certificate()));
    ASSERT_TRUE(installTrust(file(), m_authority.certificate()));
    EXPECT_EQ(read(file()), m_authority.pem());
}

TEST_F(TrustFiles, OneAmongOthersIsTrusted) {
    write(file(), "# ours and theirs\n" + m_other.pem() + m_authority.pem());
    const auto found = lookAtTrust(file(), m_authority.certificate());
    EXPECT_EQ(found.state, TrustState::trusted);
    EXPECT_TRUE(found.amongOthers);
}

TEST_F(TrustFiles, WhatIsNoCertificateIsDifferent) {
    for (const auto content : {TrustContent::authority, TrustContent::hosts}) {
        for (const QByteArray text : {"", "server = \"https://elsewhere\"\n"}) {
            write(file(content), text);
            const auto found = lookAtTrust(file(content), m_authority.certificate());
            EXPECT_EQ(found.state, TrustState::different);
            EXPECT_TRUE(found.fingerprint.isEmpty());
        }
    }
}

TEST_F(TrustFiles, RemovingLeavesWhatElseIsInTheFolder) {
    ASSERT_TRUE(installTrust(file(), m_authority.certificate()));
    ASSERT_TRUE(installTrust(file(TrustContent::hosts), m_authority.certificate()));
    ASSERT_TRUE(removeTrust(file()));
    EXPECT_EQ(lookAtTrust(file(TrustContent::hosts), m_authority.certificate()).state, TrustState::trusted);
    ASSERT_TRUE(removeTrust(file(TrustContent::hosts)));
    EXPECT_FALSE(QFileInfo::exists(path(QStringLiteral("a/b/reg-1:5000")))) << "an empty folder hides others";
    EXPECT_TRUE(QFileInfo::exists(path(QStringLiteral("a/b"))));
}

TEST_F(TrustFiles, AFolderInTheWayIsAnError) {
    ASSERT_TRUE(QDir().mkpath(QString::fromStdString(file().path)));
    EXPECT_FALSE(installTrust(file(), m_authority.certificate()));
    domain::TrustFile below = file();
    below.path = path(QStringLiteral("plain")).toStdString();
    write(below, "x");
    below.path += "/ca.crt";
    const auto installed = installTrust(below, m_authority.certificate());
    ASSERT_FALSE(installed);
    EXPECT_NE(installed.error().message.find("plain"), std::string::npos) << installed.error().message;
}

TEST_F(TrustFiles, KeepsACopyForCommands) {
    qputenv("XDG_DATA_HOME", path(QStringLiteral("data")).toLocal8Bit());
    const auto kept = keepAuthority(m_authority.certificate());
    const auto again = keepAuthority(m_authority.certificate());
    qunsetenv("XDG_DATA_HOME");
    ASSERT_TRUE(kept);
    ASSERT_TRUE(again);
    EXPECT_EQ(*kept, *again);
    EXPECT_TRUE(kept->startsWith(path(QStringLiteral("data/pilothouse/authorities/"))));
    domain::TrustFile copy = file();
    copy.path = kept->toStdString();
    EXPECT_EQ(read(copy), m_authority.pem());
}

} // namespace
} // namespace pilothouse::client
