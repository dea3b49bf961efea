// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cluster_store.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace pilothouse::client {
namespace {

SavedCluster example(const QString& name) {
    SavedCluster cluster;
    cluster.name = name;
    cluster.seeds = {QUrl(QStringLiteral("https://reg-1:4443")), QUrl(QStringLiteral("https://[::1]"))};
    cluster.authorityPem = "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n";
    cluster.clusterId = QStringLiteral("00112233445566778899aabbccddeeff");
    cluster.user = QStringLiteral("admin");
    cluster.passwordFile = QStringLiteral("/root/pass wörd");
    cluster.members = {
        {ReplicaId("a41f09c2d7e3"), QStringLiteral("reg-1"), QUrl(QStringLiteral("https://reg-1"))}};
    return cluster;
}

class ClusterStoreTest : public testing::Test {
protected:
    [[nodiscard]] QString file() const { return m_folder.filePath(QStringLiteral("new/clusters.json")); }
    void write(const QByteArray& text) {
        QDir().mkpath(m_folder.filePath(QStringLiteral("new")));
        QFile out(file());
        ASSERT_TRUE(out.open(QIODevice::WriteOnly));
        out.write(text);
    }
    QTemporaryDir m_folder;
    ClusterStore m_store{file()};
};

TEST_F(ClusterStoreTest, IsEmptyAtFirst) {
    const auto loaded = m_store.load();
    ASSERT_TRUE(loaded) << loaded.error().text();
    EXPECT_TRUE(loaded->isEmpty());
    EXPECT_EQ(m_store.find(QStringLiteral("x")).error().code, ErrorCode::notFound);
    EXPECT_EQ(m_store.remove(QStringLiteral("x")).error().code, ErrorCode::notFound);
}

TEST_F(ClusterStoreTest, GivesBackWhatWasSavedByName) {
    ASSERT_TRUE(m_store.save(example(QStringLiteral("prod"))));
    ASSERT_TRUE(m_store.save(example(QStringLiteral("lab"))));
    const auto loaded = ClusterStore(file()).load();
    ASSERT_TRUE(loaded) << loaded.error().text();
    EXPECT_EQ(*loaded, (QList{example(QStringLiteral("lab")), example(QStringLiteral("prod"))}));

    auto changed = example(QStringLiteral("lab"));
    changed.user = QStringLiteral("reader");
    ASSERT_TRUE(m_store.save(changed));
    EXPECT_EQ(m_store.find(QStringLiteral("lab"))->user, QStringLiteral("reader"));
    ASSERT_TRUE(m_store.remove(QStringLiteral("lab")));
    EXPECT_EQ(m_store.load()->size(), 1);
}

TEST_F(ClusterStoreTest, IsForItsOwnerAloneAndLeavesNoPiecesBehind) {
    ASSERT_TRUE(m_store.save(example(QStringLiteral("prod"))));
    EXPECT_EQ(QFile(file()).permissions() & 0x77, 0) << "others may read it";
    const auto left = QDir(QFileInfo(file()).path()).entryList(QDir::Files | QDir::Hidden);
    EXPECT_EQ(left, QStringList{QStringLiteral("clusters.json")}) << left.join(u' ').toStdString();
}

TEST_F(ClusterStoreTest, NamesAFileThatIsBrokenAndTouchesItNot) {
    for (const QByteArray& broken :
         {QByteArray("{"), QByteArray("[]"), QByteArray(R"({"clusters": 3})"),
          QByteArray(R"({"clusters": [{}]})"), QByteArray("\0\xff", 2), QByteArray()}) {
        write(broken);
        const auto loaded = m_store.load();
        ASSERT_FALSE(loaded) << broken.toStdString();
        EXPECT_EQ(loaded.error().code, ErrorCode::corrupt);
        EXPECT_NE(loaded.error().message.find(file().toStdString()), std::string::npos)
            << loaded.error().text();
        QFile in(file());
        ASSERT_TRUE(in.open(QIODevice::ReadOnly));
        EXPECT_EQ(in.readAll(), broken);
    }
}

TEST_F(ClusterStoreTest, KeepsABrokenFileAsideWhenItSavesAnew) {
    for (const QByteArray& broken : {QByteArray("first"), QByteArray("second")}) {
        write(broken);
        ASSERT_TRUE(m_store.save(example(QStringLiteral("prod"))));
        EXPECT_EQ(m_store.load()->size(), 1);
    }
    for (const auto& [name, text] : {std::pair(".corrupt", "first"), std::pair(".corrupt-2", "second")}) {
        QFile aside(file() + QLatin1String(name));
        ASSERT_TRUE(aside.open(QIODevice::ReadOnly)) << aside.fileName().toStdString();
        EXPECT_EQ(aside.readAll(), QByteArray(text));
    }
}

TEST_F(ClusterStoreTest, SaysWhyItCannotWrite) {
    const ClusterStore nowhere(QStringLiteral("/proc/pilothouse/clusters.json"));
    const auto saved = ClusterStore(nowhere).save(example(QStringLiteral("prod")));
    ASSERT_FALSE(saved);
    EXPECT_NE(saved.error().message.find("/proc/pilothouse"), std::string::npos) << saved.error().text();
}

TEST_F(ClusterStoreTest, LosesNothingWhenSeveralWrite) {
    constexpr int writers = 4;
    constexpr int each = 5;
    std::vector<std::thread> threads;
    for (int writer = 0; writer < writers; ++writer) {
        threads.emplace_back([this, writer] {
            for (int i = 0; i < each; ++i) {
                ClusterStore store(file());
                const auto cluster = example(QStringLiteral("c%1-%2").arg(writer).arg(i));
                auto saved = store.save(cluster);
                while (!saved && saved.error().code == ErrorCode::conflict) { // told to try again
                    saved = store.save(cluster);
                }
                EXPECT_TRUE(saved) << saved.error().text();
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    const auto loaded = m_store.load();
    ASSERT_TRUE(loaded) << loaded.error().text();
    EXPECT_EQ(loaded->size(), writers * each);
}

} // namespace
} // namespace pilothouse::client
