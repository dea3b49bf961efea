// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/operation_follow.h"

#include "api/json.h"
#include "cli/await.h"
#include "cli/operation_report.h"
#include "cli/output.h"
#include "cli/signal_watch.h"
#include "cli/text.h"
#include "domain/operation.h"
#include "text/operation_words.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>

#include <chrono>

namespace pilothouse::cli {
namespace {

using namespace std::chrono_literals;

constexpr auto lookEvery = 200ms;
constexpr qint64 longestSilenceMs = 60'000;

bool isOver(const api::Operation& operation) {
    const auto phase = domain::operationPhaseOf(operation.phase);
    return phase && isOver(*phase);
}

// What was printed of an operation, and what is new.
class Progress {
public:
    explicit Progress(bool json) : m_json(json) {}

    void show(const api::Operation& operation) {
        if (m_json) {
            showJson(operation);
            return;
        }
        if (operation.phase == nameOf(domain::OperationPhase::undoing) && !m_undoing) {
            m_undoing = true;
            printLine(Text::tr("Cancelled; what was done is taken back."));
        }
        m_states.resize(operation.steps.size());
        for (std::size_t i = 0; i < operation.steps.size(); ++i) {
            showStep(operation, operation.steps[i], m_states[i]);
        }
        showWaiting(operation);
    }

private:
    void showJson(const api::Operation& operation) {
        if (const auto text = api::toJson(operation); text != m_last) {
            m_last = text;
            printJsonLine(text);
        }
    }
    static void showStep(const api::Operation& operation, const api::OperationStep& step,
                         std::string& shown) {
        const bool told = step.state != nameOf(domain::StepState::pending) &&
                          step.state != nameOf(domain::StepState::running);
        if (told && step.state != shown) {
            printLine(stepLine(operation, step));
        }
        shown = step.state;
    }
    void showWaiting(const api::Operation& operation) {
        if (!operation.waiting) {
            m_waiting.clear();
            return;
        }
        QString words = Text::tr("  waits: %1").arg(harmless(text::waitingWords(*operation.waiting)));
        if (operation.waiting->overdue) {
            words += u' ' + Text::tr("(for longer than it should; see pilothousectl operations --help)");
        }
        if (words != m_waiting) {
            m_waiting = words;
            printLine(words);
        }
    }

    bool m_json = false;
    bool m_undoing = false;
    std::string m_last;
    std::vector<std::string> m_states;
    QString m_waiting;
};

// A moment, unless a signal comes.
void pause(QEventLoop& loop) {
    QTimer::singleShot(lookEvery, &loop, &QEventLoop::quit);
    loop.exec();
}

} // namespace

int followOperation(Session& session, const api::Operation& operation, bool json,
                    domain::OperationPhase wanted) {
    const QString id = QString::fromStdString(operation.id);
    int signal = 0;
    QEventLoop loop;
    auto signals = std::make_unique<SignalWatch>([&](int got) {
        signal = got;
        loop.quit();
    });
    Progress progress(json);
    QElapsedTimer silence;
    silence.start();
    api::Operation last = operation;
    progress.show(last);
    while (!isOver(last)) {
        pause(loop);
        if (signal != 0) {
            printNote(
                Text::tr("The operation goes on. Follow it: pilothousectl operations follow %1").arg(id));
            signals.reset();
            endBySignal(signal);
        }
        const auto now = await(session.commands().operation(id));
        if (now) {
            silence.restart();
            last = *now;
            progress.show(last);
        } else if (silence.elapsed() > longestSilenceMs) {
            printNote(Text::tr("No replica has told of the operation for a minute; it may go on. Follow it: "
                               "pilothousectl operations follow %1")
                          .arg(id));
            return reportError(now.error());
        }
    }
    const bool asWanted = last.phase == nameOf(wanted);
    if (!json) {
        asWanted ? printLine(endText(last)) : printNote(endText(last));
    }
    return asWanted ? exitDone : exitFailed;
}

} // namespace pilothouse::cli
