// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/engine/engine.h"

#include <utility>

namespace pilothouse::engine {

Compare Compare::absent(std::string key) {
    return {std::move(key), Field::version, Relation::equal, 0, {}, {}};
}

Compare Compare::noneBelow(std::string prefix) {
    std::string end = prefixEnd(prefix);
    return {std::move(prefix), Field::version, Relation::equal, 0, {}, std::move(end)};
}

Compare Compare::present(std::string key) {
    return {std::move(key), Field::version, Relation::greater, 0, {}, {}};
}

Compare Compare::unchanged(std::string key, Revision modified) {
    return {std::move(key), Field::modRevision, Relation::equal, modified.value(), {}, {}};
}

Compare Compare::nothingNewBelow(std::string prefix, Revision known) {
    std::string end = prefixEnd(prefix);
    return {std::move(prefix), Field::modRevision, Relation::less, known.value() + 1, {}, std::move(end)};
}

Compare Compare::holds(std::string key, std::string value) {
    return {std::move(key), Field::value, Relation::equal, 0, std::move(value), {}};
}

std::string prefixEnd(std::string prefix) {
    // The next key that does not begin with it: its last byte below 0xff raised, what follows cut off.
    while (!prefix.empty()) {
        const auto last = static_cast<unsigned char>(prefix.back());
        if (last < 0xff) {
            prefix.back() = static_cast<char>(last + 1);
            return prefix;
        }
        prefix.pop_back();
    }
    return std::string(1, '\0');
}

// etcd writes the alarm as its protocol buffer's text: "memberID:8211 alarm:NOSPACE ".
std::vector<std::string> alarmErrors(const EngineStatus& status) {
    std::vector<std::string> found;
    for (const auto& error : status.errors) {
        if (error.find("alarm:") != std::string::npos) {
            found.push_back(error);
        }
    }
    return found;
}

} // namespace pilothouse::engine
