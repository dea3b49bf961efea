// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/catch_up.h"

#include "text/format.h"

#include <QCoreApplication>

#include <algorithm>

namespace pilothouse::ui {
namespace {

using namespace std::chrono_literals;

constexpr Milliseconds remembered = 15s;
constexpr Milliseconds enough = 3s;        // to say how fast it goes
constexpr Milliseconds farthest = 48h;     // what takes longer cannot be told from seconds
constexpr Milliseconds roughlyFrom = 2min; // from here on in whole minutes

struct Words {
    Q_DECLARE_TR_FUNCTIONS(pilothouse::ui::CatchUp)
};

// An estimate claims no more than it knows: 10 s, 20 s … 2 min, 3 min …
Milliseconds roughly(Milliseconds time) {
    const Milliseconds step = time < roughlyFrom ? Milliseconds(10s) : Milliseconds(1min);
    return (time + step - 1ms) / step * step;
}

} // namespace

QString speedWords(const Pace& pace) {
    if (!pace.bytesPerSecond || !pace.left) {
        return {};
    }
    return Words::tr("%1/s · about %2 left")
        .arg(text::bytes(*pace.bytesPerSecond), text::duration(*pace.left));
}

void CatchUp::take(MonotonicTime at, std::int64_t missingBytes) {
    m_most = std::max(m_most, missingBytes);
    m_looks.push_back({at, missingBytes});
    while (m_looks.size() > 1 && at - m_looks.front().at > remembered) {
        m_looks.pop_front();
    }
}

void CatchUp::forget() {
    m_looks.clear();
    m_most = 0;
}

std::optional<Pace> CatchUp::pace() const {
    if (m_most <= 0 || m_looks.empty()) {
        return std::nullopt;
    }
    const Look& now = m_looks.back();
    const Look& before = m_looks.front();
    const double share = static_cast<double>(m_most - now.missing) / static_cast<double>(m_most);
    // All is there when nothing is missing, not a moment sooner.
    Pace pace{now.missing > 0 ? std::min(99, static_cast<int>(share * 100)) : 100, {}, {}};
    const auto span = std::chrono::duration_cast<Milliseconds>(now.at - before.at);
    const std::int64_t fetched = before.missing - now.missing;
    if (span < enough || fetched <= 0 || now.missing <= 0) {
        return pace;
    }
    const double perSecond = static_cast<double>(fetched) * 1000 / static_cast<double>(span.count());
    const double seconds = static_cast<double>(now.missing) / perSecond;
    if (seconds < std::chrono::duration<double>(farthest).count()) {
        pace.bytesPerSecond = static_cast<std::int64_t>(perSecond);
        pace.left = roughly(Milliseconds(static_cast<std::int64_t>(seconds * 1000)));
    }
    return pace;
}

} // namespace pilothouse::ui
