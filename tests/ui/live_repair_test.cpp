// SPDX-License-Identifier: GPL-3.0-or-later
// The real console on a real sandbox that has lost its majority, and repairs it from the one that is left.
#include "live_console_fixture.h"
#include "ui/inspector/inspector.h"
#include "ui/operations/finding_list.h"
#include "ui/operations/put_back_dialog.h"
#include "ui/operations/repair_dialog.h"
#include "ui/operations/statements_page.h"
#include "ui/operations/step_rail.h"
#include "ui/pages/cluster_page.h"
#include "ui/pages/topology_page.h"
#include "ui/window/main_window.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>

#include <algorithm>

namespace pilothouse::ui {
namespace {

class LiveRepairTest : public LiveConsoleTest {
protected:
    [[nodiscard]] ClusterPage* page() const { return console->window().clusterPage(); }
    // Null: it is not to be seen, or cannot be pressed.
    [[nodiscard]] static QPushButton* buttonIn(const QWidget* where, const QString& label) {
        for (auto* button : where->findChildren<QPushButton*>()) {
            if (button->isVisible() && button->isEnabled() && button->text() == label) {
                return button;
            }
        }
        return nullptr;
    }
    void killAllBut(const std::string& survivor) {
        for (const api::SandboxReplica& replica : sandbox.replicas) {
            if (replica.name != survivor) {
                ASSERT_TRUE(sandbox::killReplica(replica));
            }
        }
    }
    // A majority counts as heard of for a moment after it is gone: then it is looked at again.
    static bool isBlocked(RepairDialog* dialog) {
        const std::string words = wordsIn(*dialog);
        if (words.find("Needs your word") == std::string::npos) {
            return true; // not checked yet
        }
        const bool blocked = words.find("Blocks") != std::string::npos;
        if (blocked && dialog->againButton()->isEnabled()) {
            QTest::mouseClick(dialog->againButton(), Qt::LeftButton);
        }
        return blocked;
    }
    // As far as the button that begins it; everybody who is silent was powered off.
    void goToTheEndOf(RepairDialog* dialog) {
        const auto ready = [dialog] { return dialog->nextButton()->isEnabled(); };
        ASSERT_GE(msUntil(ready, 30'000), 0) << wordsIn(*dialog);
        QTest::mouseClick(dialog->nextButton(), Qt::LeftButton);
        for (const api::SilentMember& each : std::vector(dialog->statements()->statements())) {
            dialog->statements()
                ->choice(QString::fromStdString(each.replica), QStringLiteral("powered_off"))
                ->setChecked(true);
        }
        ASSERT_TRUE(ready()) << dialog->statements()->missing().toStdString();
        QTest::mouseClick(dialog->nextButton(), Qt::LeftButton);
        ASSERT_GE(msUntil([dialog] { return !isBlocked(dialog); }, 30'000), 0) << wordsIn(*dialog);
        auto* word = dialog->findings()->findChild<QCheckBox*>();
        ASSERT_GE(msUntil([word] { return word->isVisible(); }, 30'000), 0) << wordsIn(*dialog);
        word->setChecked(true);
        QTest::keyClicks(dialog->findings()->findChildren<QLineEdit*>().front(), QStringLiteral("a test"));
        ASSERT_GE(msUntil(ready, 2000), 0) << wordsIn(*dialog);
        QTest::mouseClick(dialog->nextButton(), Qt::LeftButton);
    }
};

TEST_F(LiveRepairTest, RepairsFromTheOneThatIsLeftAndTakesPushesAgain) {
    ASSERT_GE(msUntil([this] { return view().verdict == Verdict::healthy; }, 15'000), 0)
        << view().sentence.toStdString();
    Pusher pusher(sandbox); // to the first
    pusher.pushImage(QStringLiteral("before"));
    const std::string survivor = sandbox.replicas[0].name;
    killAllBut(survivor);
    ASSERT_GE(msUntil([this] { return view().verdict == Verdict::noQuorum; }, 20'000), 0)
        << view().sentence.toStdString();
    QPushButton* repair = nullptr;
    ASSERT_GE(msUntil(
                  [&] {
                      repair = buttonIn(page()->topologyPage()->inspector(), QStringLiteral("Repair…"));
                      return repair != nullptr;
                  },
                  8000),
              0)
        << view().sentence.toStdString();
    QTest::mouseClick(repair, Qt::LeftButton);
    RepairDialog* dialog = page()->repairDialog();
    ASSERT_NE(dialog, nullptr);
    goToTheEndOf(dialog);
    EXPECT_EQ(dialog->nextButton()->text().toStdString(), "Repair live from " + survivor);
    QTest::mouseClick(dialog->nextButton(), Qt::LeftButton);
    auto* rail = dialog->findChild<StepRail*>();
    ASSERT_GE(msUntil([&] { return rail->current() == 6; }, 60'000), 0) << wordsIn(*dialog);
    EXPECT_TRUE(dialog->putBackButton()->isVisible());
    ASSERT_GE(msUntil([this] { return view().voters == 1 && view().voting == 1; }, 15'000), 0)
        << view().sentence.toStdString();
    EXPECT_EQ(view().replicas.size(), 1) << "those that were left behind, and do not answer, are none";
    pusher.pushImage(QStringLiteral("after"));

    // One that comes back has been left behind.
    const auto back = std::find_if(sandbox.replicas.begin(), sandbox.replicas.end(),
                                   [&](const api::SandboxReplica& each) { return each.name != survivor; });
    qputenv("PATH", QByteArray(PILOTHOUSE_BIN_DIR) + ":" + qgetenv("PATH"));
    ASSERT_TRUE(sandbox::startOne(sandbox, *back));
    ASSERT_GE(msUntil(
                  [this] {
                      return view().replicas.size() == 2 &&
                             std::any_of(view().replicas.begin(), view().replicas.end(),
                                         [](const models::ReplicaView& each) { return each.leftBehind; });
                  },
                  30'000),
              0)
        << cardOf(back->name) << "; " << view().sentence.toStdString();
    EXPECT_EQ(view().voters, 1);
}

} // namespace
} // namespace pilothouse::ui
