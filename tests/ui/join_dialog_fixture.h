// SPDX-License-Identifier: GPL-3.0-or-later
// The dialog of a change by which a new host joins, with scripted answers.
#pragma once

#include "main_window_fixture.h"
#include "models/describe.h"
#include "scripted_operations.h"
#include "ui/operations/change_dialog.h"
#include "ui/operations/operation_strip.h"
#include "ui/operations/setup_page.h"
#include "ui/operations/step_rail.h"
#include "ui/widgets/command_field.h"
#include "views.h"

#include <QAccessible>
#include <QCheckBox>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

namespace pilothouse::ui {

inline const QString code = QStringLiteral("phsetup1.eyJzZWNyZXQiOiJoaWRkZW4tc3dvcmRmaXNoIn0");

class JoinDialogTest : public testing::Test {
protected:
    std::unique_ptr<ChangeDialog> open(const api::OperationPlan& plan) {
        operations.planned = plan;
        api::OperationPlan named = plan;
        if (named.replica.empty()) {
            named.replica = "c00000000006"; // it gets its id when it begins
        }
        operations.started = test::operationAt(named, "check");
        operations.now = operations.started;
        auto dialog = std::make_unique<ChangeDialog>(
            theme, operations,
            ChangeWish{*domain::operationKindOf(plan.kind), QString::fromStdString(plan.replica),
                       plan.replica.empty() ? QString() : QString::fromStdString(plan.name),
                       QStringLiteral("prod-eu")},
            nullptr);
        dialog->show();
        settle();
        return dialog;
    }
    // As far as the checks.
    std::unique_ptr<ChangeDialog> openAndPaste(const api::OperationPlan& plan) {
        auto dialog = open(plan);
        paste(*dialog, code);
        click(dialog->nextButton());
        return dialog;
    }
    static void settle() {
        for (int i = 0; i < 5; ++i) {
            QCoreApplication::processEvents();
        }
    }
    static void paste(const ChangeDialog& dialog, const QString& text) {
        QGuiApplication::clipboard()->setText(text);
        QLineEdit* field = dialog.setupPage()->field();
        QTest::mouseClick(field, Qt::LeftButton);
        QTest::keySequence(field, QKeySequence::SelectAll);
        QTest::keySequence(field, QKeySequence::Paste);
        QGuiApplication::clipboard()->clear();
        settle();
    }
    static void click(QPushButton* button) {
        ASSERT_TRUE(button->isVisible() && button->isEnabled()) << button->text().toStdString();
        QTest::mouseClick(button, Qt::LeftButton);
        settle();
    }
    static bool shows(const QWidget& dialog, const QString& words) {
        const QList<QLabel*> labels = dialog.findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) {
            return label->isVisible() && label->text().contains(words);
        });
    }
    static QString command(const ChangeDialog& dialog) {
        for (const CommandField* field : dialog.findChildren<CommandField*>()) {
            if (field->isVisible()) {
                return field->command();
            }
        }
        return {};
    }
    // Whether any word that can be seen or heard, on whichever page, has a part of the secret.
    static bool tellsTheCode(const ChangeDialog& dialog) {
        const auto has = [](const QString& text) { return text.contains(QStringLiteral("eyJzZWNyZXQi")); };
        for (const QWidget* widget : dialog.findChildren<QWidget*>()) {
            const auto* label = qobject_cast<const QLabel*>(widget);
            const auto* field = qobject_cast<const CommandField*>(widget);
            if ((label != nullptr && has(label->text())) || (field != nullptr && has(field->command())) ||
                has(widget->accessibleName()) || has(widget->accessibleDescription()) ||
                has(widget->toolTip()) || has(widget->windowTitle())) {
                return true;
            }
        }
        return has(dialog.windowTitle()) || has(dialog.accessibleName());
    }
    void waitFor(const std::function<bool()>& holds) { ASSERT_TRUE(QTest::qWaitFor(holds, 5000)); }

    Theme theme;
    test::ScriptedOperations operations;
};

} // namespace pilothouse::ui
