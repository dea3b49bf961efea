// SPDX-License-Identifier: GPL-3.0-or-later
// The translation context of the command line's own words.
#pragma once

#include "client/text.h"

namespace pilothouse::cli {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(pilothousectl)
};

using client::errorWith;
using client::failWith;

} // namespace pilothouse::cli
