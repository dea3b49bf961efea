// SPDX-License-Identifier: GPL-3.0-or-later
// The disk gets full in the middle of a push: the client is told, pulls go on, nothing half done stays, and
// pushes work again when there is room.
#include "hand_fixture.h"

#include <QCryptographicHash>
#include <QFile>
#include <QProcess>
#include <QStorageInfo>

#include <unistd.h>

namespace pilothouse::test {

using namespace std::chrono_literals;

class RegistryDisk : public HandFixture {
protected:
    static constexpr qint64 mib = 1024 * 1024;
    static constexpr qint64 chunk = mib / 4;

    static QString digestOf(const QByteArray& bytes) {
        return QStringLiteral("sha256:") +
               QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
    }
    HttpAnswer send(const char* method, const QString& location, const QByteArray& bytes = {}) {
        const QString url = location.startsWith(u'/') ? one().url() + location : location;
        return httpRequest(m_access, QLatin1String(method), url, bytes, 30s, "application/octet-stream");
    }
    // In chunks, to the first answer that is none of success, or the last.
    HttpAnswer push(const QByteArray& bytes) {
        auto answer = send("POST", QStringLiteral("/v2/team/app/blobs/uploads/"));
        for (qsizetype sent = 0; answer.status == 202 && sent < bytes.size(); sent += chunk) {
            answer = send("PATCH", answer.location, bytes.mid(sent, chunk));
        }
        const QChar joint = answer.location.contains(u'?') ? u'&' : u'?';
        return answer.status != 202
                   ? answer
                   : send("PUT", answer.location + joint + QStringLiteral("digest=") + digestOf(bytes));
    }
    // As curl does, which sends on until all is sent or it sees an answer. The status; 0: it saw none.
    int pushInOnePiece(const QByteArray& bytes) {
        const auto begun = send("POST", QStringLiteral("/v2/team/app/blobs/uploads/"));
        if (begun.status != 202) {
            return begun.status;
        }
        const QChar joint = begun.location.contains(u'?') ? u'&' : u'?';
        QProcess curl;
        curl.start(QStringLiteral("curl"),
                   {QStringLiteral("--silent"), QStringLiteral("--max-time"), QStringLiteral("30"),
                    QStringLiteral("--cacert"), m_access.caFile, QStringLiteral("--user"),
                    m_access.user + u':' + QString::fromUtf8(contentOf(m_access.passwordFile).trimmed()),
                    QStringLiteral("--write-out"), QStringLiteral("\n%{http_code}"),
                    QStringLiteral("--upload-file"), QStringLiteral("-"), QStringLiteral("--header"),
                    QStringLiteral("Content-Type: application/octet-stream"), QStringLiteral("--header"),
                    QStringLiteral("Expect:"),
                    one().url() + begun.location + joint + QStringLiteral("digest=") + digestOf(bytes)});
        curl.write(bytes);
        curl.closeWriteChannel();
        EXPECT_TRUE(curl.waitForFinished(40'000)) << curl.errorString().toStdString();
        const QByteArray said = curl.readAllStandardOutput();
        return said.mid(said.lastIndexOf('\n') + 1).toInt();
    }
    HttpAnswer pull(const QByteArray& bytes) {
        return request(QStringLiteral("GET"),
                       one().url() + QStringLiteral("/v2/team/app/blobs/") + digestOf(bytes));
    }
    Hand& one() { return hand(QStringLiteral("reg-1")); }
    // A file as the replica sees it, on its own disk.
    QString onItsDisk(const QString& name) {
        return QStringLiteral("/proc/%1/root%2/%3").arg(pidOf(one().name)).arg(one().dir, name);
    }
    qint64 available() { return QStorageInfo(onItsDisk(QString())).bytesAvailable(); }
    // Until so much is left.
    void fill(QFile& filler, qint64 left) {
        const QByteArray piece(mib / 4, 'x');
        while (available() > left && filler.write(piece) == piece.size()) {
        }
    }
};

TEST_F(RegistryDisk, GetsFullDuringAPush) {
    if (geteuid() != 0) {
        GTEST_SKIP() << "only root can mount a small disk";
    }
    up(1);
    ASSERT_EQ(stop(one().name), 0);
    serve(one().name, {QStringLiteral("--disk-floor=0")}, onSmallDisk(one()));
    waitFor(
        "it takes traffic", [&] { return pingOf(one().name) == 200; }, 30s);
    const auto floor =
        request(QStringLiteral("PUT"), one().url() + QStringLiteral("/api/v0/settings/push_floor_mib"),
                R"({"value":"0","operation_id":""})"); // the disk itself is the limit
    ASSERT_EQ(floor.status, 200) << floor.body.toStdString();
    const QByteArray kept(mib, 'k');
    waitFor("a push is acknowledged", [&] { return push(kept).status == 201; });

    QFile filler(onItsDisk(QStringLiteral("filler")));
    ASSERT_TRUE(filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered)) << filler.fileName().toStdString();
    constexpr qint64 left = 8 * mib;
    fill(filler, left);
    const QByteArray tooLarge(32 * mib, 'l');
    const auto refused = push(tooLarge);
    EXPECT_EQ(refused.status, 507) << refused.body.toStdString();
    EXPECT_TRUE(refused.body.contains("DENIED")) << refused.body.toStdString();
    waitFor("what was written of it is gone", [&] { return available() > left - 2 * mib; });
    EXPECT_EQ(pushInOnePiece(tooLarge), 507) << "also who sends on is told";
    EXPECT_EQ(pull(kept).body, kept) << "pulls go on";
    waitFor("what was written of it is gone", [&] { return available() > left - 2 * mib; });

    ASSERT_TRUE(filler.remove());
    // With room, the replica can follow the cluster's state again, without which it confirms no 404.
    waitFor("half a blob is none", [&] { return pull(tooLarge).status == 404; });
    waitFor("pushes work again", [&] { return push(tooLarge).status == 201; });
    EXPECT_EQ(pull(tooLarge).body, tooLarge);
    EXPECT_EQ(pull(kept).body, kept);
}

} // namespace pilothouse::test
