// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/survivor_page.h"

#include "text/repair_words.h"
#include "ui/widgets/empty_layout.h"
#include "ui/widgets/label.h"

#include <QButtonGroup>
#include <QRadioButton>
#include <QVBoxLayout>

#include <algorithm>

namespace pilothouse::ui {
namespace {

constexpr int belowButton = 27; // where a radio button's words begin

QString idOf(const api::Survivor& survivor) {
    return QString::fromStdString(survivor.replica);
}

} // namespace

SurvivorPage::SurvivorPage(QWidget* parent)
    : QWidget(parent), m_layout(new QVBoxLayout(this)), m_group(new QButtonGroup(this)) {
    m_layout->setContentsMargins(18, 14, 18, 14);
    m_layout->setSpacing(4);
}

void SurvivorPage::setSurvivors(const std::vector<api::Survivor>& ranked, const QStringList& notes,
                                const QString& none, const QString& way) {
    m_ranked = ranked;
    emptyLayout(*m_layout);
    const bool stays = std::any_of(ranked.begin(), ranked.end(),
                                   [this](const api::Survivor& each) { return idOf(each) == m_chosen; });
    if (!stays) {
        m_chosen = ranked.empty() ? QString() : idOf(ranked.front());
    }
    for (const api::Survivor& each : ranked) {
        addChoice(each, &each == &ranked.front());
    }
    m_why = makeParagraph(TextRole::text);
    m_layout->addSpacing(8);
    m_layout->addWidget(m_why);
    if (ranked.empty() && !none.isEmpty()) {
        m_layout->addWidget(makeParagraph(TextRole::strong, Ink::value, none));
        m_layout->addWidget(makeParagraph(TextRole::text, Ink::dim, way));
    }
    for (const QString& note : notes) {
        m_layout->addSpacing(4);
        m_layout->addWidget(makeParagraph(TextRole::secondary, Ink::dim, note));
    }
    m_layout->addStretch(1);
    choose(m_chosen);
}

void SurvivorPage::addChoice(const api::Survivor& survivor, bool best) {
    const QString id = idOf(survivor);
    const QString name = QString::fromStdString(survivor.name);
    const QString words = text::survivorWords(survivor);
    auto* button = new QRadioButton(best && m_ranked.size() > 1 ? tr("%1 (holds the most)").arg(name) : name);
    button->setFont(fontFor(TextRole::strong));
    button->setAccessibleDescription(words);
    button->setChecked(id == m_chosen);
    m_group->addButton(button);
    m_layout->addWidget(button);
    auto* below = makeParagraph(TextRole::secondary, Ink::dim, words);
    below->setContentsMargins(belowButton, 0, 0, 6);
    m_layout->addWidget(below);
    connect(button, &QRadioButton::toggled, this, [this, id](bool on) {
        if (on) {
            choose(id);
        }
    });
}

// Says why it is the best, or what another one has that it lacks.
void SurvivorPage::choose(const QString& id) {
    m_chosen = id;
    const auto at = std::find_if(m_ranked.begin(), m_ranked.end(),
                                 [&](const api::Survivor& each) { return idOf(each) == id; });
    const bool best = at == m_ranked.begin();
    setTextOf(*m_why, m_ranked.empty() ? QString()
                      : best           ? text::bestSurvivorWords(m_ranked)
                                       : text::bestSurvivorWords({m_ranked.front(), *at}));
    setInk(*m_why, best ? Ink::dim : Ink::attention);
    m_why->setVisible(!m_why->text().isEmpty());
    Q_EMIT edited();
}

QWidget* SurvivorPage::firstChoice() const {
    return m_group->checkedButton();
}

QList<QWidget*> SurvivorPage::choices() const {
    QList<QWidget*> buttons;
    for (QAbstractButton* button : m_group->buttons()) {
        buttons.append(button);
    }
    return buttons;
}

} // namespace pilothouse::ui
