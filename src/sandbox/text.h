// SPDX-License-Identifier: GPL-3.0-or-later
// The translation context of the sandbox's own words.
#pragma once

#include "client/text.h"

namespace pilothouse::sandbox {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(sandbox)
};

using client::failWith;

[[nodiscard]] inline QString shown(const std::string& text) {
    return QString::fromStdString(text);
}

} // namespace pilothouse::sandbox
