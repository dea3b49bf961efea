// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/json.h"
#include "cli/await.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/signal_watch.h"
#include "cli/text.h"
#include "client/cluster_watcher.h"

#include <QEventLoop>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>

namespace pilothouse::cli {
namespace {

struct EventsOptions {
    std::shared_ptr<TargetOptions> target;
    int limit = 20;
    bool follow = false;
    bool json = false;
};

void printEvent(const api::Event& event, bool json) {
    if (json) {
        printJsonLine(api::toJson(event));
        return;
    }
    printLine(QString::fromStdString(event.at) + QStringLiteral("  ") +
              QString::fromStdString(event.message).replace(QLatin1Char('\n'), QLatin1Char(' ')));
}

// Says on standard error when no replica answers any more, and when one does again.
void tellSilence(const client::ClusterWatcher& watcher, bool& silent) {
    const auto seen = watcher.observation();
    const auto has = [&](domain::Reach reach) {
        return std::any_of(seen.replicas.begin(), seen.replicas.end(),
                           [reach](const auto& replica) { return replica.reach == reach; });
    };
    if (has(domain::Reach::ok)) {
        if (std::exchange(silent, false)) {
            printNote(Text::tr("A replica answers again."));
        }
    } else if (!has(domain::Reach::unknown) && !std::exchange(silent, true)) {
        printNote(Text::tr("No replica answers; waiting for one."));
    }
}

// Until a signal comes, which then ends the program. What was there before is not told again.
[[noreturn]] void follow(const client::WatchTarget& target, Revision after, bool json) {
    int ended = 0;
    {
        QEventLoop loop;
        const SignalWatch signals([&](int signal) {
            ended = signal;
            loop.quit();
        });
        client::ClusterWatcher watcher(target, systemClock());
        bool silent = false;
        QObject::connect(&watcher, &client::ClusterWatcher::eventArrived, &watcher,
                         [after, json](const api::Event& event) {
                             if (event.revision > after.value()) {
                                 printEvent(event, json);
                             }
                         });
        QObject::connect(&watcher, &client::ClusterWatcher::changed, &watcher,
                         [&] { tellSilence(watcher, silent); });
        watcher.start();
        loop.exec();
    }
    endBySignal(ended);
}

int runEvents(const EventsOptions& options) {
    const auto target = resolveTarget(*options.target);
    if (!target) {
        return reportError(target.error());
    }
    Session session(target->watch);
    auto page = await(session.commands().eventsBefore(Revision(), options.limit));
    if (!page) {
        return reportError(page.error());
    }
    Revision newest;
    for (const auto& event : page->events) {
        newest = std::max(newest, Revision(event.revision));
    }
    // An event of a time without quorum is recorded after it: the time says the order, not the revision.
    std::stable_sort(page->events.rbegin(), page->events.rend(),
                     [](const auto& a, const auto& b) { return a.at < b.at; });
    std::for_each(page->events.rbegin(), page->events.rend(),
                  [&](const auto& event) { printEvent(event, options.json); });
    if (options.follow) {
        follow(target->watch, newest, options.json);
    }
    return exitDone;
}

} // namespace

void addEventsCommand(CLI::App& app, Command& chosen) {
    auto* command = app.add_subcommand("events", "What happened to the cluster, oldest first");
    auto options = std::make_shared<EventsOptions>();
    options->target = addTargetOptions(*command);
    command->add_option("--limit", options->limit, "At most so many of the newest")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    command->add_flag("--follow", options->follow, "Go on with what happens from now on, until interrupted");
    command->add_flag("--json", options->json, "Print one JSON object a line");
    command->footer("Examples:\n"
                    "  pilothousectl events --limit 100\n"
                    "  pilothousectl events --follow --json | jq -r .kind");
    command->callback([&chosen, options] { chosen = [options] { return runEvents(*options); }; });
}

} // namespace pilothouse::cli
