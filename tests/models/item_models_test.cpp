// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cluster_list_model.h"
#include "models/event_model.h"
#include "models/replica_model.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>

#include <gtest/gtest.h>

#include <algorithm>

namespace pilothouse::models {
namespace {

ReplicaView replica(int number) {
    ReplicaView view;
    view.id = QString::number(number);
    view.name = QStringLiteral("reg-%1").arg(number);
    view.state = domain::ReplicaState::healthy;
    return view;
}

QStringList idsOf(const ReplicaModel& model) {
    QStringList ids;
    for (int row = 0; row < model.rowCount(); ++row) {
        ids.append(model.index(row, 0).data(ReplicaModel::IdRole).toString());
    }
    return ids;
}

TEST(ReplicaModel, FollowsSnapshotsWithoutAReset) {
    ReplicaModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QRandomGenerator random(7);
    for (int round = 0; round < 200; ++round) {
        QList<ReplicaView> wanted;
        for (int i = 1; i <= 7; ++i) {
            if (random.bounded(3) != 0) {
                wanted.append(replica(i));
                wanted.last().detail = QString::number(random.bounded(4));
            }
        }
        std::shuffle(wanted.begin(), wanted.end(), random);
        model.setReplicas(wanted, true);
        ASSERT_EQ(model.rowCount(), wanted.size()) << "round " << round;
        for (int row = 0; row < wanted.size(); ++row) {
            ASSERT_EQ(model.replica(row), wanted[row]) << "round " << round << ", row " << row;
        }
    }
    EXPECT_EQ(resets.count(), 0);
}

TEST(ReplicaModel, KeepsThePersistentSelectionOnTheSameReplica) {
    ReplicaModel model;
    model.setReplicas({replica(1), replica(2), replica(3)}, true);
    const QPersistentModelIndex second = model.index(1, 0);
    model.setReplicas({replica(3), replica(4), replica(2)}, true);
    EXPECT_EQ(second.data(ReplicaModel::IdRole).toString(), QStringLiteral("2"));
    EXPECT_EQ(idsOf(model), (QStringList{QStringLiteral("3"), QStringLiteral("4"), QStringLiteral("2")}));
}

TEST(ReplicaModel, SaysNothingWhenNothingChanged) {
    ReplicaModel model;
    model.setReplicas({replica(1), replica(2)}, true);
    const QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    model.setReplicas({replica(1), replica(2)}, true);
    EXPECT_EQ(changes.count(), 0);
    QList<ReplicaView> changed{replica(1), replica(2)};
    changed[1].detail = QStringLiteral("2 entries behind");
    model.setReplicas(changed, true);
    ASSERT_EQ(changes.count(), 1);
    EXPECT_EQ(changes[0][0].toModelIndex().row(), 1);
    EXPECT_EQ(changes[0][1].toModelIndex().row(), 1);
}

TEST(ReplicaModel, NothingIsGreenWhenNothingIsLive) {
    ReplicaModel model;
    model.setReplicas({replica(1)}, false);
    const auto sign = model.index(0, ReplicaModel::State).data(ReplicaModel::SignRole).value<Sign>();
    EXPECT_EQ(sign, (Sign{Shape::dashedRing, Tone::neutral}));
}

TEST(ReplicaModel, SortsByRawValuesAndNamesCellsForAScreenReader) {
    ReplicaModel model;
    ReplicaView behind = replica(1);
    behind.lagEntries = 12'345;
    model.setReplicas({behind, replica(2)}, true);
    const QModelIndex lag = model.index(0, ReplicaModel::Lag);
    EXPECT_EQ(lag.data(ReplicaModel::SortRole).toLongLong(), 12'345);
    EXPECT_EQ(lag.data(Qt::AccessibleTextRole).toString(), QStringLiteral("Entries behind: 12\u202F345"));
    EXPECT_LT(model.index(1, ReplicaModel::Lag).data(ReplicaModel::SortRole).toLongLong(), 0)
        << "not known sorts first";
}

TEST(EventModel, IsNewestFirstAndKeepsRows) {
    EventModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    const auto event = [](qint64 revision) {
        EventView view;
        view.revision = revision;
        view.kind = QStringLiteral("replica-lost");
        view.text = QStringLiteral("event %1").arg(revision);
        return view;
    };
    model.setEvents({event(3), event(5)});
    model.setEvents({event(3), event(5), event(9)});
    ASSERT_EQ(model.rowCount(), 3);
    EXPECT_EQ(model.index(0, EventModel::Text).data().toString(), QStringLiteral("event 9"));
    EXPECT_EQ(model.index(0, EventModel::Text).data(EventModel::SignRole).value<Sign>(),
              (Sign{Shape::cross, Tone::bad}));
    EXPECT_EQ(resets.count(), 0);
}

TEST(ClusterListModel, ChangesARowOnlyForWhatItShows) {
    ClusterListModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    ClusterView cluster;
    cluster.key = QStringLiteral("a");
    cluster.name = QStringLiteral("prod-eu");
    cluster.count = QStringLiteral("3 of 3");
    cluster.listWord = QStringLiteral("can lose 1");
    model.put(cluster);
    const QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    cluster.facts.append({QStringLiteral("oldest value 0.8 s"), Page::replicas});
    model.put(cluster);
    EXPECT_EQ(changes.count(), 0);
    cluster.verdict = domain::Verdict::noQuorum;
    model.put(cluster);
    EXPECT_EQ(changes.count(), 1);
    EXPECT_EQ(model.index(0).data(Qt::AccessibleTextRole).toString(),
              QStringLiteral("prod-eu, 3 of 3 replicas, can lose 1"));
    model.remove(QStringLiteral("a"));
    EXPECT_EQ(model.rowCount(), 0);
}

TEST(Signs, EveryStateHasAShapeOfItsOwnWhereItMatters) {
    using domain::ReplicaState;
    EXPECT_EQ(signOf(ReplicaState::healthy), (Sign{Shape::dot, Tone::good}));
    for (const ReplicaState state :
         {ReplicaState::late, ReplicaState::notAnswering, ReplicaState::toldByPeers, ReplicaState::disagreed,
          ReplicaState::behind, ReplicaState::unhealthy, ReplicaState::draining, ReplicaState::joining,
          ReplicaState::stopped, ReplicaState::unknown}) {
        EXPECT_NE(signOf(state).tone, Tone::good) << static_cast<int>(state);
        EXPECT_NE(signOf(state).shape, Shape::dot) << static_cast<int>(state);
        EXPECT_FALSE(wordFor(state).isEmpty()) << static_cast<int>(state);
    }
}

} // namespace
} // namespace pilothouse::models
