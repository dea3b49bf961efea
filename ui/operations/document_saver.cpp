// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/document_saver.h"

#include "api/json.h"
#include "base/clock.h"
#include "client/document_file.h"
#include "text/operation_report.h"
#include "text/runbook.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QPointer>
#include <QWidget>

namespace pilothouse::ui {
namespace {

text::DocumentContext contextOf(const QString& cluster, const QHash<QString, QString>& names) {
    return {cluster, systemClock().wall(), names};
}

// A host that is to join may have no name as a replica yet.
template <typename T>
const std::string& nameIn(const T& change) {
    return change.name.empty() && change.host_name ? *change.host_name : change.name;
}

// A path that lines can break in.
QString breakable(QString text) {
    return text.replace(QLatin1Char('/'), QStringLiteral("/\u200B"));
}

} // namespace

FileChooser fileDialog(QWidget* window) {
    return [window = QPointer<QWidget>(window)](const QString& title, const QString& name,
                                                std::function<void(const QString&)> chosen) {
        auto* dialog = new QFileDialog(window, title);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        const QString json = DocumentSaver::tr("JSON (*.json)");
        dialog->setNameFilters({DocumentSaver::tr("Markdown (*.md)"), json});
        dialog->setDefaultSuffix(QStringLiteral("md"));
        dialog->selectFile(name);
        // What is written goes by the ending: it follows the chosen kind.
        QObject::connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, json](const QString& filter) {
            const QString suffix = filter == json ? QStringLiteral("json") : QStringLiteral("md");
            dialog->setDefaultSuffix(suffix);
            const QStringList files = dialog->selectedFiles();
            if (!files.isEmpty()) {
                dialog->selectFile(QFileInfo(files.first()).completeBaseName() + u'.' + suffix);
            }
        });
        QObject::connect(dialog, &QFileDialog::fileSelected, dialog, std::move(chosen));
        dialog->open();
    };
}

DocumentSaver::DocumentSaver(QWidget* owner) : QObject(owner), m_chooser(fileDialog(owner)) {}

void DocumentSaver::saveReport(const api::OperationPlan& plan, const QString& cluster) {
    save({tr("Save the report of the checks"),
          text::documentName(plan.kind, nameIn(plan), QStringLiteral("checks")),
          text::checksReport(plan, contextOf(cluster, m_names)), api::toJson(plan)});
}

void DocumentSaver::saveReport(const api::Operation& operation, const QString& cluster) {
    save({tr("Save the report of the checks"),
          text::documentName(operation.kind, nameIn(operation), QStringLiteral("checks")),
          text::checksReport(operation, contextOf(cluster, m_names)), api::toJson(operation)});
}

void DocumentSaver::saveRunbook(const api::OperationPlan& plan, const QString& cluster) {
    save({tr("Save the runbook"), text::documentName(plan.kind, nameIn(plan), QStringLiteral("runbook")),
          text::runbook(plan, contextOf(cluster, m_names)), api::toJson(plan)});
}

void DocumentSaver::saveRunbook(const api::Operation& operation, const QString& cluster) {
    save({tr("Save the runbook"),
          text::documentName(operation.kind, nameIn(operation), QStringLiteral("runbook")),
          text::runbook(operation, contextOf(cluster, m_names)), api::toJson(operation)});
}

void DocumentSaver::save(const Document& document) {
    m_chooser(document.title, document.name, [self = QPointer(this), document](const QString& file) {
        if (self && !file.isEmpty()) {
            self->write(document, file);
        }
    });
}

void DocumentSaver::write(const Document& document, const QString& file) {
    const QByteArray content = client::isJsonFile(file) ? QByteArray::fromStdString(document.json) + '\n'
                                                        : document.markdown.toUtf8();
    const Status written = client::writeDocument(file, content);
    Q_EMIT told(
        breakable(written ? tr("Saved as %1.").arg(file) : QString::fromStdString(written.error().text())),
        !written);
}

} // namespace pilothouse::ui
