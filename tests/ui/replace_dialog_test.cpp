// SPDX-License-Identifier: GPL-3.0-or-later
#include "join_dialog_fixture.h"

namespace pilothouse::ui {
namespace {

using ReplaceDialogTest = JoinDialogTest;

// The dead one gives the names until the new one is known.
TEST_F(ReplaceDialogTest, ReplacesADeadOneByAnother) {
    const auto dialog = open(test::replacementOfTwo());
    EXPECT_EQ(dialog->windowTitle(), QStringLiteral("Replace reg-2.dc1 in prod-eu"));
    EXPECT_TRUE(operations.asked.empty());
    paste(*dialog, code);
    click(dialog->nextButton());
    ASSERT_EQ(operations.asked.size(), 1U);
    EXPECT_EQ(operations.asked[0].kind, "replace");
    EXPECT_EQ(operations.asked[0].replica, "a00000000002");
    EXPECT_EQ(operations.asked[0].setup_code, code.toStdString());
    EXPECT_TRUE(shows(*dialog, QStringLiteral("Check reg-6.dc3 before it replaces reg-2.dc1")));
    click(dialog->nextButton());
    EXPECT_TRUE(shows(*dialog, QStringLiteral("Take reg-2.dc1 out of the group")));
    EXPECT_TRUE(shows(*dialog, QStringLiteral("Give reg-6.dc3 its vote")));
    EXPECT_EQ(command(*dialog), QStringLiteral("pilothousectl replace reg-2.dc1 --cluster prod-eu --yes "
                                               "--setup-code-file FILE"));
    EXPECT_EQ(dialog->nextButton()->text(), QStringLiteral("Replace reg-2.dc1 in prod-eu"));
    click(dialog->nextButton());
    ASSERT_EQ(operations.starts.size(), 1U);
    EXPECT_EQ(operations.starts[0].replica, "a00000000002");
    const QSignalSpy told(dialog.get(), &ChangeDialog::told);
    operations.now = test::endedAs(operations.started.value(), "done");
    waitFor([&] { return told.count() == 1; });
    EXPECT_EQ(told[0][0].toString(), QStringLiteral("reg-6.dc3 has replaced reg-2.dc1 in prod-eu"));
}

// What cannot be taken back is not said to be.
TEST_F(ReplaceDialogTest, ACancelledReplacementSaysThatTheDeadOneIsForgotten) {
    const auto dialog = open(test::replacementOfTwo());
    operations.now = test::endedAs(test::operationAt(test::replacementOfTwo(), "catch_up"), "cancelled");
    dialog->follow(QStringLiteral("20261128T053012-4f2a"));
    waitFor([&] { return shows(*dialog, QStringLiteral("Cancelled: reg-2.dc1 is forgotten all the same")); });
    EXPECT_TRUE(shows(*dialog, QStringLiteral("reg-6.dc3 is not in prod-eu.")));
}

} // namespace
} // namespace pilothouse::ui
