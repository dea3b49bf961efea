// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QLayout;

namespace pilothouse::ui {

// Deletes its widgets and all else that lies in it.
void emptyLayout(QLayout& layout);

} // namespace pilothouse::ui
