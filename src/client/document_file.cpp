// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/document_file.h"

#include "client/text.h"

#include <QFileInfo>
#include <QSaveFile>

namespace pilothouse::client {

bool isJsonFile(const QString& path) {
    return path.endsWith(QLatin1String(".json"), Qt::CaseInsensitive);
}

Status writeDocument(const QString& path, const QByteArray& content) {
    constexpr auto readableByAll = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther;
    const QFileInfo there(path);
    if (there.isDir()) {
        return failWith(ErrorCode::forbidden, Text::tr("cannot write %1: it is a folder").arg(path),
                        Text::tr("Name a file"));
    }
    if (!QFileInfo(there.absolutePath()).isDir()) {
        return failWith(ErrorCode::notFound,
                        Text::tr("cannot write %1: there is no folder %2").arg(path, there.absolutePath()));
    }
    const bool isNew = !there.exists();
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size() ||
        (isNew && !file.setPermissions(readableByAll)) || !file.commit()) {
        return failWith(ErrorCode::forbidden, Text::tr("cannot write %1: %2").arg(path, file.errorString()));
    }
    return {};
}

} // namespace pilothouse::client
