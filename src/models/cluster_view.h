// SPDX-License-Identifier: GPL-3.0-or-later
// A cluster in words and signs, ready to be shown: what every widget and item model of the console reads.
//
// Whose view: this console's, at the moment of the observation that it was made from. Plain values that
// compare, so that a widget repaints only what differs. `describe` (describe.h) makes it.
#pragma once

#include "models/sign.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace pilothouse::models {

// One line of the inspector.
struct Field {
    QString label;
    QString value;
    Tone tone = Tone::neutral; // neutral: as any other value
    bool age = false;          // says how new the others are
    friend bool operator==(const Field&, const Field&) = default;
};

// A page of the console that shows more of something.
enum class Page { topology, replicas, repositories, events, operations };

// One of the facts under the sentence, and where it is shown at length.
struct FactView {
    QString text;
    Page page = Page::replicas;
    bool age = false; // says how new the others are
    friend bool operator==(const FactView&, const FactView&) = default;
};

// One thing to do, with commands to copy.
struct StepView {
    QString title;
    QString body;
    QStringList commands;
    bool repair = false; // a repair is the way to do it
    friend bool operator==(const StepView&, const StepView&) = default;
};

struct ReplicaView {
    QString id;
    QString name;
    QString address; // HOST:PORT
    domain::ReplicaState state = domain::ReplicaState::unknown;
    domain::Role role = domain::Role::unknown;
    bool voting = false;
    bool leader = false;     // of the cluster, as the assessment says; a replica may claim otherwise
    bool replicates = false; // the leader is in contact with it
    bool draining = false;
    bool cutOff = false;              // on the side of a partition that has no quorum
    bool answers = false;             // to us, now
    bool leftBehind = false;          // by a repair: of an earlier epoch than the cluster
    std::optional<int> joinedPercent; // of a learner's copying, when known
    std::optional<qint64> lagEntries;
    std::optional<double> roundTripMs;
    std::optional<qint64> ageMs; // of the values, when anything is known
    QString stateWord;           // "healthy", "sees no leader"
    QString detail;              // second line of the card: "1 entry behind · 1.2 ms"
    QString description;         // for a screen reader: role, lag with unit, observer and age
    QString observer;            // whose word the values are: "itself", "reg-1"; empty when nobody's
    QString seen;                // "seen 0.4 s ago"
    QString leaderClaim;         // "reg-1, term 41"
    QList<Field> fields;
    QList<StepView> steps; // what to do with it
    friend bool operator==(const ReplicaView&, const ReplicaView&) = default;
};

// How one replica sees another.
struct Sight {
    enum class Kind { self, heard, notHeard, unknown };
    Kind kind = Kind::unknown;
    QString text; // "2.3 ms"; empty when there is no number
    friend bool operator==(const Sight&, const Sight&) = default;
};

// "Who sees whom": a row says how that replica sees the columns.
struct SightMatrix {
    QStringList names;
    QList<QList<Sight>> rows;
    friend bool operator==(const SightMatrix&, const SightMatrix&) = default;
};

// Who takes whom for the leader.
struct ClaimView {
    QString observers;
    QString claim;
    Tone tone = Tone::neutral;
    friend bool operator==(const ClaimView&, const ClaimView&) = default;
};

// A change to the cluster that is under way.
struct OperationView {
    QString id;
    QString kind; // as in the admin API
    QString replicaId;
    QString replica;      // its name
    QString title;        // "Remove reg-5: step 5 of 7"
    QString detail;       // what is done, and what is waited for
    bool overdue = false; // it waits for longer than it should
    QString host = {};    // name of a new host that joins by it; empty: none
    friend bool operator==(const OperationView&, const OperationView&) = default;
};

// A repair that may still be taken back.
struct PutBackView {
    QString survivor; // replica id
    QString why;      // why it cannot be now; empty: it can
    friend bool operator==(const PutBackView&, const PutBackView&) = default;
};

struct ClusterView {
    QString key; // stable through renames and restarts of the console
    QString name;
    bool sandbox = false;
    bool partition = false;
    bool disagreement = false;
    domain::Verdict verdict = domain::Verdict::starting;
    bool loginRefused = false; // by all that answer
    bool comingBack = false;   // healthy for too short a time to be called so
    QString headline;
    QString sentence;
    QList<FactView> facts;
    QString listWord;
    QString count; // "3 of 5"
    int voters = 0;
    int quorum = 0;
    int voting = 0;    // voters that are well enough to vote
    int healthy = 0;   // voters that are healthy by their own word
    int tolerates = 0; // further losses
    QString
        notLive; // why nothing here is live: "Not live since 13:02:11 (4 min): last known state"; else empty
    QString cutLabel;  // "cut since 12:58:20"; empty without a partition
    QStringList notes; // under the topology; the first is the most important
    QList<ReplicaView> replicas;
    SightMatrix sights;
    QList<ClaimView> claims;
    std::optional<OperationView> operation;
    QList<StepView> steps;
    std::optional<PutBackView> putBack;
    QString stillWorks; // without quorum; empty else
    friend bool operator==(const ClusterView&, const ClusterView&) = default;

    [[nodiscard]] const ReplicaView* find(const QString& replicaId) const;
    [[nodiscard]] const ReplicaView* leader() const;
};

// Something that happened, as the cluster recorded it.
struct EventView {
    qint64 revision = 0; // orders and identifies events of one cluster
    QString kind;        // api::event names
    qint64 atMs = 0;     // since the epoch
    QString text;        // one sentence
    QString label;       // a few words for the timeline: "reg-5 joined"
    QString observer;    // replica's name
    friend bool operator==(const EventView&, const EventView&) = default;
};

// One second or more of the cluster's life as this console saw it. Absent: no answer, which is not zero.
struct Sample {
    qint64 atMs = 0; // since the epoch
    std::optional<double> writesPerSecond;
    std::optional<double> p99Ms;
    std::optional<int> spareVotes; // healthy voters above the quorum; -1 and less: no quorum
    friend bool operator==(const Sample&, const Sample&) = default;
};

} // namespace pilothouse::models
