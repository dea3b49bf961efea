// SPDX-License-Identifier: GPL-3.0-or-later
// The facts under the sentence, each a link to its page. A value that changes leaves the keyboard where it
// is.
#pragma once

#include "models/cluster_view.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace pilothouse::ui {

class FlowLayout;

class FactRow : public QWidget {
    Q_OBJECT
public:
    explicit FactRow(QWidget* parent = nullptr);

    void setFacts(const QList<models::FactView>& facts);

Q_SIGNALS:
    void pageRequested(pilothouse::models::Page page);

private:
    void addPlace();

    QList<models::FactView> m_facts;
    QList<QPushButton*> m_links;
    QList<QLabel*> m_dots; // before each but the first
    FlowLayout* m_layout;
};

} // namespace pilothouse::ui
