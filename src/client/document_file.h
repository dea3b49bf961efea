// SPDX-License-Identifier: GPL-3.0-or-later
// Writing a document where a person wants it.
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QString>

namespace pilothouse::client {

// Whether a file of that name is to be JSON, and not Markdown: by its ending.
[[nodiscard]] bool isJsonFile(const QString& path);
// A file that is there is replaced, whole or not at all; a new one is readable by all (0644). Fails with one
// sentence. Blocks for as long as the disk does.
[[nodiscard]] Status writeDocument(const QString& path, const QByteArray& content);

} // namespace pilothouse::client
