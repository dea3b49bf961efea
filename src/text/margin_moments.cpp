// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/margin_moments.h"

#include "domain/operation.h"
#include "text/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

namespace pilothouse::text {
namespace {

using domain::OperationKind;

// With the other words for changes to a cluster.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(operations)
};

bool removes(std::optional<OperationKind> kind) {
    return kind == OperationKind::remove || kind == OperationKind::forget || kind == OperationKind::replace;
}

bool joins(std::optional<OperationKind> kind) {
    return kind == OperationKind::join || kind == OperationKind::replace;
}

MarginMoment momentOf(const QString& caption, const api::Margin& margin) {
    MarginMoment moment{caption, margin, Fate::none, false, {}, {}};
    moment.loss = Words::tr("can lose %1").arg(count(margin.tolerates));
    moment.words = Words::tr("%1 of %2 voting replicas are well", nullptr, static_cast<int>(margin.well))
                       .arg(count(margin.well), count(margin.voters));
    return moment;
}

void markLeaving(MarginMoment& moment, const api::OperationPlan& plan, bool alive) {
    const QString name = QString::fromStdString(plan.name);
    const bool silent = moment.margin.well < moment.margin.voters;
    moment.fate = Fate::leaves;
    moment.fatedWell = alive || !silent;
    moment.words +=
        QStringLiteral("; ") +
        (moment.fatedWell ? Words::tr("%1 leaves") : Words::tr("%1 is silent, and leaves")).arg(name);
}

void markJoining(MarginMoment& moment, const api::OperationPlan& plan) {
    moment.fate = Fate::joins;
    moment.fatedWell = moment.margin.well > 0;
    moment.words += QStringLiteral("; ") +
                    Words::tr("%1 is new").arg(QString::fromStdString(plan.host_name.value_or(plan.name)));
}

// For how long the worst moment lasts. How much time that is depends on what has to be copied, and is not
// known before.
QString lossAtWorst(const api::OperationPlan& plan, std::optional<OperationKind> kind) {
    const QString number = count(plan.worst.tolerates);
    if (plan.worst.tolerates >= plan.before.tolerates && plan.worst.tolerates >= plan.after.tolerates) {
        return Words::tr("can lose %1, never fewer than now").arg(number);
    }
    if (plan.worst.tolerates >= plan.after.tolerates) {
        return Words::tr("can lose %1, and it stays so").arg(number);
    }
    return joins(kind) ? Words::tr("can lose %1 until %2 votes")
                             .arg(number, QString::fromStdString(plan.host_name.value_or(plan.name)))
                       : Words::tr("can lose %1 until it is done").arg(number);
}

} // namespace

QString MarginMoment::sentence() const {
    return QStringLiteral("%1: %2. %3.").arg(caption, loss, words);
}

std::array<MarginMoment, 3> marginMoments(const api::OperationPlan& plan) {
    const auto kind = domain::operationKindOf(plan.kind);
    std::array<MarginMoment, 3> moments{momentOf(Words::tr("Now"), plan.before),
                                        momentOf(Words::tr("Worst moment"), plan.worst),
                                        momentOf(Words::tr("Afterwards"), plan.after)};
    auto& [before, worst, after] = moments;
    // One that does not vote is in none of the rings.
    const bool leaverVotes = kind == OperationKind::replace || plan.before.voters > plan.after.voters;
    if (removes(kind) && leaverVotes && plan.before.voters > 0) {
        markLeaving(before, plan, kind == OperationKind::remove);
    }
    if (joins(kind) && plan.after.voters > 0) {
        markJoining(after, plan);
    }
    // It is like one of the others, but for a replacement between the two.
    const MarginMoment& like = plan.worst == plan.after ? after : before;
    if (like.margin == plan.worst) {
        worst.fate = like.fate;
        worst.fatedWell = like.fatedWell;
        worst.words = like.words;
    }
    worst.loss = lossAtWorst(plan, kind);
    return moments;
}

} // namespace pilothouse::text
