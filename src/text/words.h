// SPDX-License-Identifier: GPL-3.0-or-later
// The words by kind of message; each gives an empty string for what is not its kind.
#pragma once

#include "domain/message.h"
#include "domain/message_ids.h"

#include <QString>

namespace pilothouse::text {

[[nodiscard]] QString headlineWords(const domain::Message& message);
[[nodiscard]] QString partWords(const domain::Message& message);
[[nodiscard]] QString factWords(const domain::Message& message);
[[nodiscard]] QString cardWords(const domain::Message& message);
[[nodiscard]] QString adviceWords(const domain::Message& message);

} // namespace pilothouse::text
