// SPDX-License-Identifier: GPL-3.0-or-later
// An authority to be compared with what the replica prints on its own host: one that is new to the person, or
// another than the one that is trusted, beside it.
#pragma once

#include "client/first_contact.h"
#include "models/sign.h"

#include <QFrame>

class QGridLayout;
class QLabel;

namespace pilothouse::ui {

struct KnownCluster;
class Theme;

class TrustPanel : public QFrame {
    Q_OBJECT
public:
    explicit TrustPanel(const Theme& theme, QWidget* parent = nullptr);
    // `known` without a name: new to the person.
    void focusFingerprint();
    void setAuthority(const client::PresentedAuthority& authority, const KnownCluster& known);

    // Two lines of 16 pairs, as in "3F:9A:… :BB".
    [[nodiscard]] static QString inTwoLines(const QString& fingerprint);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QLabel* addFingerprint(QGridLayout& grid, QLabel*& kind);

    const Theme& m_theme;
    models::Sign m_sign;
    QLabel* m_title;
    QLabel* m_words;
    QLabel* m_oldKind = nullptr;
    QLabel* m_old = nullptr; // hidden unless it differs
    QLabel* m_kind = nullptr;
    QLabel* m_fingerprint = nullptr;
    QLabel* m_about;
};

} // namespace pilothouse::ui
