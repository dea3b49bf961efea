// SPDX-License-Identifier: GPL-3.0-or-later
// What a person can do to a replica from here.
#pragma once

#include <QList>
#include <QMetaType>
#include <QString>

namespace pilothouse::ui {

enum class VerbKind {
    logIn, // to a cluster that refuses the login
    makeLeader,
    drain,
    undrain,
    remove,   // asks first
    forget,   // asks first
    replace,  // by a new host; asks first
    join,     // a new host to the cluster; asks first
    repair,   // the cluster, without a majority; asks first
    putBack,  // the last repair; asks first
    diagnose, // in a window of its own
    check,    // the cluster, in a window of its own
    // Only of a sandbox:
    start,
    stop,
    kill,
    pause,
    resume,
};

struct Verb {
    VerbKind kind = VerbKind::makeLeader;
    QString replicaId = {}; // empty: of every replica that this can be done to
    QString label = {};     // on the button: "Make leader", "Start reg-2"
    QString why = {};       // why it is not possible now; empty: it is
    bool strong = false;    // the safest useful step: filled
    friend bool operator==(const Verb&, const Verb&) = default;
};

using Verbs = QList<Verb>;

} // namespace pilothouse::ui

Q_DECLARE_METATYPE(pilothouse::ui::Verb)
