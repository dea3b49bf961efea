// SPDX-License-Identifier: GPL-3.0-or-later
// That an even number of voters is no safer than one less, under the checks of a host that is to join.
#pragma once

#include "api/operations.h"

#include <QFrame>

class QLabel;

namespace pilothouse::ui {

class EvenBand : public QFrame {
    Q_OBJECT
public:
    explicit EvenBand(QWidget* parent = nullptr);

    // Takes out what it says itself, and says it; hidden when there is no such finding.
    void takeFrom(std::vector<api::Finding>& findings);

private:
    QLabel* m_title;
};

} // namespace pilothouse::ui
