// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/repair_review.h"

#include "domain/check.h"
#include "domain/quorum.h"
#include "domain/repair.h"
#include "text/format.h"
#include "text/operation_words.h"
#include "text/repair_words.h"
#include "ui/operations/wizard.h"
#include "ui/theme/theme.h"
#include "ui/widgets/command_field.h"
#include "ui/widgets/empty_layout.h"
#include "ui/widgets/label.h"

#include <QVBoxLayout>

namespace pilothouse::ui {
namespace {

QString plain(const std::string& text) {
    return QString::fromStdString(text);
}

QString quoted(QString text) {
    return QLatin1Char('\'') + text.replace(QLatin1Char('\''), QStringLiteral("'\\''")) + QLatin1Char('\'');
}

// What the checks about entries and blobs found, as sentences.
QString lossWords(const api::RepairPlan& plan) {
    QStringList sentences;
    for (const api::Finding& finding : plan.findings) {
        if (finding.check == nameOf(domain::CheckId::entriesLost) ||
            finding.check == nameOf(domain::CheckId::blobsLost)) {
            const auto words = text::findingWords(finding);
            sentences += words.title + u'.';
            sentences += words.evidence;
        }
    }
    sentences.removeAll(QString());
    return sentences.join(QLatin1Char(' '));
}

QString commandOf(const std::string& survivor, const std::vector<api::SilentMember>& silent,
                  const QString& cluster, const QString& reason) {
    QString words = QStringLiteral("pilothousectl repair --from ") + plain(survivor);
    for (const auto& [statement, option] : {std::pair{domain::Statement::destroyed, "--destroyed"},
                                            {domain::Statement::poweredOff, "--powered-off"},
                                            {domain::Statement::cutOff, "--cut-off"}}) {
        QStringList names;
        for (const api::SilentMember& each : silent) {
            if (each.statement == nameOf(statement)) {
                names += plain(each.name.empty() ? each.replica : each.name);
            }
        }
        if (!names.isEmpty()) {
            words += QStringLiteral(" %1 %2").arg(QLatin1String(option), names.join(u','));
        }
    }
    words += QStringLiteral(" --cluster %1 --yes").arg(cluster);
    return reason.isEmpty() ? words : words + QStringLiteral(" --reason ") + quoted(reason);
}

} // namespace

RepairReview::RepairReview(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_layout(new QVBoxLayout(this)) {
    m_layout->setContentsMargins(18, 14, 18, 14);
    m_layout->setSpacing(4);
}

void RepairReview::addCommand(const QString& heading, const QString& words, const QString& command) {
    m_layout->addWidget(makeLabel(TextRole::caption, Ink::dim, heading));
    if (!words.isEmpty()) {
        m_layout->addWidget(makeParagraph(TextRole::text, Ink::value, words));
    }
    m_layout->addWidget(new CommandField(m_theme, command));
    m_layout->addSpacing(6);
}

void RepairReview::setPlan(const api::RepairPlan& plan, const RepairWish& wish, const QString& command) {
    emptyLayout(*m_layout);
    const QString name = plain(plan.name);
    addPart(
        *m_layout, tr("Now"),
        tr("%1 of %2 voting replicas answer, %3 are needed: nothing can be changed.", nullptr, wish.answering)
            .arg(text::count(wish.answering), text::count(wish.voters),
                 text::count(domain::quorumOf(wish.voters))));
    addPart(*m_layout, tr("Meanwhile"),
            tr("%1 serves nothing while %2 are copied and its engine starts anew.")
                .arg(name, text::bytes(plan.copy_bytes)));
    const QString left = text::leftBehindWords(plan);
    addPart(*m_layout, tr("Afterwards"),
            text::repairOutcome(plan) + u' ' + text::marginWords({1, 1, 0}) + u'.' +
                (left.isEmpty() ? QString() : u' ' + left));
    addPart(*m_layout, tr("What may be lost"), lossWords(plan));
    QStringList steps;
    for (const std::string& step : plan.steps) {
        steps << QStringLiteral("%1. %2").arg(steps.size() + 1).arg(text::repairStepTitle(step, plan.name));
    }
    addPart(*m_layout, tr("In this order"), steps.join(QLatin1Char('\n')));
    addPart(*m_layout, tr("The way back"),
            tr("The engine’s data, %1, is copied to %2 first. The repair can be put back until a second "
               "replica has joined.")
                .arg(text::bytes(plan.copy_bytes), plain(plan.copy_path)));
    addCommand(tr("If this computer stops"), tr("%1 goes on by itself. To look at it:").arg(name),
               repairStatusCommand(wish.cluster));
    addCommand(tr("The same as a command"), {}, command);
    m_layout->addStretch(1);
}

QString repairCommand(const api::RepairPlan& plan, const QString& cluster, const QString& reason) {
    return commandOf(plan.name, plan.silent, cluster, reason);
}

QString repairCommand(const api::Repair& repair, const QString& cluster) {
    return commandOf(repair.name, repair.silent, cluster, plain(repair.reason.value_or("")));
}

QString repairStatusCommand(const QString& cluster) {
    return QStringLiteral("pilothousectl repair status --cluster ") + cluster;
}

QString putBackCommand(const QString& cluster, const QString& reason) {
    const QString words = QStringLiteral("pilothousectl repair put-back --cluster %1 --yes").arg(cluster);
    return reason.isEmpty() ? words : words + QStringLiteral(" --reason ") + quoted(reason);
}

} // namespace pilothouse::ui
