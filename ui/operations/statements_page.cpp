// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/statements_page.h"

#include "domain/repair.h"
#include "text/format.h"
#include "text/repair_words.h"
#include "ui/widgets/empty_layout.h"
#include "ui/widgets/label.h"

#include <QButtonGroup>
#include <QGridLayout>
#include <QRadioButton>

#include <algorithm>

namespace pilothouse::ui {
namespace {

using domain::Statement;

QString nameIn(const api::SilentMember& member) {
    return QString::fromStdString(member.name.empty() ? member.replica : member.name);
}

QString keyOf(const QString& replica, const QString& statement) {
    return replica + u'/' + statement;
}

QString firstUpper(QString words) {
    return words.isEmpty() ? words : words.replace(0, 1, words[0].toUpper());
}

} // namespace

StatementsPage::StatementsPage(QWidget* parent) : QWidget(parent), m_layout(new QVBoxLayout(this)) {
    m_layout->setContentsMargins(18, 14, 18, 14);
    m_layout->setSpacing(4);
}

void StatementsPage::setSilent(const std::vector<api::SilentMember>& silent,
                               const QHash<QString, QString>& seen) {
    std::vector<api::SilentMember> now = silent;
    for (api::SilentMember& each : now) {
        const auto before = std::find_if(m_silent.begin(), m_silent.end(), [&](const api::SilentMember& old) {
            return old.replica == each.replica;
        });
        each.statement =
            before != m_silent.end() ? before->statement : std::string(nameOf(Statement::unknown));
    }
    m_silent = std::move(now);
    emptyLayout(*m_layout);
    m_choices.clear();
    for (std::size_t i = 0; i < m_silent.size(); ++i) {
        addMember(i, seen.value(QString::fromStdString(m_silent[i].replica)));
    }
    if (m_silent.empty()) {
        m_layout->addWidget(makeParagraph(TextRole::text, Ink::dim, tr("Every member answers.")));
    }
    m_layout->addStretch(1);
    Q_EMIT edited();
}

void StatementsPage::addMember(std::size_t at, const QString& seen) {
    const QString id = QString::fromStdString(m_silent[at].replica);
    const QString name = nameIn(m_silent[at]);
    m_layout->addWidget(makeLabel(TextRole::strong, Ink::value,
                                  seen.isEmpty() ? name : QStringLiteral("%1 · %2").arg(name, seen)));
    auto* group = new QWidget;
    group->setAccessibleName(tr("What became of %1").arg(name));
    auto* grid = new QGridLayout(group);
    grid->setContentsMargins(0, 0, 0, 12);
    grid->setHorizontalSpacing(18);
    grid->setVerticalSpacing(0);
    grid->setColumnStretch(1, 1);
    auto* buttons = new QButtonGroup(group);
    for (const auto statement :
         {Statement::unknown, Statement::destroyed, Statement::poweredOff, Statement::cutOff}) {
        const std::string word(nameOf(statement));
        auto* button = new QRadioButton(firstUpper(text::statementWords(word)));
        button->setAccessibleName(QStringLiteral("%1: %2").arg(name, text::statementWords(word)));
        button->setAccessibleDescription(text::statementMeaning(word));
        button->setChecked(m_silent[at].statement == word);
        buttons->addButton(button);
        m_choices.insert(keyOf(id, QString::fromStdString(word)), button);
        auto* meaning = makeParagraph(TextRole::secondary, Ink::dim, text::statementMeaning(word));
        meaning->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        const int row = grid->rowCount();
        grid->addWidget(button, row, 0);
        grid->addWidget(meaning, row, 1);
        connect(button, &QRadioButton::toggled, this, [this, at, word](bool on) {
            if (on) {
                m_silent[at].statement = word;
                Q_EMIT edited();
            }
        });
    }
    m_layout->addWidget(group);
}

QString StatementsPage::missing() const {
    QStringList names;
    for (const api::SilentMember& each : m_silent) {
        if (each.statement == nameOf(Statement::unknown)) {
            names += nameIn(each);
        }
    }
    return names.isEmpty() ? QString() : tr("Waits for what became of %1.").arg(text::list(names));
}

QRadioButton* StatementsPage::choice(const QString& replica, const QString& statement) const {
    return m_choices.value(keyOf(replica, statement));
}

QWidget* StatementsPage::firstChoice() const {
    const auto at = std::find_if(m_silent.begin(), m_silent.end(), [](const api::SilentMember& each) {
        return each.statement == nameOf(Statement::unknown);
    });
    return at == m_silent.end() ? nullptr
                                : choice(QString::fromStdString(at->replica),
                                         QString::fromStdString(std::string(nameOf(Statement::unknown))));
}

} // namespace pilothouse::ui
