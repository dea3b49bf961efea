// SPDX-License-Identifier: GPL-3.0-or-later
// Runs the built pilothousectl as a person would, and reads what it prints.
#pragma once

#include <QJsonObject>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

namespace pilothouse::test {

struct CtlResult {
    int exitCode = -1;
    QString out;
    QString err;
    [[nodiscard]] QJsonObject json() const;
};

// Fails the test when it does not end within `deadlineMs`.
[[nodiscard]] CtlResult runCtl(const QStringList& arguments, const QProcessEnvironment& environment,
                               int deadlineMs = 90'000);
// Any of the programs; `input` is what it finds on its standard input.
[[nodiscard]] CtlResult runProgram(const QString& program, const QStringList& arguments,
                                   const QProcessEnvironment& environment, int deadlineMs,
                                   const QString& input = {});
[[nodiscard]] QString programPath(const QString& name);

} // namespace pilothouse::test
