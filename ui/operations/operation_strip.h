// SPDX-License-Identifier: GPL-3.0-or-later
// The change that is under way, above the topology.
#pragma once

#include "models/cluster_view.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace pilothouse::ui {

class OperationStrip : public QFrame {
    Q_OBJECT
public:
    explicit OperationStrip(QWidget* parent = nullptr);
    // nullopt: hidden.
    void setOperation(const std::optional<models::OperationView>& operation);
    [[nodiscard]] QPushButton* showButton() const { return m_show; }

Q_SIGNALS:
    void showRequested();

private:
    QLabel* m_title;
    QLabel* m_detail;
    QPushButton* m_show;
};

} // namespace pilothouse::ui
