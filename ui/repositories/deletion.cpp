// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/repositories/deletion.h"

#include "ui/repositories/delete_dialog.h"
#include "ui/session/when_answered.h"

namespace pilothouse::ui {

namespace {

using Answer = Result<api::Deletion>;

} // namespace

Deletion::Deletion(const Theme& theme, QWidget* window) : QObject(window), m_theme(theme), m_window(window) {}

QString Deletion::what() const {
    return m_wish.reference.isEmpty() ? m_wish.repository
                                      : m_wish.repository + QLatin1Char(':') + m_wish.reference;
}

void Deletion::begin(Registry& registry, const QString& repository, const QString& tag) {
    forget();
    m_registry = &registry;
    m_wish = {};
    m_wish.repository = repository;
    m_wish.reference = tag;
    Registry::Deletion look = m_wish;
    look.dryRun = true;
    whenAnswered(this, registry.remove(look), [this, generation = m_generation](const Answer& would) {
        if (generation != m_generation) {
            return;
        }
        if (would) {
            ask(*would);
        } else {
            Q_EMIT told(tr("%1 is not deleted: %2").arg(what(), QString::fromStdString(would.error().text())),
                        true);
        }
    });
}

void Deletion::forget() {
    ++m_generation;
    m_registry = nullptr;
    if (m_dialog) {
        m_dialog->reject();
    }
}

void Deletion::ask(const api::Deletion& would) {
    m_dialog = new DeleteDialog(m_theme, would, what(), m_window);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_dialog, &QDialog::accepted, this, &Deletion::remove);
    m_dialog->open();
}

void Deletion::remove() {
    if (m_registry == nullptr) {
        return;
    }
    whenAnswered(this, m_registry->remove(m_wish), [this, name = what()](const Answer& gone) {
        Q_EMIT told(gone ? tr("%1 is deleted.").arg(name)
                         : tr("%1 is not deleted: %2").arg(name, QString::fromStdString(gone.error().text())),
                    !gone);
        Q_EMIT ended();
    });
}

} // namespace pilothouse::ui
