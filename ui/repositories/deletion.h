// SPDX-License-Identifier: GPL-3.0-or-later
// One deletion at a time: looks what would go, asks the person, deletes.
#pragma once

#include "ui/session/registry.h"

#include <QPointer>
#include <QWidget>

namespace pilothouse::ui {

class DeleteDialog;
class Theme;

class Deletion : public QObject {
    Q_OBJECT
public:
    // Its dialog opens above `window`.
    Deletion(const Theme& theme, QWidget* window);

    // `tag` empty: the whole repository. The registry outlives it, or forget() comes first.
    void begin(Registry& registry, const QString& repository, const QString& tag);
    // The cluster is shown no more: nobody is asked. What was agreed to goes on.
    void forget();

Q_SIGNALS:
    void told(const QString& sentence, bool failed);
    void ended(); // what is shown may have changed

private:
    void ask(const api::Deletion& would);
    void remove();
    [[nodiscard]] QString what() const; // "team/app:v1"

    const Theme& m_theme;
    QWidget* m_window;
    Registry* m_registry = nullptr;
    Registry::Deletion m_wish;
    QPointer<DeleteDialog> m_dialog;
    int m_generation = 0; // answers to earlier looks count no more
};

} // namespace pilothouse::ui
