// SPDX-License-Identifier: GPL-3.0-or-later
#include "linearizability.h"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

namespace pilothouse::test {

namespace {

using Kind = RegisterOperation::Kind;

bool byInvocation(const RegisterOperation& a, const RegisterOperation& b) {
    return a.invoked < b.invoked;
}

// Writes whose outcome is not known and that write the same can stand for one another: they have no end. So
// only how many of them have happened matters, the earliest first.
struct Optional {
    std::string value;
    std::vector<std::int64_t> invoked;
};

struct Prepared {
    RegisterHistory required; // by invocation
    std::vector<Optional> optional;
};

// Leaves out what cannot matter, and finds an end for a write whose outcome is not known where reads give
// one.
Prepared prepare(const RegisterHistory& history) {
    std::map<std::string, std::int64_t> firstRead;
    std::map<std::string, int> writers;
    writers[{}] = 1; // at first
    for (const auto& operation : history) {
        if (operation.kind == Kind::write) {
            ++writers[operation.value];
        } else if (operation.answered != RegisterOperation::never) {
            const auto [at, isNew] = firstRead.try_emplace(operation.value, operation.answered);
            at->second = std::min(at->second, operation.answered);
        }
    }
    Prepared prepared;
    std::map<std::string, std::vector<std::int64_t>> optional;
    for (RegisterOperation operation : history) {
        const bool isKnown = operation.answered != RegisterOperation::never;
        if (isKnown) {
            prepared.required.push_back(std::move(operation));
            continue;
        }
        const auto read = firstRead.find(operation.value);
        if (operation.kind == Kind::read || read == firstRead.end()) {
            continue; // whatever holds with a write that nobody sees holds without it
        }
        if (writers[operation.value] == 1) { // it was seen, so it has happened by then
            operation.answered = std::max(operation.invoked, read->second);
            prepared.required.push_back(std::move(operation));
        } else {
            optional[operation.value].push_back(operation.invoked);
        }
    }
    std::sort(prepared.required.begin(), prepared.required.end(), byInvocation);
    for (auto& [value, invoked] : optional) {
        std::sort(invoked.begin(), invoked.end());
        prepared.optional.push_back({value, std::move(invoked)});
    }
    return prepared;
}

// How far a linearisation has come: what has happened, and what the register holds then.
struct State {
    std::size_t first = 0;           // everything before has happened, this has not
    std::vector<std::size_t> beyond; // has happened too, in order
    std::vector<std::size_t> used;   // of each of Prepared::optional
    std::string value;
    friend auto operator<=>(const State&, const State&) = default;
};

// Wing and Gong's search with Lowe's memory of states.
class Search {
public:
    explicit Search(const RegisterHistory& history) : m_history(prepare(history)) {}

    [[nodiscard]] bool succeeds() {
        State start;
        start.used.resize(m_history.optional.size());
        add(std::move(start));
        while (!m_open.empty()) {
            const State state = std::move(m_open.back());
            m_open.pop_back();
            if (state.first == m_history.required.size()) {
                return true;
            }
            expand(state);
        }
        return false;
    }

private:
    void add(State state) {
        if (m_seen.insert(state).second) {
            m_open.push_back(std::move(state));
        }
    }
    [[nodiscard]] State with(State state, std::size_t happened) const {
        const auto& operation = m_history.required[happened];
        if (operation.kind == Kind::write) {
            state.value = operation.value;
        }
        state.beyond.insert(std::lower_bound(state.beyond.begin(), state.beyond.end(), happened), happened);
        std::size_t past = 0;
        while (past < state.beyond.size() && state.beyond[past] == state.first) {
            ++state.first;
            ++past;
        }
        state.beyond.erase(state.beyond.begin(), state.beyond.begin() + static_cast<std::ptrdiff_t>(past));
        return state;
    }
    // What may happen next: all that was invoked before anything else had been answered.
    [[nodiscard]] std::vector<std::size_t> next(const State& state, std::int64_t& until) const {
        std::vector<std::size_t> candidates;
        until = RegisterOperation::never;
        const auto& all = m_history.required;
        for (std::size_t i = state.first; i < all.size() && all[i].invoked <= until; ++i) {
            if (!std::binary_search(state.beyond.begin(), state.beyond.end(), i)) {
                candidates.push_back(i);
                until = std::min(until, all[i].answered);
            }
        }
        std::erase_if(candidates, [&](std::size_t i) { return all[i].invoked > until; });
        return candidates;
    }
    void expand(const State& state) {
        std::int64_t until = 0;
        const auto candidates = next(state, until);
        for (const std::size_t i : candidates) {
            const auto& operation = m_history.required[i];
            if (operation.kind == Kind::read && operation.value == state.value) {
                add(with(state, i)); // changes nothing: if it can be later, it can be now
                return;
            }
        }
        for (std::size_t i = 0; i < m_history.optional.size(); ++i) {
            const auto& writes = m_history.optional[i];
            const std::size_t used = state.used[i];
            if (writes.value != state.value && used < writes.invoked.size() &&
                writes.invoked[used] <= until) {
                State then = state;
                ++then.used[i];
                then.value = writes.value;
                add(std::move(then));
            }
        }
        for (const std::size_t i : candidates) {
            if (m_history.required[i].kind == Kind::write) {
                add(with(state, i));
            }
        }
    }

