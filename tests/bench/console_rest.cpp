// SPDX-License-Identifier: GPL-3.0-or-later
#include "console_rest.h"

#include "bench_figure.h"
#include "console_start.h"
#include "console_window.h"

namespace pilothouse::bench {
namespace {

constexpr Seconds healthyWithin(20);
constexpr Seconds settling(8); // what a start leaves to be done has been done
constexpr Seconds watched(30);
constexpr double limitMib = 80;
constexpr double limitPercent = 1;

} // namespace

void measureRest(const Display& display, const SandboxUnderTest& sandbox) {
    const std::string what = "console at rest";
    const QTemporaryDir home;
    WindowWatch watch(display.name());
    const auto console = startConsole(display, sandbox, home.path());
    if (!watch.waitForTitle(healthyTitle, healthyWithin)) {
        return printMissing(what, "no window with a healthy sandbox came");
    }
    const auto gone = [&] { return !console->runs(); };
    if (waitUntil(gone, settling) || interrupted()) {
        return printMissing(what, "the console ended");
    }
    const Usage before = usageOf(console->pid());
    const Clock::time_point start = Clock::now();
    if (waitUntil(gone, watched, Seconds(0.5)) || interrupted()) {
        return printMissing(what, "the console ended");
    }
    const Usage after = usageOf(console->pid());
    const double seconds = millisecondsSince(start) / 1000;
    const auto resident = memoryOf(console->pid(), "VmRSS");
    const auto own = memoryOf(console->pid(), "RssAnon");
    if (!resident || !own) {
        return printMissing(what, "its memory could not be read");
    }
    print({"console: resident, three replicas connected", *resident, "MiB", limitMib});
    print({"console: of that its own, shared with nobody", *own, "MiB", {}});
    print({"console: of one core when nothing changes, over 30 s",
           (after.cpuSeconds - before.cpuSeconds) * 100 / seconds, "%", limitPercent});
    print({"console: context switches when nothing changes",
           static_cast<double>(after.contextSwitches - before.contextSwitches) / seconds,
           "1/s",
           {}});
}

} // namespace pilothouse::bench
