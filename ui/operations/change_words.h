// SPDX-License-Identifier: GPL-3.0-or-later
// What ChangeDialog says, by the kind of change.
#pragma once

#include "api/operations.h"
#include "domain/operation.h"

#include <QStringList>

namespace pilothouse::ui {

// What is to be done to whom.
struct ChangeWish {
    domain::OperationKind kind = domain::OperationKind::remove;
    QString replicaId; // empty: of a host that is to join
    QString replica;   // its name; empty as long as nobody told
    QString cluster;   // name
    QString host = {}; // name of a new host that takes the place; empty: none, or nobody told yet
};

// "Remove reg-5", "Join reg-6", "Add a replica"
[[nodiscard]] QString titleOf(const ChangeWish& wish);
// The same with the cluster: "Remove reg-5 from prod-eu", "Add a replica to prod-eu"
[[nodiscard]] QString wholeTitleOf(const ChangeWish& wish);
[[nodiscard]] QString checkTitleOf(const ChangeWish& wish); // "Check reg-5 before it is removed"
[[nodiscard]] QString askingWords(const ChangeWish& wish);  // while an answer about the checks is awaited

// For the rail at the side.
[[nodiscard]] QString railTitleOf(const ChangeWish& wish);
[[nodiscard]] QString railSubtitleOf(const ChangeWish& wish);
[[nodiscard]] QStringList railStepsOf(const ChangeWish& wish);

// Who goes on with it, and until when it can be cancelled.
[[nodiscard]] QString goesOnWords(const ChangeWish& wish);
// What a cancelled one leaves behind; empty: nothing.
[[nodiscard]] QString cancelledWords(const ChangeWish& wish);
// What to know about cancelling this one now; empty: nothing.
[[nodiscard]] QString cancelHint(const ChangeWish& wish, const api::Operation& operation);

// How far it is, as a title and what is to be said beneath.
struct ChangeNews {
    QString title;
    QString subtitle;
};
[[nodiscard]] ChangeNews newsOf(const ChangeWish& wish, const api::Operation& operation);

// The command that does the same. `reason` and `typedName` may be empty.
[[nodiscard]] QString commandFor(const ChangeWish& wish, const QString& reason, const QString& typedName);
// What is to be put in place of a word of that command; empty: nothing.
[[nodiscard]] QString commandNote(const ChangeWish& wish);

} // namespace pilothouse::ui