    const Prepared m_history;
    std::vector<State> m_open;
    std::set<State> m_seen;
};

// What was known at that moment.
RegisterHistory upTo(const RegisterHistory& history, std::int64_t moment) {
    RegisterHistory known;
    for (RegisterOperation operation : history) {
        if (operation.invoked > moment) {
            continue;
        }
        if (operation.answered > moment) {
            operation.answered = RegisterOperation::never;
        }
        if (operation.kind == Kind::write || operation.answered != RegisterOperation::never) {
            known.push_back(std::move(operation));
        }
    }
    return known;
}

// A linearizable history stays so up to every moment: the first that is wrong is found by halving.
RegisterHistory untilFirstWrong(const RegisterHistory& history) {
    std::vector<std::int64_t> moments;
    for (const auto& operation : history) {
        if (operation.answered != RegisterOperation::never) {
            moments.push_back(operation.answered);
        }
    }
    std::sort(moments.begin(), moments.end());
    const auto wrong = std::partition_point(moments.begin(), moments.end(), [&](std::int64_t moment) {
        return isLinearizable(upTo(history, moment));
    });
    return wrong == moments.end() ? history : upTo(history, *wrong);
}

// Without some of those from `from` on. A write stays while anybody reads its value, else its absence would
// be what is wrong.
RegisterHistory without(const RegisterHistory& history, std::size_t from, std::size_t count) {
    const auto isRead = [&](std::size_t i) { return history[i].kind == Kind::read; };
    const auto leaves = [&](std::size_t i) { return i >= from && i - from < count; };
    std::set<std::string> read;
    for (std::size_t i = 0; i < history.size(); ++i) {
        if (isRead(i) && !leaves(i)) {
            read.insert(history[i].value);
        }
    }
    RegisterHistory left;
    for (std::size_t i = 0; i < history.size(); ++i) {
        if (!leaves(i) || (!isRead(i) && read.contains(history[i].value))) {
            left.push_back(history[i]);
        }
    }
    return left;
}

} // namespace

bool isLinearizable(const RegisterHistory& history) {
    return Search(history).succeeds();
}

std::optional<RegisterHistory> wrongWindow(const RegisterHistory& history) {
    if (isLinearizable(history)) {
        return std::nullopt;
    }
    RegisterHistory window = untilFirstWrong(history);
    std::sort(window.begin(), window.end(), byInvocation);
    for (std::size_t count = std::max<std::size_t>(window.size() / 2, 1); count > 0;) {
        bool shrank = false;
        for (std::size_t from = 0; from < window.size();) {
            RegisterHistory fewer = without(window, from, count);
            if (fewer.size() < window.size() && !isLinearizable(fewer)) {
                window = std::move(fewer);
                shrank = true;
            } else {
                from += count;
            }
        }
        // One by one until nothing goes any more: a read that went may have held a write.
        count = count > 1 ? count / 2 : (shrank ? 1 : 0);
    }
    return window;
}

std::string printed(const RegisterHistory& history) {
    std::ostringstream text;
    const std::int64_t start = history.empty() ? 0 : history.front().invoked;
    for (const auto& operation : history) {
        text << (operation.invoked - start) / 1000 << " to ";
        if (operation.answered == RegisterOperation::never) {
            text << "?";
        } else {
            text << (operation.answered - start) / 1000;
        }
        text << (operation.kind == Kind::read ? " read " : " wrote ")
             << (operation.value.empty() ? "nothing" : operation.value)
             << (operation.through.empty() ? "" : " through " + operation.through) << "\n";
    }
    return text.str();
}

} // namespace pilothouse::test
