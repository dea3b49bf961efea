// SPDX-License-Identifier: GPL-3.0-or-later
// The built pilothousectl against scripted replicas, in folders of its own, as a person or a script runs it.
#pragma once

#include "support/scripted_cluster.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <memory>

namespace pilothouse::test {

struct Ended {
    int code = -1; // 128 + signal when a signal ended it, as a shell says it
    QString out;
    QString err;
    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(out.toUtf8()).object(); }
};

inline std::ostream& operator<<(std::ostream& stream, const Ended& ended) {
    return stream << "exit code " << ended.code << "\n--- out\n"
                  << ended.out.toStdString() << "--- err\n"
                  << ended.err.toStdString();
}

class ProgramTest : public testing::Test {
protected:
    ProgramTest();

    // Runs it to its end while the scripted replicas answer. Fails the test after 30 s.
    [[nodiscard]] Ended run(const QStringList& arguments);
    // The same in a shell, where "ctl" is the program.
    [[nodiscard]] Ended shell(const QString& script);
    // Starts it and leaves it running.
    [[nodiscard]] std::unique_ptr<QProcess> begin(const QStringList& arguments);
    // Waits for its end.
    [[nodiscard]] static Ended endOf(QProcess& process);

    // `arguments` with those that name the scripted cluster.
    [[nodiscard]] QStringList withCluster(QStringList arguments, const QString& passwordFile = {}) const;
    // In the test's folder, 0600.
    QString write(const QString& name, const QByteArray& text);
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }

    QTemporaryDir m_folder;
    ScriptedCluster m_cluster{3};
    QProcessEnvironment m_environment = QProcessEnvironment::systemEnvironment();
};

} // namespace pilothouse::test
