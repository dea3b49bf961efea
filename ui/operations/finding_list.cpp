// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/finding_list.h"

#include "text/check_words.h"
#include "text/operation_words.h"
#include "ui/widgets/empty_layout.h"
#include "ui/widgets/label.h"
#include "ui/widgets/sign_mark.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace pilothouse::ui {
namespace {

using domain::Severity;
using models::Shape;
using models::Sign;
using models::Tone;

bool isOf(Severity severity, const api::Finding& finding) {
    return finding.severity == nameOf(severity);
}

Sign signOf(Severity severity) {
    if (severity == Severity::passed) {
        return {Shape::dot, Tone::good};
    }
    if (severity == Severity::information) {
        return {Shape::dot, Tone::neutral};
    }
    return severity == Severity::needsWord ? Sign{Shape::triangle, Tone::attention}
                                           : Sign{Shape::cross, Tone::bad};
}

QWidget* rowOf(std::initializer_list<QWidget*> parts) {
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(24, 0, 0, 0);
    layout->setSpacing(8);
    for (QWidget* part : parts) {
        layout->addWidget(part, qobject_cast<QLineEdit*>(part) != nullptr ? 1 : 0);
    }
    return row;
}

} // namespace

int countOf(const std::vector<api::Finding>& findings, Severity severity) {
    return static_cast<int>(std::count_if(findings.begin(), findings.end(),
                                          [&](const api::Finding& each) { return isOf(severity, each); }));
}

