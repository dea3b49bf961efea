// SPDX-License-Identifier: GPL-3.0-or-later
// Runs the checks of a cluster or of one replica, and shows what explains most, then what was found.
#pragma once

#include "ui/session/checks.h"

#include <QDialog>

#include <optional>

class QLabel;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace pilothouse::ui {

class FindingList;
class Theme;

// What is checked.
struct CheckWish {
    QString cluster;     // name
    QString replicaId{}; // empty: all of it
    QString replica{};   // name
};

class CheckDialog : public QDialog {
    Q_OBJECT
public:
    // `checks` outlives it, or forget() comes first.
    CheckDialog(const Theme& theme, Checks& checks, CheckWish wish, QWidget* parent);

    // Runs them, also again.
    void check();
    // The cluster is shown no more.
    void forget();
    // JSON where the file is called so, else Markdown.
    [[nodiscard]] Status saveTo(const QString& file) const;

    [[nodiscard]] QPushButton* againButton() const { return m_again; }
    [[nodiscard]] QPushButton* saveButton() const { return m_save; }
    [[nodiscard]] QPushButton* closeButton() const { return m_close; }
    [[nodiscard]] FindingList* findings() const { return m_findings; }

Q_SIGNALS:
    void told(const QString& sentence, bool failed);

private:
    void take(const Result<api::ClusterCheck>& check);
    void showCauses();
    void askWhereToSave();
    void refreshButtons();
    [[nodiscard]] QWidget* makeCause(const api::Cause& cause);

    const Theme& m_theme;
    Checks* m_checks;
    const CheckWish m_wish;
    QLabel* m_title;
    QLabel* m_subtitle;
    QVBoxLayout* m_causes;
    FindingList* m_findings;
    QScrollArea* m_scroll;
    QPushButton* m_save;
    QPushButton* m_again;
    QPushButton* m_close;
    std::optional<api::ClusterCheck> m_check; // the last that came
    bool m_running = false;
};

} // namespace pilothouse::ui
