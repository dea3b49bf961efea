// SPDX-License-Identifier: GPL-3.0-or-later
// Columns of text for a terminal.
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace pilothouse::cli {

// How many cells of a terminal `text` takes: East Asian wide characters two, combining ones none.
[[nodiscard]] int displayWidth(const QString& text);
// `text`, cut to `width` cells with an ellipsis in the last one if it is longer.
[[nodiscard]] QString elided(const QString& text, int width);
// `text` broken at blanks into lines of at most `width` cells; longer words stay whole.
[[nodiscard]] QString wrapped(const QString& text, int width);

// Columns as wide as their longest cell, two blanks between them, headings first. Numbers right-aligned.
class Table {
public:
    enum class Align { left, right };
    // What happens to a column where there is no room for all.
    enum class Squeeze {
        none,
        elide, // its cells are cut
        drop,  // it goes; the last such column first, and before any is cut
    };
    struct Column {
        QString heading;
        Align align = Align::left;
        Squeeze squeeze = Squeeze::none;
    };
    explicit Table(std::vector<Column> columns) : m_columns(std::move(columns)) {}
    void add(QStringList cells);
    // Lines of at most `width` cells where that can be; 0: as long as they get. No line feed at the end.
    [[nodiscard]] QString text(int width = 0) const;

private:
    std::vector<Column> m_columns;
    std::vector<QStringList> m_rows;
};

// As wide as the terminal, or as it gets where standard output is none.
void printTable(const Table& table);

} // namespace pilothouse::cli
