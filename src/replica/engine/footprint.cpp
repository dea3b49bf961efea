// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/engine/footprint.h"

#include <algorithm>

namespace pilothouse::engine {

namespace {

bool isBefore(const std::string& key, const std::string& rangeEnd) {
    return rangeEnd == std::string(1, '\0') || key < rangeEnd;
}

bool isIn(const std::string& key, const std::string& from, const std::string& rangeEnd) {
    return key >= from && isBefore(key, rangeEnd);
}

using Visit = std::function<void(const std::string& key, const std::string& rangeEnd, bool write)>;

void visitKeys(const Transaction& transaction, const Visit& visit) {
    for (const Compare& compare : transaction.compares) {
        visit(compare.key, compare.rangeEnd, false);
    }
    for (const auto* branch : {&transaction.then, &transaction.otherwise}) {
        for (const Operation& operation : *branch) {
            if (const auto* put = std::get_if<Put>(&operation)) {
                visit(put->key, {}, true);
            } else if (const auto* gone = std::get_if<Delete>(&operation)) {
                visit(gone->key, gone->rangeEnd, true);
            } else if (const auto* get = std::get_if<Get>(&operation)) {
                visit(get->key, get->rangeEnd, false);
            }
        }
    }
}

} // namespace

void KeySet::add(const std::string& key, const std::string& rangeEnd) {
    if (rangeEnd.empty()) {
        m_keys.insert(key);
    } else {
        m_ranges.emplace_back(key, rangeEnd);
    }
}

bool KeySet::touches(const std::string& key, const std::string& rangeEnd) const {
    if (rangeEnd.empty()) {
        return m_keys.contains(key) || std::any_of(m_ranges.begin(), m_ranges.end(), [&](const auto& range) {
                   return isIn(key, range.first, range.second);
               });
    }
    const auto first = m_keys.lower_bound(key);
    if (first != m_keys.end() && isBefore(*first, rangeEnd)) {
        return true;
    }
    return std::any_of(m_ranges.begin(), m_ranges.end(), [&](const auto& range) {
        return isBefore(range.first, rangeEnd) && isBefore(key, range.second);
    });
}

bool Footprint::add(const Transaction& transaction) {
    bool free = true;
    visitKeys(transaction, [&](const std::string& key, const std::string& rangeEnd, bool write) {
        free = free && !m_written.touches(key, rangeEnd) && !(write && m_read.touches(key, rangeEnd));
    });
    if (free) {
        visitKeys(transaction, [&](const std::string& key, const std::string& rangeEnd, bool write) {
            (write ? m_written : m_read).add(key, rangeEnd);
        });
    }
    return free;
}

} // namespace pilothouse::engine
