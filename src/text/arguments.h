// SPDX-License-Identifier: GPL-3.0-or-later
// Typed access to a message's arguments. A missing or mistyped one gives an empty value: a gap in a sentence
// is better than a crash.
#pragma once

#include "domain/message.h"
#include "text/format.h"

namespace pilothouse::text {

class Arguments {
public:
    explicit Arguments(const domain::Message& message) : m_arguments(message.arguments) {}

    [[nodiscard]] std::int64_t number(std::size_t i) const { return get<std::int64_t>(i); }
    // The same as what picks a plural form.
    [[nodiscard]] int quantity(std::size_t i) const { return static_cast<int>(number(i)); }
    [[nodiscard]] double real(std::size_t i) const { return get<double>(i); }
    [[nodiscard]] QString string(std::size_t i) const { return QString::fromStdString(get<std::string>(i)); }
    [[nodiscard]] QString names(std::size_t i) const { return list(nameList(i)); }
    [[nodiscard]] int nameCount(std::size_t i) const {
        return static_cast<int>(get<domain::Names>(i).names.size());
    }
    [[nodiscard]] Milliseconds time(std::size_t i) const { return get<Milliseconds>(i); }
    [[nodiscard]] WallTime moment(std::size_t i) const { return get<WallTime>(i); }
    [[nodiscard]] QStringList nameList(std::size_t i) const {
        QStringList result;
        for (const auto& name : get<domain::Names>(i).names) {
            result += QString::fromStdString(name);
        }
        return result;
    }
    [[nodiscard]] std::size_t size() const { return m_arguments.size(); }

private:
    template <typename T>
    [[nodiscard]] T get(std::size_t i) const {
        const auto* value = i < m_arguments.size() ? std::get_if<T>(&m_arguments[i]) : nullptr;
        return value != nullptr ? *value : T{};
    }
    const std::vector<domain::Argument>& m_arguments;
};

// The words for one name or for more, with the first argument's names in them.
[[nodiscard]] inline QString oneOrMore(const Arguments& a, const QString& one, const QString& more) {
    return (a.nameCount(0) == 1 ? one : more).arg(a.names(0));
}

} // namespace pilothouse::text
