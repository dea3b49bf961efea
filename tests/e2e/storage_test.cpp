// SPDX-License-Identifier: GPL-3.0-or-later
// What a replica says, and does not lose, when its ports, its engine, its disk or its files are not as they
// should be.
#include "hand_fixture.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QProcess>
#include <QStorageInfo>
#include <QTcpServer>

#include <unistd.h>

namespace pilothouse::test {

using namespace std::chrono_literals;

class Storage : public HandFixture {
protected:
    // `serve` must end with one sentence that names all of these.
    void expectRefusal(const QString& name, const QStringList& named, const QStringList& more = {},
                       const QStringList& wrapper = {}) {
        const auto ended = serveToItsEnd(name, more, wrapper);
        EXPECT_EQ(ended.exitCode, 1) << ended.err.toStdString();
        const auto lines = ended.err.split(u'\n', Qt::SkipEmptyParts);
        const auto errors = lines.filter(QStringLiteral(" error"));
        const QString said = errors.isEmpty() ? ended.err : errors.last();
        for (const auto& word : named) {
            EXPECT_TRUE(said.contains(word)) << "it does not say \"" << word.toStdString() << "\":\n"
                                             << ended.err.toStdString();
        }
        EXPECT_FALSE(enginePid(name) && runs(*enginePid(name))) << "its engine is left";
    }
    void upAndStopped() {
        up(1);
        ASSERT_EQ(addUser(QStringLiteral("reg-1"), QStringLiteral("kept")).status, 201);
        ASSERT_EQ(stop(QStringLiteral("reg-1")), 0);
    }
    void expectKept(const QString& name = QStringLiteral("reg-1")) {
        waitFor(
            qPrintable(name + QStringLiteral(" takes traffic")), [&] { return pingOf(name) == 200; }, 30s);
        EXPECT_TRUE(usersAt(name).contains("\"kept\"")) << usersAt(name).toStdString();
    }
    static void overwrite(const QString& path, const QByteArray& content) {
        QFile file(path);
        ASSERT_TRUE(file.open(QIODevice::WriteOnly | QIODevice::Truncate)) << path.toStdString();
        file.write(content);
    }
    // The file or folder of that kind below the engine's data.
    [[nodiscard]] QString inEngine(const QString& name, const QString& pattern) {
        QDirIterator it(hand(name).dir + QStringLiteral("/engine/data"), {pattern}, QDir::Files,
                        QDirIterator::Subdirectories);
        return it.hasNext() ? it.next() : QString();
    }
    // Compacts the engine's history up to its present revision, as its upkeep does in time.
    void compactAt(const QString& name);
};

TEST_F(Storage, APortInUseIsNamedWithItsHolder) {
    ASSERT_NO_FATAL_FAILURE(upAndStopped());
    const auto& one = hand(QStringLiteral("reg-1"));
    for (const auto port : {one.https, one.http}) {
        QTcpServer holder;
        ASSERT_TRUE(holder.listen(QHostAddress::LocalHost, port)) << holder.errorString().toStdString();
        expectRefusal(one.name, {QString::number(port), QStringLiteral("test_e2e"),
                                 QStringLiteral("process %1").arg(getpid())});
    }
    serve(one.name);
    expectKept();
}

TEST_F(Storage, WithoutEtcdItSaysWhatToInstall) {
    ASSERT_NO_FATAL_FAILURE(upAndStopped());
    const auto before = m_environment.value(QStringLiteral("PATH"));
    m_environment.insert(QStringLiteral("PATH"), path(QStringLiteral("nothing-here")));
    expectRefusal(QStringLiteral("reg-1"), {QStringLiteral("etcd"), QStringLiteral("nstall")});
    m_environment.insert(QStringLiteral("PATH"), before);
    expectRefusal(QStringLiteral("reg-1"), {QStringLiteral("/usr/bin/true"), QStringLiteral("etcd")},
                  {QStringLiteral("--engine-program=/usr/bin/true")});
    serve(QStringLiteral("reg-1"));
    expectKept();
}

TEST_F(Storage, AFolderServesOneReplicaAtATime) {
    ASSERT_NO_FATAL_FAILURE(up(1));
    ASSERT_EQ(addUser(QStringLiteral("reg-1"), QStringLiteral("kept")).status, 201);
    const auto second = serveToItsEnd(QStringLiteral("reg-1"));
    EXPECT_EQ(second.exitCode, 1);
    EXPECT_TRUE(second.err.contains(QStringLiteral("in use by process"))) << second.err.toStdString();
    expectKept();
}

TEST_F(Storage, ADamagedFileIsNamedAndNothingElseIsTouched) {
    ASSERT_NO_FATAL_FAILURE(upAndStopped());
    const auto& one = hand(QStringLiteral("reg-1"));
    for (const auto* name : {"replica.json", "secrets/cluster.key", "tls/node.key", "tls/cluster-ca.crt"}) {
        SCOPED_TRACE(name);
        const QString file = one.dir + u'/' + QLatin1String(name);
        const auto good = contentOf(file);
        ASSERT_FALSE(good.isEmpty());
        for (const auto& bad :
             {QByteArray(), good.left(good.size() / 2), QByteArray("\x00\x01 rubbish\n", 11)}) {
            ASSERT_NO_FATAL_FAILURE(overwrite(file, bad));
            expectRefusal(one.name, {QString::fromLatin1(name).section(u'/', -1)});
        }
        ASSERT_NO_FATAL_FAILURE(overwrite(file, good));
        // Away altogether.
        ASSERT_TRUE(QFile::rename(file, file + QStringLiteral(".away")));
        expectRefusal(one.name, {QLatin1String(name) == QLatin1String("replica.json")
                                     ? one.dir
                                     : QString::fromLatin1(name).section(u'/', -1)});
        ASSERT_TRUE(QFile::rename(file + QStringLiteral(".away"), file));
    }
    // A secret that others may read is refused, with the command that mends it.
    const QString key = one.dir + QStringLiteral("/secrets/cluster.key");
    const auto before = QFile::permissions(key);
    ASSERT_TRUE(QFile::setPermissions(key, before | QFile::ReadOther));
    expectRefusal(one.name, {QStringLiteral("chmod 600"), key});
    ASSERT_TRUE(QFile::setPermissions(key, before));
    serve(one.name);
    expectKept();
}

TEST_F(Storage, ADamagedCertificateIsIssuedAnew) {
    ASSERT_NO_FATAL_FAILURE(upAndStopped());
    for (const auto* name : {"tls/node.crt", "engine/peer.crt"}) {
        SCOPED_TRACE(name);
        const QString file = hand(QStringLiteral("reg-1")).dir + u'/' + QLatin1String(name);
        ASSERT_NO_FATAL_FAILURE(overwrite(file, QByteArray("rubbish")));
        serve(QStringLiteral("reg-1"));
        expectKept();
        EXPECT_TRUE(contentOf(file).startsWith("-----BEGIN CERTIFICATE-----"));
        ASSERT_EQ(stop(QStringLiteral("reg-1")), 0);
    }
}

TEST_F(Storage, ADamagedReadModelIsBuiltAnew) {
    ASSERT_NO_FATAL_FAILURE(upAndStopped());
    const QString file = hand(QStringLiteral("reg-1")).dir + QStringLiteral("/projection.sqlite");
    ASSERT_TRUE(QFile::exists(file));
    ASSERT_NO_FATAL_FAILURE(overwrite(file, QByteArray(20'000, 'x')));
    serve(QStringLiteral("reg-1"));
    expectKept();
    ASSERT_EQ(stop(QStringLiteral("reg-1")), 0);
    for (const auto* suffix : {"", "-wal", "-shm"}) {
        QFile::remove(file + QLatin1String(suffix));
    }
    serve(QStringLiteral("reg-1"));
    expectKept();
}

void Storage::compactAt(const QString& name) {
    const auto range = askEngine(name, QStringLiteral("kv/range"), R"({"key":"AA=="})").json();
    const auto revision = range[QLatin1String("header")][QLatin1String("revision")].toString();
    ASSERT_FALSE(revision.isEmpty());
    const auto done =
        askEngine(name, QStringLiteral("kv/compaction"),
                  QStringLiteral(R"({"revision":"%1","physical":true})").arg(revision).toUtf8());
    ASSERT_EQ(done.status, 200) << done.body.toStdString();
}

TEST_F(Storage, AReadModelFromBeforeACompactionIsListedAnew) {
    ASSERT_NO_FATAL_FAILURE(up(3));
    ASSERT_EQ(addUser(QStringLiteral("reg-1"), QStringLiteral("old")).status, 201);
    ASSERT_EQ(stop(QStringLiteral("reg-3")), 0);
    ASSERT_EQ(addUser(QStringLiteral("reg-1"), QStringLiteral("kept")).status, 201);
    ASSERT_EQ(request(QStringLiteral("DELETE"),
                      hand(QStringLiteral("reg-1")).url() + QStringLiteral("/api/v0/users/old"))
                  .status,
              204);
    ASSERT_NO_FATAL_FAILURE(compactAt(QStringLiteral("reg-1")));
    serve(QStringLiteral("reg-3"));
    expectKept(QStringLiteral("reg-3"));
    EXPECT_FALSE(usersAt(QStringLiteral("reg-3")).contains("\"old\""))
        << "what was deleted meanwhile is still there";
}

TEST_F(Storage, DamageInTheEnginesDataIsToldAndTheOthersGoOn) {
    ASSERT_NO_FATAL_FAILURE(up(3));
    ASSERT_EQ(addUser(QStringLiteral("reg-1"), QStringLiteral("kept")).status, 201);
    const auto broken = QStringLiteral("reg-3");
    ASSERT_EQ(stop(broken), 0);
    const QString wal = inEngine(broken, QStringLiteral("*.wal"));
    ASSERT_FALSE(wal.isEmpty());
    const auto good = contentOf(wal);
    auto bad = good;
    for (int i = 600; i < 1400; ++i) { // in the midst of the first entries
        bad[i] = static_cast<char>(bad[i] ^ 0x5a);
    }
    ASSERT_NO_FATAL_FAILURE(overwrite(wal, bad));
    const auto ended = serveToItsEnd(broken);
    EXPECT_EQ(ended.exitCode, 1);
    EXPECT_TRUE(ended.err.contains(QStringLiteral("the engine's log is damaged")) ||
                ended.err.contains(QStringLiteral("the engine's data is damaged")))
        << ended.err.toStdString();
    EXPECT_TRUE(ended.err.contains(QStringLiteral("join again"))) << "it must say what to do";
    waitForVerdict(QStringLiteral("at-risk"));
    EXPECT_EQ(addUser(QStringLiteral("reg-1"), QStringLiteral("meanwhile")).status, 201);
    // Nothing of it was changed by trying: with the right bytes it is well again.
    ASSERT_NO_FATAL_FAILURE(overwrite(wal, good));
    serve(broken);
    waitForVerdict(QStringLiteral("healthy"), 30s);
    EXPECT_TRUE(usersAt(broken).contains("meanwhile"));
}

TEST_F(Storage, BelowTheDiskFloorItTakesNoTraffic) {
    ASSERT_NO_FATAL_FAILURE(upAndStopped());
    serve(QStringLiteral("reg-1"), {QStringLiteral("--disk-floor=1073741824")}); // 1 PiB
    waitFor("its health address says so", [&] {
        const auto self = clusterAt(QStringLiteral("reg-1"))[QLatin1String("self")].toObject();
        return self[QLatin1String("health")][QLatin1String("code")] == QStringLiteral("disk_full");
    });
    EXPECT_EQ(pingOf(QStringLiteral("reg-1")), 503) << "the same judgement";
    CtlResult people;
    waitFor("the command line tells the reason", [&] {
        people = statusText(m_hands.front()->url());
        return people.out.contains(QStringLiteral("free"));
    });
    EXPECT_EQ(people.exitCode, 3);
    ASSERT_EQ(stop(QStringLiteral("reg-1")), 0);
    serve(QStringLiteral("reg-1"));
    expectKept();
}

// As root on a small disk that is filled for real; an ordinary user has the floor, above.
TEST_F(Storage, AFullDiskIsToldAndNothingAcknowledgedIsLost) {
    ASSERT_NO_FATAL_FAILURE(upAndStopped());
    const auto& one = hand(QStringLiteral("reg-1"));
    QStringList wrapper;
    if (geteuid() == 0) {
        wrapper = onSmallDisk(one);
    }
    // Without a disk of its own: a floor that the writing of a file crosses.
    const QStorageInfo disk(one.dir);
    constexpr qint64 mib = 1024 * 1024;
    const qint64 floor = geteuid() == 0 ? 16 : disk.bytesAvailable() / mib + 1024;
    serve(one.name, {QStringLiteral("--disk-floor=%1").arg(floor)}, wrapper);
    QFile filler;
    if (geteuid() == 0) {
        expectKept();
        // In the replica's own view of the file system.
        filler.setFileName(QStringLiteral("/proc/%1/root%2/filler").arg(pidOf(one.name)).arg(one.dir));
        ASSERT_TRUE(filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
            << filler.fileName().toStdString();
    }
    // Again and again: an engine that stops for want of room gives back what it had set aside.
    const auto fill = [&] {
        while (filler.isOpen() && filler.write(QByteArray(mib, 'x')) == mib) {
        }
    };
    const auto code = [&] {
        return clusterAt(one.name)[QLatin1String("self")][QLatin1String("health")][QLatin1String("code")]
            .toString();
    };
    waitFor("it says that the disk is full", [&] {
        fill();
        return code() == QStringLiteral("disk_full") || code() == QStringLiteral("disk_unwritable");
    });
    waitFor("its health address says so", [&] {
        fill();
        return pingOf(one.name) == 503;
    });
    const auto during = addUser(one.name, QStringLiteral("during"));
    if (geteuid() == 0) {
        ASSERT_TRUE(filler.remove());
    } else {
        ASSERT_EQ(stop(one.name), 0);
        serve(one.name);
    }
    expectKept();
    if (during.status == 201) {
        EXPECT_TRUE(usersAt(one.name).contains("\"during\"")) << "acknowledged, and lost";
    }
}

// As root the file system is read-only; else the folder may not be written, which is the nearest an ordinary
// user gets.
TEST_F(Storage, AFolderThatCannotBeWrittenIsToldAndLeftAlone) {
    ASSERT_NO_FATAL_FAILURE(upAndStopped());
    const auto& one = hand(QStringLiteral("reg-1"));
    if (geteuid() == 0) {
        const QString script =
            QStringLiteral("mount --bind '%1' '%1' && mount -o remount,ro,bind '%1' && exec \"$@\"")
                .arg(one.dir);
        expectRefusal(one.name, {one.dir, QStringLiteral("ead-only file system")}, {},
                      {QStringLiteral("unshare"), QStringLiteral("--mount"), QStringLiteral("sh"),
                       QStringLiteral("-c"), script, QStringLiteral("sh")});
    } else {
        const auto before = QFile::permissions(one.dir);
        ASSERT_TRUE(QFile::setPermissions(one.dir, QFile::ReadOwner | QFile::ExeOwner));
        expectRefusal(one.name, {one.dir, QStringLiteral("ermission denied")});
        ASSERT_TRUE(QFile::setPermissions(one.dir, before));
    }
    serve(one.name);
    expectKept();
}

} // namespace pilothouse::test
