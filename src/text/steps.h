// SPDX-License-Identifier: GPL-3.0-or-later
// What to do without quorum, step by step.
#pragma once

#include "domain/message.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <vector>

namespace pilothouse::text {

struct Step {
    QString title;
    QString body; // what it means; may be empty
    QStringList commands;
    bool repair = false; // a repair is the way to do it
};

// `messages` come flat: a title, then what it means and its commands, until the next title.
[[nodiscard]] QList<Step> stepsOf(const std::vector<domain::Message>& messages);

} // namespace pilothouse::text
