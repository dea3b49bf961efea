// SPDX-License-Identifier: GPL-3.0-or-later
// Pieces of Markdown. What comes from elsewhere starts no markup and ends no line or column.
#pragma once

#include <QString>
#include <QStringList>

namespace pilothouse::text::markdown {

[[nodiscard]] QString plain(const QString& text);
[[nodiscard]] QString heading(int level, const QString& text); // with an empty line after it
[[nodiscard]] QString paragraph(const QString& text);          // empty text: nothing
[[nodiscard]] QString item(const QString& text);
[[nodiscard]] QString row(const QStringList& cells);
[[nodiscard]] QString tableHead(const QStringList& names);
// Commands of a shell, one a line; none: nothing.
[[nodiscard]] QString commands(const QStringList& lines);
// `word` as one word of a shell.
[[nodiscard]] QString shellWord(const QString& word);

} // namespace pilothouse::text::markdown
