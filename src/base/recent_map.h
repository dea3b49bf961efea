// SPDX-License-Identifier: GPL-3.0-or-later
// A map that holds only so much: what was not used for longest goes first.
#pragma once

#include <cstddef>
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
        const auto found = m_entries.find(key);
        if (found == m_entries.end()) {
            return nullptr;
        }
        m_order.splice(m_order.begin(), m_order, found->second.place);
        return &found->second.value;
    }
    // Instead of what was there. What is heavier than all may be is not kept.
    void put(const Key& key, Value value, std::size_t weight = 1) {
        erase(key);
        if (weight > m_capacity) {
            return;
        }
        while (m_weight + weight > m_capacity) {
            drop(m_entries.find(*m_order.back()));
        }
        const auto made = m_entries.emplace(key, Entry{std::move(value), weight, {}}).first;
        m_order.push_front(&made->first);
        made->second.place = m_order.begin();
        m_weight += weight;
    }
    void erase(const Key& key) {
        if (const auto found = m_entries.find(key); found != m_entries.end()) {
            drop(found);
        }
    }
    void clear() {
        m_order.clear();
        m_entries.clear();
        m_weight = 0;
    }
    [[nodiscard]] std::size_t size() const { return m_entries.size(); }
    [[nodiscard]] std::size_t weight() const { return m_weight; }

private:
    using Order = std::list<const Key*>; // keys of m_entries, which do not move
    struct Entry {
        Value value;
        std::size_t weight;
        typename Order::iterator place;
    };
    using Entries = std::unordered_map<Key, Entry>;
    void drop(typename Entries::iterator entry) {
        m_weight -= entry->second.weight;
        m_order.erase(entry->second.place);
        m_entries.erase(entry);
    }

    const std::size_t m_capacity;
    std::size_t m_weight = 0;
    Entries m_entries;
    Order m_order; // the one used last is first
};

} // namespace pilothouse
