// SPDX-License-Identifier: GPL-3.0-or-later
// What became of each replica that does not answer, as a person says it.
#pragma once

#include "api/repair.h"

#include <QHash>
#include <QWidget>

class QRadioButton;
class QVBoxLayout;

namespace pilothouse::ui {

class StatementsPage : public QWidget {
    Q_OBJECT
public:
    explicit StatementsPage(QWidget* parent = nullptr);

    // `silent`: those of whom a statement is needed; what was said of one before stays. `seen`: how each is
    // silent, by id: "refused · 4 min".
    void setSilent(const std::vector<api::SilentMember>& silent, const QHash<QString, QString>& seen);
    [[nodiscard]] const std::vector<api::SilentMember>& statements() const { return m_silent; }
    // What has to be done here before one may go on; empty: nothing.
    [[nodiscard]] QString missing() const;
    // Null: it is not asked about that one, or not of that name.
    [[nodiscard]] QRadioButton* choice(const QString& replica, const QString& statement) const;
    // Of the first of whom nothing is said yet; null: there is none.
    [[nodiscard]] QWidget* firstChoice() const;

Q_SIGNALS:
    void edited();

private:
    void addMember(std::size_t at, const QString& seen);

    std::vector<api::SilentMember> m_silent;
    QVBoxLayout* m_layout;
    QHash<QString, QRadioButton*> m_choices; // by "ID/STATEMENT"
};

} // namespace pilothouse::ui
