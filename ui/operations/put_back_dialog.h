// SPDX-License-Identifier: GPL-3.0-or-later
// Takes the last repair of a cluster back: says what that means and loses, does it, follows it to its end.
#pragma once

#include "ui/session/repairs.h"

#include <QDialog>

#include <memory>
#include <optional>

class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace pilothouse::ui {

class StepList;
class Theme;

class PutBackDialog : public QDialog {
    Q_OBJECT
public:
    // `repairs` outlives it, or forget() comes first. `survivor`: id; `cluster`: name.
    PutBackDialog(const Theme& theme, Repairs& repairs, QString survivor, QString cluster, QWidget* parent);
    ~PutBackDialog() override;

    // Asks the survivor what there is to put back.
    void look();
    // The cluster is shown no more.
    void forget();

    [[nodiscard]] QPushButton* putBackButton() const { return m_putBack; }
    [[nodiscard]] QPushButton* closeButton() const { return m_close; }
    [[nodiscard]] QLineEdit* reasonField() const { return m_reason; }

Q_SIGNALS:
    void told(const QString& sentence, bool failed);

private:
    void takeLast(const Result<api::Repair>& repair);
    void showQuestion();
    void start();
    void takeEnd(const api::Repair& repair);
    void takeFailure(const Error& error, bool refused);
    void refreshButtons();
    [[nodiscard]] bool needsReason() const;

    const Theme& m_theme;
    Repairs* m_repairs;
    QString m_survivor;
    QString m_cluster;
    QLabel* m_title;
    QLabel* m_subtitle;
    QVBoxLayout* m_parts;
    QLineEdit* m_reason;
    StepList* m_steps;
    QLabel* m_hint;
    QPushButton* m_putBack;
    QPushButton* m_close;
    std::optional<api::Repair> m_repair; // that is to be put back
    bool m_begun = false;
    std::unique_ptr<RepairProgress> m_progress;
};

} // namespace pilothouse::ui
