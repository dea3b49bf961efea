// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/finding_list.h"

#include "text/operation_words.h"
#include "ui/theme/glyph.h"
#include "ui/theme/theme.h"
#include "ui/widgets/label.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace pilothouse::ui {
namespace {

using models::Shape;
using models::Sign;
using models::Tone;

constexpr const char* blocks = "blocks";
constexpr const char* forcible = "forcible";
constexpr const char* needsWord = "needs_word";
constexpr const char* information = "information";
constexpr const char* passed = "passed";

Sign signOf(const std::string& severity) {
    if (severity == passed) {
        return {Shape::dot, Tone::good};
    }
    if (severity == information) {
        return {Shape::dot, Tone::neutral};
    }
    return severity == needsWord ? Sign{Shape::triangle, Tone::attention} : Sign{Shape::cross, Tone::bad};
}

class SignMark : public QWidget {
public:
    SignMark(const Theme& theme, Sign sign) : m_theme(theme), m_sign(sign) { setFixedSize(12, 18); }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        drawSign(painter, QRectF(0, 3, 12, 12), m_sign, m_theme.colours());
    }

private:
    const Theme& m_theme;
    Sign m_sign;
};

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

bool FindingList::has(const char* severity) const {
    return std::any_of(m_findings.begin(), m_findings.end(),
                       [&](const api::Finding& each) { return each.severity == severity; });
}

QString FindingList::missing() const {
    if (has(blocks)) {
        return tr("A check blocks it.");
    }
    if (has(forcible) && typedName() != m_replica) {
        return tr("Waits for the name of the replica: data would be lost.");
    }
    if (has(needsWord) && reason().isEmpty() && typedName() != m_replica) {
        return tr("Waits for your word, and a reason.");
    }
    return {};
}

void FindingList::clear() {
    m_layout->removeWidget(m_reasonRow);
    m_layout->removeWidget(m_nameRow);
    while (QLayoutItem* item = m_layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

void FindingList::setFindings(const std::vector<api::Finding>& findings, const QString& replica) {
    m_findings = findings;
    m_replica = replica;
    clear();
    for (const char* severity : {blocks, forcible, needsWord, information}) {
        addGroup(findings, severity);
    }
    m_reasonRow->setVisible(has(needsWord));
    m_nameRow->setVisible(has(forcible));
    addPassed(findings);
    m_layout->addStretch(1);
    Q_EMIT edited();
}

void FindingList::addGroup(const std::vector<api::Finding>& findings, const char* severity) {
    if (!has(severity)) {
        return;
    }
    m_layout->addWidget(makeLabel(TextRole::caption, Ink::dim, text::severityWords(severity)));
    for (const api::Finding& finding : findings) {
        if (finding.severity == severity) {
            addFinding(finding);
        }
    }
    if (severity == needsWord) {
        m_layout->addWidget(m_reasonRow);
    }
    if (severity == forcible) {
        m_layout->addWidget(m_nameRow);
    }
    m_layout->addSpacing(12);
}

void FindingList::addFinding(const api::Finding& finding) {
    const auto words = text::findingWords(finding);
    auto* row = new QWidget;
    auto* across = new QHBoxLayout(row);
    across->setContentsMargins(0, 0, 0, 4);
    across->setSpacing(12);
    across->addWidget(new SignMark(m_theme, signOf(finding.severity)), 0, Qt::AlignTop);
    auto* column = new QVBoxLayout;
    column->setSpacing(1);
    column->addWidget(makeParagraph(TextRole::text, Ink::value, words.title));
    if (!words.evidence.isEmpty()) {
        column->addWidget(makeParagraph(TextRole::secondary, Ink::dim, words.evidence));
    }
    across->addLayout(column, 1);
    m_layout->addWidget(row);
}

void FindingList::addPassed(const std::vector<api::Finding>& findings) {
    QStringList titles;
    for (const api::Finding& finding : findings) {
        if (finding.severity == passed) {
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
            if (finding.severity == passed) {
                addFinding(finding);
            }
        }
        return;
    }
    auto* row = new QWidget;
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(12);
    line->addWidget(new SignMark(m_theme, signOf(passed)), 0, Qt::AlignTop);
    line->addWidget(makeParagraph(TextRole::secondary, Ink::dim, titles.join(QStringLiteral(" · "))), 1);
    m_layout->addWidget(row);
}

} // namespace pilothouse::ui