FindingList::FindingList(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_layout(new QVBoxLayout(this)),
      m_word(new QCheckBox(tr("Do it anyway, because"))), m_reason(new QLineEdit),
      m_reasonRow(rowOf({m_word, m_reason})), m_name(new QLineEdit),
      m_nameRow(
          rowOf({makeLabel(TextRole::text, Ink::value, tr("Type its name to do it anyway:")), m_name})) {
    m_layout->setContentsMargins(18, 14, 18, 14);
    m_layout->setSpacing(4);
    m_reason->setPlaceholderText(tr("reason, kept with the operation"));
    m_reason->setAccessibleName(tr("Reason"));
    m_reason->setMaxLength(200);
    m_reason->setEnabled(false);
    m_name->setAccessibleName(tr("Name of the replica"));
    m_reasonRow->setParent(this);
    m_nameRow->setParent(this);
    m_reasonRow->hide();
    m_nameRow->hide();
    connect(m_word, &QCheckBox::toggled, this, [this](bool on) {
        m_reason->setEnabled(on);
        if (on) {
            m_reason->setFocus();
        }
        Q_EMIT edited();
    });
    connect(m_reason, &QLineEdit::textChanged, this, &FindingList::edited);
    connect(m_name, &QLineEdit::textChanged, this, &FindingList::edited);
}

QString FindingList::reason() const {
    return m_word->isChecked() ? m_reason->text().trimmed() : QString();
}

QString FindingList::typedName() const {
    return m_name->text().trimmed();
}

bool FindingList::has(Severity severity) const {
    return std::any_of(m_findings.begin(), m_findings.end(),
                       [&](const api::Finding& each) { return isOf(severity, each); });
}

QString FindingList::missing() const {
    const domain::Consent consent{reason().toStdString(), typedName().toStdString()};
    const auto objects = [&](Severity severity) {
        return has(severity) && standsInTheWay(severity, m_replica.toStdString(), consent);
    };
    if (objects(Severity::blocks)) {
        return tr("A check blocks it.");
    }
    if (objects(Severity::forcible)) {
        return tr("Waits for the name of the replica: data would be lost.");
    }
    if (objects(Severity::needsWord)) {
        return tr("Waits for your word, and a reason.");
    }
    return {};
}

QWidget* FindingList::wordField() const {
    return has(Severity::needsWord) ? m_word : nullptr;
}

void FindingList::clear() {
    m_layout->removeWidget(m_reasonRow);
    m_layout->removeWidget(m_nameRow);
    emptyLayout(*m_layout);
}

void FindingList::setFindings(const std::vector<api::Finding>& findings, const QString& replica) {
    m_findings = findings;
    m_replica = replica;
    clear();
    for (const auto severity :
         {Severity::blocks, Severity::forcible, Severity::needsWord, Severity::information}) {
        addGroup(findings, severity);
    }
    m_reasonRow->setVisible(has(Severity::needsWord) && asks());
    m_nameRow->setVisible(has(Severity::forcible) && asks());
    addPassed(findings);
    m_layout->addStretch(1);
    Q_EMIT edited();
}

void FindingList::setTold(const std::vector<api::Finding>& findings) {
    m_told = true;
    setFindings(findings, {});
}

void FindingList::showRunning(const QString& title, const QString& evidence) {
    m_findings.clear();
    clear();
    m_reasonRow->hide();
    m_nameRow->hide();
    m_layout->addWidget(makeLabel(TextRole::caption, Ink::dim, tr("Running")));
    addRow({Shape::arc, Tone::accent}, title, evidence);
    m_layout->addStretch(1);
}

void FindingList::setWordQuestion(const QString& words) {
    m_word->setText(words);
}

void FindingList::addGroup(const std::vector<api::Finding>& findings, Severity severity) {
    if (!has(severity)) {
        return;
    }
    const std::string name(nameOf(severity));
    m_layout->addWidget(makeLabel(TextRole::caption, Ink::dim,
                                  m_told ? text::checkSeverityWords(name) : text::severityWords(name)));
    for (const api::Finding& finding : findings) {
        if (isOf(severity, finding)) {
            addFinding(finding, severity);
        }
    }
    if (severity == Severity::needsWord && asks()) {
        m_layout->addWidget(m_reasonRow);
    }
    if (severity == Severity::forcible && asks()) {
        m_layout->addWidget(m_nameRow);
    }
    m_layout->addSpacing(12);
}

void FindingList::addFinding(const api::Finding& finding, Severity severity) {
    const auto words = text::findingWords(finding);
    QStringList more{words.evidence, words.fix};
    more.removeAll(QString());
    addRow(signOf(severity), words.title, more.join(QLatin1Char(' ')), words.reference);
}

void FindingList::addRow(Sign sign, const QString& title, const QString& evidence, const QString& reference) {
    auto* row = new QWidget;
    auto* across = new QHBoxLayout(row);
    across->setContentsMargins(0, 0, 0, 4);
    across->setSpacing(12);
    across->addWidget(new SignMark(m_theme, sign), 0, Qt::AlignTop);
    auto* column = new QVBoxLayout;
    column->setSpacing(1);
    column->addWidget(makeParagraph(TextRole::text, Ink::value, title));
    if (!evidence.isEmpty()) {
        column->addWidget(makeParagraph(TextRole::secondary, Ink::dim, evidence));
    }
    row->setToolTip(reference);
    across->addLayout(column, 1);
    m_layout->addWidget(row);
}

void FindingList::addPassed(const std::vector<api::Finding>& findings) {
    QStringList titles;
    for (const api::Finding& finding : findings) {
        if (isOf(Severity::passed, finding)) {
            titles << text::findingWords(finding).title;
        }
    }
    if (titles.isEmpty()) {
        return;
    }
    auto* head = new QWidget;
    auto* across = new QHBoxLayout(head);
    across->setContentsMargins(0, 0, 0, 0);
    across->addWidget(makeLabel(TextRole::caption, Ink::dim, tr("Passed (%1)").arg(titles.size())), 1);
    auto* fold = new QPushButton(m_allPassed ? tr("Show less") : tr("Show all"));
    fold->setProperty("kind", QStringLiteral("link"));
    across->addWidget(fold);
    m_layout->addWidget(head);
    connect(fold, &QPushButton::clicked, this, [this] {
        m_allPassed = !m_allPassed;
        // Not within the button's own click, which deletes it.
        QMetaObject::invokeMethod(
            this, [this] { setFindings(std::vector(m_findings), m_replica); }, Qt::QueuedConnection);
    });
    if (m_allPassed) {
        for (const api::Finding& finding : findings) {
            if (isOf(Severity::passed, finding)) {
                addFinding(finding, Severity::passed);
            }
        }
        return;
    }
    auto* row = new QWidget;
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(12);
    line->addWidget(new SignMark(m_theme, signOf(Severity::passed)), 0, Qt::AlignTop);
    line->addWidget(makeParagraph(TextRole::secondary, Ink::dim, titles.join(QStringLiteral(" · "))), 1);
    m_layout->addWidget(row);
}

} // namespace pilothouse::ui
