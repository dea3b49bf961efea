// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/check_dialog.h"

#include "text/check_words.h"
#include "ui/inspector/situation_inspectors.h"
#include "ui/operations/finding_list.h"
#include "ui/session/when_answered.h"
#include "ui/theme/theme.h"
#include "ui/widgets/empty_layout.h"
#include "ui/widgets/focus_frame.h"
#include "ui/widgets/label.h"
#include "ui/widgets/sign_mark.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSaveFile>
#include <QScrollArea>
#include <QVBoxLayout>

namespace pilothouse::ui {
namespace {

using models::Shape;
using models::Sign;
using models::Tone;

QString plain(const std::string& text) {
    return QString::fromStdString(text);
}

// A command of ours names the cluster that is looked at.
QString commandFor(const QString& command, const QString& cluster) {
    const bool ours = command.startsWith(QStringLiteral("pilothousectl ")) &&
                      !command.startsWith(QStringLiteral("pilothousectl sandbox "));
    return ours ? QStringLiteral("%1 --cluster %2").arg(command, cluster) : command;
}

} // namespace

CheckDialog::CheckDialog(const Theme& theme, Checks& checks, CheckWish wish, QWidget* parent)
    : QDialog(parent), m_theme(theme), m_checks(&checks), m_wish(std::move(wish)),
      m_title(makeParagraph(TextRole::sentence)), m_subtitle(makeParagraph(TextRole::text, Ink::dim)),
      m_causes(new QVBoxLayout), m_findings(new FindingList(theme)), m_scroll(new QScrollArea),
      m_save(new QPushButton(tr("Save report…"))), m_again(new QPushButton(tr("Run again"))),
      m_close(new QPushButton(tr("Close"))) {
    const QString title = m_wish.replicaId.isEmpty()
                              ? tr("Check %1").arg(m_wish.cluster)
                              : tr("Diagnose %1 in %2").arg(m_wish.replica, m_wish.cluster);
    setWindowTitle(title);
    setModal(false);
    resize(760, 640);
    m_causes->setContentsMargins(18, 14, 18, 0);
    m_causes->setSpacing(6);
    auto* found = new QWidget;
    auto* column = new QVBoxLayout(found);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(m_causes);
    column->addWidget(m_findings, 1);
    m_scroll->setWidget(found);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setAccessibleName(tr("What was found"));
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(12);
    buttons->addWidget(m_save);
    buttons->addStretch(1);
    buttons->addWidget(m_again);
    buttons->addWidget(m_close);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(32, 24, 24, 24);
    layout->setSpacing(6);
    layout->addWidget(m_title);
    layout->addWidget(m_subtitle);
    layout->addSpacing(6);
    layout->addWidget(m_scroll, 1);
    layout->addSpacing(10);
    layout->addLayout(buttons);
    new FocusFrame(theme, this);
    for (QPushButton* button : {m_save, m_again, m_close}) {
        button->setAutoDefault(false);
    }
    m_close->setFocus();
    setTextOf(*m_title, title);
    connect(m_save, &QPushButton::clicked, this, &CheckDialog::askWhereToSave);
    connect(m_again, &QPushButton::clicked, this, &CheckDialog::check);
    connect(m_close, &QPushButton::clicked, this, &QDialog::close);
    refreshButtons();
}

void CheckDialog::check() {
    if (m_checks == nullptr || m_running) {
        return;
    }
    m_running = true;
    setTextOf(*m_subtitle, tr("Nothing is changed by it."));
    emptyLayout(*m_causes);
    m_findings->showRunning(tr("All replicas examine themselves and their ways to each other"),
                            tr("Those that do not answer are told by the others, within 10 s."));
    refreshButtons();
    whenAnswered(this, m_checks->check(m_wish.replicaId),
                 [this](const Result<api::ClusterCheck>& found) { take(found); });
}

void CheckDialog::take(const Result<api::ClusterCheck>& found) {
    m_running = false;
    if (found) {
        m_check = *found;
        setTextOf(*m_title, text::checkSummary(*m_check));
        setTextOf(*m_subtitle, text::checkedByWords(*m_check));
        showCauses();
        m_findings->setTold(m_check->findings);
    } else {
        setTextOf(*m_title, windowTitle());
        setTextOf(*m_subtitle, plain(found.error().text()));
        m_check.reset();
        m_findings->setTold({});
    }
    refreshButtons();
}

void CheckDialog::showCauses() {
    emptyLayout(*m_causes);
    if (m_check->causes.empty()) {
        return;
    }
    m_causes->addWidget(makeLabel(TextRole::caption, Ink::dim, tr("What explains it")));
    for (const api::Cause& cause : m_check->causes) {
        m_causes->addWidget(makeCause(cause));
    }
}

QWidget* CheckDialog::makeCause(const api::Cause& cause) {
    const auto words = text::causeWords(cause);
    auto* widget = new QWidget;
    auto* across = new QHBoxLayout(widget);
    across->setContentsMargins(0, 0, 0, 12);
    across->setSpacing(12);
    across->addWidget(new SignMark(m_theme, {Shape::triangle, Tone::attention}), 0, Qt::AlignTop);
    auto* column = new QVBoxLayout;
    column->setSpacing(3);
    across->addLayout(column, 1);
    column->addWidget(makeParagraph(TextRole::strong, Ink::value, words.title));
    if (!words.evidence.isEmpty()) {
        column->addWidget(makeParagraph(TextRole::secondary, Ink::dim, words.evidence));
    }
    QList<models::StepView> steps;
    for (const text::Step& step : words.next) {
        models::StepView view{step.title, step.body, {}, false};
        for (const QString& command : step.commands) {
            view.commands += commandFor(command, m_wish.cluster);
        }
        steps.append(view);
    }
    auto* list = new QVBoxLayout;
    list->setContentsMargins(0, 6, 0, 0);
    list->setSpacing(10);
    fillWithSteps(*list, m_theme, steps, nullptr);
    column->addLayout(list);
    return widget;
}

Status CheckDialog::saveTo(const QString& file) const {
    if (!m_check) {
        return fail(ErrorCode::invalid, tr("There is no report yet").toStdString());
    }
    const QByteArray report = text::checkReport(*m_check, file);
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly) || out.write(report) != report.size() || !out.commit()) {
        return fail(ErrorCode::unavailable,
                    tr("The report cannot be written to %1: %2").arg(file, out.errorString()).toStdString());
    }
    return {};
}

void CheckDialog::askWhereToSave() {
    const QString subject = m_wish.replicaId.isEmpty() ? m_wish.cluster : m_wish.replica;
    auto* dialog = new QFileDialog(this, tr("Save report"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("Markdown (*.md)"), tr("JSON (*.json)")});
    dialog->setDefaultSuffix(QStringLiteral("md"));
    dialog->selectFile(QStringLiteral("check-%1.md").arg(subject));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
        dialog->setDefaultSuffix(filter.contains(QStringLiteral("*.json")) ? QStringLiteral("json")
                                                                           : QStringLiteral("md"));
    });
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
        const Status saved = saveTo(file);
        Q_EMIT told(saved ? tr("The report is saved in %1.").arg(file) : plain(saved.error().text()), !saved);
    });
    dialog->open();
}

void CheckDialog::refreshButtons() {
    m_again->setEnabled(!m_running && m_checks != nullptr);
    m_save->setEnabled(m_check.has_value() && !m_running);
    m_again->setAccessibleDescription(m_running ? tr("The checks are running.") : QString());
}

void CheckDialog::forget() {
    m_checks = nullptr;
    close();
}

} // namespace pilothouse::ui
