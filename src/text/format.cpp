// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/format.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <array>
#include <cmath>

namespace pilothouse::text {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(format)
};

constexpr QChar thinSpace(0x202F); // that no line breaks at

// In the locale's decimal sign, with thin spaces whatever the locale groups with.
QString number(double value, int decimals) {
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    return locale.toString(value, 'f', decimals);
}

QDateTime localTime(WallTime time) {
    return QDateTime::fromMSecsSinceEpoch(
        std::chrono::duration_cast<Milliseconds>(time.time_since_epoch()).count());
}

} // namespace

QString count(std::int64_t number) {
    QString digits = QString::number(number);
    if (number < 0) {
        digits.remove(0, 1);
    }
    for (qsizetype at = digits.size() - 3; at > 0; at -= 3) {
        digits.insert(at, thinSpace);
    }
    return number < 0 ? QChar(0x2212) + digits : digits;
}

QString numeral(std::int64_t number) {
    switch (number) {
    case 1:
        return Words::tr("one", "numeral");
    case 2:
        return Words::tr("two", "numeral");
    case 3:
        return Words::tr("three", "numeral");
    case 4:
        return Words::tr("four", "numeral");
    case 5:
        return Words::tr("five", "numeral");
    case 6:
        return Words::tr("six", "numeral");
    case 7:
        return Words::tr("seven", "numeral");
    case 8:
        return Words::tr("eight", "numeral");
    case 9:
        return Words::tr("nine", "numeral");
    default:
        return count(number);
    }
}

QString duration(Milliseconds duration) {
    const auto ms = std::max<std::int64_t>(0, duration.count());
    if (ms < 10'000) {
        const auto tenths = ms / 100; // not rounded up
        return Words::tr("%1 s").arg(number(static_cast<double>(tenths) / 10, 1));
    }
    const auto seconds = ms / 1000;
    if (seconds < 60) {
        return Words::tr("%1 s").arg(seconds);
    }
    const auto minutes = seconds / 60;
    if (minutes < 60) {
        return Words::tr("%1 min").arg(minutes);
    }
    const auto hours = minutes / 60;
    if (hours < 24) {
        return minutes % 60 == 0 ? Words::tr("%1 h").arg(hours)
                                 : Words::tr("%1 h %2 min").arg(hours).arg(minutes % 60);
    }
    const auto days = hours / 24;
    return days < 7 && hours % 24 != 0 ? Words::tr("%1 d %2 h").arg(days).arg(hours % 24)
                                       : Words::tr("%1 d").arg(count(days));
}

QString bytes(std::int64_t bytes) {
    static constexpr std::array<const char*, 5> units{
        QT_TRANSLATE_NOOP("format", "%1 B"), QT_TRANSLATE_NOOP("format", "%1 kB"),
        QT_TRANSLATE_NOOP("format", "%1 MB"), QT_TRANSLATE_NOOP("format", "%1 GB"),
        QT_TRANSLATE_NOOP("format", "%1 TB")};
    auto value = static_cast<double>(bytes);
    std::size_t unit = 0;
    while (value >= 999.95 && unit + 1 < units.size()) {
        value /= 1000;
        ++unit;
    }
    const double tenths = std::round(value * 10);
    return Words::tr(units[unit]).arg(number(value, std::fmod(tenths, 10) == 0 ? 0 : 1));
}

QString milliseconds(double ms) {
    return Words::tr("%1 ms").arg(number(ms, ms < 0.095 ? 2 : ms < 99.5 ? 1 : 0));
}

QString timeOfDay(WallTime time) {
    return localTime(time).toString(QStringLiteral("HH:mm:ss"));
}

QString minuteOfDay(WallTime time) {
    return localTime(time).toString(QStringLiteral("HH:mm"));
}

QString dayAndTime(WallTime time) {
    return localTime(time).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
}

QString list(const QStringList& names) {
    if (names.size() < 2) {
        return names.value(0);
    }
    return Words::tr("%1 and %2", "end of a list of names")
        .arg(names.mid(0, names.size() - 1).join(Words::tr(", ", "between names in a list")), names.last());
}

} // namespace pilothouse::text
