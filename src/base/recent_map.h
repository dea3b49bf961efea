// SPDX-License-Identifier: GPL-3.0-or-later
// A map that holds only so much: what was not used for longest goes first.
#pragma once

#include <cstddef>
#include <iterator>
#include <list>
#include <unordered_map>
#include <utility>

namespace pilothouse {

// Values count with the weight that they are put in with; all together have at most `capacity`. Not
// thread-safe.
template <typename Key, typename Value>
class RecentMap {
public:
    explicit RecentMap(std::size_t capacity) : m_capacity(capacity) {}

    // Counts as a use. Valid until the next call; nullptr when it is not there.
    [[nodiscard]] Value* find(const Key& key) {
        const auto found = m_byKey.find(key);
        if (found == m_byKey.end()) {
            return nullptr;
        }
        m_entries.splice(m_entries.begin(), m_entries, found->second);
        return &found->second->value;
    }
    // Instead of what was there. What is heavier than all may be is not kept.
    void put(const Key& key, Value value, std::size_t weight = 1) {
        erase(key);
        if (weight > m_capacity) {
            return;
        }
        while (m_weight + weight > m_capacity) {
            drop(std::prev(m_entries.end()));
        }
        m_entries.push_front({key, std::move(value), weight});
        m_byKey.emplace(key, m_entries.begin());
        m_weight += weight;
    }
    void erase(const Key& key) {
        if (const auto found = m_byKey.find(key); found != m_byKey.end()) {
            drop(found->second);
        }
    }
    void clear() {
        m_byKey.clear();
        m_entries.clear();
        m_weight = 0;
    }
    [[nodiscard]] std::size_t size() const { return m_entries.size(); }
    [[nodiscard]] std::size_t weight() const { return m_weight; }

private:
    struct Entry {
        Key key;
        Value value;
        std::size_t weight;
    };
    void drop(typename std::list<Entry>::iterator entry) {
        m_weight -= entry->weight;
        m_byKey.erase(entry->key);
        m_entries.erase(entry);
    }

    const std::size_t m_capacity;
    std::size_t m_weight = 0;
    std::list<Entry> m_entries; // the one used last is first
    std::unordered_map<Key, typename std::list<Entry>::iterator> m_byKey;
};

} // namespace pilothouse
