// SPDX-License-Identifier: GPL-3.0-or-later
// What the checks found, the worst first, with what the person has to say about it.
#pragma once

#include "api/operations.h"
#include "domain/check.h"
#include "models/sign.h"

#include <QWidget>

class QCheckBox;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace pilothouse::ui {

class Theme;

[[nodiscard]] int countOf(const std::vector<api::Finding>& findings, domain::Severity severity);

class FindingList : public QWidget {
    Q_OBJECT
public:
    explicit FindingList(const Theme& theme, QWidget* parent = nullptr);

    // What was typed and ticked stays. `replica`: the name that must be typed where data would be lost.
    void setFindings(const std::vector<api::Finding>& findings, const QString& replica);

    // The same where nothing is asked of the person: what was found, with how to mend it.
    void setTold(const std::vector<api::Finding>& findings);

    // In place of findings that are not there yet.
    void showRunning(const QString& title, const QString& evidence);
    // Of an operation that has begun: nothing is asked any more.
    void setReadOnly() { m_readOnly = true; }
    void setWordQuestion(const QString& words); // "Do it anyway, because"

    [[nodiscard]] QString reason() const;    // empty: none, or not ticked
    [[nodiscard]] QString typedName() const; // empty: nothing was typed
    // What has to be done here before one may go on; empty: nothing.
    [[nodiscard]] QString missing() const;
    // Where the word is given; null: none is needed.
    [[nodiscard]] QWidget* wordField() const;

Q_SIGNALS:
    void edited();

private:
    void clear();
    void addGroup(const std::vector<api::Finding>& findings, domain::Severity severity);
    void addFinding(const api::Finding& finding, domain::Severity severity);
    void addRow(models::Sign sign, const QString& title, const QString& evidence,
                const QString& reference = {});
    void addPassed(const std::vector<api::Finding>& findings);
    [[nodiscard]] bool has(domain::Severity severity) const;
    [[nodiscard]] bool asks() const { return !m_readOnly && !m_told; }

    const Theme& m_theme;
    std::vector<api::Finding> m_findings;
    QString m_replica;
    QVBoxLayout* m_layout;
    QCheckBox* m_word;
    QLineEdit* m_reason;
    QWidget* m_reasonRow;
    QLineEdit* m_name;
    QWidget* m_nameRow;
    bool m_allPassed = false; // each is shown
    bool m_readOnly = false;
    bool m_told = false; // see setTold()
};

} // namespace pilothouse::ui
