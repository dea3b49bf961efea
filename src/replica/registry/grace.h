// SPDX-License-Identifier: GPL-3.0-or-later
// For how long a blob has been seen unreferenced and untouched. Pure.
#pragma once

#include "base/clock.h"
#include "base/ids.h"

#include <map>
#include <set>
#include <string>

namespace pilothouse::registry {

// Runs on the collector's own clock: a new collector begins anew, which only makes it wait longer.
class Grace {
public:
    // The blob was found unreferenced at `now`, its record last written at `modified`. Gives since when that
    // is so: a write in between, which is how somebody says that he relies on it, begins anew.
    [[nodiscard]] MonotonicTime::duration seen(const std::string& digest, Revision modified,
                                               MonotonicTime now);
    // Forgets all that are not among `digests`.
    void keepOnly(const std::set<std::string>& digests);
    [[nodiscard]] bool empty() const { return m_since.empty(); }

private:
    struct Since {
        Revision modified;
        MonotonicTime at;
    };
    std::map<std::string, Since> m_since;
};

} // namespace pilothouse::registry
