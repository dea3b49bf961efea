// SPDX-License-Identifier: GPL-3.0-or-later
// What of the history runs on its own thread.
#pragma once

#include "history/database.h"

#include <QLockFile>
#include <QObject>

#include <memory>
#include <optional>

namespace pilothouse::history {

// Everything but construction on the thread that it lives on. Opens the file when it is first needed.
class HistoryWorker : public QObject {
    Q_OBJECT
public:
    explicit HistoryWorker(QString file) : m_file(std::move(file)) {}

    [[nodiscard]] Status add(const std::vector<Sample>& samples);
    [[nodiscard]] Result<std::vector<Sample>> since(const std::string& cluster, WallTime from);
    [[nodiscard]] Status thin(WallTime now);

Q_SIGNALS:
    void problem(const QString& sentence);

private:
    [[nodiscard]] Status open();
    [[nodiscard]] bool takeOver();
    [[nodiscard]] Status openForWriting();
    [[nodiscard]] Status startAnew();
    // Does `work` on the open file; on damage once more on a new one.
    template <typename Outcome, typename Work>
    [[nodiscard]] Outcome with(Work work);
    void tell(const QString& sentence);

    QString m_file;
    std::unique_ptr<QLockFile> m_lock; // held: this program writes
    std::optional<Database> m_database;
    std::optional<Error> m_refused; // why it is not tried again
    bool m_readOnly = false;
    bool m_told = false;
};

} // namespace pilothouse::history
