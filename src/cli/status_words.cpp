// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/status_words.h"

#include "cli/text.h"

namespace pilothouse::cli {

QString roleWord(domain::Role role) {
    switch (role) {
    case domain::Role::leader:
        return Text::tr("leader");
    case domain::Role::follower:
        return Text::tr("follower");
    case domain::Role::learner:
        return Text::tr("learner");
    case domain::Role::unknown:
        break;
    }
    return QStringLiteral("–");
}

QString verdictWord(domain::Verdict verdict) {
    switch (verdict) {
    case domain::Verdict::healthy:
        return Text::tr("healthy");
    case domain::Verdict::degraded:
        return Text::tr("degraded");
    case domain::Verdict::atRisk:
        return Text::tr("at risk");
    case domain::Verdict::noQuorum:
        return Text::tr("no quorum");
    case domain::Verdict::unreachable:
        return Text::tr("unreachable");
    case domain::Verdict::starting:
        break;
    }
    return Text::tr("starting");
}

} // namespace pilothouse::cli
