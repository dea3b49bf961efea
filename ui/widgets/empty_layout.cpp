// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/empty_layout.h"

#include <QLayout>
#include <QWidget>

namespace pilothouse::ui {

void emptyLayout(QLayout& layout) {
    while (QLayoutItem* item = layout.takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

} // namespace pilothouse::ui
