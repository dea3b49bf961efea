// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/trust_files.h"

#include "client/text.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QStandardPaths>

#include <cerrno>

namespace pilothouse::client {

namespace {

constexpr qint64 mostBytes = 1 << 20; // of a file that may be ours
constexpr auto forEverybody =
    QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther; // 0644
constexpr auto folderForEverybody =
    forEverybody | QFile::ExeOwner | QFile::ExeGroup | QFile::ExeOther; // 0755

QByteArray contentOf(const domain::TrustFile& file, const QSslCertificate& authority) {
    if (file.content == domain::TrustContent::authority) {
        return authority.toPem();
    }
    QByteArray text;
    for (const auto& line : domain::hostsLines(file)) {
        text += QByteArray::fromStdString(line) + '\n';
    }
    return text;
}

// Whatever the umask is: daemons and other users have to get through.
Status makeFolders(const QString& path) {
    if (QFileInfo(path).isDir()) {
        return {};
    }
    if (auto above = makeFolders(QFileInfo(path).path()); !above) {
        return above;
    }
    if (!QDir().mkdir(path) || !QFile::setPermissions(path, folderForEverybody)) {
        return failWith(ErrorCode::forbidden,
                        Text::tr("cannot make the folder %1: %2").arg(path, qt_error_string(errno)));
    }
    return {};
}

Status writeWhole(const QString& path, const QByteArray& content) {
    if (auto made = makeFolders(QFileInfo(path).path()); !made) {
        return made;
    }
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size() ||
        !file.setPermissions(forEverybody) || !file.commit()) {
        return failWith(ErrorCode::forbidden, Text::tr("cannot write %1: %2").arg(path, file.errorString()));
    }
    return {};
}

TrustFound judgeCertificates(const QByteArray& content, const QSslCertificate& authority) {
    const auto held = QSslCertificate::fromData(content, QSsl::Pem);
    if (held.contains(authority)) {
        return {TrustState::trusted, held.size() > 1, {}};
    }
    return {TrustState::different, false, held.isEmpty() ? QString() : fingerprintOf(held.first())};
}

} // namespace

TrustFound lookAtTrust(const domain::TrustFile& file, const QSslCertificate& authority) {
    QFile existing(QString::fromStdString(file.path));
    if (!existing.open(QIODevice::ReadOnly)) {
        const bool absent = errno == ENOENT || errno == ENOTDIR;
        return {absent ? TrustState::missing : TrustState::unreadable, false, {}};
    }
    const QByteArray content = existing.read(mostBytes);
    if (file.content == domain::TrustContent::authority) {
        return judgeCertificates(content, authority);
    }
    const bool same = content == contentOf(file, authority);
    return {same ? TrustState::trusted : TrustState::different, false, {}};
}

Status installTrust(const domain::TrustFile& file, const QSslCertificate& authority) {
    return writeWhole(QString::fromStdString(file.path), contentOf(file, authority));
}

Status removeTrust(const domain::TrustFile& file) {
    QFile existing(QString::fromStdString(file.path));
    if (!existing.remove()) {
        return failWith(ErrorCode::forbidden,
                        Text::tr("cannot remove %1: %2").arg(existing.fileName(), existing.errorString()));
    }
    (void)QDir().rmdir(QFileInfo(existing.fileName()).path()); // refused where something else is in it
    return {};
}

Result<QString> keepAuthority(const QSslCertificate& authority) {
    const QString path = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
                         QStringLiteral("/pilothouse/authorities/") +
                         QString::fromLatin1(authority.digest(QCryptographicHash::Sha256).toHex()) +
                         QStringLiteral(".crt");
    QFile existing(path);
    if (existing.open(QIODevice::ReadOnly) && existing.readAll() == authority.toPem()) {
        return path;
    }
    if (auto written = writeWhole(path, authority.toPem()); !written) {
        return fail(written.error());
    }
    return path;
}

} // namespace pilothouse::client
