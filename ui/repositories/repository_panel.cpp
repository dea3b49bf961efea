// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/repositories/repository_panel.h"

#include "text/format.h"
#include "ui/repositories/repository_delegate.h"
#include "ui/widgets/label.h"

#include <QItemSelectionModel>
#include <QLineEdit>
#include <QListView>
#include <QVBoxLayout>

namespace pilothouse::ui {

namespace {

constexpr int typingMs = 250;

} // namespace

RepositoryPanel::RepositoryPanel(const Theme& theme, models::RepositoryListModel& model, QWidget* parent)
    : Panel(tr("Repositories"), parent), m_model(model), m_field(new QLineEdit), m_list(new QListView),
      m_note(makeParagraph(TextRole::text, Ink::dim)), m_totals(makeParagraph(TextRole::small, Ink::dim)) {
    m_field->setPlaceholderText(tr("Find a repository or tag"));
    m_field->setAccessibleName(tr("Find a repository or tag"));
    m_field->setClearButtonEnabled(true);
    m_list->setModel(&model);
    m_list->setItemDelegate(new RepositoryDelegate(theme, m_list));
    m_list->setAccessibleName(tr("Repositories"));
    m_list->setProperty("ownFocus", true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_note->setAlignment(Qt::AlignCenter);
    m_note->hide();
    m_totals->setContentsMargins(4, 0, 0, 0);
    m_typing.setSingleShot(true);
    m_typing.setInterval(typingMs);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 14, 12, 14);
    layout->setSpacing(10);
    layout->addWidget(m_field);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_note, 1);
    layout->addWidget(m_totals);

    connect(m_field, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(m_field, &QLineEdit::returnPressed, &m_typing, [this] { m_typing.start(0); });
    connect(&m_typing, &QTimer::timeout, this, &RepositoryPanel::searched);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& current) {
                if (current.isValid()) {
                    Q_EMIT chosen(current.data(models::RepositoryListModel::NameRole).toString());
                }
            });
}

QString RepositoryPanel::search() const {
    return m_field->text().trimmed();
}

QString RepositoryPanel::selected() const {
    const QModelIndex current = m_list->currentIndex();
    return current.isValid() ? current.data(models::RepositoryListModel::NameRole).toString() : QString();
}

void RepositoryPanel::select(const QString& name) {
    const int row = m_model.rowOf(name);
    if (row >= 0) {
        m_list->setCurrentIndex(m_model.index(row));
    }
}

void RepositoryPanel::clearSearch() {
    const QSignalBlocker quiet(m_field);
    m_field->clear();
    m_typing.stop();
}

void RepositoryPanel::setTotals(const api::RepositoryPage& page) {
    const bool known = page.total && page.total_bytes;
    setTextOf(*m_totals, known ? tr("%n repositories", nullptr, static_cast<int>(*page.total)) +
                                     QStringLiteral(" · ") +
                                     tr("%1, shared layers counted once").arg(text::bytes(*page.total_bytes))
                               : QString());
    m_totals->setVisible(known);
}

void RepositoryPanel::setNote(const QString& note) {
    setTextOf(*m_note, note);
    m_note->setVisible(!note.isEmpty());
    m_list->setVisible(note.isEmpty());
}

} // namespace pilothouse::ui
