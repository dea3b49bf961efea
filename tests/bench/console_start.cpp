// SPDX-License-Identifier: GPL-3.0-or-later
#include "console_start.h"

#include "bench_figure.h"
#include "console_window.h"

#include <QDir>
#include <QFile>

namespace pilothouse::bench {
namespace {

constexpr int rounds = 11;
constexpr Seconds contentWithin(20);

struct Peer {
    QString program;
    QString settings; // below the home folder; what a second start would find, so that no question covers the
                      // window
    QByteArray content;               // of that file
    std::vector<double> firstContent; // ms, by round
};

std::vector<Peer> peers() {
    return {{QStringLiteral("keepassxc"),
             QStringLiteral(".config/keepassxc/keepassxc.ini"),
             "[GUI]\nCheckForUpdates=false\n[General]\nUpdateCheckMessageShown=true\n",
             {}},
            {QStringLiteral("qbittorrent"),
             QStringLiteral(".config/qBittorrent/qBittorrent.conf"),
             "[LegalNotice]\nAccepted=true\n",
             {}}};
}

// From the start of the program to its first frame with content; nothing if there was none.
std::optional<double> firstContentOf(const Display& display, const Peer& peer) {
    const QTemporaryDir home;
    const QString path = home.filePath(peer.settings);
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(peer.content) != peer.content.size()) {
        return std::nullopt;
    }
    file.close();
    WindowWatch watch(display.name());
    Child child(peer.program, {}, display.environment(home.path()));
    const auto seen = watch.waitForContent(contentWithin);
    child.process().kill();
    return seen ? std::optional(std::chrono::duration<double, std::milli>(*seen - child.startedAt()).count())
                : std::nullopt;
}

struct ConsoleStart {
    double firstContent = 0; // ms
    double sentence = 0;     // ms; of the real sandbox, with the word of all its replicas
};

std::optional<ConsoleStart> startOf(const Display& display, const SandboxUnderTest& sandbox) {
    const QTemporaryDir home;
    WindowWatch watch(display.name());
    const auto console = startConsole(display, sandbox, home.path());
    const auto first = watch.waitForContent(contentWithin);
    const auto sentence = watch.waitForTitle(healthyTitle, contentWithin);
    console->process().kill();
    if (!first || !sentence) {
        return std::nullopt;
    }
    const auto since = [&](Clock::time_point at) {
        return std::chrono::duration<double, std::milli>(at - console->startedAt()).count();
    };
    return ConsoleStart{since(*first), since(*sentence)};
}

std::string versionOf(const QString& package) {
    const Output output = run(QStringLiteral("dpkg-query"),
                              {QStringLiteral("-W"), QStringLiteral("-f=${Package} ${Version}"), package},
                              QProcessEnvironment::systemEnvironment());
    return output.ok ? output.out.toStdString() : package.toStdString();
}

void printStart(const std::vector<Peer>& others, const std::vector<double>& first,
                const std::vector<double>& sentence) {
    double fastest = median(others.front().firstContent);
    for (const Peer& peer : others) {
        const double content = median(peer.firstContent);
        fastest = std::min(fastest, content);
        print({"first content of " + versionOf(peer.program), content, "ms", {}});
    }
    print({"console: first content", median(first), "ms", fastest});
    print({"console: the sentence of a sandbox of three", median(sentence), "ms", fastest});
}

} // namespace

std::unique_ptr<Child> startConsole(const Display& display, const SandboxUnderTest& sandbox,
                                    const QString& home, bool readable) {
    QProcessEnvironment environment = display.environment(home, readable);
    environment.insert(QStringLiteral("XDG_DATA_HOME"),
                       sandbox.dataHome()); // finds it as its user's console would
    return std::make_unique<Child>(builtProgram(QStringLiteral("pilothouse")),
                                   QStringList{QStringLiteral("--cluster"), sandbox.name(),
                                               QStringLiteral("--theme"), QStringLiteral("light")},
                                   environment);
}

void measureStart(const Display& display, const SandboxUnderTest& sandbox) {
    std::vector<Peer> others = peers();
    std::vector<double> first;
    std::vector<double> sentence;
    for (int round = 0; round <= rounds; ++round) {
        const bool counts = round > 0; // the first fills the caches
        for (Peer& peer : others) {
            const auto content = firstContentOf(display, peer);
            if (!content) {
                printMissing("first content of " + peer.program.toStdString(), "no window with content came");
                return;
            }
            if (counts) {
                peer.firstContent.push_back(*content);
            }
        }
        const auto own = startOf(display, sandbox);
        if (!own) {
            printMissing("first content of the console", "no window with a healthy sandbox came");
            return;
        }
        if (counts) {
            first.push_back(own->firstContent);
            sentence.push_back(own->sentence);
        }
    }
    printNote("From the start of the process to the first frame that is not blank; a new home folder each "
              "time, caches "
              "warm, in turns, median of " +
              std::to_string(rounds) + ":");
    printStart(others, first, sentence);
}

} // namespace pilothouse::bench
