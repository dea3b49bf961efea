// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/table.h"

#include "cli/output.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace pilothouse::cli {
namespace {

constexpr int gap = 2;
constexpr int leastElided = 10;

// Unicode's East Asian wide and fullwidth blocks (UAX #11), and the emoji that terminals draw wide.
bool isWide(char32_t c) {
    struct Range {
        char32_t first;
        char32_t last;
    };
    static constexpr std::array ranges{
        Range{0x1100, 0x115F},   Range{0x2E80, 0x303E},   Range{0x3041, 0xA4CF},   Range{0xA960, 0xA97F},
        Range{0xAC00, 0xD7A3},   Range{0xF900, 0xFAFF},   Range{0xFE30, 0xFE6F},   Range{0xFF00, 0xFF60},
        Range{0xFFE0, 0xFFE6},   Range{0x1F300, 0x1F64F}, Range{0x1F680, 0x1F6FF}, Range{0x1F900, 0x1F9FF},
        Range{0x20000, 0x3FFFD},
    };
    return std::any_of(ranges.begin(), ranges.end(),
                       [c](const Range& range) { return c >= range.first && c <= range.last; });
}

int cellsOf(char32_t c) {
    switch (QChar::category(c)) {
    case QChar::Mark_NonSpacing:
    case QChar::Mark_Enclosing:
    case QChar::Other_Format:
        return 0;
    default:
        return isWide(c) ? 2 : 1;
    }
}

QString padded(const QString& text, int width, Table::Align align) {
    const QString blanks(std::max(0, width - displayWidth(text)), QLatin1Char(' '));
    return align == Table::Align::right ? blanks + text : text + blanks;
}

} // namespace

int displayWidth(const QString& text) {
    int width = 0;
    for (const auto c : text.toUcs4()) {
        width += cellsOf(c);
    }
    return width;
}

QString elided(const QString& text, int width) {
    if (displayWidth(text) <= width) {
        return text;
    }
    QString kept;
    int used = 1; // the ellipsis
    for (const auto c : text.toUcs4()) {
        used += cellsOf(c);
        if (used > width) {
            break;
        }
        kept += QString::fromUcs4(reinterpret_cast<const char32_t*>(&c), 1);
    }
    return kept.trimmed() + QStringLiteral("…");
}

QString wrapped(const QString& text, int width) {
    QString out;
    int used = 0;
    for (const auto& word : text.split(QLatin1Char(' '))) {
        const int cells = displayWidth(word);
        if (used > 0 && used + 1 + cells > width) {
            out += QLatin1Char('\n');
            used = 0;
        } else if (used > 0) {
            out += QLatin1Char(' ');
            ++used;
        }
        out += word;
        used += cells;
    }
    return out;
}

void Table::add(QStringList cells) {
    for (auto& cell : cells) {
        cell = harmless(cell).replace(QLatin1Char('\n'), QLatin1Char(' '));
    }
    m_rows.push_back(std::move(cells));
}

QString Table::text(int width) const {
    std::vector<std::size_t> shown(m_columns.size());
    std::iota(shown.begin(), shown.end(), 0);
    std::vector<int> widths;
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        int widest = displayWidth(m_columns[i].heading);
        for (const auto& row : m_rows) {
            widest = std::max(widest, displayWidth(row.value(static_cast<qsizetype>(i))));
        }
        widths.push_back(widest);
    }
    const auto tooMuch = [&] {
        int total = -gap;
        for (const auto i : shown) {
            total += widths[i] + gap;
        }
        return width > 0 ? std::max(0, total - width) : 0;
    };
    for (auto i = m_columns.size(); i-- > 0 && tooMuch() > 0;) {
        if (m_columns[i].squeeze == Squeeze::drop) {
            std::erase(shown, i);
        }
    }
    for (const auto i : shown) {
        if (m_columns[i].squeeze == Squeeze::elide) {
            widths[i] =
                std::min(widths[i],
                         std::max({widths[i] - tooMuch(), leastElided, displayWidth(m_columns[i].heading)}));
        }
    }
    const auto line = [&](const auto& cellAt) {
        QString text;
        for (const auto i : shown) {
            text += padded(elided(cellAt(i), widths[i]), widths[i], m_columns[i].align) + QString(gap, u' ');
        }
        while (text.endsWith(QLatin1Char(' '))) {
            text.chop(1);
        }
        return text;
    };
    QStringList lines{line([&](std::size_t i) { return m_columns[i].heading; })};
    for (const auto& row : m_rows) {
        lines += line([&](std::size_t i) { return row.value(static_cast<qsizetype>(i)); });
    }
    return lines.join(QLatin1Char('\n'));
}

void printTable(const Table& table) {
    const auto terminal = terminalSize();
    printLine(table.text(terminal ? terminal->columns : 0));
}

} // namespace pilothouse::cli
