// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/status_watch.h"

#include "cli/output.h"
#include "cli/sandbox_state.h"
#include "cli/signal_watch.h"
#include "cli/status_json.h"
#include "cli/status_screen.h"
#include "cli/status_text.h"
#include "client/cluster_watcher.h"

#include <QEventLoop>
#include <QTimer>

#include <algorithm>

namespace pilothouse::cli {
namespace {

constexpr std::chrono::milliseconds every{1000};

// What was found at the first look helps to find it again when the seed dies.
client::WatchTarget withMembers(client::WatchTarget target, const client::CollectedObservation& seen) {
    for (const auto& replica : seen.observation.replicas) {
        const bool known =
            std::any_of(target.members.begin(), target.members.end(),
                        [&](const client::KnownMember& member) { return member.id == replica.id; });
        if (!known && !replica.id.empty()) {
            target.members +=
                {replica.id, QString::fromStdString(replica.name), QUrl(QString::fromStdString(replica.url))};
        }
    }
    return target;
}

class StatusWatch {
public:
    StatusWatch(const Target& target, client::CollectedObservation first, WatchFormat format)
        : m_target(target), m_first(std::move(first)), m_format(format),
          m_watcher(withMembers(target.watch, m_first), systemClock()) {}

    // Gives the signal that ended it.
    int run() {
        int ended = 0;
        QEventLoop loop;
        const SignalWatch signals([&](int signal) {
            ended = signal;
            loop.quit();
        });
        const bool drawing = m_format == WatchFormat::people && terminalSize();
        auto screen = drawing ? std::make_unique<StatusScreen>() : nullptr;
        const auto show = [&] { screen ? screen->draw(picture()) : print(); };
        QTimer tick; // also for what only ages
        QObject::connect(&tick, &QTimer::timeout, &tick, show);
        tick.start(every);
        if (screen) {
            QObject::connect(&m_watcher, &client::ClusterWatcher::changed, &m_watcher, show);
        }
        m_watcher.start();
        show();
        loop.exec();
        screen.reset();
        if (drawing) {
            printLine(picture()); // what was seen last stays to be read
        }
        return ended;
    }

private:
    struct Look {
        domain::ClusterObservation observation;
        domain::Assessment assessment;
        std::vector<client::TrustProblem> problems;
        std::vector<FormerSeen> former;
    };

    Look look() {
        Look seen;
        seen.observation = m_watcher.observation();
        m_settled =
            m_settled || std::none_of(seen.observation.replicas.begin(), seen.observation.replicas.end(),
                                      [](const auto& r) { return r.reach == domain::Reach::unknown; });
        if (m_settled) {
            for (const auto& link : m_watcher.links()) {
                if (link.trustProblem) {
                    seen.problems.push_back(*link.trustProblem);
                }
            }
        } else {
            seen.observation = m_first.observation;
            seen.problems = m_first.trustProblems;
        }
        seen.former = formerMembers(statuses(seen.observation));
        addSandboxState(m_target, seen.observation);
        seen.assessment = domain::assess(seen.observation);
        return seen;
    }

    // Of those that answer now.
    [[nodiscard]] std::vector<const api::ClusterStatus*>
    statuses(const domain::ClusterObservation& observation) const {
        std::vector<const api::ClusterStatus*> all;
        for (const auto& replica : observation.replicas) {
            const auto first = m_first.statuses.find(replica.id);
            const auto* status = m_settled                         ? m_watcher.status(replica.id)
                                 : first != m_first.statuses.end() ? &first->second
                                                                   : nullptr;
            if (status != nullptr && replica.reach == domain::Reach::ok) {
                all.push_back(status);
            }
        }
        return all;
    }

    QString picture() {
        const auto terminal = terminalSize();
        const Look seen = look();
        return statusText(seen.assessment, seen.problems, seen.former, terminal ? terminal->columns : 0);
    }

    void print() {
        const Look seen = look();
        if (m_format == WatchFormat::json) {
            printJsonLine(QJsonDocument(statusJson(seen.observation, seen.assessment, seen.former))
                              .toJson(QJsonDocument::Compact)
                              .toStdString());
            return;
        }
        printLine(QString::fromStdString(toRfc3339(seen.observation.wallNow)));
        printLine(statusText(seen.assessment, seen.problems, seen.former, 0) + QLatin1Char('\n'));
    }

    const Target m_target;
    client::CollectedObservation m_first;
    WatchFormat m_format;
    client::ClusterWatcher m_watcher;
    bool m_settled = false;
};

} // namespace

void watchStatus(const Target& target, client::CollectedObservation first, WatchFormat format) {
    int signal = 0;
    {
        StatusWatch watch(target, std::move(first), format);
        signal = watch.run();
    }
    endBySignal(signal);
}

} // namespace pilothouse::cli
