// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/put_back_dialog.h"

#include "domain/repair.h"
#include "text/format.h"
#include "text/repair_words.h"
#include "ui/operations/repair_review.h"
#include "ui/operations/step_list.h"
#include "ui/operations/wizard.h"
#include "ui/session/when_answered.h"
#include "ui/theme/theme.h"
#include "ui/widgets/command_field.h"
#include "ui/widgets/empty_layout.h"
#include "ui/widgets/focus_frame.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace pilothouse::ui {
namespace {

QString plain(const std::string& text) {
    return QString::fromStdString(text);
}

} // namespace

PutBackDialog::PutBackDialog(const Theme& theme, Repairs& repairs, QString survivor, QString cluster,
                             QWidget* parent)
    : QDialog(parent), m_theme(theme), m_repairs(&repairs), m_survivor(std::move(survivor)),
      m_cluster(std::move(cluster)), m_title(makeParagraph(TextRole::sentence)),
      m_subtitle(makeParagraph(TextRole::text, Ink::dim)), m_parts(new QVBoxLayout), m_reason(new QLineEdit),
      m_steps(new StepList(theme)), m_hint(makeParagraph(TextRole::secondary, Ink::dim)),
      m_putBack(new QPushButton(tr("Put the repair of %1 back").arg(m_cluster))),
      m_close(new QPushButton(tr("Close"))) {
    setWindowTitle(m_putBack->text());
    setModal(false);
    resize(620, 480);
    m_reason->setPlaceholderText(tr("reason, kept with the repair"));
    m_reason->setAccessibleName(tr("Reason"));
    m_reason->setMaxLength(200);
    m_reason->hide();
    m_steps->hide();
    m_putBack->setProperty("kind", QStringLiteral("destructive"));
    m_parts->setSpacing(4);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(12);
    buttons->addWidget(m_hint, 1, Qt::AlignVCenter);
    buttons->addWidget(m_putBack);
    buttons->addWidget(m_close);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(32, 24, 24, 24);
    layout->setSpacing(6);
    layout->addWidget(m_title);
    layout->addWidget(m_subtitle);
    layout->addSpacing(10);
    layout->addLayout(m_parts);
    layout->addWidget(m_reason);
    layout->addWidget(m_steps);
    layout->addStretch(1);
    layout->addSpacing(14);
    layout->addLayout(buttons);
    new FocusFrame(theme, this);
    for (QPushButton* button : {m_putBack, m_close}) {
        button->setAutoDefault(false); // Enter in the field decides nothing
    }
    setTextOf(*m_title, m_putBack->text());
    connect(m_reason, &QLineEdit::textChanged, this, &PutBackDialog::refreshButtons);
    connect(m_putBack, &QPushButton::clicked, this, &PutBackDialog::start);
    connect(m_close, &QPushButton::clicked, this, &QDialog::close);
    refreshButtons();
}

PutBackDialog::~PutBackDialog() = default;

void PutBackDialog::look() {
    if (m_repairs == nullptr) {
        return;
    }
    setTextOf(*m_subtitle, tr("Asking the survivor…"));
    whenAnswered(this, m_repairs->last(m_survivor),
                 [this](const Result<api::Repair>& repair) { takeLast(repair); });
}

void PutBackDialog::takeLast(const Result<api::Repair>& repair) {
    if (!repair) {
        setTextOf(*m_subtitle, plain(repair.error().text()));
        return refreshButtons();
    }
    m_repair = *repair;
    setTextOf(*m_subtitle,
              repair->can_put_back ? tr("Nothing has been changed yet.") : text::putBackWords(*repair));
    if (repair->can_put_back) {
        showQuestion();
    }
    refreshButtons();
}

