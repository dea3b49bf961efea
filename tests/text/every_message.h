// SPDX-License-Identifier: GPL-3.0-or-later
// One of each message that the judgement can say, with arguments that can be found again in its words.
#pragma once

#include "domain/message.h"

#include <QStringList>

#include <vector>

namespace pilothouse::text::test {

struct Example {
    domain::Message message;
    QStringList expected; // what its words must contain: every argument
};

// At least one for every id but `none`; those with plurals or optional arguments have several.
[[nodiscard]] std::vector<Example> everyMessage();

} // namespace pilothouse::text::test
