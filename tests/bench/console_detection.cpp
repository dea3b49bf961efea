// SPDX-License-Identifier: GPL-3.0-or-later
#include "console_detection.h"

#include "bench_figure.h"
#include "console_reader.h"
#include "console_start.h"
#include "console_window.h"

#include <algorithm>

namespace pilothouse::bench {
namespace {

constexpr int rounds = 7;
constexpr int replicas = 3;
constexpr Seconds healthyWithin(30);
constexpr Seconds seenWithin(15);
constexpr Seconds lookEvery(0.015);
constexpr Seconds frameWithin(0.1); // what is to be read is drawn with the next frame, if it is not drawn yet
constexpr double followerLimit = 1000;
constexpr double leaderLimit = 2000;

using Cards = QMap<QString, Card>;

bool isHealthy(const Card& card) {
    return card.name.endsWith(QLatin1String(", healthy"));
}

bool isLeader(const Card& card) {
    return card.description.startsWith(QLatin1String("Leader"));
}

QString leaderOf(const Cards& cards) {
    const auto at = std::find_if(cards.begin(), cards.end(), isLeader);
    return at == cards.end() ? QString() : at.key();
}

bool isWhole(const Cards& cards) {
    return cards.size() == replicas && std::all_of(cards.begin(), cards.end(), isHealthy) &&
           !leaderOf(cards).isEmpty();
}

class Detection {
public:
    Detection(const Display& display, SandboxUnderTest& sandbox)
        : m_sandbox(sandbox), m_watch(display.name()), m_reader(display.busAddress()),
          m_console(startConsole(display, sandbox, m_home.path(), true)) {}

    [[nodiscard]] bool begin() {
        return m_watch.waitForTitle(healthyTitle, healthyWithin) &&
               m_reader.findCards(replicas, healthyWithin);
    }
    // Milliseconds from the death of a follower until its card no longer says that it is well.
    [[nodiscard]] std::optional<double> loseFollower() {
        const QString leader = becomeWhole();
        const QString victim =
            leader == QLatin1String("reg-1") ? QStringLiteral("reg-2") : QStringLiteral("reg-1");
        return leader.isEmpty() ? std::nullopt
                                : lose(victim, [&](const Cards& cards) { return !isHealthy(cards[victim]); });
    }
    // Milliseconds from the death of the leader until another card says that it leads.
    [[nodiscard]] std::optional<double> loseLeader() {
        const QString leader = becomeWhole();
        return leader.isEmpty() ? std::nullopt : lose(leader, [&](const Cards& cards) {
            const QString now = leaderOf(cards);
            return !now.isEmpty() && now != leader;
        });
    }

private:
    // Waits until all is well; the leader's name, or nothing.
    QString becomeWhole() {
        Cards cards;
        const auto whole = [&] {
            cards = m_reader.cards();
            return isWhole(cards);
        };
        return waitUntil(whole, healthyWithin, Seconds(0.1)) ? leaderOf(cards) : QString();
    }

    std::optional<double> lose(const QString& victim, const std::function<bool(const Cards&)>& isSeen) {
        const auto died = m_sandbox.kill(victim);
        if (!died || !waitUntil([&] { return isSeen(m_reader.cards()); }, seenWithin, lookEvery)) {
            return std::nullopt;
        }
        const Clock::time_point read = Clock::now();
        const Clock::time_point shown = m_watch.waitForFrame(frameWithin).value_or(read);
        return m_sandbox.restart(victim)
                   ? std::optional(std::chrono::duration<double, std::milli>(shown - *died).count())
                   : std::nullopt;
    }

    SandboxUnderTest& m_sandbox;
    QTemporaryDir m_home;
    WindowWatch m_watch;
    ScreenReader m_reader;
    std::unique_ptr<Child> m_console;
};

void measure(const std::string& name, double limit, const std::function<std::optional<double>()>& once) {
    std::vector<double> values;
    for (int round = 0; round < rounds; ++round) {
        const auto value = once();
        if (!value) {
            return printMissing(name, "round " + std::to_string(round + 1) + " did not get there");
        }
        values.push_back(*value);
    }
    const std::string of = " of " + std::to_string(rounds);
    print({name + ", median" + of, median(values), "ms", limit});
    print({name + ", slowest" + of, largest(values), "ms", limit});
}

} // namespace

void measureDetection(const Display& display, SandboxUnderTest& sandbox) {
    Detection detection(display, sandbox);
    if (!detection.begin()) {
        return printMissing("what the console shows", "its cards could not be read");
    }
    measure("console: a killed follower is on the screen", followerLimit,
            [&] { return detection.loseFollower(); });
    measure("console: after the leader's death a new one is on the screen", leaderLimit,
            [&] { return detection.loseLeader(); });
}

} // namespace pilothouse::bench
