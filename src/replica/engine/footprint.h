// SPDX-License-Identifier: GPL-3.0-or-later
// Which keys transactions read and write: whether they may go to the engine together.
#pragma once

#include "replica/engine/engine.h"

#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace pilothouse::engine {

// Keys and ranges of keys.
class KeySet {
public:
    // An empty `rangeEnd`: one key; else [key, rangeEnd), where "\0" is the end of all keys.
    void add(const std::string& key, const std::string& rangeEnd);
    [[nodiscard]] bool touches(const std::string& key, const std::string& rangeEnd) const;

private:
    std::set<std::string, std::less<>> m_keys;
    std::vector<std::pair<std::string, std::string>> m_ranges;
};

// What a number of transactions read, in compares and Gets, and write, in either branch. All that are added
// are independent: none reads or writes what another one writes, so that each does at one revision what it
// would have done alone.
class Footprint {
public:
    // False, and nothing is added: it depends on one that was added before, or the reverse.
    [[nodiscard]] bool add(const Transaction& transaction);

private:
    KeySet m_read;
    KeySet m_written;
};

} // namespace pilothouse::engine
