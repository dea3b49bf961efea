// SPDX-License-Identifier: GPL-3.0-or-later
// A graphical world of its own: an X server without a screen, a message bus without services, a home folder
// that is new for each program. The same for every program that is measured.
#pragma once

#include "bench_process.h"

#include <QTemporaryDir>

#include <memory>
#include <optional>
#include <string>

namespace pilothouse::bench {

class Display {
public:
    Display();
    // Whether both run; the reason if not.
    [[nodiscard]] bool isUp() const { return m_error.empty(); }
    [[nodiscard]] const std::string& error() const { return m_error; }

    // ":7", to connect to.
    [[nodiscard]] const QByteArray& name() const { return m_name; }
    [[nodiscard]] const QString& busAddress() const { return m_bus; }
    // For a program in this world that begins with that home folder; readable: it offers itself to screen
    // readers.
    [[nodiscard]] QProcessEnvironment environment(const QString& home, bool readable = false) const;

private:
    void startServer();
    void startBus();

    QTemporaryDir m_folder;
    QByteArray m_name;
    QString m_bus;
    std::string m_error;
    std::unique_ptr<Child> m_busProcess;
    std::unique_ptr<Child> m_server;
};

} // namespace pilothouse::bench
