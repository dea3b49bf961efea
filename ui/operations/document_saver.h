// SPDX-License-Identifier: GPL-3.0-or-later
// Saves the report of a change's checks, or its runbook, where the person says.
#pragma once

#include "api/operations.h"

#include <QHash>
#include <QObject>
#include <QString>

#include <functional>
#include <string>

class QWidget;

namespace pilothouse::ui {

// Asks for a file: the title of the question, a name to begin with, and what to do with the chosen one, which
// is not called when none is chosen. It may be called back later.
using FileChooser = std::function<void(const QString& title, const QString& name,
                                       std::function<void(const QString&)> chosen)>;

// With a dialog above `window`.
[[nodiscard]] FileChooser fileDialog(QWidget* window);

class DocumentSaver : public QObject {
    Q_OBJECT
public:
    // `owner`: whose window the question is asked in.
    explicit DocumentSaver(QWidget* owner);
    // Of replicas, by their ids; from now on.
    void setNames(const QHash<QString, QString>& names) { m_names = names; }
    void setChooser(FileChooser chooser) { m_chooser = std::move(chooser); }

    // `cluster`: its name. What is written is of this moment, however long the question stands.
    void saveReport(const api::OperationPlan& plan, const QString& cluster);
    void saveReport(const api::Operation& operation, const QString& cluster);
    void saveRunbook(const api::OperationPlan& plan, const QString& cluster);
    void saveRunbook(const api::Operation& operation, const QString& cluster);

Q_SIGNALS:
    void told(const QString& sentence, bool failed);

private:
    struct Document {
        QString title;
        QString name;
        QString markdown;
        std::string json;
    };
    void save(const Document& document);
    void write(const Document& document, const QString& file);

    FileChooser m_chooser;
    QHash<QString, QString> m_names;
};

} // namespace pilothouse::ui
