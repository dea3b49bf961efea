// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/consent.h"

#include "cli/text.h"

#include <algorithm>

namespace pilothouse::cli {

bool has(const std::vector<api::Finding>& findings, domain::Severity severity) {
    return std::any_of(findings.begin(), findings.end(),
                       [&](const api::Finding& each) { return each.severity == nameOf(severity); });
}

std::optional<Error> objection(const std::vector<api::Finding>& findings, const std::string& name,
                               const domain::Consent& consent, bool yes) {
    const auto objects = [&](domain::Severity severity) {
        return has(findings, severity) && standsInTheWay(severity, name, consent);
    };
    if (objects(domain::Severity::blocks)) {
        return errorWith(ErrorCode::conflict, Text::tr("nothing was changed: a check blocks it"), {});
    }
    if (objects(domain::Severity::forcible)) {
        return errorWith(ErrorCode::invalid, Text::tr("nothing was changed: data would be lost"),
                         Text::tr("Add --force %1 to lose it").arg(QString::fromStdString(name)));
    }
    if (objects(domain::Severity::needsWord)) {
        return errorWith(
            ErrorCode::invalid, Text::tr("nothing was changed: a check needs your word"),
            Text::tr("Add --reason TEXT to say why it is to be done; it is kept with the operation"));
    }
    if (!yes) {
        return errorWith(ErrorCode::invalid, Text::tr("nothing was changed yet"),
                         Text::tr("Add --yes to do it, or --dry-run to only look"));
    }
    return std::nullopt;
}

} // namespace pilothouse::cli
