// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl.h"

#include <QJsonDocument>
#include <QProcess>

#include <gtest/gtest.h>

namespace pilothouse::test {

QJsonObject CtlResult::json() const {
    return QJsonDocument::fromJson(out.toUtf8()).object();
}

QString programPath(const QString& name) {
    return QStringLiteral(PILOTHOUSE_BIN "/") + name;
}

CtlResult runProgram(const QString& program, const QStringList& arguments,
                     const QProcessEnvironment& environment, int deadlineMs, const QString& input) {
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(programPath(program), arguments);
    process.write(input.toUtf8());
    process.closeWriteChannel();
    if (!process.waitForFinished(deadlineMs)) {
        process.kill();
        process.waitForFinished();
        ADD_FAILURE() << program.toStdString() << ' ' << arguments.join(u' ').toStdString()
                      << " did not end in time\n"
                      << process.readAllStandardError().toStdString();
    }
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

CtlResult runCtl(const QStringList& arguments, const QProcessEnvironment& environment, int deadlineMs) {
    return runProgram(QStringLiteral("pilothousectl"), arguments, environment, deadlineMs);
}

} // namespace pilothouse::test
