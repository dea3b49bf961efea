// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/operation.h"
#include "models/operation_list_model.h"

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <QSignalSpy>

#include <gtest/gtest.h>

namespace pilothouse::models {
namespace {

api::Operation operationOf(const std::string& id, const std::string& phase) {
    api::Operation operation;
    operation.id = id;
    operation.kind = "remove";
    operation.name = "reg-" + id;
    operation.phase = phase;
    operation.started_by = "anna";
    operation.started_at = "2026-11-28T05:30:12.000Z";
    return operation;
}

TEST(OperationListModel, KeepsRowsThatStay) {
    OperationListModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    api::OperationList list{operationOf("3", "running"),
                            {operationOf("2", "done"), operationOf("1", "refused")}};
    model.setOperations(list);
    ASSERT_EQ(model.rowCount(), 3);
    ASSERT_NE(model.running(), nullptr);
    const QPersistentModelIndex third = model.index(0);
    list = {operationOf("4", "running"), {operationOf("3", "done"), operationOf("2", "done")}};
    model.setOperations(list);
    EXPECT_EQ(third.row(), 1) << "it is still the same";
    EXPECT_EQ(third.data(OperationListModel::StateRole).toString(), QStringLiteral("done"));
    EXPECT_EQ(model.rowOf(QStringLiteral("1")), -1);
    EXPECT_EQ(model.rowOf(QStringLiteral("2")), 2);
    const QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.update(operationOf("4", "running"));
    model.update(operationOf("5", "running"));
    EXPECT_EQ(changed.count(), 0) << "nothing differs";
    model.update(operationOf("4", "undoing"));
    EXPECT_EQ(changed.count(), 1);
    model.setNow(systemClock().wall());
    EXPECT_EQ(changed.count(), 2) << "for how long it has run";
    list.running.reset();
    model.setOperations(list);
    EXPECT_EQ(model.running(), nullptr);
    model.clear();
    EXPECT_EQ(model.rowCount(), 0);
    EXPECT_EQ(model.at(0), nullptr);
}

// Shape and colour go together with a word.
TEST(OperationListModel, MarksEveryPhaseByAShape) {
    api::OperationList list;
    for (int phase = 0; phase <= static_cast<int>(domain::OperationPhase::refused); ++phase) {
        list.past.push_back(operationOf(std::to_string(phase),
                                        std::string(nameOf(static_cast<domain::OperationPhase>(phase)))));
    }
    list.past.push_back(operationOf("new", "a_new_phase"));
    OperationListModel model;
    model.setOperations(list);
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex index = model.index(row);
        const QString state = index.data(OperationListModel::StateRole).toString();
        EXPECT_FALSE(state.isEmpty());
        EXPECT_TRUE(index.data(Qt::AccessibleTextRole).toString().contains(state));
        EXPECT_TRUE(index.data(OperationListModel::SignRole).canConvert<Sign>());
    }
    EXPECT_EQ(signOf(list.past.back()), (Sign{Shape::dashedRing, Tone::neutral})) << "not known";
    EXPECT_NE(signOf(operationOf("1", "done")).shape, signOf(operationOf("1", "refused")).shape);
    EXPECT_NE(signOf(operationOf("1", "done")).shape, signOf(operationOf("1", "cancelled")).shape);
    api::Operation waits = operationOf("1", "running");
    waits.waiting = api::Waiting{"copies", {}, {}, {}, {}, true, {}};
    EXPECT_EQ(signOf(waits).shape, Shape::triangle) << "for longer than it should";
}

} // namespace
} // namespace pilothouse::models
