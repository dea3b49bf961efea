// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/repair_follow.h"

#include "api/json.h"
#include "cli/operation_report.h"
#include "cli/output.h"
#include "cli/repair_report.h"
#include "cli/signal_watch.h"
#include "cli/text.h"
#include "client/repair_run.h"
#include "domain/operation.h"
#include "domain/repair.h"
#include "text/repair_words.h"

#include <QEventLoop>

#include <functional>
#include <memory>

namespace pilothouse::cli {
namespace {

// What was printed of a repair, and what is new.
class Progress {
public:
    explicit Progress(bool json) : m_json(json) {}

    void show(const api::Repair& repair) {
        if (m_json) {
            printJsonLine(api::toJson(repair));
            return;
        }
        m_states.resize(repair.steps.size());
        for (std::size_t i = 0; i < repair.steps.size(); ++i) {
            const auto& step = repair.steps[i];
            const bool told = step.state != nameOf(domain::StepState::pending) &&
                              step.state != nameOf(domain::StepState::running);
            if (told && step.state != m_states[i]) {
                printLine(stepLine(step.state, text::repairStepTitle(step.kind, repair.name)));
            }
            m_states[i] = step.state;
        }
    }
    void hear(const QString& sentence) const {
        if (!m_json) {
            printLine(QStringLiteral("  ") + sentence);
        }
    }

private:
    bool m_json = false;
    std::vector<std::string> m_states;
};

int reportLost(const Error& error, bool refused) {
    if (!refused) {
        printNote(Text::tr("The repair cannot be followed any more; it may go on. Look at it: pilothousectl "
                           "repair status"));
    }
    return reportError(error);
}

RepairOutcome carry(Session& session, const client::Endpoint& survivor, bool json, domain::RepairPhase wanted,
                    const std::function<void(client::RepairRun&)>& begin) {
    client::RepairRun run(session.repairs(), survivor);
    Progress progress(json);
    RepairOutcome outcome;
    QEventLoop loop;
    int signal = 0;
    auto signals = std::make_unique<SignalWatch>([&](int got) {
        signal = got;
        loop.quit();
    });
    QObject::connect(&run, &client::RepairRun::told, &loop,
                     [&](const api::Repair& repair) { progress.show(repair); });
    QObject::connect(&run, &client::RepairRun::heard, &loop,
                     [&](const QString& sentence) { progress.hear(sentence); });
    QObject::connect(&run, &client::RepairRun::ended, &loop, [&](const api::Repair& repair) {
        outcome.ended = repair;
        loop.quit();
    });
    QObject::connect(&run, &client::RepairRun::failed, &loop, [&](const Error& error, bool refused) {
        outcome.exitCode = reportLost(error, refused);
        loop.quit();
    });
    begin(run);
    loop.exec();
    if (signal != 0) {
        printNote(Text::tr("The repair goes on. Look at it: pilothousectl repair status"));
        signals.reset();
        endBySignal(signal);
    }
    if (outcome.ended && outcome.ended->phase != nameOf(wanted)) {
        printNote(repairEndText(*outcome.ended));
        outcome.exitCode = exitFailed;
    }
    return outcome;
}

} // namespace

RepairOutcome startRepair(Session& session, const client::Endpoint& survivor, const api::StartRepair& wanted,
                          bool json) {
    return carry(session, survivor, json, domain::RepairPhase::done,
                 [&](client::RepairRun& run) { run.start(wanted); });
}

RepairOutcome putBackRepair(Session& session, const client::Endpoint& survivor, const api::PutBack& wanted,
                            bool json) {
    return carry(session, survivor, json, domain::RepairPhase::putBack,
                 [&](client::RepairRun& run) { run.putBack(wanted); });
}

} // namespace pilothouse::cli
