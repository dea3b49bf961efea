// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/clock.h"

#include <array>
#include <cstdint>
#include <cstdio>
#include <optional>

namespace pilothouse {

namespace {

class SystemClock : public Clock {
public:
    [[nodiscard]] MonotonicTime monotonic() const override { return std::chrono::steady_clock::now(); }
    [[nodiscard]] WallTime wall() const override { return std::chrono::system_clock::now(); }
};

// Takes fixed pieces off the front of a text. After the first mismatch everything fails.
class Scanner {
public:
    explicit Scanner(std::string_view text) : m_rest(text) {}

    // Exactly `count` decimal digits.
    int digits(std::size_t count) {
        int value = 0;
        for (std::size_t i = 0; i < count; ++i) {
            if (!atDigit()) {
                m_ok = false;
                return 0;
            }
            value = value * 10 + (m_rest.front() - '0');
            m_rest.remove_prefix(1);
        }
        return value;
    }
    // One of the characters of `choices`; gives it.
    char oneOf(std::string_view choices) {
        if (m_rest.empty() || choices.find(m_rest.front()) == std::string_view::npos) {
            m_ok = false;
            return '\0';
        }
        const char found = m_rest.front();
        m_rest.remove_prefix(1);
        return found;
    }
    [[nodiscard]] bool at(char c) const { return !m_rest.empty() && m_rest.front() == c; }
    [[nodiscard]] bool atDigit() const { return !m_rest.empty() && m_rest[0] >= '0' && m_rest[0] <= '9'; }
    [[nodiscard]] bool ok() const { return m_ok; }
    [[nodiscard]] bool atEnd() const { return m_rest.empty(); }

private:
    std::string_view m_rest;
    bool m_ok = true;
};

// ".123456789", one to nine digits; zero where there is no point.
std::chrono::nanoseconds scanFraction(Scanner& scanner) {
    if (!scanner.at('.')) {
        return {};
    }
    scanner.oneOf(".");
    std::int64_t value = scanner.digits(1);
    for (int place = 1; place < 9; ++place) {
        value = value * 10 + (scanner.atDigit() ? scanner.digits(1) : 0);
    }
    return std::chrono::nanoseconds(value);
}

// "Z" or "+hh:mm"; nullopt when it is neither.
std::optional<std::chrono::minutes> scanOffset(Scanner& scanner) {
    const char sign = scanner.oneOf("Zz+-");
    if (sign != '+' && sign != '-') {
        return std::chrono::minutes(0);
    }
    const int hours = scanner.digits(2);
    scanner.oneOf(":");
    const int minutes = scanner.digits(2);
    if (hours > 23 || minutes > 59) {
        return std::nullopt;
    }
    return std::chrono::minutes((sign == '-' ? -1 : 1) * (hours * 60 + minutes));
}

std::optional<WallTime> scanTime(std::string_view text) {
    Scanner scanner(text);
    const std::chrono::year year(scanner.digits(4));
    scanner.oneOf("-");
    const std::chrono::month month(static_cast<unsigned>(scanner.digits(2)));
    scanner.oneOf("-");
    const std::chrono::day day(static_cast<unsigned>(scanner.digits(2)));
    scanner.oneOf("Tt");
    const int hour = scanner.digits(2);
    scanner.oneOf(":");
    const int minute = scanner.digits(2);
    scanner.oneOf(":");
    const int second = scanner.digits(2);
    const auto fraction = scanFraction(scanner);
    const auto offset = scanOffset(scanner);
    const std::chrono::year_month_day date(year, month, day);
    // 60 is a leap second: it counts as the first of the next minute, as the system's clock has it.
    if (!scanner.ok() || !scanner.atEnd() || !offset || !date.ok() || hour > 23 || minute > 59 ||
        second > 60) {
        return std::nullopt;
    }
    const auto seconds = std::chrono::sys_days(date).time_since_epoch() + std::chrono::hours(hour) +
                         std::chrono::minutes(minute) + std::chrono::seconds(second) - *offset;
    // One second of room, so that the fraction cannot overflow.
    using Seconds = std::chrono::seconds;
    if (seconds <= std::chrono::ceil<Seconds>(WallTime::duration::min()) ||
        seconds >= std::chrono::floor<Seconds>(WallTime::duration::max())) {
        return std::nullopt;
    }
    return WallTime(std::chrono::duration_cast<WallTime::duration>(seconds) +
                    std::chrono::duration_cast<WallTime::duration>(fraction));
}

} // namespace

const Clock& systemClock() {
    static const SystemClock clock;
    return clock;
}

std::string toRfc3339(WallTime time) {
    const auto milliseconds = std::chrono::floor<Milliseconds>(time);
    const auto days = std::chrono::floor<std::chrono::days>(milliseconds);
    const std::chrono::year_month_day date(days);
    const std::chrono::hh_mm_ss clock(milliseconds - days);
    std::array<char, 64> buffer{};
    const int length = std::snprintf(
        buffer.data(), buffer.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
        static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
        static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
    return {buffer.data(), static_cast<std::size_t>(length)};
}

Result<WallTime> parseRfc3339(std::string_view text) {
    if (const auto time = scanTime(text)) {
        return *time;
    }
    return fail(ErrorCode::invalid, "\"" + std::string(text.substr(0, 40)) + "\" is not an RFC 3339 time",
                "Write it like 2026-03-02T10:00:00Z");
}

} // namespace pilothouse