void PutBackDialog::showQuestion() {
    emptyLayout(*m_parts);
    const QString name = plain(m_repair->name);
    addPart(*m_parts, tr("What happens"),
            tr("%1 stops, gets back its engine’s data of before, from %2, and is a member of epoch %3 again. "
               "It has no majority then, as before the repair.")
                .arg(name, plain(m_repair->copy_path), text::count(m_repair->from_epoch)));
    const auto changes = m_repair->changes_since;
    addPart(*m_parts, tr("What is lost"),
            !changes        ? tr("Everything that was changed since the repair.")
            : *changes == 0 ? tr("Nothing: nothing has been changed since the repair.")
                            : tr("The %1 changes made since the repair.", nullptr, static_cast<int>(*changes))
                                  .arg(text::count(*changes)));
    m_parts->addWidget(makeLabel(TextRole::caption, Ink::dim, tr("The same as a command")));
    m_parts->addWidget(new CommandField(
        m_theme, putBackCommand(m_cluster, needsReason() ? QStringLiteral("TEXT") : QString())));
    m_parts->addSpacing(8);
    if (needsReason()) {
        auto* label = makeLabel(TextRole::caption, Ink::dim, tr("Why they may be lost"));
        label->setBuddy(m_reason);
        m_parts->addWidget(label);
    }
    m_reason->setVisible(needsReason());
}

bool PutBackDialog::needsReason() const {
    return m_repair && m_repair->changes_since.value_or(1) > 0;
}

void PutBackDialog::start() {
    if (m_repairs == nullptr) {
        return;
    }
    m_begun = true;
    emptyLayout(*m_parts);
    m_reason->hide();
    m_steps->show();
    setTextOf(*m_subtitle, tr("It goes on when this window is closed."));
    api::PutBack wanted;
    if (const QString reason = m_reason->text().trimmed(); !reason.isEmpty()) {
        wanted.reason = reason.toStdString();
    }
    m_progress = m_repairs->progressOf(m_survivor);
    connect(m_progress.get(), &RepairProgress::told, this,
            [this](const api::Repair& repair) { m_steps->setRepair(repair, {}); });
    connect(m_progress.get(), &RepairProgress::heard, this,
            [this](const QString& sentence) { setTextOf(*m_subtitle, sentence); });
    connect(m_progress.get(), &RepairProgress::ended, this, &PutBackDialog::takeEnd);
    connect(m_progress.get(), &RepairProgress::failed, this, &PutBackDialog::takeFailure);
    refreshButtons();
    m_progress->putBack(wanted);
}

void PutBackDialog::takeEnd(const api::Repair& repair) {
    const QString words = text::repairEndWords(repair);
    m_steps->setRepair(repair, {});
    const bool back = repair.phase == nameOf(domain::RepairPhase::putBack);
    setTextOf(*m_title, back ? tr("The repair is put back") : tr("The repair is not put back"));
    setTextOf(*m_subtitle, words);
    m_repair.reset();
    refreshButtons();
    Q_EMIT told(words, !back);
}

void PutBackDialog::takeFailure(const Error& error, bool refused) {
    const QString words = plain(error.text());
    m_steps->hide();
    if (refused) { // nothing was begun
        m_begun = false;
        showQuestion();
        setTextOf(*m_subtitle, words);
    } else {
        m_repair.reset();
        setTextOf(*m_subtitle,
                  tr("It cannot be followed any more, and may go on: %1 Look at it with %2.")
                      .arg(words.endsWith(u'.') ? words : words + u'.', repairStatusCommand(m_cluster)));
    }
    refreshButtons();
}

void PutBackDialog::refreshButtons() {
    const bool can = m_repair && m_repair->can_put_back && !m_begun;
    const bool lacks = can && needsReason() && m_reason->text().trimmed().isEmpty();
    m_putBack->setVisible(!m_begun);
    m_putBack->setEnabled(can && !lacks);
    setTextOf(*m_hint, lacks ? tr("Waits for a reason: changes would be lost.") : QString());
    m_putBack->setAccessibleDescription(m_hint->text());
}

void PutBackDialog::forget() {
    m_repairs = nullptr;
    m_progress.reset();
    close();
}

} // namespace pilothouse::ui
