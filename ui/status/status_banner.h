// SPDX-License-Identifier: GPL-3.0-or-later
// The sentence that says it all, its facts, and what can be done about it.
#pragma once

#include "models/cluster_view.h"
#include "ui/session/verb.h"

#include <QFrame>

class QLabel;

namespace pilothouse::ui {

class FactRow;
class Theme;
class VerbRow;

class StatusBanner : public QFrame {
    Q_OBJECT
public:
    explicit StatusBanner(const Theme& theme, QWidget* parent = nullptr);

    // As high as its words need at the width that it has, not at the narrowest that they could have.
    [[nodiscard]] QSize minimumSizeHint() const override;

    void setCluster(const models::ClusterView& cluster);
    void setVerbs(const Verbs& verbs);

Q_SIGNALS:
    void triggered(const pilothouse::ui::Verb& verb);
    void pageRequested(pilothouse::models::Page page); // of a fact

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    const Theme& m_theme;
    models::Sign m_sign;
    QLabel* m_headline;
    QLabel* m_sentence;
    VerbRow* m_verbs;
    FactRow* m_facts;
};

} // namespace pilothouse::ui
