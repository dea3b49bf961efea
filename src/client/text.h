// SPDX-License-Identifier: GPL-3.0-or-later
// The translation context of the client's own words, and errors in the language of whoever reads them.
#pragma once

#include "base/result.h"

#include <QCoreApplication>
#include <QString>

namespace pilothouse::client {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(client)
};

[[nodiscard]] inline Error errorWith(ErrorCode code, const QString& message, const QString& hint = {}) {
    return {code, message.toStdString(), hint.toStdString()};
}
[[nodiscard]] inline tl::unexpected<Error> failWith(ErrorCode code, const QString& message,
                                                    const QString& hint = {}) {
    return fail(errorWith(code, message, hint));
}

} // namespace pilothouse::client
