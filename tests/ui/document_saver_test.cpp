// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/json.h"
#include "scripted_operations.h"
#include "ui/operations/document_saver.h"

#include <QComboBox>
#include <QFile>
#include <QFileDialog>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

namespace pilothouse::ui {
namespace {

class DocumentSaverTest : public testing::Test {
protected:
    // The question, as a person sees it, in the test's folder.
    QFileDialog* ask() {
        saver.saveReport(test::joinOfSix(), QStringLiteral("prod-eu"));
        auto* dialog = owner.findChild<QFileDialog*>();
        if (dialog != nullptr) {
            dialog->setDirectory(folder.path());
        }
        return dialog;
    }
    static QString name(const QFileDialog& dialog) {
        return dialog.findChild<QLineEdit*>(QStringLiteral("fileNameEdit"))->text();
    }
    [[nodiscard]] QString contentOf(const QString& file) const {
        QFile read(folder.filePath(file));
        return read.open(QIODevice::ReadOnly) ? QString::fromUtf8(read.readAll()) : QString();
    }
    void SetUp() override { QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs); }
    void TearDown() override { QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs, false); }

    QTemporaryDir folder;
    QWidget owner;
    DocumentSaver saver{&owner};
};

TEST_F(DocumentSaverTest, ProposesANameAndWritesWhatIsChosen) {
    const QSignalSpy told(&saver, &DocumentSaver::told);
    QFileDialog* dialog = ask();
    ASSERT_NE(dialog, nullptr);
    EXPECT_FALSE(dialog->windowTitle().isEmpty());
    EXPECT_EQ(name(*dialog), QStringLiteral("join-reg-6.dc3-checks.md"));
    dialog->selectFile(name(*dialog));
    QMetaObject::invokeMethod(dialog, "accept");
    ASSERT_TRUE(QTest::qWaitFor([&] { return told.count() == 1; }, 5000));
    EXPECT_FALSE(told[0][1].toBool()) << told[0][0].toString().toStdString();
    EXPECT_TRUE(contentOf(QStringLiteral("join-reg-6.dc3-checks.md"))
                    .startsWith(QStringLiteral("# Checks: Join reg-6.dc3")));
}

TEST_F(DocumentSaverTest, TheEndingFollowsTheChosenKind) {
    const QSignalSpy told(&saver, &DocumentSaver::told);
    QFileDialog* dialog = ask();
    ASSERT_NE(dialog, nullptr);
    auto* kinds = dialog->findChild<QComboBox*>(QStringLiteral("fileTypeCombo"));
    ASSERT_NE(kinds, nullptr);
    ASSERT_EQ(kinds->count(), 2);
    QTest::keyClick(kinds, Qt::Key_Down);
    EXPECT_EQ(name(*dialog), QStringLiteral("join-reg-6.dc3-checks.json"));
    QMetaObject::invokeMethod(dialog, "accept");
    ASSERT_TRUE(QTest::qWaitFor([&] { return told.count() == 1; }, 5000));
    const auto plan = api::fromJson<api::OperationPlan>(
        contentOf(QStringLiteral("join-reg-6.dc3-checks.json")).toStdString());
    ASSERT_TRUE(plan) << plan.error().text();
    EXPECT_EQ(plan->host_name, "reg-6.dc3");
}

TEST_F(DocumentSaverTest, NothingIsWrittenWhenNothingIsChosen) {
    const QSignalSpy told(&saver, &DocumentSaver::told);
    QFileDialog* dialog = ask();
    ASSERT_NE(dialog, nullptr);
    dialog->reject();
    QCoreApplication::processEvents();
    EXPECT_EQ(told.count(), 0);
    EXPECT_TRUE(QDir(folder.path()).isEmpty());
}

} // namespace
} // namespace pilothouse::ui
